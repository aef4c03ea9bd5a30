"""The moves of a rotation, whose people and posts are resolved as far as known."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from ..draft import View
from ..model import OUT, EdgeRow
from .base import Flag, Part, Ref
from .holders import Holding, holders, holding, holdings_of
from .known import known


class Move(Part):
    """One person's move: from a post, or into the rotation from none, to another."""

    person: Ref
    from_: Ref | None = Field(default=None, alias="from")
    to: Ref
    concurrent: Flag = False


class Moves:
    """The moves of a step; a person or post that isn't known is None.

    `without` are those who lose a post by them, and `vacant` the posts said to be left.
    """

    def __init__(
        self,
        moves: Sequence[Move],
        people: Sequence[str | None],
        posts: Sequence[str | None],
    ) -> None:
        """Take the ids apart, in the order in which the step names them."""
        count, left = len(moves), [move for move in moves if move.from_]
        self.people, self.without = people[:count], people[count:]
        self.to = posts[:count]
        self.left, self.vacant = posts[count:][: len(left)], posts[count + len(left) :]
        from_ = iter(self.left)
        self.from_ = [next(from_) if move.from_ else None for move in moves]
        self.nowhere = [move.from_ is None for move in moves]
        self.new = [
            Holding(person, post, concurrent=move.concurrent)
            for person, post, move in zip(self.people, self.to, moves, strict=True)
            if person is not None and post is not None
        ]

    def ending(self, view: View) -> list[EdgeRow]:
        """Return the holdings that the rotation ends."""
        rows = [
            holding(view, person, post)
            for person, post in zip(self.people, self.from_, strict=True)
            if person is not None and post is not None
        ]
        rows += holdings_of(view, known(self.without), known(self.to))
        return sorted({row.key: row for row in rows if row is not None}.values())

    def may_end(self, view: View) -> Iterator[EdgeRow]:
        """Yield the holdings that may end by what isn't known."""
        for person, left, nowhere in zip(
            self.people, self.from_, self.nowhere, strict=True
        ):
            if person is None and left is not None:
                yield from holders(view, left)
            elif person is not None and left is None and not nowhere:
                yield from view.live_edges(person, view.pack.chain.holds, OUT)
        if None in self.without:
            for post in known(self.to):
                yield from holders(view, post)
