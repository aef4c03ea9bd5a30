"""Says in a plain sentence what SQLite's errors mean: the one place that knows them."""

import sqlite3
from types import TracebackType

from ..errors import InputError, StoreError

SENTENCES = {
    "SQLITE_BUSY": "the store is locked by another writer; try again when it is done",
    "SQLITE_LOCKED": "the store is locked by another writer; try again when it is done",
    "SQLITE_READONLY": "the store can be read but not written here",
    "SQLITE_FULL": "there is no space left for the store; nothing was written",
    "SQLITE_CANTOPEN": "the store can't be opened",
    "SQLITE_NOTADB": "this file is not an orgraph store",
    "SQLITE_CORRUPT": "the store is damaged; restore it from a copy",
    "SQLITE_IOERR": "the store can't be read or written: the disk failed",
    "SQLITE_PERM": "there is no permission for the store's file",
    "SQLITE_AUTH": "there is no permission for the store's file",
    "SQLITE_TOOBIG": "a value is too large for the store",
    "SQLITE_CONSTRAINT": "the store already holds a row with this key",
    "SQLITE_ERROR": "the store doesn't have the tables that orgraph makes",
    "SQLITE_NOMEM": "there is no memory left to read the store",
    "SQLITE_PROTOCOL": "the store is locked by another writer; try again later",
}


def sentence(error: sqlite3.Error) -> str:
    """Return the sentence for an error of the driver."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, text in SENTENCES.items():
        if name == prefix or name.startswith(f"{prefix}_"):
            return text
    return f"the store failed ({name})" if name else f"the store failed: {error}"


class Plainly:
    """Turns the driver's errors into StoreError with the store's name in front.

    So are values that orgraph never wrote: a date or JSON that can't be read. A class,
    because every statement is run in it, and a generator would cost as much as some.
    """

    def __init__(self, path: str) -> None:
        """Name the store."""
        self.path = path

    def __enter__(self) -> None:
        """Do nothing before."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raise an error of the driver anew, in plain words."""
        if isinstance(error, ValueError | InputError):
            message = f"{self.path}: {SENTENCES['SQLITE_CORRUPT']} ({error})"
            raise StoreError(message) from error
        if isinstance(error, sqlite3.Error):
            message = f"{self.path}: {sentence(error)}"
            raise StoreError(message) from error
