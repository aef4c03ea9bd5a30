"""Settles what becomes of every dependent when units end: the pack's policies at work.

No kind of node or edge is named here; the pack says which word holds for which.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..findings import Code, Finding
from ..model import FOREVER, IN, OUT, Direction, EdgeRow, Span
from ..pack import End, Event
from .draft import Draft
from .names import resolve
from .view import View

Answer = str | Mapping[str, str]
"""A fate ("follow", "end", "ends_with", "parent") or {"to": a unit}."""

ANSWERS = ("follow", "end", "ends_with", "parent")

UNANSWERED = Code(
    code="ASK01",
    meaning="The pack asks what becomes of these dependents, and nobody said.",
)
NOT_ASKED = Code(
    code="ASK02",
    meaning="An answer is given for something that is not asked.",
    hint="Leave it out, or name the kind or id that is asked about.",
)
SAME_ROLE = Code(
    code="ASK03",
    meaning="Two dependents that may be only one would come together.",
)
REFUSED = Code(
    code="ASK04",
    meaning="The pack refuses this event while the unit has such a dependent.",
    hint="Move or close the dependent first.",
)
NO_SUCCESSOR = Code(
    code="ASK05",
    meaning="A dependent is to follow its unit, which has no single successor.",
    hint="Answer with end, ends_with or {to: UNIT}.",
)
UNLIKE = Code(
    code="ASK06",
    meaning="Two edges would become one, and their facts differ.",
)


class Settled(NamedTuple):
    """One edge of an ending unit and its fate.

    `joins` is the (source, target) it is joined anew with, None where it ends.
    """

    row: EdgeRow
    dependent: str
    fate: str
    joins: tuple[str, str] | None
    answered: bool


class Settlement(NamedTuple):
    """What becomes of all dependents: edges, nodes that end too, and what is wrong."""

    edges: list[Settled]
    ending: list[str]
    united: set[int]
    findings: list[Finding]


class _Settler:
    def __init__(self, view: View, answers: Mapping[str, Answer]) -> None:
        self.view = view
        self.answers = answers
        self.used: set[str] = set()
        self.edges: dict[object, Settled] = {}
        self.ending: list[str] = []
        self.asked: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.findings: list[Finding] = []

    def frontier(self, event: Event, successors: Mapping[str, str | None]) -> set[str]:
        """Settle the edges of these units; returns the nodes that end with them."""
        view = self.view
        kinds = frozenset(view.kind(unit) for unit in successors)
        rows = list(self._rows(event, successors, kinds))
        view.need_nodes(self._dependent(row, end) for row, end, _ in rows)
        ending: set[str] = set()
        for row, end, unit in rows:
            dependent = self._dependent(row, end)
            settled = self._settle(event, row, end, unit, dependent, successors)
            if settled is None:
                continue
            self.edges.setdefault(row.key, settled)
            if settled.fate == "ends_with":
                ending.add(dependent)
        return ending - successors.keys()

    def _rows(
        self,
        event: Event,
        successors: Mapping[str, str | None],
        kinds: frozenset[str],
    ) -> Iterator[tuple[EdgeRow, End, str]]:
        view = self.view
        units = sorted(successors)
        ends: tuple[tuple[End, Direction], ...] = (("target", IN), ("source", OUT))
        for end, direction in ends:
            fated = view.pack.fated(event, end, kinds)
            view.need_edges(units, fated, direction)
            for unit in units:
                for kind in fated:
                    for row in sorted(view.edges(unit, kind, direction)):
                        if row.until > view.day and row.key not in self.edges:
                            yield row, end, unit

    @staticmethod
    def _dependent(row: EdgeRow, end: End) -> str:
        return row.source if end == "target" else row.target

    def _settle(  # noqa: PLR0913 - one edge, seen from one end
        self,
        event: Event,
        row: EdgeRow,
        end: End,
        unit: str,
        dependent: str,
        successors: Mapping[str, str | None],
    ) -> Settled | None:
        view = self.view
        kind = view.pack.edges[row.kind]
        node = view.node(dependent) or view.versions(dependent)[-1]
        fate: str = kind.fate(event, end, node.kind, node.facts, row.facts)
        answer = None
        if fate == "keep":
            return Settled(row, dependent, "keep", None, answered=False)
        if fate == "refuse":
            message = (
                f"{view.shown(unit)} can't be {event.replace('_', ' ')} while "
                f"{view.shown(dependent)} is joined to it by {row.kind}."
            )
            self.findings.append(REFUSED.at(unit, message))
            return None
        if dependent in successors and fate != "end":
            return self._between(row, successors)
        name = dependent if dependent in self.answers else node.kind
        if fate == "ask" or name == dependent != node.kind:
            answer = self.answers.get(name)
            if answer is None:
                self.asked[unit][node.kind] += 1
                return None
            self.used.add(name)
        return self._answered(row, end, unit, dependent, fate, answer, successors)

    def _between(
        self, row: EdgeRow, successors: Mapping[str, str | None]
    ) -> Settled | None:
        """Both ends are ending: the edge goes where both go; a loop is dropped."""
        source = successors.get(row.source, row.source)
        target = successors.get(row.target, row.target)
        if source is None or target is None or source == target:
            return Settled(row, row.source, "end", None, answered=False)
        return Settled(row, row.source, "follow", (source, target), answered=False)

    def _answered(  # noqa: PLR0913 - one edge, seen from one end
        self,
        row: EdgeRow,
        end: End,
        unit: str,
        dependent: str,
        fate: str,
        answer: Answer | None,
        successors: Mapping[str, str | None],
    ) -> Settled | None:
        view = self.view
        to: str | None = None
        if isinstance(answer, Mapping):
            named = resolve(view, answer["to"])
            if isinstance(named, Finding):
                self.findings.append(named)
                return None
            fate, to = "follow", named
        elif answer is not None:
            fate = answer
        if fate == "follow":
            to = to or successors[unit]
            if to is None:
                message = (
                    f"{view.shown(dependent)} is to follow {view.shown(unit)}, which "
                    "has no single successor."
                )
                self.findings.append(NO_SUCCESSOR.at(dependent, message))
                return None
        elif fate == "parent" and end == "target":
            parent = view.parent(unit)
            if parent is None or parent.target in successors:
                self.asked[unit][view.kind(dependent)] += 1
                return None
            fate, to = "follow", parent.target
        elif fate == "parent":
            fate = "parent_edge"
        joins = None
        if to is not None:
            joins = (row.source, to) if end == "target" else (to, row.target)
            if joins[0] == joins[1]:
                fate, joins = "end", None
        return Settled(row, dependent, fate, joins, answered=answer is not None)


def settle(
    view: View,
    event: Event,
    successors: Mapping[str, str | None],
    answers: Mapping[str, Answer] | None = None,
    *,
    new: Iterable[str] = (),
) -> Settlement:
    """Settle what becomes of everything joined to the ending units.

    `successors` maps each ending unit to the unit that takes its place, None where
    there is no single one; `new` are those of them that don't exist yet.
    """
    settler = _Settler(view, answers or {})
    frontier = settler.frontier(event, successors)
    while frontier:
        settler.ending += sorted(frontier)
        frontier = settler.frontier("closed", dict.fromkeys(sorted(frontier)))
        frontier -= set(settler.ending)
    edges = list(settler.edges.values())
    findings = settler.findings
    for unit, kinds in sorted(settler.asked.items()):
        counts = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
        words = " | ".join(ANSWERS)
        example = ", ".join(f"{kind}: end" for kind in sorted(kinds))
        findings.append(
            UNANSWERED.at(
                unit,
                f"What becomes of the dependents of {view.shown(unit)}? {counts}.",
                hint=f"Add answers: {{{example}}} with {words} or {{to: UNIT}}.",
            )
        )
    united = _unite(view, edges, findings)
    same = _unique(view, edges, settler, set(new))
    findings += same
    for name in sorted((answers or {}).keys() - settler.used):
        message = f"Nothing is asked about {name} here."
        findings.append(NOT_ASKED.at(name, message))
    return Settlement(edges, settler.ending, united, findings)


def _unite(view: View, edges: Sequence[Settled], findings: list[Finding]) -> set[int]:
    """Return the places of edges that become one with an earlier one."""
    united: set[int] = set()
    first: dict[tuple[str, str, str], EdgeRow] = {}
    _need_slots(view, edges)
    for place, settled in enumerate(edges):
        if settled.joins is None:
            continue
        source, target = settled.joins
        kind = settled.row.kind
        other = first.get((kind, source, target))
        if other is None:
            here = view.edges(source, kind, OUT)
            other = next(
                (r for r in here if r.target == target and r.until > view.day), None
            )
        if other is None:
            first[kind, source, target] = settled.row
            continue
        edge = view.pack.edges[kind]
        if edge.on_duplicate == "unite" and other.facts == settled.row.facts:
            united.add(place)
            continue
        if edge.on_duplicate == "unite":
            what = "with other facts"
        else:
            what = "and the pack asks which stays"
        message = (
            f"{view.shown(source)} would be joined to {target} by {kind} twice, {what}."
        )
        hint = f"Answer for {settled.dependent}: end, or {{to: UNIT}}."
        findings.append(UNLIKE.at(settled.dependent, message, hint=hint))
    return united


def _need_slots(view: View, edges: Sequence[Settled]) -> None:
    """Read, in one batch a kind, the rows that the new edges must not overlap."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for settled in edges:
        wanted[settled.row.kind].add(settled.row.source)
        if settled.joins is not None:
            wanted[settled.row.kind].update(settled.joins[:1])
    view.need_nodes(node for nodes in wanted.values() for node in nodes)
    for kind, sources in sorted(wanted.items()):
        view.need_edges(sorted(sources), [kind], OUT)


def _unique(
    view: View, edges: Sequence[Settled], settler: _Settler, new: set[str]
) -> Iterator[Finding]:
    """Ask where several dependents of one role would sit in one unit."""
    seats: defaultdict[tuple[str, str, object], set[str]] = defaultdict(set)
    for settled in edges:
        fact = view.pack.edges[settled.row.kind].unique_by
        if fact is None or settled.joins is None:
            continue
        source, target = settled.joins
        if target not in new:
            for row in view.live_edges(target, settled.row.kind, IN):
                _seat(view, seats, row.kind, row.source, target, fact)
        _seat(view, seats, settled.row.kind, source, target, fact)
    for (kind, target, value), nodes in sorted(seats.items(), key=str):
        fact = view.pack.edges[kind].unique_by or ""
        facts = {fact: value}
        if len(nodes) < 2 or view.pack.edges[kind].same(facts) != "ask":  # type: ignore[arg-type]  # noqa: PLR2004 - a pair
            continue
        shown = ", ".join(sorted(nodes))
        yield SAME_ROLE.at(
            target,
            f"{len(nodes)} dependents with {fact} {value} would come under {target}: "
            f"{shown}.",
            hint=f"Answer for all but one: {sorted(nodes)[-1]}: ends_with.",
        )


def _seat(  # noqa: PLR0913 - where a dependent sits, and by which fact
    view: View,
    seats: Mapping[tuple[str, str, object], set[str]],
    kind: str,
    source: str,
    target: str,
    fact: str,
) -> None:
    node = view.node(source) or view.versions(source)[-1]
    value = node.facts.get(fact)
    if value is not None:
        seats[kind, target, value].add(source)


def apply_settlement(draft: Draft, settlement: Settlement) -> None:
    """Write what was settled, and account for every dependent by kind of edge."""
    for place, settled in enumerate(settlement.edges):
        row = settled.row
        word = {"follow": "followed", "keep": "kept"}.get(settled.fate, "ended")
        if settled.fate != "keep":
            draft.disconnect(row)
        if place in settlement.united:
            word = "united"
            _lengthen(draft, settled)
        elif settled.joins is not None:
            draft.connect(row.kind, *settled.joins, row.facts, row.until)
        if settled.fate != "parent_edge":
            draft.accounts[row.kind][word] += 1
            draft.accounts[row.kind]["asked"] += settled.answered
    for node in settlement.ending:
        draft.end(node)


def _lengthen(draft: Draft, settled: Settled) -> None:
    """Let the edge that stays last as long as the longer of the united ones."""
    if settled.joins is None:
        return
    source, target = settled.joins
    for row in draft.live_edges(source, settled.row.kind, OUT):
        if row.target == target and row.until < settled.row.until:
            draft.put(row._replace(until=settled.row.until))


def count_kept(draft: Draft, event: Event, units: Sequence[str]) -> None:
    """Count the edges that stay on ended units, without reading them."""
    kinds = frozenset(draft.kind(unit) for unit in units)
    on = Span(draft.day, FOREVER)
    ends: tuple[tuple[End, Direction], ...] = (("target", IN), ("source", OUT))
    for end, direction in ends:
        kept = draft.pack.kept(event, end, kinds)
        if kept:
            counts = draft.reader.count_edges(units, kept, direction, on)
            for kind, count in sorted(counts.items()):
                draft.accounts[kind]["kept"] += count


def common_parent(view: View, units: Iterable[str]) -> tuple[str | None, list[str]]:
    """Return the one parent that all units have, and all the parents there are."""
    parents = {edge.target for unit in units if (edge := view.parent(unit))}
    lone = any(view.parent(unit) is None for unit in units)
    ordered = sorted(parents)
    return (ordered[0] if len(ordered) == 1 and not lone else None), ordered
