"""The operations: each a file of its own, data with two verbs, found by its class."""

from functools import cache

from ..registry import by_name, named_module, subclasses, subclasses_in
from .base import Operation


@cache
def operations() -> dict[str, type[Operation]]:
    """Return every operation by its name."""
    found = subclasses(__name__, Operation)  # type: ignore[type-abstract]
    return by_name(found, lambda cls: cls.op_name(), "the operation")


@cache
def operation(name: str) -> type[Operation] | None:
    """Return the operation of a name, which its file has too; loads no other one."""
    module = named_module(__name__, name)
    found = subclasses_in(module, Operation) if module else iter(())  # type: ignore[type-abstract]
    return next((cls for cls in found if cls.op_name() == name), None)


__all__ = ["Operation", "operation", "operations"]
