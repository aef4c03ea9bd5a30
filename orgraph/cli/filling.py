"""What commands share that make a store and fill it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ..errors import StoreError

if TYPE_CHECKING:
    from ..stores import Store


@contextmanager
def discarded_on_failure(store: "Store | None") -> Iterator[None]:
    """Leave no new store behind when what should fill it fails."""
    try:
        yield
    except BaseException:
        if store is not None:
            with suppress(StoreError):
                store.discard()
        raise
