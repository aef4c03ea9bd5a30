"""How operations name, check and found units; the refusals that they share."""

from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence

from ..draft import Draft, View
from ..draft.answers import Answer
from ..draft.carried import own_facts, unclear
from ..draft.names import resolve
from ..findings import Code, Finding
from ..language import say
from ..model import Facts, FactValue, NodeRow, default_id
from ..near_names import nearest
from .base import Answers, NewNode, To
from .fact_checks import check_facts, check_order

WRONG_KIND = Code(
    code="KIND01",
    meaning="The step can't be done with a unit of this kind.",
)
UNKNOWN_KIND = Code(
    code="KIND02",
    meaning="The schema pack has no such kind.",
)
ID_TAKEN = Code(
    code="ID01",
    meaning="The id of a new unit is taken; ids are never used again.",
    hint="Choose another id, or leave it out to have one made.",
)
SUMMED = Code(
    code="FACT02",
    meaning="An additive fact of a merged unit is the sum of its sources' facts.",
    hint="Leave it out; it is summed. A new figure is a step of its own: set_facts.",
)


def living(
    view: View, refs: Iterable[str]
) -> Generator[Finding, None, list[str] | None]:
    """Resolve names of living units; yields what is wrong, returns ids or None."""
    ids: list[str] = []
    good = True
    for ref in refs:
        found = resolve(view, ref)
        if isinstance(found, Finding):
            good = False
            yield found
        else:
            ids.append(found)
    return ids if good else None


def known_living(view: View, refs: Iterable[str]) -> list[str]:
    """Return those of the units named that are known and living.

    So a name that is wrong hides nothing that is wrong with the others.
    """
    found = [resolve(view, ref) for ref in refs]
    return [one for one in found if isinstance(one, str)]


def one_living(view: View, ref: str) -> Generator[Finding, None, str | None]:
    """Resolve the name of one living unit."""
    ids = yield from living(view, [ref])
    return ids[0] if ids else None


def unit(view: View, ref: str) -> str:
    """Return the id of a unit that `check` has already resolved."""
    found = resolve(view, ref)
    if isinstance(found, Finding):
        message = f"{ref} was not checked: {found.message}"
        raise TypeError(message)
    return found


def row_of(view: View, node: str) -> NodeRow:
    """Return the version in force of a unit that was found to be living."""
    row = view.node(node)
    if row is None:
        message = f"{node} is not living on {view.day}"
        raise TypeError(message)
    return row


def twice(ids: Sequence[str]) -> list[str]:
    """Return the ids that stand more than once."""
    if len(set(ids)) == len(ids):  # as nearly always
        return []
    return sorted(node for node, count in Counter(ids).items() if count > 1)


def known_kind(view: View, kind: str) -> Iterator[Finding]:
    """Refuse a kind that the pack doesn't have, naming the nearest."""
    if kind not in view.pack.nodes:
        near = nearest(kind, view.pack.nodes)
        hint = say("Did you mean {near}?", near=near) if near else ""
        message = say(
            "The pack {pack} has no kind {kind}.", pack=view.pack.name, kind=kind
        )
        yield UNKNOWN_KIND.at(kind, message, hint=hint)


def may_succeed(view: View, sources: Iterable[str], kind: str) -> Iterator[Finding]:
    """Refuse sources that the pack doesn't let become a unit of this kind."""
    for source in sources:
        own = view.kind(source)
        becomes = view.pack.nodes[own].becomes
        if kind not in becomes:
            allowed = list(map(say, becomes)) or [say("nothing")]
            message = say(
                "{source} is a {own}, which can't become a {kind}; "
                "it may become {allowed}.",
                source=view.shown(source),
                own=say(own),
                kind=say(kind),
                allowed=allowed,
            )
            yield WRONG_KIND.at(source, message)


def may_be_under(view: View, kind: str, parent: str, subject: str) -> Iterator[Finding]:
    """Refuse a parent of a kind that can't contain this kind."""
    edge = view.pack.parent_edge(kind)
    above = view.kind(parent)
    if edge is None or not view.pack.may_join(edge, kind, above):
        message = say(
            "A {kind} can't be under {parent}, a {above}.",
            kind=say(kind),
            parent=view.shown(parent),
            above=say(above),
        )
        yield WRONG_KIND.at(subject, message)


def is_unit(view: View, node: str) -> Iterator[Finding]:
    """Refuse people and households: they are not founded, closed or moved as units."""
    kind = view.kind(node)
    if view.pack.nodes[kind].is_private:
        message = say("{node} is a {kind}, not a unit.", node=node, kind=say(kind))
        yield WRONG_KIND.at(node, message)


def check_new(view: View, new: NewNode) -> Iterator[Finding]:
    """Refuse a new node of an unknown kind, with a taken id or with wrong facts."""
    yield from known_kind(view, new.kind)
    if new.id is not None and view.versions(new.id):
        message = say(
            "The id {id} is taken by {unit}.", id=new.id, unit=view.name(new.id)
        )
        yield ID_TAKEN.at(new.id, message)
    if new.kind in view.pack.nodes:
        called = called_new(view, new)
        yield from check_facts(view, new.kind, new.facts, called)
        yield from check_order(view, new.facts, called)


def called_new(view: View, new: NewNode) -> str:
    """Return what a new node is called in findings: people never by their names."""
    kind = view.pack.nodes.get(new.kind)
    if kind is None or not kind.is_private:
        return new.name
    return new.id or say("the new {kind}", kind=kind.label)


def new_id(view: View, new: NewNode, taken: Collection[str] = ()) -> str:
    """Return the id that a new node gets: the one given, or the first free default.

    `taken` are the ids of others that the same step founds.
    """
    if new.id is not None:
        return new.id
    base = node = default_id(new.kind, new.code, new.name, view.day)
    number = 1
    while node in taken or view.versions(node):
        number += 1
        node = f"{base}-{number}"
    return node


def summed(view: View, sources: Iterable[str]) -> dict[str, FactValue]:
    """Return the additive facts of several units together; unknown absorbs."""
    total: dict[str, FactValue] = {}
    for source in sources:
        facts = row_of(view, source).facts
        for name in view.pack.additive:
            if name not in facts:
                continue
            value, before = facts[name], total.get(name, 0)
            known = isinstance(value, int) and isinstance(before, int)
            total[name] = before + value if known else None  # type: ignore[operator]
    return total


def state_sum(draft: Draft, units: Iterable[str], facts: Facts) -> None:
    """State what an unknown figure swallows where these units' facts are added up."""
    rows = [row_of(draft, node) for node in units]
    unknown = [
        name
        for name in draft.pack.additive
        if any(row.facts.get(name, 0) is None for row in rows)
    ]
    if not unknown:
        return
    own = own_facts(draft, [row.id for row in rows], unknown)
    for name in unknown:
        before = [row.facts[name] for row, names in own.values() if name in names]
        if before:
            draft.state(unclear(name, before, [facts[name]]))


def amounts(view: View, facts: Facts) -> dict[str, FactValue]:
    """Return the additive facts among these."""
    return {name: facts[name] for name in view.pack.additive if name in facts}


def whole(
    view: View, rows: Iterable[NodeRow], target: str
) -> Iterator[tuple[str, str, Facts]]:
    """Yield that these units pass wholly into another, with all that they carry."""
    for row in rows:
        yield row.id, target, {"part": "whole", **amounts(view, row.facts)}


def found_node(draft: Draft, new: NewNode, facts: Facts) -> str:
    """Found a new node and give it its label; returns its id."""
    node = new_id(draft, new)
    draft.found(node, new.kind, new.name, new.code, facts)
    if new.as_:
        draft.labels[new.as_] = node
    return node


def answers_of(
    answers: Answers, own: Mapping[str, str] | None = None
) -> dict[str, Answer]:
    """Return answers as the settling of dependents reads them.

    `own` are the labels that the step itself gives, with the ids they stand for.
    """
    known = own or {}
    return {
        name: {"to": [known.get(ref, ref) for ref in answer.units]}
        if isinstance(answer, To)
        else answer
        for name, answer in answers.items()
    }


def answer_refs(answers: Answers) -> list[str]:
    """Return the units that answers name."""
    given = (answer for answer in answers.values() if isinstance(answer, To))
    return [ref for answer in given for ref in answer.units]
