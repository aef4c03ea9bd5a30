"""What refused steps were to do with members, so that they hide nothing of later ones.

A refused step isn't edited: who was to leave a group is still in it, and who was to
come isn't. What later steps do with these is judged as if it had been done.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..draft import View
from ..draft.names import resolve
from ..findings import Finding
from ..language import say
from ..operations import Operation
from ..operations.members import (
    EMPTIED,
    MOVED_TWICE,
    THERE_ALREADY,
    members_of,
    memberships,
)
from ..operations.parting import NOT_IN_IT
from ..operations.people import speaks, spoken


class RefusedMoves:
    """Who was to leave and to join which groups, by the steps that were refused."""

    def __init__(self) -> None:
        """Know of no step yet."""
        self._left: dict[str, str] = {}
        self._ending: set[str] = set()
        self._coming: defaultdict[str, set[str]] = defaultdict(set)

    def hidden(
        self, view: View, step: Operation, found: Iterable[Finding]
    ) -> Iterator[Finding]:
        """Yield who is moved by a step and was to be moved by then.

        And each group that would have nobody left once both had gone.
        """
        if not self._left:
            return
        said = {(finding.code, finding.subject) for finding in found}
        gone: defaultdict[str, set[str]] = defaultdict(set)
        for person, group, to in _brought(view, step):
            if group != to:
                gone[group].add(person)
            if person in self._left and (MOVED_TWICE.code, person) not in said:
                message = say(
                    "{person} is to leave {group}, by a step that is refused.",
                    person=view.shown(person),
                    group=view.shown(self._left[person]),
                )
                yield MOVED_TWICE.at(person, message)
        inside = members_of(view, spoken(view), gone)
        for group, people in sorted(gone.items()):
            too = {one for one in inside[group] if self._left.get(one) == group}
            stay = {*inside[group], *self._coming.get(group, ())} - people - too
            told = group in self._ending or (EMPTIED.code, group) in said
            if not stay and too - people and not told:
                message = say(
                    "{group} would have no members left, as others are to leave it by "
                    "a step that is refused.",
                    group=view.shown(group),
                )
                yield EMPTIED.at(group, message)

    def following(self, found: Iterable[Finding]) -> list[Finding]:
        """Return what is only found of a step as an earlier one was refused."""
        came = {person for people in self._coming.values() for person in people}
        return [
            finding
            for finding in found
            if (finding.code == THERE_ALREADY.code and finding.subject in self._left)
            or (finding.code == EMPTIED.code and self._coming.get(finding.subject))
            or (finding.code == NOT_IN_IT.code and finding.subject in came)
        ]

    def learn(self, view: View, step: Operation, errors: Iterable[Finding]) -> None:
        """Keep what a refused step was to do with those of whom nothing is wrong."""
        wrong = {finding.subject for finding in errors}
        for person, group, to in _brought(view, step):
            if group == to or wrong.intersection([person, group]):
                continue
            self._left[person] = group
            if to is not None:
                self._coming[to].add(person)
        # Where a name isn't known nobody can tell what ends that isn't named.
        clear = all(isinstance(resolve(view, ref), str) for ref in step.refs())
        for group, people in _ending(view, step, too=clear).items():
            if group not in wrong:
                self._ending.add(group)
                self._left.update(dict.fromkeys(people, group))


def _brought(view: View, step: Operation) -> Iterator[tuple[str, str, str | None]]:
    """Yield who is to come from which group to which by a step; None is a new one.

    Who comes along with a group that ends isn't moved by name.
    """
    pairs = step.brings()
    if not pairs or not speaks(view):
        return
    known, ending = spoken(view), _ending(view, step, too=True)
    found = [(resolve(view, ref), resolve(view, to)) for ref, to in pairs]
    to = {
        person: group if isinstance(group, str) else None
        for person, group in found
        if isinstance(person, str) and view.kind(person) == known.people.person
    }
    for person, rows in memberships(view, known, [*to]).items():
        if len(rows) == 1 and rows[0].target not in ending:
            yield person, rows[0].target, to[person]


def _ending(view: View, step: Operation, *, too: bool) -> dict[str, list[str]]:
    """Return the groups that a step ends, with their members; `too` those unnamed."""
    if not speaks(view):
        return {}
    known = spoken(view)
    named = [resolve(view, ref) for refs in step.ends().values() for ref in refs]
    ids = {one for one in named if isinstance(one, str)}
    if too and step.of_people:
        ids |= {one for ends in step.ends_too(view).values() for one in ends}
    groups = [one for one in ids if view.kind(one) == known.places.group]
    return members_of(view, known, groups)
