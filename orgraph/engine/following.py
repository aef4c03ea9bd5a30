"""Leaves out what the rule of mirrors says only because a step is refused.

A refused step isn't edited, so what it rearranges still stands as it did. Once it is
mended nothing of that is wrong, and to draft it anew is no cure.
"""

from collections.abc import Iterable, Iterator

from ..draft import View
from ..draft.names import resolve
from ..findings import Finding
from ..model import IN
from ..operations import Operation
from ..rules.mirror import BODIES_STAY


class Waiting:
    """What the refused steps of a proposal speak of, by id."""

    def __init__(self) -> None:
        """Know of no step yet."""
        self._named: set[str] = set()

    def learn(self, view: View, step: Operation) -> None:
        """Keep what a refused step names, as it is known now."""
        known = (resolve(view, ref) for ref in step.refs())
        self._named.update(node for node in known if isinstance(node, str))

    def rest(self, view: View, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that don't wait for refused steps alone."""
        edges = sorted({mirror.edge for mirror in view.pack.mirrors})
        for finding in findings:
            if self._named and finding.code == BODIES_STAY.code:
                rows = (view.live_edges(finding.subject, kind, IN) for kind in edges)
                bodies = {row.source for some in rows for row in some}
                if bodies and bodies <= self._named:
                    continue
            yield finding
