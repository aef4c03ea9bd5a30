"""What covers units follows them: what is drafted for it, and what is left open."""

from pathlib import Path
from typing import Any

import pytest
from drafting import FACTS, codes, drafted, steps
from harness import filled, lenient

from orgraph.conversion import Drafted
from orgraph.model import IN, OUT
from orgraph.plan import Plan
from orgraph.proposal import read_proposal_text
from orgraph.stores import MemoryStore

GIVEN = """\
nodes:
  - {id: p, kind: province, name: Tỉnh, code: "22", type: tỉnh}
  - {id: h, kind: district, name: Huyện, code: "193", type: huyện, parent: p}
  - {id: c1, kind: commune, name: Xã Một, code: "1", type: xã, parent: h}
  - {id: c2, kind: commune, name: Xã Hai, code: "2", type: xã, parent: h}
  - {id: v1, kind: village, name: Thôn 1, type: thôn, parent: c1}
  - {id: v2, kind: village, name: Thôn 2, type: thôn, parent: c1}
  - {id: v3, kind: village, name: Thôn 3, type: thôn, parent: c2}
  - {id: pc, kind: provincial_committee, name: Đảng bộ tỉnh}
  - {id: dc, kind: direct_committee, name: Huyện ủy, type: district, parent: pc}
  - {id: ag, kind: direct_committee, name: Cơ quan, type: agencies, parent: pc}
  - {id: g1, kind: grassroots_committee, name: Đảng bộ xã Một, parent: dc}
  - {id: g2, kind: grassroots_committee, name: Đảng bộ xã Hai, parent: dc}
  - {id: k1, kind: cell, name: Chi bộ 1, parent: g1}
  - {id: k2, kind: cell, name: Chi bộ 2, parent: g1}
  - {id: k3, kind: cell, name: Chi bộ 3, parent: g2}
  - {id: office, kind: cell, name: Chi bộ cơ quan, parent: g1}
  - {id: m1, kind: member, parent: k1}
  - {id: m2, kind: member, parent: k2}
  - {id: m3, kind: member, parent: k3}
  - {id: m4, kind: member, parent: office}
  - {id: s1, kind: post, role: secretary, parent: g1}
  - {id: s2, kind: post, role: secretary, parent: g2}
  - {id: d1, kind: post, role: deputy_secretary, parent: g1}
edges:
  - {kind: COVERS, source: pc, target: p}
  - {kind: COVERS, source: dc, target: h}
  - {kind: COVERS, source: g1, target: c1}
  - {kind: COVERS, source: g2, target: c2}
  - {kind: COVERS, source: k1, target: v1}
  - {kind: COVERS, source: k2, target: v2}
  - {kind: COVERS, source: k3, target: v3}
  - {kind: HOLDS, source: m1, target: s1, form: full}
  - {kind: HOLDS, source: m3, target: s2, form: full}
  - {kind: IN_CHARGE_OF, source: m4, target: c1}
"""
MERGED = ["1,Xã Một,9,Xã Mới,whole", "2,Xã Hai,9,Xã Mới,whole"]
DIVIDED = [
    "1,Xã Một,8,Xã Tây,part",
    "1,Xã Một,9,Xã Đông,part",
    "2,Xã Hai,9,Xã Đông,whole",
]
PLACED = """\
old,new,part
1,8,v1
1,9,v2
1,8,office
1,8,m4
1,9,d1
1,8,s1
2,9,s2
"""
OPTIONS = {
    "pack": "vietnam",
    "kind": "commune",
    "upper_kind": "province",
    "abolish": "district",
    "within": "province:22",
    "measures": FACTS._replace(gap="unknown"),
}


def store(more: str = "", pack: str = "vietnam", given: str = GIVEN) -> MemoryStore:
    """Return a store with what is given; `more` are lines among the edges."""
    return filled(MemoryStore(lenient(pack)), given + more)


def mirrored(
    folder: Path,
    rows: list[str],
    here: MemoryStore,
    **choices: Any,  # noqa: ANN401 - as Options has them
) -> Drafted:
    """Draft a table with the organisation of a store."""
    return drafted(folder, rows, organisation=here, **{**OPTIONS, **choices})


def planned(done: Drafted, here: MemoryStore) -> Plan:
    """Plan the one proposal of a draft."""
    (text,) = done.texts
    return here.plan(read_proposal_text(text.text, "drafted"))


def refusals(plan: Plan) -> list[str]:
    """Return what blocks a plan, with the steps."""
    return [f"{f.step} {f.message}" for f in plan.findings if f.blocks]


def mirrors(plan: Plan) -> list[str]:
    """Return what the rule of mirrors finds."""
    return [f.message for f in plan.findings if f.code.startswith("MIRROR")]


def test_committees_of_merged_communes_merge_under_the_province(tmp_path: Path) -> None:
    """They become one of another kind, and a row says which secretary stays."""
    here = store()
    done = mirrored(tmp_path, MERGED, here, parts="old,new,part\n2,9,s2\n")
    district, committees, communes, merger = steps(done)
    assert district == {
        "op": "abolish_tier",
        "kind": "district",
        "within": "province:22",
    }
    assert committees == {
        "op": "abolish_tier",
        "kind": "direct_committee",
        "where": {"type": "district"},
        "within": "pc",
    }
    assert communes["op"] == "merge_units"
    assert merger == {
        "op": "merge_units",
        "sources": ["g1", "g2"],
        "into": {
            "kind": "direct_committee",
            "name": "Đảng bộ xã Mới",
            "facts": {"type": "commune"},
        },
        "under": "pc",
        "answers": {"s1": "ends_with"},
        "as": "moi_committee",
    }
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


def test_a_secretary_that_nobody_named_is_a_gap(tmp_path: Path) -> None:
    """Which of two stays isn't guessed: validate asks, also without the store."""
    here = store()
    done = mirrored(tmp_path, MERGED, here)
    *_, merger = steps(done)
    assert merger["answers"] == {"s1": "ask", "s2": "ask"}
    assert "s1: ask  # secretary, Đảng bộ xã Một\n" in done.texts[0].text
    found = [f for f in planned(done, here).findings if f.blocks]
    assert [(f.code, f.step) for f in found] == [("ASK10", 4)]
    assert found[0].message == (
        "What becomes of secretary of Đảng bộ xã Một (s1), secretary of Đảng bộ xã Hai "
        "(s2) isn't said."
    )


def test_cells_of_a_divided_commune_go_with_their_villages(tmp_path: Path) -> None:
    """What covers villages of one side goes there; of what covers none rows tell."""
    here = store()
    done = mirrored(tmp_path, DIVIDED, here, parts=PLACED)
    _, _, communes, committees = steps(done)
    assert communes["answers"] == {"g1": {"to": ["tay", "dong"]}}
    west, east, other = committees["edges"]
    assert west["parts"] == ["tay", "k1", "office", "s1"]
    assert east["parts"] == ["dong", "d1", "k2"]
    assert other == {"from": "g2", "to": "dong_committee", "whole": "true"}
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


def test_what_is_unknown_of_a_divided_commune_is_marked(tmp_path: Path) -> None:
    """Villages, cells, posts and those in charge: each is asked for by itself."""
    here = store()
    done = mirrored(tmp_path, DIVIDED, here)
    _, _, communes, committees = steps(done)
    assert communes["answers"] == {
        "g1": {"to": ["tay", "dong"]},
        "m4": "ask",
        "v1": "ask",
        "v2": "ask",
    }
    gaps = dict.fromkeys(["d1", "k1", "k2", "office", "s1"], "ask")
    assert committees["answers"] == gaps
    found = [f for f in planned(done, here).findings if f.blocks]
    assert {f.code for f in found} >= {"ASK10"}


def test_who_is_asked_about_by_two_divided_units_is_named_with_each(
    tmp_path: Path,
) -> None:
    """One answer would be for both charges, and they may go different ways."""
    more = "  - {kind: IN_CHARGE_OF, source: m4, target: c2}\n"
    rows = [*DIVIDED[:2], *(row.replace("1,Xã Một", "2,Xã Hai") for row in DIVIDED[:2])]
    done = mirrored(tmp_path, rows, store(more))
    answers = steps(done)[2]["answers"]
    assert {name for name in answers if "m4" in name} == {"m4@c1", "m4@c2"}
    assert "m4@c1: ask  # member, in charge of" in done.texts[0].text.replace('"', "")


def test_a_head_without_a_part_ends_where_others_lead_each_part(tmp_path: Path) -> None:
    """Where rows give each part another head, that of the divided one is surplus."""
    more = "  - {kind: COVERS, source: g3, target: c3}\n"
    given = GIVEN.replace(
        "edges:\n",
        '  - {id: c3, kind: commune, name: Xã Ba, code: "3", type: xã, parent: h}\n'
        "  - {id: g3, kind: grassroots_committee, name: Đảng bộ xã Ba, parent: dc}\n"
        "  - {id: s3, kind: post, role: secretary, parent: g3}\n"
        "edges:\n",
    )
    here = store(more, given=given)
    rows = [*DIVIDED, "3,Xã Ba,8,Xã Tây,whole"]
    done = mirrored(tmp_path, rows, here, parts=PLACED.replace("1,8,s1\n", ""))
    *_, committees = steps(done)
    assert committees["answers"] == {"s1": "ends_with"}
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)


def test_an_unchanged_commune_gets_its_committee_under_the_province(
    tmp_path: Path,
) -> None:
    """The commune has no step, and its committee becomes one of the new kind."""
    here = store()
    rows = ["1,Xã Một,1,Xã Một,unchanged", "2,Xã Hai,2,Xã Hai,unchanged"]
    done = mirrored(tmp_path, rows, here)
    *_, one, two = steps(done)
    assert [step["op"] for step in (one, two)] == ["reorganise_units"] * 2
    assert one["edges"] == [{"from": "g1", "to": "mot_committee", "whole": "true"}]
    assert one["new"][0]["under"] == "pc"
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)


def test_below_a_district_that_stays_the_committee_stays_grassroots(
    tmp_path: Path,
) -> None:
    """The kind follows the level of the new commune, and so does what it is under."""
    here = store()
    rows = {"abolish": None, "within": None, "parts": "old,new,part\n1,9,s1\n"}
    _, merger = steps(done := mirrored(tmp_path, MERGED, here, **rows))
    assert merger["into"]["kind"] == "grassroots_committee"
    assert merger["under"] == "dc"
    assert not planned(done, here).refused


def test_a_level_without_a_place_ends_first(tmp_path: Path) -> None:
    """Sectional committees can't be below the new one: their cells come under it."""
    given = GIVEN.replace(
        "edges:\n",
        "  - {id: part, kind: sectional_committee, name: Bộ phận, parent: g1}\n"
        "  - {id: k4, kind: cell, name: Chi bộ 4, parent: part}\n"
        "edges:\n",
    )
    here = store(given=given)
    done = mirrored(tmp_path, MERGED, here, parts="old,new,part\n2,9,s2\n")
    *_, section, _ = steps(done)
    assert section["kind"] == "sectional_committee"
    assert section["within"] == "g1"
    assert not planned(done, here).refused
    done = mirrored(tmp_path, DIVIDED, here, parts=PLACED + "1,9,k4\n")
    *_, section, committees = steps(done)
    assert "k4" in committees["edges"][1]["parts"]
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)


def test_executive_committees_become_one(tmp_path: Path) -> None:
    """A committee has one: those of the merged ones merge, and a row names the head."""
    given = GIVEN.replace(
        "edges:\n",
        "  - {id: e1, kind: executive_committee, name: Ban 1, parent: g1}\n"
        "  - {id: e2, kind: executive_committee, name: Ban 2, parent: g2}\n"
        "  - {id: h1, kind: post, role: secretary, parent: e1}\n"
        "  - {id: h2, kind: post, role: secretary, parent: e2}\n"
        "edges:\n",
    )
    here = store(given=given)
    rows = "old,new,part\n2,9,s2\n1,9,h1\n"
    done = mirrored(tmp_path, MERGED, here, parts=rows)
    *_, united = steps(done)
    assert united == {
        "op": "merge_units",
        "sources": ["e1", "e2"],
        "into": {
            "kind": "executive_committee",
            "name": "Ban chấp hành Đảng bộ xã Mới",
        },
        "under": "moi_committee",
        "answers": {"h2": "ends_with"},
        "as": "moi_executive",
    }
    assert not planned(done, here).refused


EXECUTIVES = GIVEN.replace(
    "edges:\n",
    "  - {id: e1, kind: executive_committee, name: Ban 1, parent: g1}\n"
    "  - {id: h1, kind: post, role: secretary, parent: e1}\n"
    "edges:\n",
)


@pytest.mark.parametrize(("side", "label"), [("9", "tay"), ("8", "dong")])
def test_a_committee_formed_of_parts_gets_its_own_executive(
    tmp_path: Path, side: str, label: str
) -> None:
    """The divided committee's goes with one part; the other part has one founded."""
    here = store(given=EXECUTIVES)
    rows = PLACED + f"1,{side},e1\n"
    done = mirrored(tmp_path, DIVIDED, here, parts=rows)
    *_, founded = steps(done)
    name = {"tay": "Tây", "dong": "Đông"}[label]
    assert founded == {
        "op": "found_unit",
        "new": {
            "kind": "executive_committee",
            "name": f"Ban chấp hành Đảng bộ xã {name}",
        },
        "under": f"{label}_committee",
        "as": f"{label}_executive",
    }
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    here.commit(plan)
    made = [row.id for row in here.of_kind("executive_committee", span())]
    under = here.edges(made, ["UNDER"], OUT, span())
    assert len({row.target for row in under}) == len(made) == 2


def test_an_executive_is_founded_only_where_others_had_one(tmp_path: Path) -> None:
    """A store without executive committees has none after the draft either."""
    done = mirrored(tmp_path, DIVIDED, store(), parts=PLACED)
    assert "executive_committee" not in done.texts[0].text


def test_whose_executive_it_will_be_is_asked_before_another_is_founded(
    tmp_path: Path,
) -> None:
    """DRAFT33: each part may get that of the divided one, so none is founded yet."""
    done = mirrored(tmp_path, DIVIDED, store(given=EXECUTIVES), parts=PLACED)
    assert codes(done) == [("DRAFT33", "warning", 2), ("DRAFT33", "warning", 2)]
    assert "found_unit" not in [step["op"] for step in steps(done)]


def test_a_joint_cell_that_covers_villages_of_both_parts_is_named(
    tmp_path: Path,
) -> None:
    """DRAFT35: it goes with one part by its row, and serves a village of the other."""
    more = "".join(
        f"  - {{kind: COVERS, source: office, target: {village}}}\n"
        for village in ("v1", "v2")
    )
    done = mirrored(tmp_path, DIVIDED, store(more), parts=PLACED)
    (found,) = (one.finding for one in done.findings)
    assert (found.code, found.severity, found.subject) == ("DRAFT35", "info", "office")
    assert found.message.endswith("goes to 2: Xã Tây, Xã Đông.")
    assert not mirrored(tmp_path, DIVIDED, store(), parts=PLACED).findings


RENAMED = ["1,Xã Một,1,Xã Mới,renamed", "2,Xã Hai,2,Xã Hai,unchanged"]


def test_a_renamed_communes_committee_is_renamed(tmp_path: Path) -> None:
    """It lives on below its district, by the name that a merged one would have."""
    given = EXECUTIVES.replace("name: Đảng bộ xã Hai", "name: Đảng bộ Hai cũ")
    here = store(given=given)
    choices = {"abolish": None, "within": None}
    commune, body, executive = steps(mirrored(tmp_path, RENAMED, here, **choices))
    assert commune["unit"] == "commune:1"
    assert body == {"op": "rename_unit", "unit": "g1", "name": "Đảng bộ xã Mới"}
    name = "Ban chấp hành Đảng bộ xã Mới"
    assert executive == {"op": "rename_unit", "unit": "e1", "name": name}
    again = GIVEN.replace("Đảng bộ xã Một", "Đảng bộ xã Mới")
    done = mirrored(tmp_path, RENAMED, store(given=again), **choices)
    assert [step["unit"] for step in steps(done)] == ["commune:1"]


def test_a_renamed_communes_committee_under_the_province(tmp_path: Path) -> None:
    """Where it becomes one of another kind, what it has below it is renamed."""
    here = store(given=EXECUTIVES)
    done = mirrored(tmp_path, RENAMED, here)
    *_, new, executive, _ = steps(done)
    assert new["new"][0]["name"] == "Đảng bộ xã Mới"
    assert (executive["op"], executive["unit"]) == ("rename_unit", "e1")
    assert not planned(done, here).refused


def test_a_row_of_parts_under_another_unit_is_refused(tmp_path: Path) -> None:
    """DRAFT16: what depends on commune 2 isn't placed by a row for commune 1."""
    rows = PLACED.replace("2,9,s2\n", "") + "1,9,s2\n"
    done = mirrored(tmp_path, DIVIDED, store(), parts=rows)
    (one,) = [item for item in done.findings if item.is_error]
    assert one.finding.code == "DRAFT16"
    assert "depends on 2, not on 1" in one.finding.message


def test_a_row_that_names_a_post_of_which_all_stay_is_refused(tmp_path: Path) -> None:
    """DRAFT16: deputies all go along, of the committee and of the commune itself."""
    given = GIVEN.replace(
        "edges:\n",
        "  - {id: t1, kind: post, role: deputy_chair, parent: c1}\nedges:\n",
    )
    rows = "old,new,part\n2,9,s2\n1,9,d1\n1,9,t1\n1,9,k1\n"
    done = mirrored(tmp_path, MERGED, store(given=given), parts=rows)
    assert codes(done) == [("DRAFT16", "error", 3), ("DRAFT16", "error", 4)]
    assert "d1 of Đảng bộ xã Một (g1) is no head" in done.findings[0].finding.message


def test_a_row_of_parts_that_is_no_row_of_the_table(tmp_path: Path) -> None:
    """A mistyped code in the parts file is refused, whatever its part is."""
    done = mirrored(tmp_path, MERGED, store(), parts="old,new,part\n1,99,s1\n")
    (found,) = [item for item in done.findings if item.is_error]
    assert (found.finding.code, found.finding.subject) == ("DRAFT16", "1")


def test_a_district_that_becomes_a_commune_keeps_its_committee_covering(
    tmp_path: Path,
) -> None:
    """An island district without communes: its committee becomes that of the zone."""
    given = GIVEN.replace(
        "edges:\n",
        '  - {id: i, kind: district, name: Huyện Đảo, code: "200", type: huyện, '
        "parent: p}\n"
        "  - {id: di, kind: direct_committee, name: Đảng bộ Đảo, type: district, "
        "parent: pc}\n"
        "edges:\n  - {kind: COVERS, source: di, target: i}\n",
    )
    here = store(given=given)
    note = "Sắp xếp toàn bộ huyện Đảo thành đặc khu Đảo"
    rows = [f"{row}," for row in MERGED] + [f"200,Huyện Đảo,7,Đặc khu Đảo,{note},200"]
    done = mirrored(
        tmp_path,
        rows,
        here,
        head="old_code,old_name,new_code,new_name,note,tier_code",
        columns={"tier_code": "tier_code"},
        parts="old,new,part\n2,9,s2\n",
    )
    founded, closed, followed, *_ = steps(done)
    assert founded["op"] == "found_unit"
    assert closed["answers"] == {"di": {"to": "dao"}}
    assert followed["edges"] == [{"from": "di", "to": "dao_committee", "whole": "true"}]
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


DISTRICTS = GIVEN.replace(
    "edges:\n",
    """\
  - {id: h2, kind: district, name: Huyện Hai, code: "194", type: huyện, parent: p}
  - {id: dc2, kind: direct_committee, name: Huyện ủy 2, type: district, parent: pc}
edges:
  - {kind: COVERS, source: dc2, target: h2}
""",
)
OF_DISTRICTS = {"kind": "district", "upper_kind": None, "abolish": None}
ALONE = "194,Huyện Hai,194,Huyện Hai,unchanged"


def test_committees_of_districts_that_merge_become_one_of_the_type_of_the_new_one(
    tmp_path: Path,
) -> None:
    """What is below them follows; those of communes stay below the one committee."""
    here = store(given=DISTRICTS)
    rows = ["193,Huyện,195,Thị xã Lớn,whole", "194,Huyện Hai,195,Thị xã Lớn,whole"]
    done = mirrored(tmp_path, rows, here, **OF_DISTRICTS)
    assert unsaid(done) == []
    territory, committees = steps(done)
    assert territory["op"] == "merge_units"
    assert committees == {
        "op": "merge_units",
        "sources": ["dc", "dc2"],
        "into": {
            "kind": "direct_committee",
            "name": "Đảng bộ thị xã Lớn",
            "facts": {"type": "town"},
        },
        "under": "pc",
        "as": "lon_committee",
    }
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []
    here.commit(plan)
    (new,) = (
        row.id
        for row in here.of_kind("direct_committee", span())
        if row.name == "Đảng bộ thị xã Lớn"
    )
    below = here.edges([new], ["UNDER"], IN, span())
    assert {row.source for row in below} == {"g1", "g2"}


def test_a_district_that_takes_in_another_keeps_its_committee(tmp_path: Path) -> None:
    """The store tells of which type it is, where the table doesn't."""
    here = store(given=DISTRICTS)
    rows = ["194,Huyện Hai,193,Huyện,whole", "193,Huyện,193,Huyện,unchanged"]
    done = mirrored(tmp_path, rows, here, **OF_DISTRICTS)
    _, committees = steps(done)
    assert committees == {"op": "absorb_units", "sources": ["dc2"], "into": "dc"}
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


def test_of_a_district_without_a_known_type_it_is_said_that_no_side_is_drafted(
    tmp_path: Path,
) -> None:
    """DRAFT37: what its committee becomes hangs on the type, and nobody guesses it."""
    here = store(given=DISTRICTS)
    rows = ["193,Huyện,195,Lớn,whole", "194,Huyện Hai,195,Lớn,whole"]
    done = mirrored(tmp_path, rows, here, **OF_DISTRICTS)
    (said,) = unsaid(done)
    assert said == (
        "Nothing is drafted for Huyện ủy (dc), Huyện ủy 2 (dc2): the pack doesn't say "
        "what becomes of it with Lớn."
    )
    (found,) = [f for f in planned(done, here).findings if f.code == "MIRROR01"]
    assert "draft --mirror" in found.hint


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("Huyện", None),
        ("Huyện Mới", {"op": "rename_unit", "name": "Đảng bộ huyện Mới"}),
        (
            "Thành phố Mới",
            {"op": "change_type", "type": "city", "name": "Đảng bộ thành phố Mới"},
        ),
    ],
)
def test_the_committee_of_a_district_has_its_new_name_and_type(
    tmp_path: Path, name: str, step: dict[str, str] | None
) -> None:
    """Where nothing changes in a district, nothing does in its committee."""
    old = "Huyện Một" if name.startswith("Thành") else "Huyện"
    row = f"193,{old},193,{name},{'unchanged' if name == old else 'renamed'}"
    here = store(given=DISTRICTS)
    done = mirrored(tmp_path, [row, ALONE], here, **OF_DISTRICTS)
    assert unsaid(done) == []
    if step is None:
        assert not done.texts
        return
    assert steps(done)[1] == {"unit": "dc", **step}
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)


def unsaid(done: Drafted) -> list[str]:
    """Return what is said of bodies for which the pack has no word."""
    found = [one.finding for one in done.findings]
    return [finding.message for finding in found if finding.code == "DRAFT37"]


def test_a_commune_that_nothing_covers_is_named(tmp_path: Path) -> None:
    """DRAFT31 says of which commune there is no committee in the store."""
    given = GIVEN.replace("  - {kind: COVERS, source: g2, target: c2}\n", "")
    done = mirrored(tmp_path, MERGED, store(given=given))
    assert ("DRAFT31", "warning", 3) in codes(done)


def test_a_committee_of_two_steps_is_named(tmp_path: Path) -> None:
    """DRAFT32: it covers communes that go different ways, so nothing is drafted."""
    more = "  - {kind: COVERS, source: g1, target: c2}\n"
    rows = ["1,Xã Một,8,Xã Tám,renamed", "2,Xã Hai,9,Xã Chín,renamed"]
    done = mirrored(tmp_path, rows, store(more))
    assert ("DRAFT32", "warning", 3) in codes(done)
    assert not [s for s in steps(done) if s.get("edges", [{}])[0].get("from") == "g1"]


def test_a_unit_that_the_store_does_not_have_is_named(tmp_path: Path) -> None:
    """The row is said, and nothing is drafted."""
    done = mirrored(tmp_path, [*MERGED, "5,Xã Năm,9,Xã Mới,whole"], store())
    assert done.texts == ()
    assert ("UNIT01", "error", 4) in codes(done)


def test_a_row_about_nothing_is_refused(tmp_path: Path) -> None:
    """A part that depends neither on the commune nor on its committee is named."""
    done = mirrored(tmp_path, MERGED, store(), parts="old,new,part\n1,9,ag\n")
    assert ("DRAFT16", "error", 2) in codes(done)
    done = mirrored(tmp_path, DIVIDED, store(), parts=PLACED + "1,8,ag\n")
    plan = planned(done, store())
    assert [f.code for f in plan.findings if f.blocks] == ["PARTS02"]


def test_a_commune_that_gives_a_part_and_lives_on_has_a_new_committee(
    tmp_path: Path,
) -> None:
    """Its committee is divided, though the commune isn't: it can't stay grassroots."""
    here = store()
    rows = ["1,Xã Một,1,Xã Một,the rest", *DIVIDED[1:]]
    parts = "old,new,part\n1,9,v2\n1,1,office\n1,1,d1\n1,1,s1\n2,9,s2\n"
    done = mirrored(tmp_path, rows, here, parts=parts)
    *_, committees = steps(done)
    rest, east, _ = committees["edges"]
    assert rest["parts"] == ["c1", "d1", "k1", "office", "s1"]
    assert east["parts"] == ["k2"]
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


def test_heads_of_communes_meet_like_those_of_committees(tmp_path: Path) -> None:
    """A post of the commune itself: a row says which chair stays, else it is a gap."""
    given = GIVEN.replace(
        "edges:\n",
        "  - {id: t1, kind: post, role: chair, parent: c1}\n"
        "  - {id: t2, kind: post, role: chair, parent: c2}\n"
        "edges:\n",
    )
    here = store(given=given)
    done = mirrored(tmp_path, MERGED, here, parts="old,new,part\n2,9,s2\n")
    assert steps(done)[2]["answers"] == {"t1": "ask", "t2": "ask"}
    done = mirrored(tmp_path, MERGED, here, parts="old,new,part\n2,9,s2\n1,9,t1\n")
    assert steps(done)[2]["answers"] == {"t2": "ends_with"}
    assert not planned(done, here).refused


def test_two_rows_that_contradict_leave_a_gap(tmp_path: Path) -> None:
    """Where rows name two heads of one committee, somebody has to say which."""
    rows = "old,new,part\n1,9,s1\n2,9,s2\n"
    *_, merger = steps(mirrored(tmp_path, MERGED, store(), parts=rows))
    assert merger["answers"] == {"s1": "ask", "s2": "ask"}


def test_committees_of_merged_provinces_merge_above_their_communes(
    tmp_path: Path,
) -> None:
    """The new provincial committee is there before what comes under it."""
    given = GIVEN.replace(
        "edges:\n",
        '  - {id: q, kind: province, name: Tỉnh Q, code: "23", type: tỉnh}\n'
        "  - {id: qc, kind: provincial_committee, name: Đảng bộ Q}\n"
        "edges:\n  - {kind: COVERS, source: qc, target: q}\n",
    )
    here = store(given=given)
    upper = "old_code,old_name,new_code,new_name,note\n"
    upper += "22,Tỉnh,24,Tỉnh Mới,whole\n23,Tỉnh Q,24,Tỉnh Mới,whole\n"
    done = mirrored(
        tmp_path,
        [f"{row},24,Tỉnh Mới,22,Tỉnh" for row in MERGED],
        here,
        head="old_code,old_name,new_code,new_name,note,group,group_name,old_upper,x",
        upper=upper,
        grouped=True,
        within=None,
        parts="old,new,part\n2,9,s2\n",
    )
    provinces, committees, _, tier, _, merger = steps(done)
    assert provinces["as"] == "province_moi"
    assert committees["sources"] == ["pc", "qc"]
    assert committees["as"] == "province_moi_committee"
    assert tier["within"] == merger["under"] == "province_moi_committee"
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


def test_districts_of_merged_provinces_end_in_one_step(tmp_path: Path) -> None:
    """The committees of both are below the new one by then: it is said once."""
    given = GIVEN.replace(
        "edges:\n",
        """\
  - {id: q, kind: province, name: Tỉnh Q, code: "23", type: tỉnh}
  - {id: hq, kind: district, name: Huyện Q, code: "203", type: huyện, parent: q}
  - {id: c3, kind: commune, name: Xã Ba, code: "3", type: xã, parent: hq}
  - {id: qc, kind: provincial_committee, name: Đảng bộ Q}
  - {id: dq, kind: direct_committee, name: Huyện ủy Q, type: district, parent: qc}
  - {id: g3, kind: grassroots_committee, name: Đảng bộ xã Ba, parent: dq}
  - {id: aq, kind: agency, name: Văn phòng, parent: dq}
edges:
  - {kind: COVERS, source: qc, target: q}
  - {kind: COVERS, source: dq, target: hq}
  - {kind: COVERS, source: g3, target: c3}
""",
    )
    here = store(given=given)
    upper = "old_code,old_name,new_code,new_name,note\n"
    upper += "22,Tỉnh,24,Tỉnh Mới,whole\n23,Tỉnh Q,24,Tỉnh Mới,whole\n"
    rows = [*MERGED, "3,Xã Ba,9,Xã Mới,whole"]
    parts = "old,new,part\n2,9,s2\n"
    done = mirrored(tmp_path, rows, here, upper=upper, within=None, parts=parts)
    tiers = [step for step in steps(done) if step["op"] == "abolish_tier"]
    assert [step["kind"] for step in tiers] == ["district", "direct_committee"]
    assert tiers[1]["within"] == "province_moi_committee"
    assert tiers[1]["answers"] == {"agency": "ask"}
    text = done.texts[0].text.replace("agency: ask", "agency: parent")
    plan = here.plan(read_proposal_text(text, "drafted"))
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


LAND = """\
nodes:
  - {id: s, kind: state, name: Land, code: S}
  - {id: a, kind: municipality, name: Ash, code: "1", type: rural, parent: s}
  - {id: b, kind: municipality, name: Birch, code: "2", type: rural, parent: s}
  - {id: top, kind: body, name: Assembly}
  - {id: ca, kind: body, name: Council of Ash, type: council, parent: top}
  - {id: cb, kind: body, name: Council of Birch, type: council, parent: top}
  - {id: pa, kind: post, role: chair, parent: ca}
  - {id: pb, kind: post, role: chair, parent: cb}
  - {id: x, kind: person, parent: ca}
edges:
  - {kind: COVERS, source: ca, target: a}
  - {kind: COVERS, source: cb, target: b}
"""
ABSORBED = ["1,Ash,2,Elm,whole", "2,Birch,2,Elm,renamed"]
NEUTRAL: dict[str, Any] = {
    "pack": "territory",
    "kind": "municipality",
    "abolish": None,
    "upper_kind": None,
    "within": None,
}


@pytest.mark.parametrize(
    ("row", "ended"), [("", "pa"), ("1,2,pa", "pb"), ("2,2,pb", "pa")]
)
def test_a_council_absorbs_as_its_municipality_does(
    tmp_path: Path, row: str, ended: str
) -> None:
    """No Vietnamese word is needed; who sits there stays, unless rows say who comes."""
    here = store(pack="territory", given=LAND)
    rows = f"old,new,part\n{row}\n" if row else None
    done = mirrored(tmp_path, ABSORBED, here, parts=rows, **NEUTRAL)
    *first, absorbed, renamed = steps(done)
    assert renamed == {"op": "rename_unit", "unit": "cb", "name": "Council of Elm"}
    assert absorbed["op"] == "absorb_units"
    assert (absorbed["sources"], absorbed["into"]) == (["ca"], "cb")
    assert ("close_unit" in [step["op"] for step in first]) == (ended == "pb")
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []
    here.commit(plan)
    after = {row.id for row in here.of_kind("post", span())}
    assert {"pa", "pb"} - after == {ended}


def span() -> Any:  # noqa: ANN401 - a span of days
    """Return the day of the drafts."""
    from datetime import date

    from orgraph.model import Span

    return Span.day(date(2025, 1, 1))


def test_a_part_of_a_living_municipality_takes_a_part_of_its_council(
    tmp_path: Path,
) -> None:
    """Both live on: what a row names moves, the council's posts and the rest stay."""
    here = store(pack="territory", given=LAND)
    rows = ["1,Ash,1,Ash,the rest", "1,Ash,2,Birch,part", "2,Birch,2,Birch,lives on"]
    done = mirrored(tmp_path, rows, here, parts="old,new,part\n1,2,x\n", **NEUTRAL)
    *_, moved = steps(done)
    assert moved["edges"] == [{"from": "ca", "to": "cb", "parts": ["x"]}]
    assert moved["keep"] == ["ca"]


def test_the_same_table_and_store_give_the_same_bytes(tmp_path: Path) -> None:
    """The draft depends on no order of a store and on no clock."""
    texts = {
        mirrored(tmp_path, DIVIDED, store(), parts=PLACED).texts[0].text
        for _ in range(3)
    }
    assert len(texts) == 1
