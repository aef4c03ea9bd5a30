"""What refused steps were to do, so that they hide nothing of later ones.

A refused step isn't edited: who was to fill a post doesn't, and who was to leave one is
still there. What later steps do with these posts is judged as if it had been done; what
they do with members is for `refused_moves.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..draft import View
from ..draft.names import resolve
from ..findings import Finding
from ..language import say
from ..model import OUT
from ..operations import Operation
from ..operations.holders import (
    HELD,
    NOT_HELD,
    TWO_POSTS,
    Holding,
    also_filled,
    holders,
    is_beside,
    is_post,
)
from .refused_moves import RefusedMoves

Pairs = Iterable[tuple[str, str]]


class RefusedSteps:
    """Who was to fill and to leave which posts, by the steps that were refused."""

    def __init__(self) -> None:
        """Know of no step yet."""
        self._filling: defaultdict[str, set[str]] = defaultdict(set)
        self._leaving: defaultdict[str, set[str]] = defaultdict(set)
        self._alone: defaultdict[str, set[str]] = defaultdict(set)
        self._moves = RefusedMoves()

    def hidden(
        self, view: View, step: Operation, found: Sequence[Finding]
    ) -> Iterator[Finding]:
        """Yield what a step does that a refused one was to do otherwise."""
        yield from self._moves.hidden(view, step, found)
        yield from self._hidden_posts(view, step, found)

    def _hidden_posts(
        self, view: View, step: Operation, found: Sequence[Finding]
    ) -> Iterator[Finding]:
        """Yield each post that a step fills and that another was to fill by then.

        And each person who was to fill another post, where nobody says that both go
        together.
        """
        if not self._filling:
            return
        said = {finding.subject for finding in found if finding.code == HELD.code}
        leaving = set(_emptied(view, step))
        for person, post in _known(view, step.fills()):
            others = self._filling.get(post, set()) - {person}
            others = {one for one in others if (one, post) not in leaving}
            if others and post not in said:
                said.add(post)
                who = ", ".join(sorted(others))
                message = say(
                    "{post} is to be held by {who}, by a step that is refused.",
                    post=view.shown(post),
                    who=who,
                )
                yield HELD.at(post, message)
        said = {finding.subject for finding in found if finding.code == TWO_POSTS.code}
        for person, post in _alone(view, step):
            others = self._alone.get(person, set()) - {post}
            others = {one for one in others if (person, one) not in leaving}
            if others and person not in said:
                said.add(person)
                message = say(
                    "{person} is to hold {others}, by a step that is refused, and "
                    "would hold {post} too.",
                    person=view.shown(person),
                    others=", ".join(map(view.shown, sorted(others))),
                    post=view.shown(post),
                )
                yield TWO_POSTS.at(person, message)

    def following(
        self, view: View, step: Operation, found: Sequence[Finding]
    ) -> list[Finding]:
        """Return what is only found of a step as an earlier one was refused."""
        posts = self._following_posts(view, step, found)
        return [*posts, *self._moves.following(found)]

    def _following_posts(
        self, view: View, step: Operation, found: Iterable[Finding]
    ) -> list[Finding]:
        if not self._filling and not self._leaving:
            return []
        empties = set(_emptied(view, step))
        came = {
            person for person, post in empties if person in self._filling.get(post, ())
        }
        return [
            finding
            for finding in found
            if (finding.code == NOT_HELD.code and finding.subject in came)
            or (finding.code == HELD.code and self._was_left(view, finding.subject))
            or (
                finding.code == TWO_POSTS.code
                and self._was_free(view, step, finding.subject)
            )
        ]

    def _was_left(self, view: View, post: str) -> bool:
        """Tell whether all who hold a post were to leave it, and nobody was to come."""
        gone = self._leaving.get(post)
        if not gone or self._filling.get(post):
            return False
        return {row.source for row in holders(view, post)} <= gone

    def _was_free(self, view: View, step: Operation, person: str) -> bool:
        """Tell whether a person was to leave all full posts, and gets but this one."""
        filled = [post for who, post in _known(view, step.fills()) if who == person]
        if len(filled) != 1 or self._alone.get(person, set()).difference(filled):
            return False
        held = also_filled(view, Holding(person, filled[0]), ())
        return all(person in self._leaving.get(row.target, ()) for row in held)

    def learn(
        self,
        view: View,
        step: Operation,
        found: Iterable[Finding],
        following: Sequence[Finding],
    ) -> None:
        """Keep what a step was to do, where it is refused; or does, with such posts.

        Of a post that the step couldn't fill as another holds it that was said.
        """
        errors = [finding for finding in found if finding.severity == "error"]
        refused = bool(errors)
        if refused:
            self._moves.learn(view, step, errors)
        own = [finding for finding in errors if finding not in following]
        held = {finding.subject for finding in own if finding.code == HELD.code}
        both = {finding.subject for finding in own if finding.code == TWO_POSTS.code}
        if not (refused or self._filling or self._leaving):
            return
        for person, post in _emptied(view, step):
            self._filling[post].discard(person)
            self._alone[person].discard(post)
            if refused:
                self._leaving[post].add(person)
        for person, post in _known(view, step.fills()):
            self._leaving[post].discard(person)
            if refused and post not in held:
                self._filling[post].add(person)
        for person, post in _alone(view, step):
            if refused and post not in held and person not in both:
                self._alone[person].add(post)


def _emptied(view: View, step: Operation) -> Iterator[tuple[str, str]]:
    """Yield who is to leave which post by a step, or is to end while holding it."""
    yield from _known(view, step.empties())
    holds = view.pack.chain.holds
    for name in (name for names in step.ends().values() for name in names):
        person = resolve(view, name)
        if isinstance(person, str) and view.kind(person) in view.pack.edges[holds].ends:
            view.need_edges([person], [holds], OUT)
            for row in view.live_edges(person, holds, OUT):
                yield person, row.target


def _alone(view: View, step: Operation) -> Iterator[tuple[str, str]]:
    """Yield who is to fill which post that is to be the only full one."""
    for person, post in _known(view, step.fills_alone(view.pack)):
        if not is_beside(view, post):
            yield person, post


def _known(view: View, pairs: Pairs) -> Iterator[tuple[str, str]]:
    """Yield the ids of people and posts, of those that are known and can be such."""
    kinds = view.pack.edges[view.pack.chain.holds].ends
    for names in pairs:
        person, post = (resolve(view, name) for name in names)
        if isinstance(person, Finding) or isinstance(post, Finding):
            continue
        if view.kind(person) in kinds and is_post(view, post):
            yield person, post
