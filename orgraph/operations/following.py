"""What a new unit is because all are so that it is formed of: at the border, an island.

Nothing is concluded where they differ, or where one of them isn't known. A part of what
isn't at the border isn't either; a part of what is at the border may lie elsewhere, so
that follows only where some unit went whole into the new one.
"""

from collections.abc import Sequence

from ..draft import View
from ..model import FactValue, NodeRow
from .base import NewNode


def followed(
    view: View,
    new: NewNode,
    wholly: Sequence[NodeRow],
    partly: Sequence[NodeRow] = (),
) -> dict[str, FactValue]:
    """Return the facts that a new unit takes over, but for those that its step says.

    The rows are those of the units that give to it, everything or a part.
    """
    found: dict[str, FactValue] = {}
    for name in view.pack.following[new.kind]:
        values = {row.facts.get(name) for row in (*wholly, *partly)}
        if name in new.facts or len(values) != 1 or None in values:
            continue
        (value,) = values
        if wholly or value is False:
            found[name] = value
    return found
