"""Checks what flows from units to others, wholly or in part."""

from collections import Counter
from collections.abc import Iterator

from ..draft import View
from ..draft.answers import NOT_ASKED
from ..draft.duplicates import SAME_ROLE, UNLIKE
from ..draft.settled import common_parent
from ..findings import Code, Finding
from ..language import laid, say
from .reshaping import Reshaping, parent_of, settlement_of
from .sharing import Sharing, check_sharing, sharing
from .units import SUMMED, check_new, may_be_under, may_succeed

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


ENDING_PART = say(
    "Say where it goes by an edge from it, and leave it out of the parts."
)


def check_reshaping(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Yield all that is wrong with what flows, with its targets, parts and shares."""
    wrong = [*_check_flows(view, shape), *_check_targets(view, shape)]
    yield from wrong
    yield from _check_parts(view, shape)
    if not any(finding.severity == "error" for finding in wrong):
        shared = sharing(view, shape.flows, shape.keep, shape.new)
        yield from shared.findings
        yield from check_sharing(view, shared, shape.new)
        yield from _check_sums(view, shape, shared)
        yield from _settled(view, shape)


def _settled(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Yield what the settling of dependents finds; a part isn't an answer to users."""
    given = {
        f"{p}@{flow.source}": (p, flow) for flow in shape.flows for p in flow.parts
    }
    parts = {part for part, _ in given.values()}
    targets = {flow.target for _, flow in given.values()}
    for finding in settlement_of(view, shape).findings:
        if finding.code == NOT_ASKED.code and finding.subject in given:
            part, flow = given[finding.subject]
            yield _not_a_part(view, part, flow.source)
        elif finding.code == UNLIKE.code and finding.subject in parts:
            yield _instead(finding, say("Leave it out of the parts"))
        elif finding.code == SAME_ROLE.code and finding.subject in targets:
            yield _instead(finding, say("Leave all but one out of the parts"))
        else:
            yield finding


def _not_a_part(view: View, part: str, source: str) -> Finding:
    message = say(
        "{part} is not a direct dependent of {source} on {day}.",
        part=view.shown(part),
        source=view.shown(source),
        day=view.day,
    )
    return NOT_A_PART.at(part, message)


def _instead(finding: Finding, cure: str) -> Finding:
    """Return a finding whose hint says first what can be done about a part."""
    hint = say("{cure}. If its unit ends: {answer}", cure=cure, answer=finding.hint)
    return finding.model_copy(update={"hint": hint})


def _check_flows(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Refuse a flow that is there twice, or beside a whole one."""
    pairs = Counter((flow.source, flow.target) for flow in shape.flows)
    for (source, target), count in sorted(pairs.items()):
        if source == target:
            message = say("{source} can't give to itself.", source=view.shown(source))
            yield SAME_FLOW.at(source, message)
        elif count > 1:
            to = _called(view, shape, target)
            message = say(
                "{source} gives to {to} twice.", source=view.shown(source), to=to
            )
            yield SAME_FLOW.at(source, message)
    for source in shape.sources:
        flows = [flow for flow in shape.flows if flow.source == source]
        if any(flow.whole for flow in flows) and (
            len({flow.target for flow in flows}) > 1 or source in shape.keep
        ):
            also = (
                say("lives on")
                if source in shape.keep
                else say("goes to another unit too")
            )
            message = say(
                "{source} goes whole to one unit and {also}.",
                source=view.shown(source),
                also=also,
            )
            yield NOT_WHOLE.at(source, message)
    for kept in sorted(shape.keep - set(shape.sources)):
        message = say("{kept} is to live on, and gives nothing.", kept=view.shown(kept))
        yield NO_FLOW.at(kept, message)
    for node, new in shape.new.items():
        if not shape.into(node):
            message = say("{new} gets nothing from any unit.", new=new.name)
            yield NO_FLOW.at(new.name, message, hint=say("Found it by found_unit."))


def _check_targets(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Refuse targets that end, of a wrong kind, or without a place under a parent."""
    ending = set(shape.ending)
    view.need_ancestors([*shape.sources, *shape.under.values()])
    living = {flow.target for flow in shape.flows} - shape.new.keys()
    view.need_ancestors(living)
    for target in sorted(living):
        above = set(view.ancestors(target)) & ending
        if target in ending and target not in shape.into(target):
            message = say(
                "{target} ends by this step, so nothing can go to it.",
                target=view.shown(target),
            )
            yield ENDING_TARGET.at(target, message)
        elif above and target not in ending:
            message = say(
                "{target} is below {above}.",
                target=view.shown(target),
                above=view.shown(min(above)),
            )
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
    new, parent = shape.new[node], parent_of(view, shape, node)
    _, parents = common_parent(view, shape.into(node))
    if parent is None and parents:
        shown = ", ".join(view.shown(above) for above in parents)
        message = say(
            "The sources of {new} are under {shown}.", new=new.name, shown=shown
        )
        living = [above for above in parents if above not in ending]
        hint = (
            say("Add under: {living}, or another unit.", living=living[0])
            if living
            else None
        )
        yield WHICH_PARENT.at(new.name, message, hint=hint)
    if parent is None:
        return
    wrong = {parent, *view.ancestors(parent)} & ending
    if wrong:
        message = say(
            "{new} would come under {wrong}, which ends.",
            new=new.name,
            wrong=view.shown(min(wrong)),
        )
        yield ENDING_TARGET.at(new.name, message)
    else:
        yield from may_be_under(view, new.kind, parent, new.name)


def _check_parts(view: View, shape: Reshaping) -> Iterator[Finding]:
    """Refuse a part that is given or answered for twice, ends, or is the parent."""
    ending = set(shape.ending)
    for source in shape.sources:
        above = view.parent(source)
        parts = [p for f in shape.flows if f.source == source for p in f.parts]
        for part, count in sorted(Counter(parts).items()):
            if count > 1 or f"{part}@{source}" in shape.answers:
                message = say("{part} is given away twice.", part=view.shown(part))
                yield PART_TWICE.at(part, message)
            if part in ending:
                message = say(
                    "{part} ends by this step, and can't be a part.",
                    part=view.shown(part),
                )
                yield NOT_A_PART.at(part, message, hint=ENDING_PART)
            elif above is not None and part == above.target:
                yield _not_a_part(view, part, source)


def _check_sums(view: View, shape: Reshaping, shared: Sharing) -> Iterator[Finding]:
    """Refuse an additive fact of a new unit that isn't the sum of what it gets."""
    for node, new in shape.new.items():
        got = shared.facts.get(node, {})
        for name in sorted(new.facts.keys() & set(view.pack.additive)):
            if name not in got:
                message = say(
                    "{into} gets no {name} from its sources, and can't have {stated}.",
                    into=new.name,
                    name=say(name),
                    stated=_said(new.facts[name]),
                )
                yield SUMMED.at(new.name, message)
            elif got[name] != new.facts[name]:
                message = say(
                    "{name} of {new} is the sum of what it gets, {said}, not {said_2}.",
                    name=say(name),
                    new=new.name,
                    said=_said(got[name]),
                    said_2=_said(new.facts[name]),
                )
                yield SUMMED.at(new.name, message)


def _said(value: object) -> str:
    return say("unknown") if value is None else laid("{n:,}", n=value)


def _called(view: View, shape: Reshaping, target: str) -> str:
    new = shape.new.get(target)
    return new.name if new else view.shown(target)
