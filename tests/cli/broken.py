"""A corpus of broken files: what is broken, and what has to be said of it."""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Broken(NamedTuple):
    """Files broken in one way, the command that reads them, and what it must say.

    `codes` are the exit codes that fit; `says` are pieces of text that must stand in
    the answer: the place first, as file:line, file:key or the store's name.
    """

    name: str
    files: Mapping[str, bytes]
    command: tuple[str, ...]
    codes: tuple[int, ...]
    says: tuple[str, ...]


def drawn(items: Sequence[T], number: int, seed: int) -> list[T]:
    """Return so many of the items, in their order; the same of one seed."""
    chance = random.Random(seed)  # noqa: S311 - the same corpus on every run
    places = chance.sample(range(len(items)), min(number, len(items)))
    return [items[place] for place in sorted(places)]
