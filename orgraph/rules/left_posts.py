"""A member who leaves a group holds no post in it any longer."""

from collections.abc import Collection, Iterator, Mapping

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT
from ..pack import Pack
from .base import Bearing, Law

POST_LEFT = Code(
    code="GROUP08",
    meaning="A member leaves a group and still holds a post in it.",
    hint="Say who holds it now, or that it is vacant, in a step of its own.",
    severity="warning",
    structural=False,
)


class LeftPosts(Law):
    """Who leaves a group and still holds a post in it at the end is named."""

    def concerns(
        self,
        pack: Pack,
        nodes: Collection[str],  # noqa: ARG002 - what all laws are given
        bearing: Bearing,
    ) -> Collection[str]:
        """Look at the groups that members come to or leave."""
        places = pack.questions.places
        keys = bearing.keys.get(places.member, ()) if places else ()
        return sorted({key[2] for key in keys})

    def check(
        self,
        before: View,
        after: View,
        nodes: Collection[str],
        stated: Mapping[str, int],  # noqa: ARG002 - what all laws are given
    ) -> Iterator[Finding]:
        """Name the posts in groups that live on, or in what leads them.

        And those of groups that end, where they go elsewhere than who holds them.
        """
        yield from _parted(before, after, nodes)
        leaving = _leaving(before, after, nodes)
        holds, seat = after.pack.chain.holds, after.pack.chain.seat
        after.need_edges(leaving, [holds], OUT)
        held = [
            row for one in sorted(leaving) for row in after.live_edges(one, holds, OUT)
        ]
        after.need_edges({row.target for row in held}, [seat], OUT)
        seats = {
            row.target: [
                edge.target for edge in after.live_edges(row.target, seat, OUT)
            ]
            for row in held
        }
        after.need_parents(unit for units in seats.values() for unit in units)
        for row in sorted(held):
            for unit in seats[row.target]:
                above = after.parent(unit)
                for group in leaving[row.source]:
                    if group in (unit, above and above.target):
                        message = say(
                            "{source} leaves {group} and still holds {target} in it.",
                            source=after.shown(row.source),
                            group=after.shown(group),
                            target=after.shown(row.target),
                        )
                        yield POST_LEFT.at(row.target, message)


def _leaving(
    before: View, after: View, nodes: Collection[str]
) -> Mapping[str, list[str]]:
    """Return those who live on and leave groups that do, with these groups.

    They are read at the groups: of those that end, whoever leaves them, nobody is.
    """
    places = after.pack.questions.places
    after.need_nodes(nodes)
    groups = [node for node in nodes if after.node(node) is not None]
    if places is None or not groups:
        return {}
    there = []
    for view in (before, after):
        view.need_edges(groups, [places.member], IN)
        there.append(
            {
                (row.source, group)
                for group in groups
                for row in view.live_edges(group, places.member, IN)
            }
        )
    gone = sorted(there[0] - there[1])
    after.need_nodes({person for person, _ in gone})
    found: dict[str, list[str]] = {}
    for person, group in gone:
        if after.node(person) is not None:
            found.setdefault(person, []).append(group)
    return found


def _parted(before: View, after: View, nodes: Collection[str]) -> Iterator[Finding]:
    """Yield the posts of groups that end which go on without those who hold them."""
    places, chain = after.pack.questions.places, after.pack.chain
    after.need_nodes(nodes)
    ended = {node for node in nodes if after.node(node) is None}
    if places is None or not ended:
        return
    before.need_edges(ended, [places.member], IN)
    people = {
        row.source
        for group in ended
        for row in before.live_edges(group, places.member, IN)
    }
    after.need_nodes(people)
    people = {person for person in people if after.node(person) is not None}
    after.need_edges(people, [places.member, chain.holds], OUT)
    held = [
        r for one in sorted(people) for r in after.live_edges(one, chain.holds, OUT)
    ]
    was, now = (_groups(view, {row.target for row in held}) for view in (before, after))
    for row in sorted(held):
        own = {r.target for r in after.live_edges(row.source, places.member, OUT)}
        if (
            ended & was[row.target]
            and now[row.target]
            and own.isdisjoint(now[row.target])
        ):
            message = say(
                "{source} still holds {target}, which is in {group} now, and is no "
                "member there.",
                source=after.shown(row.source),
                target=after.shown(row.target),
                group=after.shown(min(now[row.target])),
            )
            yield POST_LEFT.at(row.target, message)


def _groups(view: View, posts: Collection[str]) -> dict[str, set[str]]:
    """Return the groups that posts are in: where they hang, or what that leads."""
    places, seat = view.pack.questions.places, view.pack.chain.seat
    kind = places.group if places else None
    view.need_edges(posts, [seat], OUT)
    units = {p: {r.target for r in view.live_edges(p, seat, OUT)} for p in posts}
    view.need_parents({unit for some in units.values() for unit in some})
    led = {
        post: {row.target for unit in some if (row := view.parent(unit))}
        for post, some in units.items()
    }
    view.need_nodes({unit for some in led.values() for unit in some})

    def groups(some: Collection[str]) -> set[str]:
        rows = (view.node(unit) for unit in some)
        return {row.id for row in rows if row and row.kind == kind}

    return {post: groups(some) or groups(led[post]) for post, some in units.items()}
