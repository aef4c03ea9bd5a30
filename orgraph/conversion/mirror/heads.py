"""Says which head stays where several would come together.

A unit has but one post of some roles, by the pack. Of several that meet the one stays
that a row names, and the others end; where no row says so it is a gap.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...draft import View
from ...draft.cases import Case
from ...model import IN, OUT
from ..edges import Key
from .dependents import ASK, ENDS, Decided, Said
from .goings import Going, Rows

Place = tuple[Key, str]
"""A new unit and a role of which it has but one post."""


class Post(NamedTuple):
    """A post that comes to a new unit; one that sits there already has no code."""

    node: str
    code: str | None


class Heads:
    """Decides on heads once it is decided where all else goes.

    `living` are the targets that exist, by key; `parted` the codes of units that are
    divided: a row of theirs may only say to which side a post goes.
    """

    def __init__(
        self,
        view: View,
        rows: Rows,
        living: Mapping[Key, str],
        parted: Collection[str] = (),
    ) -> None:
        """Take what is known."""
        self.view = view
        self.rows = rows
        self.living = living
        self.parted = parted
        self.asked: set[tuple[str | None, Key, str]] = set()
        self.kinds = [name for name, e in view.pack.edges.items() if e.unique_by]

    def decide(
        self,
        goings: Sequence[Going],
        cases: Mapping[str, Sequence[Case]],
        decided: Decided,
    ) -> None:
        """Add to what is decided which heads end; `asked` are all that are looked at.

        The head of a divided unit that no row names ends where each part has another,
        and a row has said so of one of them.
        """
        headed: set[Place] = set()
        chosen: set[Place] = set()
        for (key, role), posts in sorted(self._meeting(goings, decided).items()):
            named = self._named(key, posts)
            if len(named) == 1:
                chosen.add((key, role))
            if len(named) == 1 or len(posts) == 1:
                headed.add((key, role))
            if len(posts) > 1:
                self._end(posts, named, role, decided)
        for going in goings:
            for case in cases.get(going.node, ()):
                said = decided.answers.get(case.dependent)
                own = self.role(case.row.kind, case.dependent)
                if own is None or said is None or said.answer != ASK:
                    continue
                places = {(key, own) for key in going.to}
                if places <= headed and places & chosen:
                    decided.answers[case.dependent] = Said(ENDS, said.about)

    def _named(self, key: Key, posts: Sequence[Post]) -> list[str]:
        """Return the post that stays, as rows say; several where they contradict."""
        named = [
            post
            for post in posts
            if post.code and post.node in self.rows.get((post.code, key.code), ())
        ]
        whole = [post for post in named if post.code not in self.parted]
        return [post.node for post in (whole if len(whole) == 1 else named)]

    def _end(
        self,
        posts: Sequence[Post],
        named: Sequence[str],
        role: str,
        decided: Decided,
    ) -> None:
        """End all but the one that stays, or ask; who sits there stays unless named."""
        sitting = [post.node for post in posts if post.code is None]
        word = ENDS if len(named) == 1 or (sitting and not named) else ASK
        ends = {post.node for post in posts if post.code is not None}
        if word == ENDS:
            ends -= set(named)
        if len(named) == 1:
            decided.closing.extend(sorted(sitting))
        for node in sorted(ends):
            for parts in decided.parts.values():
                if node in parts:
                    parts.remove(node)
            decided.answers[node] = Said(word, f"{role}, {self._unit(node)}")

    def _meeting(
        self, goings: Sequence[Going], decided: Decided
    ) -> dict[Place, list[Post]]:
        """Return, by place, the posts that come there or sit there already."""
        coming = [
            *self._of_whole(goings),
            *self._of_living(),
            *self._of_parts(goings, decided),
        ]
        self.view.need_nodes(post.node for _, _, post in coming)
        found: defaultdict[Place, list[Post]] = defaultdict(list)
        for kind, key, post in coming:
            role = self.role(kind, post.node)
            if role is not None:
                self.asked.add((post.code, key, post.node))
                found[key, role].append(post)
        return {
            place: sorted(posts, key=lambda post: post.node)
            for place, posts in found.items()
            if any(post.code is not None for post in posts)
        }

    def _of_whole(self, goings: Sequence[Going]) -> Iterator[tuple[str, Key, Post]]:
        whole = [going for going in goings if not going.is_divided]
        self.view.need_edges(sorted(g.node for g in whole), self.kinds, IN)
        for going in whole:
            for kind in self.kinds:
                for row in self.view.live_edges(going.node, kind, IN):
                    for key in going.to:
                        yield kind, key, Post(row.source, going.code)

    def _of_living(self) -> Iterator[tuple[str, Key, Post]]:
        self.view.need_edges(sorted(self.living.values()), self.kinds, IN)
        for key, unit in sorted(self.living.items()):
            for kind in self.kinds:
                for row in self.view.live_edges(unit, kind, IN):
                    yield kind, key, Post(row.source, None)

    def _of_parts(
        self, goings: Sequence[Going], decided: Decided
    ) -> Iterator[tuple[str, Key, Post]]:
        """Yield the posts that go with parts of a divided unit."""
        for going in goings:
            for key in going.to:
                parts = decided.parts.get((going.node, key), ())
                self.view.need_edges(parts, self.kinds, OUT)
                for node in parts:
                    for kind in self.kinds:
                        rows = self.view.live_edges(node, kind, OUT)
                        if any(row.target == going.node for row in rows):
                            yield kind, key, Post(node, going.code)

    def role(self, kind: str, node: str) -> str | None:
        """Return the role of a post of which a unit may have but one."""
        edge = self.view.pack.edges[kind]
        row = self.view.node(node)
        role = row.facts.get(edge.unique_by) if row and edge.unique_by else None
        lone = role is not None and edge.same({edge.unique_by or "": role}) == ASK
        return str(role) if lone else None

    def _unit(self, node: str) -> str:
        """Return the name of what a post sits in."""
        edge = self.view.parent(node)
        return self.view.name(edge.target) if edge else node
