"""What a member held or was in charge of is nobody's when the member is one no more."""

from collections.abc import Collection, Iterator, Mapping

from ..draft import View
from ..findings import Code, Finding
from ..language import first_of, say
from ..model import IN, OUT
from ..pack import Pack
from .base import Bearing, Law

LEFT_OPEN = Code(
    code="REMOVE06",
    meaning="What a removed member held or was in charge of is nobody's after it.",
    hint=(
        "Say with reassign: {POST OR UNIT: PERSON} who takes it, or in a later step "
        "with appoint, combine_posts or assign_charge."
    ),
    severity="info",
    structural=False,
)


class LeftOpen(Law):
    """What a removed member leaves is named where no step gives it to another."""

    def concerns(
        self,
        pack: Pack,  # noqa: ARG002 - what all laws are given
        nodes: Collection[str],  # noqa: ARG002 - what all laws are given
        bearing: Bearing,
    ) -> Collection[str]:
        """Look at what begins, ends or is revised: members who are removed end."""
        return sorted(bearing.revised)

    def check(
        self,
        before: View,
        after: View,
        nodes: Collection[str],
        stated: Mapping[str, int],  # noqa: ARG002 - what all laws are given
    ) -> Iterator[Finding]:
        """Name what is nobody's at the end of the plan, by who left it."""
        people = after.pack.people
        if people is None:
            return
        gone = [
            node
            for node in nodes
            if (rows := after.versions(node))
            and rows[0].kind == people.person
            and after.node(node) is None
        ]
        before.need_nodes(gone)
        gone = [node for node in gone if before.node(node) is not None]
        kinds = [after.pack.chain.holds, after.pack.chain.charge]
        before.need_edges(gone, kinds, OUT)
        left = {
            person: {
                (row.target, kind)
                for kind in kinds
                for row in before.live_edges(person, kind, OUT)
            }
            for person in gone
        }
        things = sorted({thing for some in left.values() for thing, _ in some})
        after.need_edges(things, kinds, IN)
        after.need_nodes(things)
        for person, some in left.items():
            open_ = [
                thing
                for thing, kind in sorted(some)
                if after.node(thing) and not after.live_edges(thing, kind, IN)
            ]
            if open_:
                yield LEFT_OPEN.at(person, _told(after, person, open_))


def _told(view: View, person: str, left: Collection[str]) -> str:
    return say(
        "With {member} gone nobody is said for {shown}.",
        member=view.shown(person),
        shown=first_of([view.shown(thing) for thing in sorted(left)]),
    )
