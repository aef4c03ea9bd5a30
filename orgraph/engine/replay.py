"""Replays proposals one after the other: each planned, checked and committed.

Where a replay was broken off, the store itself says how far it came: a revision keeps
the proposal that it was made of.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from ..draft import Revision
from ..findings import refuses
from ..plan import Plan
from ..proposal import Proposal
from ..proposal.timeline import Entry, proposal_digest

PAGE = 100


class Replayable(Protocol):
    """A store as a replay needs it."""

    def revisions(self, before: int | None = None, limit: int = 100) -> list[Revision]:
        """Return revisions, the last first."""
        ...

    def plan(self, proposal: Proposal) -> Plan:
        """Plan a proposal on the head."""
        ...

    def commit(self, plan: Plan, author: str = "") -> Revision:
        """Write a plan and return its revision."""
        ...


class Planned(NamedTuple):
    """A line was planned; it is committed next, unless it is refused."""

    line: int
    plan: Plan
    refused: bool


class Applied(NamedTuple):
    """A line was committed."""

    line: int
    plan: Plan
    revision: Revision


def replay(
    store: Replayable,
    proposals: Iterable[tuple[int, Proposal]],
    *,
    author: str = "",
    strict: bool = False,
    keep_going: bool = False,
) -> Iterator[Planned | Applied]:
    """Plan and commit proposals, yielding what happens as it happens.

    The first that is refused is the last, unless `keep_going`; with `strict` a warning
    refuses too. A line is committed when the next event is asked for.

    >>> proposals = [(1, orgraph.read_proposal("proposal.yaml"))]
    >>> [type(event).__name__ for event in orgraph.replay(store, proposals)]
    ['Planned', 'Applied']
    """
    for line, proposal in proposals:
        plan = store.plan(proposal)
        refused = refuses(plan.findings, strict=strict)
        yield Planned(line, plan, refused)
        if not refused:
            yield Applied(line, plan, store.commit(plan, author))
        elif not keep_going:
            return


def applied_lines(store: Replayable, entries: Sequence[Entry]) -> dict[int, int]:
    """Return which lines the store has applied before, and as which revision.

    Revisions are followed in order, and each stands for one line only: so a proposal
    that stands twice is applied twice. A revision that was taken back by an undo from
    outside the timeline doesn't count.
    """
    places: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        places.setdefault(entry.digest, []).append(place)
    found: dict[int, int] = {}
    reached = 0
    for number, key in _standing(store, places.keys()):
        left = places[key]
        if not left:
            continue
        # One further on; or else one that was refused and passed over at first.
        place = next((place for place in left if place >= reached), left[0])
        left.remove(place)
        reached = max(reached, place + 1)
        found[entries[place].line] = number
    return dict(sorted(found.items()))


def _standing(
    store: Replayable, known: Iterable[str] | Sequence[str]
) -> list[tuple[int, str]]:
    """Return the revisions made of known proposals that still stand, in order."""
    wanted = set(known)
    found: list[tuple[int, str]] = []
    taken_back: set[int] = set()
    before: int | None = None
    while page := store.revisions(before, PAGE):
        before = page[-1].number
        for revision in page:
            if revision.number in taken_back:
                continue
            key = proposal_digest(revision.proposal)
            if key in wanted:
                found.append((revision.number, key))
            else:
                taken_back |= _undone(revision)
    return found[::-1]


def _undone(revision: Revision) -> set[int]:
    steps = revision.proposal.get("steps")
    return {
        step["revision"]
        for step in (steps if isinstance(steps, list) else ())
        if step.get("op") == "undo"
    }


@dataclass
class Summary:
    """What a replay did so far, by day and operation."""

    revisions: list[dict[str, int]] = field(default_factory=list)
    refused: list[Planned] = field(default_factory=list)
    days: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, event: Planned | Applied) -> None:
        """Count what happened."""
        if isinstance(event, Planned):
            self.refused += [event] if event.refused else []
            return
        number = event.revision.number
        self.revisions.append({"line": event.line, "revision": number})
        day = event.plan.effective.isoformat()
        empty = {"proposals": 0, "steps": 0, "changes": 0, "operations": {}}
        counts = self.days.setdefault(day, empty)
        steps = event.plan.proposal["steps"]
        counts["proposals"] += 1
        counts["steps"] += len(steps)
        counts["changes"] += len(event.plan.changes)
        for step in steps:
            named = counts["operations"]
            named[step["op"]] = named.get(step["op"], 0) + 1

    def to_plain(self) -> list[dict[str, Any]]:
        """Return the counts as JSON data, by day."""
        return [
            {
                "effective": day,
                **counts,
                "operations": dict(sorted(counts["operations"].items())),
            }
            for day, counts in sorted(self.days.items())
        ]
