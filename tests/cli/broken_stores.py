"""Stores broken in one row, table or page: the audit notices, or none can be read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from broken import Broken, drawn

FILE = "broken.db"
AUDIT = ("check", "--on", "2025-01-01", "--store", FILE)
DAMAGED = (4,)
NOTICED = (1, 4)


def broken_stores(good: Path, number: int, seed: int) -> list[Broken]:
    """Return so many broken copies of a store of each sort at the most."""
    sorts = (_rows, _tables, _bytes)
    return [one for sort in sorts for one in drawn(list(sort(good)), number, seed)]


def case(what: str, data: bytes, codes: tuple[int, ...]) -> Broken:
    """Return a broken store, to be audited."""
    says = (FILE,) if codes == DAMAGED else ()
    return Broken(f"store: {what}", {FILE: data}, AUDIT, codes, says)


def _changed(good: Path, *statements: str) -> bytes:
    """Return a copy of a store on which statements were run by bare SQL."""
    copy = good.parent / "copy.db"
    copy.write_bytes(good.read_bytes())
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        for statement in ("PRAGMA journal_mode=DELETE", *statements):
            db.execute(statement)
    data = copy.read_bytes()
    copy.unlink()
    return data


def _names(good: Path, kind: str) -> list[str]:
    with closing(sqlite3.connect(good)) as db:
        named = "SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL"
        return sorted(name for (name,) in db.execute(named, (kind,)))


def _rows(good: Path) -> Iterator[Broken]:
    """A value of a row that is another, or a row that is gone."""
    for table in _names(good, "table"):
        with closing(sqlite3.connect(good)) as db:
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            filled = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if not filled or table.startswith(("names_", "sqlite_")):
            continue
        for column in columns:
            for value in ("'2031-13-99'", "'{'", "x'ff'", "-7"):
                try:
                    data = _changed(
                        good,
                        f"UPDATE {table} SET {column} = {value} WHERE {column} IS "
                        f"(SELECT {column} FROM {table} LIMIT 1)",
                    )
                except sqlite3.Error:
                    continue  # the table itself refuses such a value
                yield case(f"{value} for {table}.{column}", data, NOTICED)
        column = columns[0]
        less = f"(SELECT {column} FROM {table} LIMIT 1)"
        data = _changed(good, f"DELETE FROM {table} WHERE {column} IS {less}")
        yield case(f"fewer rows of {table}", data, NOTICED)


def _tables(good: Path) -> Iterator[Broken]:
    """A table that is gone, or has a column less; another kind of store."""
    for table in _names(good, "table"):
        yield case(f"no {table}", _changed(good, f"DROP TABLE {table}"), DAMAGED)
    for pragma in ("application_id=1", "user_version=999", "user_version=0"):
        yield case(pragma, _changed(good, f"PRAGMA {pragma}"), DAMAGED)


def _bytes(good: Path) -> Iterator[Broken]:
    """A file that is cut off, overwritten, or no store at all."""
    data = _changed(good)
    for size in (0, 1, 15, 16, 71, 72, 99, 100, 512, 4095, 4096, 8192, len(data) // 2):
        yield case(f"cut off after {size} bytes", data[:size], DAMAGED)
    for page in range(len(data) // 4096):
        start = page * 4096
        zeros = data[:start] + bytes(4096) + data[start + 4096 :]
        yield case(f"page {page + 1} empty", zeros, NOTICED)
        ones = data[:start] + b"\xff" * 64 + data[start + 64 :]
        yield case(f"page {page + 1} overwritten", ones, NOTICED)
    for what, other in (
        ("a text", b"id,kind,name\n" * 400),
        ("a picture", b"\x89PNG\r\n\x1a\n" + data[8:]),
        ("another database", b"SQLite format 3\x00" + bytes(5000)),
    ):
        yield case(what, other, DAMAGED)
