"""Communes that give a part away and live on: who comes to cover what they gave."""

from pathlib import Path

import pytest
from drafting import codes, steps
from test_led_by_cells import LED
from test_mirrored import EXECUTIVES, mirrored, mirrors, planned, refusals, span, store

from orgraph.conversion import Drafted
from orgraph.model import IN
from orgraph.stores import MemoryStore

CARVED = ["1,Xã Một,1,Xã Một,the rest", "1,Xã Một,8,Xã Mới,part"]
PLACED = "old,new,part\n1,8,v2\n1,8,k2\n1,8,d1\n1,1,s1\n1,1,office\n"
BELOW = {"abolish": None, "within": None}


def covering(here: MemoryStore, done: Drafted) -> dict[str | None, list[str]]:
    """Apply a draft; returns by what committees each commune is covered then."""
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []
    here.commit(plan)
    communes = {row.id: row.name for row in here.of_kind("commune", span())}
    found: dict[str | None, list[str]] = {name: [] for name in communes.values()}
    for row in here.edges([*communes], ["COVERS"], IN, span()):
        (body,) = here.nodes([row.source], span())
        found[communes[row.target]].append(str(body.name))
    return found


def test_the_committee_of_a_carved_out_commune_covers_it(tmp_path: Path) -> None:
    """That of the rest comes to cover both, and gives the new one to its own."""
    here = store()
    done = mirrored(tmp_path, CARVED, here, parts=PLACED, **BELOW)
    assert codes(done) == []
    commune, committee = steps(done)
    assert commune["keep_source"] == "true"
    assert commune["answers"] == {"g1": {"to": ["c1", "moi"]}}
    assert committee["edges"][0]["parts"] == ["moi", "d1", "k2"]
    found = covering(here, done)
    assert found["Xã Một"] == ["Đảng bộ xã Một"]
    assert found["Xã Mới"] == ["Đảng bộ xã Mới"]


def test_it_does_so_where_both_come_directly_under_the_province(tmp_path: Path) -> None:
    """The committee of the rest becomes one of another kind, and is divided."""
    here = store()
    rows = [*CARVED, "2,Xã Hai,2,Xã Hai,unchanged"]
    done = mirrored(tmp_path, rows, here, parts=PLACED)
    (committee,) = (s for s in steps(done) if len(s.get("edges", ())) > 1)
    rest, new = committee["edges"]
    assert (rest["parts"][0], new["parts"][0]) == ("c1", "moi")
    found = covering(here, done)
    assert found["Xã Một"] == ["Đảng bộ xã Một"]
    assert found["Xã Mới"] == ["Đảng bộ xã Mới"]


def test_what_another_comes_to_cover_is_left_to_it(tmp_path: Path) -> None:
    """Of a commune formed of a whole one and a part the whole one's committee does."""
    rows = ["1,Xã Một,1,Xã Một,the rest", "1,Xã Một,8,Xã Mới,part", "2,Xã Hai,8,,whole"]
    rows[2] = rows[2].replace(",,", ",Xã Mới,")
    here = store()
    done = mirrored(tmp_path, rows, here, parts=PLACED, **BELOW)
    assert "answers" not in steps(done)[0]
    assert covering(here, done)["Xã Mới"] == ["Đảng bộ xã Mới"]


def test_a_part_for_a_commune_that_a_cell_leads_brings_it_a_committee(
    tmp_path: Path,
) -> None:
    """Both live on; the committee formed of the part covers the one that gets it."""
    rows = [CARVED[0], "1,Xã Một,2,Xã Hai,part", "2,Xã Hai,2,Xã Hai,the rest"]
    rows += ["2,Xã Hai,1,Xã Một,part of the area"]
    here = store(given=LED)
    parts = PLACED.replace(",8,", ",2,")
    done = mirrored(tmp_path, rows, here, parts=parts, **BELOW)
    there, back = (s for s in steps(done) if s["op"] == "transfer_parts")
    assert there["answers"] == {"g1": {"to": ["c1", "c2"]}}
    assert "answers" not in back
    found = covering(here, done)
    assert found["Xã Hai"] == ["Chi bộ xã Hai", "Đảng bộ xã Hai"]


@pytest.mark.parametrize("choices", [BELOW, {}])
def test_a_committee_that_gave_its_executive_away_has_one_founded(
    tmp_path: Path, choices: dict[str, None]
) -> None:
    """A row gives that of the old one to the new one; the rest isn't without."""
    here = store(given=EXECUTIVES)
    done = mirrored(tmp_path, CARVED, here, parts=PLACED + "1,8,e1\n", **choices)
    *_, founded = steps(done)
    name = "Ban chấp hành Đảng bộ xã Một"
    assert founded["new"] == {"kind": "executive_committee", "name": name}
    assert founded["under"] == ("g1" if choices else "mot_committee")
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)


def test_an_executive_that_was_given_away_is_no_source_of_another(
    tmp_path: Path,
) -> None:
    """The committee that lives on has the one of the committee that it absorbs."""
    given = EXECUTIVES.replace(
        "edges:\n",
        "  - {id: e2, kind: executive_committee, name: Ban 2, parent: g2}\nedges:\n",
    )
    here = store(given=given)
    rows = [*CARVED, "2,Xã Hai,1,Xã Một,whole"]
    done = mirrored(tmp_path, rows, here, parts=PLACED + "1,8,e1\n", **BELOW)
    assert not [s for s in steps(done) if s["op"] in ("merge_units", "found_unit")]
