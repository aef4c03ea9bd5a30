"""What is drafted applies: each shape on a small store, with figures and without."""

from pathlib import Path

import pytest
from drafting import FACTS, drafted, put

from orgraph.importers import load_tables
from orgraph.model import Span
from orgraph.pack import load_pack
from orgraph.proposal import read_proposal_text
from orgraph.queries import tally
from orgraph.stores import MemoryStore

NODES = """\
id,kind,name,code,since,people,area_m2
s,state,Land,S,2000,,
d,district,North,D1,2000,,
a,municipality,Ash,1,2000,{a},{area}
b,municipality,Birch,2,2000,200,{area}
c,municipality,Cedar,3,2000,300,{area}
v,locality,Hill,V,2000,,
"""
EDGES = """\
kind,source,target,since
PART_OF,d,s,2000
PART_OF,a,d,2000
PART_OF,b,d,2000
PART_OF,c,d,2000
PART_OF,v,a,2000
"""
SHAPES = {
    "merge": ["1,Ash,1,Elm,whole", "2,Birch,1,Elm,whole"],
    "absorb": ["1,Ash,2,Elm,whole", "2,Birch,2,Elm,renamed"],
    "split": ["1,Ash,8,Elm,part", "1,Ash,9,Fir,part of the area"],
    "split and keep": ["1,Ash,9,Fir,part", '1,Ash,1,Oak,"the rest, renamed"'],
    "give": ["1,Ash,1,Ash,the rest", "1,Ash,2,Birch,part", "2,Birch,2,Birch,lives on"],
    "many": [
        "1,Ash,8,Elm,part",
        "2,Birch,8,Elm,whole",
        "1,Ash,3,Cedar,part",
        "3,Cedar,3,Cedar,the rest",
        "3,Cedar,8,Elm,part of the area",
    ],
}


def _store(folder: Path, people: str = "100", area: str = "5000") -> MemoryStore:
    store = MemoryStore(load_pack("territory"))
    nodes = put(folder, "nodes.csv", NODES.format(a=people, area=area))
    load_tables(store, [nodes, put(folder, "edges.csv", EDGES)])
    return store


@pytest.mark.parametrize("people", ["100", "?", ""])
@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_applies(tmp_path: Path, name: str, people: str) -> None:
    """With unknown shares each shape applies, whatever is known of the units.

    The one locality has to be told where it goes where its municipality is divided.
    """
    store = _store(tmp_path, people)
    parts = None
    pair = next((r.split(",") for r in SHAPES[name] if r.startswith("1,Ash")), None)
    if pair and name in {"split", "many"}:
        parts = f"old,new,part\n1,{pair[2]},v\n"
    measures = FACTS._replace(gap="unknown")
    done = drafted(tmp_path, SHAPES[name], parts=parts, measures=measures)
    plan = store.plan(read_proposal_text(done.texts[0].text))
    assert [f.message for f in plan.findings if f.blocks] == []
    store.commit(plan)


@pytest.mark.parametrize("name", ["split", "split and keep", "give", "many"])
def test_gaps_are_asked_and_nothing_else(tmp_path: Path, name: str) -> None:
    """A draft with gaps is refused for the gaps alone, one finding for each edge."""
    store = _store(tmp_path)
    parts = {"split": "8", "many": "8"}.get(name)
    given = f"old,new,part\n1,{parts},v\n" if parts else None
    done = drafted(tmp_path, SHAPES[name], parts=given)
    plan = store.plan(read_proposal_text(done.texts[0].text))
    blocking = [f.code for f in plan.findings if f.blocks]
    assert set(blocking) == {"SHARE01"}
    assert len(blocking) == done.texts[0].text.count("ask")


def test_figures_of_a_file_are_conserved(tmp_path: Path) -> None:
    """Figures that a file gives are what each has after it, and nothing is lost."""
    store = _store(tmp_path)
    rows = ["1,Ash,8,Elm,part", "1,Ash,9,Fir,part", "2,Birch,8,Elm,whole"]
    parts = "old,new,part,people,area_m2\n1,8,v,40,1/5\n1,9,,60,4/5\n"
    done = drafted(tmp_path, rows, parts=parts)
    plan = store.plan(read_proposal_text(done.texts[0].text))
    assert [f.message for f in plan.findings if f.blocks] == []
    day = plan.effective
    before = tally(store, "s", day).facts
    store.commit(plan)
    assert tally(store, "s", day).facts == before
    elm = f"municipality-8-{day}"
    fir = f"municipality-9-{day}"
    found = {r.id: r.facts for r in store.nodes([elm, fir], Span.day(day))}
    assert found[elm] == {"people": 240, "area_m2": 6000}
    assert found[fir] == {"people": 60, "area_m2": 4000}
