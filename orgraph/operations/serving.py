"""Which places and bodies a group serves, and whether that makes it a joint one."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT
from .base import NewNode
from .people import Words
from .units import WRONG_KIND, known_living, living, row_of, twice

SERVED_TWICE = Code(
    code="SERVE01",
    meaning="A place is named twice in the step.",
    hint="Name each place once.",
)
JOINT_BY_FACT = Code(
    code="SERVE02",
    meaning="A group is joint by what it serves, and the step says otherwise.",
    hint="Leave the fact out; the step sets it.",
)


class Ground(NamedTuple):
    """What a step names as served: what is known of it, and how much isn't."""

    known: list[str]
    unknown: int

    @property
    def is_several(self) -> bool:
        """Tell whether that is more than one, what isn't known counted, too."""
        return len(self.known) + self.unknown > 1


def ground_named(
    view: View, words: Words, refs: Sequence[str]
) -> Generator[Finding, None, Ground]:
    """Resolve what a group is to serve, yielding what is wrong with it."""
    yield from living(view, refs)
    ids = known_living(view, refs)
    for node in twice(ids):
        yield SERVED_TWICE.at(
            node, say("{node} is named twice.", node=view.shown(node))
        )
    served = {}
    for node in sorted(set(ids)):
        kind = view.kind(node)
        served[node] = view.pack.may_join(words.covers, words.places.group, kind)
        if not served[node]:
            message = say(
                "A {group} can't serve {node}, a {kind}.",
                group=say(words.places.group),
                node=view.shown(node),
                kind=say(kind),
            )
            yield WRONG_KIND.at(node, message)
    fit = [node for node in served if served[node]]
    return Ground(fit, len(refs) - len(ids) + len(served) - len(fit))


def places_among(view: View, words: Words, ground: Iterable[str]) -> list[str]:
    """Return the places of what is served: several of them make a group joint."""
    return [node for node in ground if view.kind(node) == words.places.place]


def served(view: View, words: Words, groups: Iterable[str]) -> dict[str, list[str]]:
    """Return what groups serve on the day, read at once."""
    asked = sorted(groups)
    view.need_edges(asked, [words.covers], OUT)
    return {
        group: sorted(row.target for row in view.live_edges(group, words.covers, OUT))
        for group in asked
    }


def serving(view: View, words: Words, ground: Iterable[str]) -> dict[str, list[str]]:
    """Return the groups that serve places, read at once."""
    asked = sorted(ground)
    view.need_edges(asked, [words.covers], IN)
    found = {
        node: sorted(row.source for row in view.live_edges(node, words.covers, IN))
        for node in asked
    }
    view.need_nodes(body for bodies in found.values() for body in bodies)
    return {
        node: [body for body in bodies if view.kind(body) == words.places.group]
        for node, bodies in found.items()
    }


def is_joint(view: View, words: Words, group: str) -> bool:
    """Tell whether a group serves several, or says of itself that it is joint."""
    fact = words.places.joint
    stated = fact is not None and row_of(view, group).facts.get(fact) is True
    return stated or len(served(view, words, [group])[group]) > 1


def says_otherwise(words: Words, new: NewNode, *, joint: bool) -> Iterator[Finding]:
    """Refuse a new group whose own fact contradicts what it is to serve."""
    fact = words.places.joint
    if fact in new.facts and new.facts[fact] is not joint:
        serves = "several" if joint else "one"
        message = say(
            "{new} serves {serves}, so {fact} is {lower}.",
            new=new.name,
            serves=serves,
            fact=say(fact),
            lower=str(joint).lower(),
        )
        yield JOINT_BY_FACT.at(new.name, message)


def mark_joint(draft: Draft, words: Words, group: str) -> None:
    """Let a group say that it is joint, where it serves several, and else not."""
    fact = words.places.joint
    if fact is None:
        return
    facts = row_of(draft, group).facts
    joint = len(served(draft, words, [group])[group]) > 1
    if joint is not (facts.get(fact) is True):
        draft.revise(group, facts={**facts, fact: joint})
