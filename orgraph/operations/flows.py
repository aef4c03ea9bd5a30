"""What flows from units to others, wholly or in part: one mechanism for all such steps.

An operation says which flows there are; here they are checked, the dependents settled
and the facts divided.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from ..draft import Draft, View
from ..draft.cases import Leaving
from ..draft.settle import Answer, Settlement, settle_all
from ..draft.settled import apply_settlement, common_parent, count_kept
from ..findings import Code, Finding
from ..pack import Event
from .base import NewNode
from .sharing import Flow, Sharing, check_sharing, sharing
from .units import (
    SUMMED,
    check_new,
    found_node,
    may_be_under,
    may_succeed,
    row_of,
)

PART_TWICE = Code(
    code="PARTS01",
    meaning="A part is given twice.",
    hint="Name each part once, with the one unit that it goes to.",
)
NOT_A_PART = Code(
    code="PARTS02",
    meaning="A part is not a direct dependent of the unit that gives it away.",
    hint="What is further below goes with the dependent that it is under.",
)
SAME_FLOW = Code(
    code="FLOW01",
    meaning="A unit gives to itself, or twice to the same unit.",
)
NOT_WHOLE = Code(
    code="FLOW02",
    meaning="A unit that goes whole to one unit can't also live on, or go to another.",
    hint="Say parts and shares for each of its targets, in place of whole.",
)
ENDING_TARGET = Code(
    code="FLOW03",
    meaning="A target ends by this step, or would come below a unit that ends by it.",
)
NO_FLOW = Code(
    code="FLOW04",
    meaning="A unit of the step gives nothing, or a new unit gets nothing.",
)
WHICH_PARENT = Code(
    code="FLOW05",
    meaning="The sources of a new unit have no parent in common, and the step doesn't "
    "say what it comes under.",
)


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


def check_reshaping(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Yield all that is wrong with what flows, with its targets, parts and shares."""
    wrong = [*_check_flows(view, shape), *_check_targets(view, shape)]
    yield from wrong
    yield from _check_parts(view, shape)
    if not any(finding.severity == "error" for finding in wrong):
        shared = sharing(view, shape.flows, shape.keep)
        yield from shared.findings
        yield from check_sharing(view, shared, shape.new)
        yield from _check_sums(view, shape, shared)
        yield from _settled(view, shape)


def reshape(draft: Draft, shape: Reshaping) -> None:
    """Found the new units, let parts and facts flow, and end what gave everything."""
    shared = sharing(draft, shape.flows, shape.keep)
    settlement = _settlement(draft, shape)
    parents = {node: _parent(draft, shape, node) for node in shape.new}
    draft.state(shared.stated)
    for node, new in shape.new.items():
        facts = {**new.facts, **shared.facts.get(node, {})}
        found_node(draft, new.model_copy(update={"id": node}), facts)
        edge, parent = draft.pack.parent_edge(new.kind), parents[node]
        if edge and parent:
            draft.connect(edge, node, parent)
    for node, facts in sorted(shared.facts.items()):
        if node not in shape.new and node not in shape.ending:
            draft.revise(node, facts={**row_of(draft, node).facts, **facts})
    apply_settlement(draft, settlement)
    for event, units in _events(shape).items():
        count_kept(draft, event, units)
    draft.succeed(
        (flow.source, flow.target, {"part": "whole" if flow.whole else "part", **moved})
        for flow, moved in zip(shape.flows, shared.moved, strict=True)
    )
    for source in shape.ending:
        draft.end(source)


def _event(shape: Reshaping, source: str) -> tuple[Event, str | None]:
    """Return the event that a source meets, and who takes its place."""
    flow = next(flow for flow in shape.flows if flow.source == source)
    if not flow.whole:
        return "split", None
    return ("merged" if flow.target in shape.new else "absorbed"), flow.target


def _events(shape: Reshaping) -> dict[Event, list[str]]:
    found: dict[Event, list[str]] = {}
    for source in shape.ending:
        found.setdefault(_event(shape, source)[0], []).append(source)
    return dict(sorted(found.items()))


def _settlement(view: View, shape: Reshaping) -> Settlement:
    answers = dict(shape.answers)
    leavings: dict[str, Leaving] = {}
    for source in shape.sources:
        event, to = _event(shape, source)
        leavings[source] = Leaving(event, to)
        if source in shape.keep:
            parts = chain.from_iterable(
                flow.parts for flow in shape.flows if flow.source == source
            )
            leavings[source] = Leaving("split", None, frozenset(parts))
    for flow in shape.flows:
        for part in flow.parts:
            answers[f"{part}@{flow.source}"] = {"to": flow.target}
    return settle_all(view, leavings, answers, new=shape.new)


def _settled(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Yield what the settling of dependents finds; a part isn't an answer to users."""
    given = {
        f"{p}@{flow.source}": (p, flow) for flow in shape.flows for p in flow.parts
    }
    for finding in _settlement(view, shape).findings:
        if finding.code == "ASK02" and finding.subject in given:
            part, flow = given[finding.subject]
            message = (
                f"{view.shown(part)} is not a direct dependent of "
                f"{view.shown(flow.source)} on {view.day}."
            )
            yield NOT_A_PART.at(part, message)
        else:
            yield finding


def _check_flows(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Refuse a flow that is there twice, or beside a whole one."""
    pairs = Counter((flow.source, flow.target) for flow in shape.flows)
    for (source, target), count in sorted(pairs.items()):
        if source == target:
            message = f"{view.shown(source)} can't give to itself."
            yield SAME_FLOW.at(source, message)
        elif count > 1:
            to = _called(view, shape, target)
            message = f"{view.shown(source)} gives to {to} twice."
            yield SAME_FLOW.at(source, message)
    for source in shape.sources:
        flows = [flow for flow in shape.flows if flow.source == source]
        if any(flow.whole for flow in flows) and (
            len({flow.target for flow in flows}) > 1 or source in shape.keep
        ):
            also = "lives on" if source in shape.keep else "goes to another unit too"
            message = f"{view.shown(source)} goes whole to one unit and {also}."
            yield NOT_WHOLE.at(source, message)
    for kept in sorted(shape.keep - set(shape.sources)):
        message = f"{view.shown(kept)} is to live on, and gives nothing."
        yield NO_FLOW.at(kept, message)
    for node, new in shape.new.items():
        if not shape.into(node):
            message = f"{new.name} gets nothing from any unit."
            yield NO_FLOW.at(new.name, message, hint="Found it by found_unit.")


def _check_targets(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Refuse targets that end, of a wrong kind, or without a place under a parent."""
    ending = set(shape.ending)
    view.need_ancestors([*shape.sources, *shape.under.values()])
    living = {flow.target for flow in shape.flows} - shape.new.keys()
    view.need_ancestors(living)
    for target in sorted(living):
        wrong = {target, *view.ancestors(target)} & ending
        if wrong:
            message = f"{view.shown(target)} ends with {view.shown(min(wrong))}."
            if target not in wrong:
                message = f"{view.shown(target)} is below {view.shown(min(wrong))}."
            yield ENDING_TARGET.at(target, message)
        yield from may_succeed(view, shape.into(target), view.kind(target))
    for node, new in shape.new.items():
        found = list(check_new(view, new))
        yield from found
        if new.kind in view.pack.nodes:
            yield from may_succeed(view, shape.into(node), new.kind)
            yield from _check_parent(view, shape, node, ending)


def _check_parent(
    view: View, shape: Reshaping, node: str, ending: set[str]
) -> Iterator[Finding]:
    new, parent = shape.new[node], _parent(view, shape, node)
    _, parents = common_parent(view, shape.into(node))
    if parent is None and parents:
        shown = ", ".join(view.shown(above) for above in parents)
        message = f"The sources of {new.name} are under {shown}."
        living = [above for above in parents if above not in ending]
        hint = f"Add under: {living[0]}, or another unit." if living else None
        yield WHICH_PARENT.at(new.name, message, hint=hint)
    if parent is None:
        return
    wrong = {parent, *view.ancestors(parent)} & ending
    if wrong:
        message = f"{new.name} would come under {view.shown(min(wrong))}, which ends."
        yield ENDING_TARGET.at(new.name, message)
    else:
        yield from may_be_under(view, new.kind, parent, new.name)


def _parent(view: View, shape: Reshaping, node: str) -> str | None:
    if node in shape.under:
        return shape.under[node]
    return common_parent(view, shape.into(node))[0]


def _check_parts(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Refuse a part that goes to two units, or is answered for as well."""
    for source in shape.sources:
        parts = [p for f in shape.flows if f.source == source for p in f.parts]
        for part, count in sorted(Counter(parts).items()):
            if count > 1 or f"{part}@{source}" in shape.answers:
                message = f"{view.shown(part)} is given away twice."
                yield PART_TWICE.at(part, message)


def _check_sums(view: View, shape: Reshaping, shared: Sharing) -> Iterator[Finding]:
    """Refuse an additive fact of a new unit that isn't the sum of what it gets."""
    for node, new in shape.new.items():
        got = shared.facts.get(node, {})
        for name in sorted(new.facts.keys() & set(view.pack.additive)):
            if name not in got or got[name] != new.facts[name]:
                message = (
                    f"{name} of {new.name} is the sum of what it gets, "
                    f"{_said(got.get(name, 0))}, not {_said(new.facts[name])}."
                )
                yield SUMMED.at(new.name, message)


def _said(value: object) -> str:
    return "unknown" if value is None else f"{value:,}"


def _called(view: View, shape: Reshaping, target: str) -> str:
    new = shape.new.get(target)
    return new.name if new else view.shown(target)
