"""Relieves a person of a post."""

from collections.abc import Iterator
from typing import Literal

from ..draft import Draft, View
from ..findings import Finding
from .base import Operation, Ref
from .holders import a_person, a_post, holding, need_holdings, not_held
from .units import unit


class Relieve(Operation):
    """Relieve a person of a post; who fills it is a step of its own."""

    op: Literal["relieve"] = "relieve"
    person: Ref
    post: Ref

    example = """\
op: relieve
person: member-1207
post: post-secretary-31
"""

    def refs(self) -> list[str]:
        """Return the person and the post."""
        return [self.person, self.post]

    def empties(self) -> list[tuple[Ref, Ref]]:
        """Return the person and the post."""
        return [(self.person, self.post)]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a person who doesn't hold the post."""
        person = yield from a_person(view, self.person)
        post = yield from a_post(view, self.post)
        if person is None or post is None:
            return
        need_holdings(view, [person], [post])
        if holding(view, person, post) is None:
            yield not_held(view, person, post)

    def edit(self, draft: Draft) -> None:
        """End the holding."""
        row = holding(draft, unit(draft, self.person), unit(draft, self.post))
        if row is not None:
            draft.disconnect(row)
