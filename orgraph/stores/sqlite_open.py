"""Makes and opens the file of a SQLite store, and knows one when it sees it."""

import json
import sqlite3
from pathlib import Path
from urllib.parse import quote

from ..errors import StoreError
from ..pack import Pack
from . import sqlite_schema as sql

WAIT_SECONDS = 5.0


def connect(path: str) -> sqlite3.Connection:
    """Open an existing store; for reading alone where it can't be written."""
    if not Path(path).is_file():
        what = "is a folder" if Path(path).is_dir() else "does not exist"
        message = f"{path}: the store {what}; make one with orgraph init or import"
        raise StoreError(message)
    _check_header(path)
    last: sqlite3.Error | None = None
    for mode in ("mode=rw", "mode=ro", "mode=ro&immutable=1"):
        try:
            db = _open(path, mode)
            _check(db, path)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise
            last = error
            continue
        return db
    raise last or sqlite3.OperationalError("the store can't be opened")


def _open(path: str, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(str(Path(path).absolute()))}?{mode}"
    db = sqlite3.connect(
        uri,
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA cache_size=-65536")
    return db


def _check_header(path: str) -> None:
    """Refuse a file that is no SQLite database before SQLite touches it."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(16)
    except OSError as error:
        message = f"{path}: {(error.strerror or 'can not be read').lower()}"
        raise StoreError(message) from None
    if head != b"SQLite format 3\x00":
        message = f"{path}: this file is not an orgraph store"
        raise StoreError(message)


def _check(db: sqlite3.Connection, path: str) -> None:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if application != sql.APPLICATION_ID:
        message = f"{path}: this file is not an orgraph store"
        raise StoreError(message)
    if version != sql.FORMAT_VERSION:
        message = (
            f"{path}: the store has format {version} and this orgraph reads "
            f"{sql.FORMAT_VERSION}; open it with the orgraph that made it"
        )
        raise StoreError(message)


def make(path: str, pack: Pack) -> None:
    """Make an empty store with a schema pack; an existing file is refused."""
    if Path(path).exists():
        message = f"{path}: there is a file already; nothing was written"
        raise StoreError(message)
    if not Path(path).absolute().parent.is_dir():
        message = f"{path}: the folder does not exist"
        raise StoreError(message)
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("BEGIN")
        for statement in (sql.TABLES + sql.INDEXES).split(";"):
            db.execute(statement)
        db.execute(sql.PUT_META, ("pack", json.dumps(pack.data, ensure_ascii=False)))
        db.execute(f"PRAGMA application_id={sql.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version={sql.FORMAT_VERSION}")
        db.execute("COMMIT")
    finally:
        db.close()


def read_meta(db: sqlite3.Connection, key: str) -> str:
    """Return what a new store was told once."""
    row = db.execute(sql.META, {"key": key}).fetchone()
    if row is None:
        message = f"the store doesn't say its {key}"
        raise StoreError(message)
    return str(row[0])
