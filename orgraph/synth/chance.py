"""Draws from a seed, alike on every platform: whole numbers only, one stream a thing.

Each stream is named, so that what one thing draws never moves what another draws, and
rows can be made in any order.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(seed: int, *name: object) -> Random:
    """Return the stream of a seed that has this name."""
    return Random("/".join(map(str, (seed, *name))))  # noqa: S311 - from a seed


def below(random: Random, limit: int) -> int:
    """Return a whole number in [0, limit)."""
    return int(random.random() * limit)


def shares(total: int, weights: Sequence[int], least: int = 0) -> list[int]:
    """Divide a total by weights, exactly; each gets at least so much.

    Where there isn't enough for all, the total is what all get at the least.
    """
    left = max(0, total - least * len(weights))
    whole = sum(weights) or 1
    found, given, weight = [], 0, 0
    for own in weights:
        weight += own
        upto = left * weight // whole
        found.append(least + upto - given)
        given = upto
    return found


def weights(random: Random, number: int, low: int, high: int) -> list[int]:
    """Return so many weights in [low, high)."""
    return [low + below(random, high - low) for _ in range(number)]


def shuffle(random: Random, items: list[T]) -> None:
    """Put items in a drawn order, in a way that no version of Python changes."""
    for last in range(len(items) - 1, 0, -1):
        other = below(random, last + 1)
        items[last], items[other] = items[other], items[last]
