"""Conservation: a plan that loses or makes what is counted, which no step would do."""

from datetime import date

import pytest
from harness import filled, pack_named
from towns import blocking, done, planned, undone

from orgraph.draft import Draft, Snapshot
from orgraph.queries import tally
from orgraph.rules.conservation import Conservation
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 1, 1)
GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: m1, kind: municipality, people: 90, parent: s}
  - {id: m2, kind: municipality, people: 10, area_m2: "?", parent: s}
  - {id: b, kind: body}
  - {id: p1, kind: person, parent: b}
  - {id: p2, kind: person, parent: b}
"""


@pytest.fixture
def draft() -> Draft:
    """Return a draft on two municipalities and two persons."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    return Draft(Snapshot(store, DAY))


def _found(draft: Draft) -> list[tuple[str, str]]:
    nodes = ["m1", "m2", "p1", "p2"]
    law = Conservation().check(draft.base, draft, nodes, draft.stated)
    return [(finding.code, finding.message) for finding in law]


def test_passes_what_is_moved_between_units(draft: Draft) -> None:
    """People who pass from one municipality to the other are neither lost nor made."""
    draft.revise("m1", facts={"people": 60})
    draft.revise("m2", facts={"people": 40, "area_m2": None})
    assert _found(draft) == []


def test_passes_what_a_step_states(draft: Draft) -> None:
    """A step that says that it takes away what it takes away breaks no law."""
    draft.revise("m1", facts={"people": 60})
    draft.state({"fact:people": 30}, -1)
    assert _found(draft) == []


@pytest.fixture
def finer() -> MemoryStore:
    """Return Ash, counted as a whole, and Birch, counted by its localities."""
    given = """\
nodes:
  - {id: s, kind: state}
  - {id: m1, kind: municipality, name: Ash, people: 50, parent: s}
  - {id: m2, kind: municipality, name: Birch, parent: s}
  - {id: v, kind: locality, people: 60, parent: m2}
  - {id: w, kind: locality, parent: m1}
  - {id: x, kind: locality, parent: m1}
"""
    return filled(MemoryStore(pack_named("territory")), given)


def _sets(people: str) -> list[dict[str, object]]:
    """Return steps that set the people of w and x."""
    given = zip("wx", people.split(), strict=False)
    return [
        {"op": "set_facts", "unit": unit, "facts": {"people": int(figure)
         if figure.isdigit() else figure}}
        for unit, figure in given
    ]  # fmt: skip


INTO = {"kind": "municipality", "name": "Both", "facts": {"type": "rural"}}
UNITE = [
    {"op": "absorb_units", "sources": ["m1"], "into": "m2"},
    {"op": "merge_units", "sources": ["m1", "m2"], "into": INTO},
]


@pytest.mark.parametrize("unite", UNITE, ids=["absorb", "merge"])
@pytest.mark.parametrize(
    ("people", "total"),
    [("20 30", 110), ("50", 110), ("0 50", 110), ("unknown unknown", None),
     ("20 unknown", None)],
)  # fmt: skip
def test_a_figure_is_divided_before_units_are_united(
    finer: MemoryStore, unite: dict[str, object], people: str, total: int | None
) -> None:
    """What the hint asks for is done: finer figures that add up, or unknown ones."""
    refused = planned(finer, "2025-01-01", unite)
    (finding,) = [f for f in refused.findings if f.blocks]
    assert finding.code == "SUM01"
    assert finding.hint == (
        "Ash (m1) carried people as a whole, and goes to where it is counted below. "
        "Before that, set people of the units below (set_facts), in figures that add "
        "up to it, or as unknown."
    )
    done(finer, "2025-01-01", *_sets(people), unite)
    assert tally(finer, "s", DAY).facts["people"] == total


@pytest.mark.parametrize("people", ["20", "20 20", "20 40", "0 0"])
def test_finer_figures_that_do_not_add_up(finer: MemoryStore, people: str) -> None:
    """A first figure below a unit that carried its own is no new amount."""
    for steps in ([], *([unite] for unite in UNITE)):
        plan = planned(finer, "2025-01-01", *_sets(people), *steps)
        (sentence,) = blocking(plan)
        assert sentence.startswith("SUM01 people should be ")


def test_a_whole_is_counted_by_parts_from_a_day_on(finer: MemoryStore) -> None:
    """A unit that lives on gives its figure to those below it, and back by undo."""
    number = done(finer, "2025-01-01", *_sets("20 30"))
    assert tally(finer, "m1", DAY).facts["people"] == 50
    more = {"op": "set_facts", "unit": "w", "facts": {"people": 25}}
    done(finer, "2025-06-01", more)
    assert tally(finer, "m1", date(2025, 6, 1)).facts["people"] == 55
    undone(finer, number + 1)
    undone(finer, number)
    assert tally(finer, "s", DAY).facts["people"] == 110


def test_fails_where_people_are_lost(draft: Draft) -> None:
    """People who are gone, and nobody said so, are found."""
    draft.revise("m1", facts={"people": 60})
    # What differs is named with what it was; the units that are as they were are not.
    assert _found(draft) == [
        ("SUM01", "people should be 100 after the plan and is 70: m1 90 → 60.")
    ]


def test_fails_where_the_unknown_becomes_known(draft: Draft) -> None:
    """What was unknown doesn't become known by a reorganisation."""
    draft.revise("m2", facts={"people": 10, "area_m2": 5})
    assert _found(draft) == [
        ("SUM01", "area_m2 should be unknown after the plan and is 5: m2 unknown → 5.")
    ]


def test_fails_where_the_unknown_becomes_known_behind_another(draft: Draft) -> None:
    """That another figure stays unknown doesn't let one become known unsaid."""
    draft.revise("m1", facts={"people": 90, "area_m2": None})
    draft.state({"unknown:area_m2": 1})
    assert _found(draft) == []
    draft.revise("m2", facts={"people": 10, "area_m2": 5})
    message = "known area_m2 should be 0 at the most and is 5: "
    changed = "m1 nothing → unknown, m2 unknown → 5."
    assert _found(draft) == [("SUM01", message + changed)]
    draft.state({"fact:area_m2": 5, "unknown:area_m2": -1})
    assert _found(draft) == []


def test_fails_where_a_person_is_lost(draft: Draft) -> None:
    """People are counted by head."""
    draft.end("p1")
    assert _found(draft) == [("SUM02", "person: 2 before the plan, 1 after it.")]
