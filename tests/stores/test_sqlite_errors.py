"""Every error of SQLite is told in a sentence of ours."""

import sqlite3

import pytest

from orgraph.stores.sqlite_errors import sentence

PRIMARY = [
    "ABORT",
    "AUTH",
    "BUSY",
    "CANTOPEN",
    "CONSTRAINT",
    "CORRUPT",
    "EMPTY",
    "ERROR",
    "FORMAT",
    "FULL",
    "INTERNAL",
    "INTERRUPT",
    "IOERR",
    "LOCKED",
    "MISMATCH",
    "MISUSE",
    "NOLFS",
    "NOMEM",
    "NOTADB",
    "NOTFOUND",
    "PERM",
    "PROTOCOL",
    "RANGE",
    "READONLY",
    "SCHEMA",
    "TOOBIG",
]
ERRORS = sorted(
    name
    for name in dir(sqlite3)
    for primary in PRIMARY
    if name == f"SQLITE_{primary}" or name.startswith(f"SQLITE_{primary}_")
)


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_has_its_sentence(name: str) -> None:
    """Every error that SQLite knows is told in our words, not in the driver's."""
    error = sqlite3.OperationalError("driver's words")
    error.sqlite_errorname = name
    assert "driver's words" not in sentence(error)


def test_error_without_a_name() -> None:
    """An error of the driver itself is told in its words."""
    assert sentence(sqlite3.ProgrammingError("closed")) == "the store failed: closed"
