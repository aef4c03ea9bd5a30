"""A pack that would tell anybody's ethnicity or religion is refused."""

import json
from typing import Any

import pytest

from orgraph.errors import InputError
from orgraph.pack import load_pack, pack_from_data

TAGS = ("border", "island", "ethnic_minority", "religious")

FACTS = [
    *("religions", "religionOf", "isReligious", "nonreligious", "faiths", "believer"),
    *("ethnicities", "ethnicgroup", "multiethnic", "minorities", "nationality"),
    *("tribes", "race", "races", "raceOf", "caste", "people_group", "churchgoer"),
    *("catholic", "buddhist", "baptised_Protestant", "atheism"),
    *("dan_toc", "dantoc", "danTocKhac", "dan_toc_2", "sac_toc", "toc_nguoi"),
    *("ton_giao", "tongiao_khac", "tin_nguong", "theo_phat_giao", "hoa_hao"),
]

EDGES = [
    ("MEMBER_OF", "member"),
    ("ATTENDS", "candidate"),
    ("NATIVE_OF", "member"),
    ("LIVES_IN", "household"),
]

OTHERS = [
    *(
        "traces",
        "embrace",
        "broadcaster",
        "decree_number",
        "diatribe",
        "national_award",
    ),
    *("dan_to_chuc", "lanh_dao", "dao_tao", "giao_thong", "ton_tai"),
]


def _data() -> dict[str, Any]:
    copied: dict[str, Any] = json.loads(json.dumps(load_pack("vietnam").data))
    return copied


def _problems(data: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        pack_from_data(data)
    return caught.value.problems


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_refused_however_its_name_is_written(fact: str) -> None:
    """In the plural, in a compound, apart or as one, in English or Vietnamese."""
    data = _data()
    data["facts"][fact] = {"type": "text"}
    data["nodes"]["member"]["facts"].append(fact)
    what = f"{fact} is nobody's business: no fact of anybody says it"
    assert _problems(data) == (f"pack: facts.{fact}: {what}",)


@pytest.mark.parametrize("fact", OTHERS)
def test_a_fact_that_only_sounds_alike_is_taken(fact: str) -> None:
    """A part of another word tells nothing of anybody."""
    data = _data()
    data["facts"][fact] = {"type": "text"}
    data["nodes"]["member"]["facts"].append(fact)
    assert fact in pack_from_data(data).nodes["member"].facts


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(("edge", "person"), EDGES)
def test_an_edge_of_a_person_has_no_tag_of_an_area(
    edge: str, person: str, tag: str
) -> None:
    """What is said of somebody's membership, origin or home is said of them."""
    data = _data()
    data["edges"][edge].setdefault("facts", []).append(tag)
    what = f"{tag} belongs to territory, never to a {person}"
    assert f"pack: edges.{edge}.facts: {what}" in _problems(data)


def test_an_edge_that_ends_at_a_person_is_one_of_theirs() -> None:
    """Whichever way it goes: its facts, its name and what it comes from."""
    data = _data()
    data["nodes"]["parish_church"] = {"label": "parish"}
    data["edges"]["COUNTS"] = {
        "label": "counts",
        "facts": ["religious"],
        "ends": {"parish_church": ["member"]},
        "on_target": {"closed": "end"},
        "on_source": {"closed": "end"},
    }
    church = "parish_church is nobody's business: no member is joined to it"
    assert _problems(data) == (
        f"pack: edges.COUNTS: {church}",
        "pack: edges.COUNTS.facts: religious belongs to territory, never to a member",
    )


def test_a_tag_of_the_area_that_an_edge_leads_to_is_taken() -> None:
    """A village has its tags, and whoever lives there or comes from there none."""
    pack = load_pack("vietnam")
    assert set(TAGS) <= set(pack.nodes["village"].facts)
    assert "village" in pack.edges["NATIVE_OF"].ends["member"]


def test_a_kind_of_person_is_not_called_by_it() -> None:
    """Neither in its name, nor in its words, nor in its types."""
    data = _data()
    kind = {
        **data["nodes"]["member"],
        "label": "Buddhist",
        "local": "đạo hữu Phật giáo",
    }
    data["nodes"]["catholic_member"] = {**kind, "types": ["kinh", "ethnic minority"]}
    said = ("catholic_member", "Buddhist", "đạo hữu Phật giáo", "ethnic minority")
    told = "is nobody's business: nobody is said to be it"
    assert _problems(data) == tuple(
        f"pack: nodes.catholic_member: {word} {told}" for word in said
    )


def test_a_fact_of_a_person_has_no_such_value() -> None:
    """A fact with an innocent name may not say it by what it is held to."""
    data = _data()
    data["facts"]["group"] = {"type": "text", "values": ["cadre", "dân tộc khác"]}
    data["nodes"]["candidate"]["facts"].append("group")
    data["facts"]["ground"]["words"] = ["teacher", "of the faith"]
    told = "is nobody's business: nobody is said to be it"
    assert _problems(data) == (
        f"pack: nodes.candidate.facts: dân tộc khác {told}",
        f"pack: edges.MEMBER_OF.facts: of the faith {told}",
        f"pack: edges.ATTENDS.facts: of the faith {told}",
    )
