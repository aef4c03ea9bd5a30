"""Abolishes a tier: its units end, and what was below comes under what was above."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.carried import carried
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import both, first_of, many, say
from .base import Answers, FactMap, Operation, Ref, Text
from .close_unit import facts_end
from .fact_checks import check_facts
from .units import (
    WRONG_KIND,
    answer_refs,
    answers_of,
    known_kind,
    one_living,
    row_of,
    unit,
)

NO_UNITS = Code(
    code="TIER02",
    meaning="There is no unit of this tier there on the effective date.",
)
UNCLEAR = Code(
    code="TIER03",
    meaning="It isn't known whether a unit is among those of the tier that end.",
    hint="Say the fact of each with set_facts first; as it is they stay.",
    severity="warning",
)


class AbolishTier(Operation):
    """End a whole tier; its units end without successors."""

    op: Literal["abolish_tier"] = "abolish_tier"
    kind: Text
    where: FactMap = Field(default={})
    within: Ref | None = None
    answers: Answers = {}

    example = """\
op: abolish_tier
kind: district
within: province-11
"""

    def refs(self) -> list[str]:
        """Return the region and where dependents go."""
        return [*([self.within] if self.within else []), *answer_refs(self.answers)]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a kind that is no tier, an empty tier and unanswered dependents."""
        yield from known_kind(view, self.kind)
        if self.within:
            within = yield from one_living(view, self.within)
            if within is None:
                return
        if self.kind not in view.pack.nodes:
            return
        if not view.pack.nodes[self.kind].tier:
            message = say(
                "The pack doesn't let the kind {kind} be abolished as a tier.",
                kind=say(self.kind),
            )
            yield WRONG_KIND.at(self.kind, message)
            return
        wrong = list(check_facts(view, self.kind, self.where, self.kind))
        yield from wrong
        if not wrong:
            yield from self._unclear(view)
        units = [] if wrong else self._units(view)
        if not units and not wrong:
            where = say(" in {within}", within=self.within) if self.within else ""
            message = say(
                "There is no {kind}{where} on {day} to abolish.",
                kind=say(self.kind),
                where=where,
                day=view.day,
            )
            yield NO_UNITS.at(self.kind, message)
        yield from self._settlement(view, units).findings
        for node in units:
            yield from facts_end(view, node)

    def edit(self, draft: Draft) -> None:
        """End the units, their children coming under their parents."""
        units = self._units(draft)
        draft.state(carried(draft, units), -1)
        apply_settlement(draft, self._settlement(draft, units))
        for node in units:
            draft.end(node, "tier_abolished")

    def _tier(self, view: View) -> list[str]:
        """Return the units of the kind, whatever their facts."""
        if self.within:
            found = _below(view, unit(view, self.within), self.kind)
        else:
            found = [row.id for row in view.of_kind(self.kind)]
        view.need_nodes(found)
        return found

    def _units(self, view: View) -> list[str]:
        return [
            node
            for node in self._tier(view)
            if all(
                (name, value) in row_of(view, node).facts.items()
                for name, value in self.where.items()
            )
        ]

    def _unclear(self, view: View) -> Iterator[Finding]:
        """Name the units of which a fact that would tell is unknown or absent."""
        units = list(self._undecided(view))
        if not units:
            return
        number, kinds = len(units), view.pack.facts
        named = first_of([view.shown(node) for node in units])
        wanted = both(
            say(
                "{name} is {value}",
                name=kinds[name].label(name),
                value=kinds[name].said(value),
            )
            for name, value in self.where.items()
            if value is not None
        )
        message = many(
            number,
            "{units} stays: it isn't known whether {wanted}.",
            "{units} stay: it isn't known whether {wanted}.",
            units=named,
            wanted=wanted,
        )
        found = UNCLEAR.at(self.kind, message)
        yield found.model_copy(update={"units": tuple(units)})

    def _undecided(self, view: View) -> Iterator[str]:
        """Yield the units that no known fact leaves out, and one isn't known."""
        wanted = [
            (name, value) for name, value in self.where.items() if value is not None
        ]
        for node in self._tier(view) if wanted else ():
            facts = row_of(view, node).facts
            known = [(facts.get(name), value) for name, value in wanted]
            if any(has is None for has, _ in known) and all(
                has in (None, value) for has, value in known
            ):
                yield node

    def _settlement(self, view: View, units: list[str]) -> Settlement:
        view.need_parents(units)
        successors: dict[str, str | None] = dict.fromkeys(units)
        return settle(view, "tier_abolished", successors, answers_of(self.answers))


def _below(view: View, root: str, kind: str) -> list[str]:
    """Return the units of a kind below a root, reading only kinds that lead to them."""
    found, frontier, seen = set[str](), {root}, {root}
    above = view.pack.above(kind)
    while frontier:
        kinds = {view.kind(node) for node in frontier}
        edges = [
            name
            for name in view.pack.contains_kinds
            if any(
                kinds & set(targets) for targets in _leading(view, name, kind, above)
            )
        ]
        view.need_edges(frontier, edges, "in")
        below = {
            row.source
            for node in frontier
            for edge in edges
            for row in view.live_edges(node, edge, "in")
        } - seen
        view.need_nodes(below)
        seen |= below
        found |= {node for node in below if view.kind(node) == kind}
        frontier = {n for n in below if view.kind(n) in above}
    return sorted(found)


def _leading(
    view: View, edge: str, kind: str, above: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the targets of an edge kind whose sources are the kind or lead to it."""
    for source, targets in view.pack.edges[edge].ends.items():
        if source == kind or source in above:
            yield targets
