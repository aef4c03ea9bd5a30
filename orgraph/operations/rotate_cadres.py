"""Rotates people through posts: chains and circles of any length, in one step."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.names import resolve
from ..findings import Code, Finding
from ..language import say
from ..model import OUT
from ..pack import Pack
from .base import Operation, Ref
from .holders import (
    begin_holding,
    check_holdings,
    holding,
    holdings_of,
    need_holdings,
    not_held,
)
from .known import known, people_known, posts_known
from .moves import Move, Moves
from .units import twice, unit

PERSON_TWICE = Code(
    code="CADRES01",
    meaning="A rotation names a person twice.",
    hint="Name each person once, with the post left and the post taken.",
)
SAME_POST = Code(
    code="CADRES02",
    meaning="A move leads back to the post that it leaves.",
)
LEFT_UNSAID = Code(
    code="CADRES03",
    meaning="A post would be left without anybody, and the step doesn't say so.",
    hint="Add a move to it, or name it with leaves_vacant:.",
)
NOT_LEFT = Code(
    code="CADRES04",
    meaning="A post is said to be left vacant, and no move leaves it so.",
)
NOT_PUT_OUT = Code(
    code="CADRES05",
    meaning="Somebody is said to lose a post by the rotation, and doesn't.",
    hint="Name with without_post: only who holds a post that another takes.",
)
MOVED_TWICE = Code(
    code="CADRES06",
    meaning="Two rotations of a proposal move a person; the last one counts.",
    hint="Name the person in one rotation, with the post taken at last.",
    severity="warning",
)


class RotateCadres(Operation):
    """Rotate people through posts, in chains or circles, all at once."""

    op: Literal["rotate_cadres"] = "rotate_cadres"
    moves: Annotated[tuple[Move, ...], Field(min_length=1)]
    leaves_vacant: tuple[Ref, ...] = ()
    without_post: tuple[Ref, ...] = ()

    example = """\
op: rotate_cadres
moves:
  - {person: member-1, from: post-secretary-1, to: post-secretary-2}
  - {person: member-2, from: post-secretary-2, to: post-secretary-3}
leaves_vacant: [post-secretary-1]
without_post: [member-3]
"""

    def refs(self) -> list[str]:
        """Return the people and the posts."""
        return [*self._people(), *self._posts()]

    def _people(self) -> list[str]:
        return [*(move.person for move in self.moves), *self.without_post]

    def _posts(self) -> list[str]:
        to = [move.to for move in self.moves]
        left = [move.from_ for move in self.moves if move.from_]
        return [*to, *left, *self.leaves_vacant]

    def fills(self) -> list[tuple[Ref, Ref]]:
        """Return who goes to which post; of who is named twice it isn't clear."""
        again = twice([move.person for move in self.moves])
        return [(m.person, m.to) for m in self.moves if m.person not in again]

    def fills_alone(self, pack: Pack) -> list[tuple[Ref, Ref]]:  # noqa: ARG002 - as declared
        """Return who goes where, but those who hold what they get with another."""
        also = {move.person for move in self.moves if move.concurrent}
        return [(person, post) for person, post in self.fills() if person not in also]

    def empties(self) -> list[tuple[Ref, Ref]]:
        """Return who leaves which post, and who is put out of one by whom it is clear.

        Where somebody is named twice it isn't clear to which post, nor who leaves that.
        """
        left = [(move.person, move.from_) for move in self.moves if move.from_]
        taken = [post for _, post in self.fills()]
        out = [(one, post) for one in self.without_post for post in taken]
        return [*left, *out]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse two holders, two full posts, and what falls vacant unsaid."""
        people = yield from people_known(view, self._people())
        posts = yield from posts_known(view, self._posts())
        again = _named_twice(view, [move.person for move in self.moves])
        for person in again:
            message = say(
                "{person} is named twice in the rotation.", person=view.shown(person)
            )
            yield PERSON_TWICE.at(person, message)
        moves = Moves(self.moves, people, posts)
        need_holdings(view, known(people), known(posts))
        yield from _unleft(view, moves)
        leaving = {row.key for row in (*moves.ending(view), *moves.may_end(view))}
        new = [one for one in moves.new if one.person not in again]
        yield from check_holdings(view, new, leaving)
        yield from _vacancies(view, moves)
        yield from _put_out(view, moves)

    def edit(self, draft: Draft) -> None:
        """End all holdings that are left, and only then begin the new ones."""
        people = [unit(draft, ref) for ref in self._people()]
        posts = [unit(draft, ref) for ref in self._posts()]
        moves = Moves(self.moves, people, posts)
        for row in moves.ending(draft):
            draft.disconnect(row)
        for one in moves.new:
            begin_holding(draft, one)


def _named_twice(view: View, refs: Iterable[str]) -> list[str]:
    """Return the people named twice, whatever else is wrong with the names."""
    found = [resolve(view, ref) for ref in refs]
    return twice([one for one in found if isinstance(one, str)])


def _unleft(view: View, moves: Moves) -> Iterator[Finding]:
    """Refuse to leave a post for itself, or one that somebody else holds.

    And warn of who came to it by another step: two rotations move one person.
    """
    for person, left, to in zip(moves.people, moves.from_, moves.to, strict=True):
        if person is None or left is None:
            continue
        if left == to:
            message = say(
                "{person} would stay in {to}.",
                person=view.shown(person),
                to=view.shown(to),
            )
            yield SAME_POST.at(person, message)
        elif holding(view, person, left) is None:
            yield not_held(view, person, left)
        elif _came(view, person, left):
            message = say(
                "{person} came to {post} by an earlier step.",
                person=view.shown(person),
                post=view.shown(left),
            )
            yield MOVED_TWICE.at(person, message)


def _came(view: View, person: str, post: str) -> bool:
    """Tell whether this plan brought a person to a post, from one that goes on.

    Who followed a post that ends wasn't moved.
    """
    holds, row = view.pack.chain.holds, holding(view, person, post)
    return (
        row is not None
        and not row.rev
        and row.since == view.day
        and any(
            not one.rev and one.until == view.day and view.node(one.target) is not None
            for one in view.edges(person, holds, OUT)
        )
    )


def _vacancies(view: View, moves: Moves) -> Iterator[Finding]:
    """Refuse posts that the step leaves, or doesn't, unlike it says.

    One that isn't known may be any of those of which nothing is said.
    """
    left, to, said = (set(known(p)) for p in (moves.left, moves.to, moves.vacant))
    if None not in moves.to and None not in moves.vacant:
        for post in sorted(left - to - said):
            message = say("Nobody comes to {post}.", post=view.shown(post))
            yield LEFT_UNSAID.at(post, message)
    for post in sorted(said - left | said & to):
        if post in to or None not in moves.left:
            message = say(
                "{post} isn't left vacant by these moves.", post=view.shown(post)
            )
            yield NOT_LEFT.at(post, message)


def _put_out(view: View, moves: Moves) -> Iterator[Finding]:
    """Refuse those who are said to lose a post, and don't."""
    rows = holdings_of(view, known(moves.without), known(moves.to))
    held = {row.source for row in rows}
    for person in sorted(set(known(moves.without))):
        keeps = person not in held and None not in moves.to
        if keeps or person in moves.people:
            message = say(
                "{person} loses no post by these moves alone.",
                person=view.shown(person),
            )
            yield NOT_PUT_OUT.at(person, message)
