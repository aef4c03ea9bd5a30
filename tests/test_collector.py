"""Python's collector of cycles, which rests while plans are made."""

import gc
from collections.abc import Iterator

import pytest

from orgraph import collector
from orgraph.collector import uncollected


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Leave the collector as a test finds it, and what is known of it."""
    collector._frozen.clear()
    yield
    collector._frozen.clear()
    gc.unfreeze()
    gc.enable()


def _young() -> int:
    return len(gc.get_objects(generation=0))


@uncollected
def _many() -> list[list[int]]:
    assert not gc.isenabled()
    return [[n] for n in range(5000)]


def test_what_a_call_makes_is_old_when_it_returns() -> None:
    """The collector needn't look at it as soon as something else is made."""
    kept = _many()

    assert gc.isenabled()
    assert _young() < len(kept) / 10


def test_a_cycle_that_was_made_meanwhile_is_still_found() -> None:
    """Old isn't forgotten: a full collection finds what nobody holds any more."""

    class Linked:
        other: "Linked | None" = None

    @uncollected
    def make() -> None:
        one, other = Linked(), Linked()
        one.other, other.other = other, one

    make()

    assert gc.collect() >= 2


def test_what_a_program_has_frozen_stays_frozen() -> None:
    """A server that froze its memory before it forked keeps it so."""
    gc.freeze()
    frozen = gc.get_freeze_count()

    _many()

    assert gc.get_freeze_count() == frozen


def test_a_collector_that_was_at_rest_stays_at_rest() -> None:
    """Who disabled it enables it."""
    gc.disable()

    kept = _many()

    assert not gc.isenabled()
    assert kept
