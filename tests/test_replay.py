"""A replay in Python: it yields what happens as it happens, on any store."""

from collections.abc import Iterator
from datetime import date

import pytest
from harness import STAMP, NewStore, filled, rows

import orgraph
from orgraph.engine.replay import Applied, Planned, applied_lines, replay
from orgraph.errors import StaleError
from orgraph.proposal import Proposal
from orgraph.proposal.timeline import Entry, proposal_digest
from orgraph.stores import Store

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: a, kind: region, parent: s}
  - {id: b, kind: region, parent: s}
"""


def named(unit: str, name: str) -> Proposal:
    """Return a proposal that renames a unit."""
    step = {"op": "rename_unit", "unit": unit, "name": name}
    data = {"title": name, "effective": "2025-01-01", "steps": [step]}
    return Proposal.model_validate(data)


@pytest.fixture
def store(new_store: NewStore) -> Store:
    """Return a store with two regions."""
    return filled(new_store("territory"), GIVEN)


def test_events_come_before_and_after_a_commit(store: Store) -> None:
    """A line is planned on the store as it is, and committed when asked to go on."""
    events = orgraph.replay(store, [(3, named("a", "A1")), (7, named("b", "B1"))])
    first = next(events)
    assert isinstance(first, Planned)
    assert (first.line, first.refused, store.head()) == (3, False, 1)
    second = next(events)
    assert isinstance(second, Applied)
    assert (second.line, second.revision.number, store.head()) == (3, 2, 2)
    assert [event.line for event in events] == [7, 7]
    assert store.head() == 3


def test_proposals_are_asked_for_one_by_one(store: Store) -> None:
    """No line is read before the one above it is written, nor after a refused one."""
    read = []

    def lines() -> Iterator[tuple[int, Proposal]]:
        for number, unit in enumerate(("a", "nowhere", "b"), 1):
            read.append((number, store.head()))
            yield number, named(unit, f"New {number}")

    events = list(replay(store, lines()))
    assert read == [(1, 1), (2, 2)]
    assert [type(event) for event in events] == [Planned, Applied, Planned]
    assert events[-1].line == 2


def test_a_writer_in_between(store: Store) -> None:
    """What another writer changed between a plan and its commit makes it stale."""
    events = replay(store, [(1, named("a", "A1"))])
    next(events)
    store.commit(store.plan(named("a", "Other")), stamp=STAMP)
    before = rows(store)
    with pytest.raises(StaleError):
        next(events)
    assert rows(store) == before


def entries(*proposals: Proposal) -> list[Entry]:
    """Return the entries of a timeline of these proposals, one a line."""
    return [
        Entry(line, date(2025, 1, 1), proposal_digest(proposal.to_plain()))
        for line, proposal in enumerate(proposals, 1)
    ]


@pytest.mark.parametrize(
    ("applied", "lines", "expected"),
    [
        ("", "abc", {}),
        ("ab", "abc", {1: 2, 2: 3}),
        ("a", "aba", {1: 2}),
        ("ab", "aba", {1: 2, 2: 3}),
        ("aba", "aba", {1: 2, 2: 3, 3: 4}),
        ("ba", "aba", {2: 2, 3: 3}),
        ("xaxb", "abc", {1: 3, 2: 5}),
        ("acb", "abc", {1: 2, 3: 3, 2: 4}),
        ("abab", "ab", {1: 2, 2: 3}),
    ],
)
def test_lines_are_found_in_the_store(
    store: Store, applied: str, lines: str, expected: dict[int, int]
) -> None:
    """Each revision stands for one line: in order, or for one passed over at first."""
    for place, letter in enumerate(applied):
        proposal = (
            named("s", f"X{place}") if letter == "x" else named("a", f"New {letter}")
        )
        store.commit(store.plan(proposal), stamp=STAMP)
    wanted = entries(*(named("a", f"New {letter}") for letter in lines))
    assert applied_lines(store, wanted) == dict(sorted(expected.items()))


def test_many_revisions_are_read_by_the_page(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many revisions there are, all are looked at."""
    done = [named("a", f"Name {n}") for n in range(7)]
    for proposal in done:
        store.commit(store.plan(proposal), stamp=STAMP)
    monkeypatch.setattr("orgraph.engine.replay.PAGE", 2)
    assert list(applied_lines(store, entries(*done)).values()) == [*range(2, 9)]
