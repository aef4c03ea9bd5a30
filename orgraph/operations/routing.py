"""Resolves what a step calls its units, new and old, into what flows between them."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..draft import View
from ..findings import Finding
from ..language import say
from ..pack import Event
from .base import Answers
from .parts import Given, NewUnder
from .reshaping import Reshaping
from .sharing import UNSAID, Flow
from .units import ID_TAKEN, answer_refs, answers_of, living, new_id


class Way(NamedTuple):
    """One way that a step names: `to` is an existing unit, a label, or a new node."""

    source: str
    to: str | NewUnder
    given: Given
    whole: bool = False


class Routing(NamedTuple):
    """All that a step says of its units, by the names that it uses."""

    new: Sequence[NewUnder]
    ways: Sequence[Way]
    keep: Sequence[str]
    answers: Answers

    def refs(self) -> list[str]:
        """Return every name of an existing unit."""
        own = {name for new in self.new for name in (new.as_, new.id)}
        targets = [way.to for way in self.ways if isinstance(way.to, str)]
        targets += answer_refs(self.answers)
        named = [way.source for way in self.ways]
        named += [ref for ref in targets if ref not in own]
        named += [part for way in self.ways for part in way.given.parts]
        named += [new.under for new in self.new if new.under]
        return list(dict.fromkeys([*named, *self.keep]))

    def ends(self) -> dict[Event, list[str]]:
        """Return the sources that don't live on, by whether they are divided."""
        found: dict[Event, list[str]] = {}
        for way in self.ways:
            if way.source not in self.keep:
                event: Event = "merged" if way.whole else "split"
                found.setdefault(event, []).append(way.source)
        return found

    def gaps(self) -> Iterator[Finding]:
        """Yield the shares that are marked as still to be said."""
        called = {new.as_: new.name for new in self.new}
        for way in self.ways:
            asked = way.given.asked()
            if asked:
                facts = [say(one) for one in asked if one] or [say("its facts")]
                to = way.to if isinstance(way.to, str) else way.to.name
                to = called.get(to, to)
                message = say(
                    "What of {facts} goes from {source} to {to} isn't said.",
                    facts=facts,
                    source=way.source,
                    to=to,
                )
                yield UNSAID.at(way.source, message)

    def resolve(self, view: View) -> Generator[Finding, None, Reshaping | None]:
        """Resolve every name; yields what is wrong, returns None where anything is."""
        ids = yield from _new_ids(view, self.new)
        own = {
            name: node
            for new, node in zip(self.new, ids, strict=True)
            for name in (new.as_, new.id)
            if name
        }
        good = yield from living(view, self.refs())
        if good is None or len(set(ids)) < len(ids):
            return None
        known = {**dict(zip(self.refs(), good, strict=True)), **own}
        by_node = {id(new): node for new, node in zip(self.new, ids, strict=True)}
        flows = tuple(
            Flow(
                known[way.source],
                known[way.to] if isinstance(way.to, str) else by_node[id(way.to)],
                way.whole,
                tuple(known[part] for part in way.given.parts),
                way.given.shares,
            )
            for way in self.ways
        )
        return Reshaping(
            new=dict(zip(ids, self.new, strict=True)),
            under={
                node: known[new.under]
                for node, new in zip(ids, self.new, strict=True)
                if new.under
            },
            flows=flows,
            keep=frozenset(known[ref] for ref in self.keep),
            answers=answers_of(self.answers, known),
        )

    def resolved(self, view: View) -> Reshaping:
        """Return what flows in a step that `check` found good."""
        steps = self.resolve(view)
        try:
            while True:
                next(steps)
        except StopIteration as done:
            if isinstance(done.value, Reshaping):
                return done.value
        message = "a step was edited that was not checked"
        raise TypeError(message)


def _new_ids(
    view: View, new: Iterable[NewUnder]
) -> Generator[Finding, None, list[str]]:
    """Return the ids of the new units of a step, which all differ."""
    ids: list[str] = []
    for one in new:
        if one.id is not None and one.id in ids:
            yield ID_TAKEN.at(
                one.id, say("The id {one} is given to two new units.", one=one.id)
            )
        ids.append(new_id(view, one, ids))
    return ids
