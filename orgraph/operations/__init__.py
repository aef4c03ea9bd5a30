"""The operations: each a file of its own, data with two verbs, found by its class."""

from functools import cache

from ..registry import by_name, subclasses
from .base import Operation


@cache
def operations() -> dict[str, type[Operation]]:
    """Return every operation by its name."""
    found = subclasses(__name__, Operation)  # type: ignore[type-abstract]
    return by_name(found, lambda cls: cls.op_name(), "the operation")


__all__ = ["Operation", "operations"]
