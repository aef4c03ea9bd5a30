"""What flows from units to others, wholly or in part: one mechanism for all such steps.

An operation says which flows there are; flows.py checks them, and here the dependents
are settled, the facts divided and all of it written.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from ..draft import Draft, View
from ..draft.answers import Answer
from ..draft.cases import Leaving
from ..draft.settle import Settlement, settle_all
from ..draft.settled import apply_settlement, common_parent
from ..model import Facts
from ..pack import Event
from .base import NewNode
from .following import followed
from .sharing import Flow, sharing
from .units import found_node, row_of


class Reshaping(NamedTuple):
    """Units that give to others, by ids: what is founded, what flows, what lives on.

    `new` are the units that the step founds, `under` their parents where it says so.
    Every source that isn't in `keep` ends.
    """

    new: Mapping[str, NewNode]
    under: Mapping[str, str]
    flows: tuple[Flow, ...]
    keep: frozenset[str]
    answers: Mapping[str, Answer]

    @property
    def sources(self) -> list[str]:
        """The units that give, each once."""
        return sorted({flow.source for flow in self.flows})

    @property
    def ending(self) -> list[str]:
        """The units that end by giving everything."""
        return [source for source in self.sources if source not in self.keep]

    def into(self, target: str) -> list[str]:
        """Return the sources of one target."""
        return sorted({flow.source for flow in self.flows if flow.target == target})


def reshape(
    draft: Draft, shape: Reshaping, also: Sequence[tuple[str, str, Facts]] = ()
) -> None:
    """Found the new units, let parts and facts flow, and end what gave everything.

    `also` are passages of lineage that the step records beside those of its flows: what
    is restored is as both were, the ended unit and the one that gives.
    """
    shared = sharing(draft, shape.flows, shape.keep, shape.new)
    settlement = settlement_of(draft, shape)
    parents = {node: parent_of(draft, shape, node) for node in shape.new}
    draft.state(shared.stated)
    for node, new in shape.new.items():
        into = [flow for flow in shape.flows if flow.target == node]
        wholly = [row_of(draft, flow.source) for flow in into if flow.whole]
        wholly += [draft.versions(old)[-1] for old, to, _ in also if to == node]
        partly = [row_of(draft, flow.source) for flow in into if not flow.whole]
        taken = followed(draft, new, wholly, partly)
        facts = {**taken, **new.facts, **shared.facts.get(node, {})}
        found_node(draft, new.model_copy(update={"id": node}), facts)
        edge, parent = draft.pack.parent_edge(new.kind), parents[node]
        if edge and parent:
            draft.connect(edge, node, parent)
    for node, facts in sorted(shared.facts.items()):
        if node not in shape.new and node not in shape.ending:
            known = row_of(draft, node).facts
            if {**known, **facts} != known:
                draft.revise(node, facts={**known, **facts})
    apply_settlement(draft, settlement)
    flowed = (
        (flow.source, flow.target, {"part": "whole" if flow.whole else "part", **moved})
        for flow, moved in zip(shape.flows, shared.moved, strict=True)
    )
    draft.succeed([*flowed, *also])
    for source in shape.ending:
        draft.end(source, _event(shape, source)[0])


def _event(shape: Reshaping, source: str) -> tuple[Event, str | None]:
    """Return the event that a source meets, and who takes its place."""
    flow = next(flow for flow in shape.flows if flow.source == source)
    if not flow.whole:
        return "split", None
    return ("merged" if flow.target in shape.new else "absorbed"), flow.target


def settlement_of(view: View, shape: Reshaping) -> Settlement:
    """Settle what becomes of the dependents, of which each part goes to its target."""
    answers = dict(shape.answers)
    leavings: dict[str, Leaving] = {}
    for source in shape.sources:
        event, to = _event(shape, source)
        leavings[source] = Leaving(event, to)
        if source in shape.keep:
            parts = chain.from_iterable(
                flow.parts for flow in shape.flows if flow.source == source
            )
            only = frozenset(parts).union(_coming_to_more(shape, source))
            leavings[source] = Leaving("split", None, only)
    for flow in shape.flows:
        for part in flow.parts:
            answers[f"{part}@{flow.source}"] = {"to": [flow.target]}
    return settle_all(view, leavings, answers, new=shape.new)


def _coming_to_more(shape: Reshaping, source: str) -> Iterator[str]:
    """Yield the dependents of a unit that lives on that come to others, and stay.

    What covers it is so said to cover the new unit, too: `to` names it and others.
    """
    for name, answer in shape.answers.items():
        node, _, unit = name.partition("@")
        if unit in ("", source) and not isinstance(answer, str):
            to = set(answer["to"])
            if source in to and len(to) > 1:
                yield node


def parent_of(view: View, shape: Reshaping, node: str) -> str | None:
    """Return what a new unit comes under, None where its sources don't agree."""
    if node in shape.under:
        return shape.under[node]
    return common_parent(view, shape.into(node))[0]
