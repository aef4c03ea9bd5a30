"""Conservation: a plan that loses or makes what is counted, which no step would do."""

from datetime import date

import pytest
from harness import filled, pack_named

from orgraph.draft import Draft, Snapshot
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
