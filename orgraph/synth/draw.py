"""The rows of a synthetic province, as two streams in the order of their keys.

A stream may be asked for as often as one likes, and is the same every time. Nothing of
single households and members is kept.
"""

from collections.abc import Iterator

from ..model import EdgeRow, NodeRow
from .edges import Edges
from .nodes import Nodes
from .sketch import Sketch


class Synthetic(Sketch):
    """A labelled synthetic organisation over a territory."""

    @property
    def title(self) -> str:
        """What the revision is called."""
        return (
            f"Synthetic organisation like {self.profile.name}, seed {self.seed}, "
            f"scale {self.scale:g}"
        )

    def nodes(self) -> Iterator[NodeRow]:
        """Yield the territory, then what is synthetic, in order of the ids."""
        return Nodes(self).rows()

    def edges(self) -> Iterator[EdgeRow]:
        """Yield all edges, in order of source, kind and target."""
        return Edges(self).rows()
