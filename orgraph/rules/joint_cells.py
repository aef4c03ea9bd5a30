"""Joint groups don't become more."""

from collections.abc import Collection, Iterator, Mapping

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import OUT
from ..pack import Pack
from .base import Bearing, Law
from .dwelling import is_joint
from .limiting import limits_of, of_limit

MORE = Code(
    code="JOINT01",
    meaning="A plan forms more joint groups than it ends.",
    severity="warning",
    structural=False,
)


class JointCells(Law):
    """A plan leaves no more joint cells than there were."""

    def concerns(
        self,
        pack: Pack,
        nodes: Collection[str],  # noqa: ARG002 - what all laws are given
        bearing: Bearing,
    ) -> Collection[str]:
        """Look at what is revised, and at what covers something else."""
        covers = bearing.keys.get(pack.questions.covers or "", ())
        return sorted({*bearing.revised, *(key[1] for key in covers)})

    def check(
        self,
        before: View,
        after: View,
        nodes: Collection[str],
        stated: Mapping[str, int],  # noqa: ARG002 - what all laws are given
    ) -> Iterator[Finding]:
        """Compare how many of the groups are joint, and name those that became so."""
        limits = limits_of(after.pack, after.day, self.name())
        covers = after.pack.questions.covers
        if not limits or covers is None:
            return
        kinds = {limit.kind for limit in limits}
        before.need_nodes(nodes)
        groups = [
            node
            for node in nodes
            if (rows := after.versions(node)) and rows[0].kind in kinds
        ]
        for view in (before, after):
            view.need_edges(groups, [covers], OUT)
        old, new = ({n for n in groups if is_joint(v, n)} for v in (before, after))
        if len(new) <= len(old):
            return
        for group in sorted(new - old):
            for limit in limits:
                message = say(
                    "{group} becomes joint: of the groups that the plan touches "
                    "{number:,} are joint after it, and {number_2:,} were before; "
                    "{limit} wants no more.",
                    group=after.shown(group),
                    number=len(new),
                    number_2=len(old),
                    limit=limit.title,
                )
                yield of_limit(MORE, limit, group, message)
