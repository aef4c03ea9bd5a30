"""The rules: each a file of its own, run on what a plan touched or on everything."""

from functools import cache

from ..registry import by_name, subclasses
from .base import Bearing, Law, Reach, Rule


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its name."""
    found = subclasses(__name__, Rule)  # type: ignore[type-abstract]
    return by_name((cls() for cls in found), lambda rule: rule.name(), "the rule")


@cache
def laws() -> dict[str, Law]:
    """Return every law of plans by its name."""
    found = subclasses(__name__, Law)  # type: ignore[type-abstract]
    return by_name((cls() for cls in found), lambda law: law.name(), "the law")


__all__ = ["Bearing", "Law", "Reach", "Rule", "laws", "rules"]
