"""What a new unit is because all are so that it is formed of: at the border, an island.

Nothing is concluded where they differ, or where one of them isn't known.
"""

from collections.abc import Sequence

from ..draft import View
from ..model import FactValue, NodeRow
from .base import NewNode


def followed(
    view: View, new: NewNode, sources: Sequence[NodeRow]
) -> dict[str, FactValue]:
    """Return the facts that a new unit takes over, but for those that its step says.

    `sources` are the units that give to it, wholly or in part.
    """
    found: dict[str, FactValue] = {}
    for name in view.pack.following[new.kind]:
        values = {row.facts.get(name) for row in sources}
        if name not in new.facts and len(values) == 1 and None not in values:
            found[name] = values.pop()
    return found
