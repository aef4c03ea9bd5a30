"""Founding what takes the place of others: with all that they carry, under a parent."""

from collections.abc import Sequence

from ..draft import Draft
from .base import NewNode
from .units import found_node, state_sum, summed


def begin_in_place(
    draft: Draft, new: NewNode, sources: Sequence[str], under: str | None
) -> str:
    """Found a node with what its sources carry, added up, and let it come under one.

    What of that isn't known is stated to the law of conservation. Returns the id.
    """
    facts = {**new.facts, **summed(draft, sources)}
    state_sum(draft, sources, facts)
    node = found_node(draft, new, facts)
    edge = draft.pack.parent_edge(new.kind)
    if edge and under:
        draft.connect(edge, node, under)
    return node
