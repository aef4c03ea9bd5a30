"""Times several sides of a comparison in turn, so that noise falls on all alike."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median
from time import perf_counter, process_time
from typing import TypeVar

T = TypeVar("T")
Side = Callable[[], Mapping[str, float]]
"""Does its work once, and returns what took how many seconds."""


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that a piece of work took, and what it returned."""
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def worked(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that this process worked, other work on the machine aside."""
    start = process_time()
    result = work()
    return process_time() - start, result


class Series:
    """The seconds of every round, by what was timed."""

    def __init__(self, rounds: Sequence[Mapping[str, float]]) -> None:
        """Keep the rounds; each holds all names."""
        self._seconds: defaultdict[str, list[float]] = defaultdict(list)
        for one in rounds:
            for name, seconds in one.items():
                self._seconds[name].append(seconds)

    def seconds(self, name: str) -> float:
        """Return the median."""
        return median(self._seconds[name])

    def best(self, name: str) -> float:
        """Return the least: what it takes on a machine that does nothing else."""
        return min(self._seconds[name])

    def ratio(self, above: Sequence[str], below: Sequence[str]) -> float:
        """Return the median, over the rounds, of one sum of times by another."""
        return median(
            one / other
            for one, other in zip(self._sums(above), self._sums(below), strict=True)
        )

    def _sums(self, names: Sequence[str]) -> list[float]:
        columns = [self._seconds[name] for name in names]
        return [sum(row) for row in zip(*columns, strict=True)]


def alternate(rounds: int, *sides: Side) -> Series:
    """Run the sides in turn, every other round backwards, after one that isn't kept."""
    kept: list[dict[str, float]] = []
    with _long_lived():
        for number in range(rounds + 1):
            found: dict[str, float] = {}
            for side in sides if number % 2 else reversed(sides):
                found |= side()
            kept.append(found)
    return Series(kept[1:])


@contextmanager
def _long_lived() -> Iterator[None]:
    """Keep the collector on, as users have it; what stood before is old to it."""
    gc.collect()
    yield
