"""Finds where dependents that come together are alike: edges, and holders of a role."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT, EdgeKey, EdgeRow
from ..model.facts import PRECISION, UNTIL_PRECISION, without
from .view import View

SAME_ROLE = Code(
    code="ASK03",
    meaning="Two dependents that may be only one would come together.",
)
UNLIKE = Code(
    code="ASK06",
    meaning="Two edges would become one, and their facts differ.",
)


class Settled(NamedTuple):
    """One edge of an ending unit and its fate.

    `joins` is the (source, target) it is joined anew with, None where it ends; `also`
    are further ones, where it goes on several times. The fate `parent` is that of the
    unit's own edge to its parent, which ends with it.
    """

    row: EdgeRow
    dependent: str
    fate: str
    joins: tuple[str, str] | None
    answer: str | None = None
    also: tuple[tuple[str, str], ...] = ()
    again: bool = False

    def every(self) -> Iterator["Settled"]:
        """Yield the edge, and once more for each time that it goes on beside that."""
        yield self._replace(also=()) if self.also else self
        for joins in self.also:
            yield self._replace(joins=joins, fate="follow", also=(), again=True)


def apart(view: View, edges: Mapping[EdgeKey, Settled]) -> list[Settled]:
    """Return all edges, ended where one would say what one of another kind says.

    A member attends another cell than his own: one that becomes his own isn't another.
    """
    kinds = view.pack.kept_apart
    found: list[Settled] = []
    for settled in edges.values():
        every = settled.every() if settled.also else (settled,)
        if settled.row.kind in kinds:
            every = (_apart(view, one, edges) for one in every)
        found += every
    return found


def _apart(view: View, settled: Settled, edges: Mapping[EdgeKey, Settled]) -> Settled:
    other = view.pack.edges[settled.row.kind].apart_from
    if other is None or settled.joins is None:
        return settled
    source, target = settled.joins
    own = {done.joins for done in edges.values() if done.row.kind == other}
    own |= {
        (row.source, row.target)
        for row in view.live_edges(source, other, OUT)
        if row.key not in edges or edges[row.key].fate == "keep"
    }
    joined = (source, target) in own
    return settled._replace(fate="end", joins=None) if joined else settled


def overtaken(view: View, edges: Mapping[EdgeKey, Settled]) -> list[Settled]:
    """Return the edges that end because one of another kind comes to say the same."""
    found: list[Settled] = []
    for kind, edge in sorted(view.pack.edges.items()):
        other = edge.apart_from
        if other is None:
            continue
        coming = {
            settled.joins
            for settled in edges.values()
            if settled.row.kind == other and settled.joins is not None
        }
        view.need_edges({source for source, _ in coming}, [kind], OUT)
        for source, target in sorted(coming):
            found += [
                Settled(row, source, "end", None)
                for row in view.live_edges(source, kind, OUT)
                if row.target == target and row.key not in edges
            ]
    return found


def unite(view: View, edges: Sequence[Settled]) -> tuple[set[int], list[Finding]]:
    """Return the places of edges that become one with an earlier, and what can't."""
    united: set[int] = set()
    findings: list[Finding] = []
    first: dict[tuple[str, str, str], EdgeRow] = {}
    leaving: set[EdgeKey] | None = None
    _need_slots(view, edges)
    for place, settled in enumerate(edges):
        if settled.joins is None:
            continue
        source, target = settled.joins
        kind = settled.row.kind
        other = first.get((kind, source, target))
        if other is None:
            here = view.edges(source, kind, OUT)
            if here and not (len(here) == 1 and here[0] is settled.row):
                leaving = _leaving(edges) if leaving is None else leaving
                other = _staying(view, here, target, leaving)
        if other is None:
            first[kind, source, target] = settled.row
            continue
        edge = view.pack.edges[kind]
        alike = _alike(other, settled.row)
        if alike and (edge.on_duplicate == "unite" or settled.answer == "follow"):
            united.add(place)
            continue
        what = say("and the pack asks about that") if alike else say("with other facts")
        message = say(
            "{source} would be joined to {target} by {kind} twice, {what}.",
            source=view.shown(source),
            target=target,
            kind=say(kind),
            what=what,
        )
        unit = settled.row.source
        unit = settled.row.target if unit == settled.dependent else unit
        word = "follow" if alike and settled.answer != "to" else "end"
        answer = f'"{settled.dependent}@{unit}": {word}'
        hint = say("Add answers: {{{answer}}}.", answer=answer)
        findings.append(UNLIKE.at(settled.dependent, message, hint=hint))
    return united, findings


def _leaving(edges: Iterable[Settled]) -> set[EdgeKey]:
    return {settled.row.key for settled in edges if settled.fate != "keep"}


def _staying(
    view: View, rows: Iterable[EdgeRow], target: str, leaving: set[EdgeKey]
) -> EdgeRow | None:
    """Return the edge to a target that is in force and isn't among those that leave."""
    for row in rows:
        in_force = row.since <= view.day < row.until
        if in_force and row.target == target and row.key not in leaving:
            return row
    return None


def _alike(one: EdgeRow, other: EdgeRow) -> bool:
    dates = (PRECISION, UNTIL_PRECISION)
    return without(one.facts, *dates) == without(other.facts, *dates)


def _need_slots(view: View, edges: Sequence[Settled]) -> None:
    """Read, in one batch a kind, the rows that the new edges must not overlap."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for settled in edges:
        sources = wanted[settled.row.kind]
        sources.add(settled.row.source)
        if settled.joins is not None:
            sources.add(settled.joins[0])
    view.need_nodes(set().union(*wanted.values()))
    for kind, sources in sorted(wanted.items()):
        view.need_edges(sorted(sources), [kind], OUT)


def same_role(view: View, edges: Sequence[Settled], new: set[str]) -> Iterator[Finding]:
    """Ask where several dependents of one role would sit in one unit.

    `new` are units that don't exist yet, and so have nothing joined to them.
    """
    seats: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    facts = {k: fact for k, edge in view.pack.edges.items() if (fact := edge.unique_by)}
    seated = [settled for settled in edges if settled.row.kind in facts]
    coming = {settled.row.source for settled in seated if settled.joins is not None}
    leaving = _leaving(seated)
    for settled in seated:
        if settled.joins is None:
            continue
        kind, fact = settled.row.kind, facts[settled.row.kind]
        source, target = settled.joins
        sitting = [] if target in new else view.live_edges(target, kind, IN)
        stay = (row.source for row in sitting if row.key not in leaving)
        for node in (source, *stay):
            value = (view.node(node) or view.versions(node)[-1]).facts.get(fact)
            if value is not None:
                seats[kind, target, str(value)].add(node)
    for (kind, target, value), nodes in sorted(seats.items()):
        edge = view.pack.edges[kind]
        moved = nodes & coming  # those that sit there already are as they were
        if (
            moved
            and len(nodes) > 1
            and edge.same({edge.unique_by or "": value}) == "ask"
        ):
            shown = ", ".join(sorted(nodes))
            message = say(
                "{number} dependents with {unique_by} {value} would come "
                "under {target}: {shown}.",
                number=len(nodes),
                unique_by=say(str(edge.unique_by)),
                value=say(value),
                target=target,
                shown=shown,
            )
            hint = say("Answer for all but one: {moved}: ends_with.", moved=max(moved))
            yield SAME_ROLE.at(target, message, hint=hint)
