"""What became of a unit, and what it came from, through any number of reforms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..draft.carried import all_of
from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import (
    FOREVER,
    IN,
    OUT,
    Direction,
    EdgeKey,
    Facts,
    NodeRow,
    Span,
    shown_day,
)
from ..model.facts import PRECISION, UNTIL_PRECISION
from .events import Event, Events
from .library import Library, shown_code, shown_name


class Step(NamedTuple):
    """One event on the way: who took whose place, or whose place it took.

    `part` is of what passed in this step, `all_of` names the facts of which everything
    passed with a part; `overall` of the whole way: whole only where
    every step of one way is. `via` is the unit it came through, None where it came
    from the unit that is asked about. Of `part`, `overall` and amounts None says that
    they are unknown.
    """

    id: str
    kind: str | None
    name: str
    code: str | None
    on: str
    until: str | None
    part: str | None
    overall: str | None
    via: str | None
    amounts: Facts
    all_of: tuple[str, ...]
    basis: dict[str, object] | None
    title: str
    revision: int


@dataclass(frozen=True)
class Lineage:
    """A unit, with its successors and predecessors; every step once.

    Successors are in the order in which places passed, predecessors in the opposite
    one: the nearest first.
    """

    node: str
    kind: str
    name: str
    code: str | None
    since: str
    until: str | None
    successors: tuple[Step, ...]
    predecessors: tuple[Step, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        sides = ("successors", "predecessors")
        return {
            "format": "orgraph.lineage/1",
            **{name: value for name, value in vars(self).items() if name not in sides},
            **{side: [s._asdict() for s in getattr(self, side)] for side in sides},
        }


@in_one_revision
def lineage(store: Library, node: str, *, names: bool = False) -> Lineage:
    """Return the lineage of a unit, as it was at all times, both ways.

    People's names and codes are masked unless `names` is set. InputError when
    there is no such node.

    >>> _ = store.commit(store.plan(orgraph.read_proposal("proposal.yaml")))
    >>> [(step.id, step.on) for step in orgraph.lineage(store, "south").successors]
    [('field-sales', '2026-01-01')]
    """
    return _Asked(store, names=names).lineage(node)


class _Asked:
    """Answers one question: keeps what it read, and the revisions that it names."""

    def __init__(self, store: Library, *, names: bool) -> None:
        self.store = store
        self.names = names
        self.events = Events(store, Span.always())
        self.papers: dict[int, tuple[dict[str, object] | None, str]] = {}

    def lineage(self, node: str) -> Lineage:
        self.events.read([node])
        versions = self.events.versions[node]
        if not versions:
            message = f"there is no node {node}"
            raise InputError(message)
        first, last = versions[0], versions[-1]
        return Lineage(
            node=node,
            kind=last.kind,
            name=shown_name(self.store.pack, last, names=self.names),
            code=shown_code(self.store.pack, last, names=self.names),
            since=shown_day(first.since, first.facts.get(PRECISION)),
            until=_until(last),
            successors=self._steps(node, OUT),
            predecessors=self._steps(node, IN),
        )

    def _steps(self, node: str, direction: Direction) -> tuple[Step, ...]:
        steps = self.events.follow({node}, direction)
        overall: dict[EdgeKey, str | None] = {e.row.key: "part" for e in steps}
        for said, but in ((None, {"part"}), ("whole", {"part", None})):
            kept = self.events.follow({node}, direction, but)
            overall.update((event.row.key, said) for event in kept)
        if direction == IN:
            rounds = list(self.events.rounds(steps))
            steps = [event for group in reversed(rounds) for event in group]
        return tuple(
            self._step(node, event, direction, overall[event.row.key])
            for event in steps
        )

    def _step(
        self, node: str, event: Event, direction: Direction, overall: str | None
    ) -> Step:
        row, facts = event.row, event.row.facts
        far, near = (
            (event.target, event.source)
            if direction == OUT
            else (event.source, event.target)
        )
        version = _version(self.events.versions[far], row.since, direction)
        basis, title = self._paper(row.rev)
        return Step(
            id=far,
            kind=version.kind if version else None,
            name=self._name(version),
            code=self._code(version),
            on=shown_day(row.since, facts.get(PRECISION)),
            until=_until(self.events.versions[far][-1]) if version else None,
            part=event.part,
            overall=overall,
            via=near if near != node else None,
            amounts=amounts(self.store, facts),
            all_of=all_of(facts),
            basis=basis,
            title=title,
            revision=row.rev,
        )

    def _name(self, version: NodeRow | None) -> str:
        if version is None:
            return ""
        return shown_name(self.store.pack, version, names=self.names)

    def _code(self, version: NodeRow | None) -> str | None:
        if version is None:
            return None
        return shown_code(self.store.pack, version, names=self.names)

    def _paper(self, number: int) -> tuple[dict[str, object] | None, str]:
        """Return the basis and the title of a revision."""
        if number not in self.papers:
            revision = self.store.revision(number)
            known = (revision.basis, revision.title) if revision else (None, "")
            self.papers[number] = known
        return self.papers[number]


def amounts(store: Library, facts: Facts) -> Facts:
    """Return the additive facts that moved with an event; unknown is None."""
    return {name: facts[name] for name in store.pack.additive if name in facts}


def _version(
    versions: Sequence[NodeRow], day: date, direction: Direction
) -> NodeRow | None:
    """Return the version that took a place on a day, or that ("in") gave it away.

    That is the one in force on the day, or the one before it; else the nearest.
    """
    if direction == OUT:
        known = [row for row in versions if row.since <= day]
    else:
        known = [row for row in versions if row.since < day]
    return known[-1] if known else next(iter(versions), None)


def _until(last: NodeRow) -> str | None:
    if last.until == FOREVER:
        return None
    return shown_day(last.until, last.facts.get(UNTIL_PRECISION))
