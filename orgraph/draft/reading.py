"""Reads in one revision, and again where another one came between."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from ..errors import AgainError

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 10


class Snapshots(Protocol):
    """A store that can be read in one revision."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all reads inside see one revision, or raise AgainError at the end."""
        ...


S = TypeVar("S", bound=Snapshots)


def whole(store: Snapshots, read: Callable[[], T]) -> T:
    """Read in one revision of a store, and again where it was disturbed."""
    for _ in range(ATTEMPTS - 1):
        try:
            with store.snapshot():
                return read()
        except AgainError:
            continue
    with store.snapshot():
        return read()


def in_one_revision(
    question: Callable[Concatenate[S, P], T],
) -> Callable[Concatenate[S, P], T]:
    """Let a question, whose first argument is a store, be answered in one revision."""

    @wraps(question)
    def asked(store: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return whole(store, lambda: question(store, *args, **kwargs))

    return asked
