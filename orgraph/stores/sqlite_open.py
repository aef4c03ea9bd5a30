"""Makes and opens the file of a SQLite store, and knows one when it sees it."""

import json
import sqlite3
from pathlib import Path
from urllib.parse import quote

from ..errors import StoreError
from ..files import is_there, reason
from ..pack import OtherVersionError, Pack, stored_pack
from . import sqlite_schema as sql

WAIT_SECONDS = 5.0
_HEADER = 72


def connect(path: str) -> sqlite3.Connection:
    """Open an existing store; for reading alone where it can't be written."""
    if not is_there(path, StoreError) or Path(path).is_dir():
        what = "is a folder" if Path(path).is_dir() else "does not exist"
        message = f"{path}: the store {what}; make one with orgraph init or import"
        raise StoreError(message)
    _check_header(path)
    last: sqlite3.Error | None = None
    for mode in ("mode=rw", "mode=ro", "mode=ro&immutable=1"):
        db = _open(path, mode)
        try:
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA cache_size=-65536")
            db.execute(sql.HEAD)
        except sqlite3.OperationalError as error:
            db.close()
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
            last = error
            continue
        except sqlite3.Error:
            db.close()
            raise
        return db
    raise last or sqlite3.OperationalError("the store can't be opened")


def _open(path: str, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(str(Path(path).absolute()))}?{mode}"
    return sqlite3.connect(
        uri,
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _check_header(path: str) -> None:
    """Refuse a file that isn't a store of this format before SQLite touches it."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEADER)
    except OSError as error:
        message = f"{path}: {reason(error)}"
        raise StoreError(message) from None
    application = int.from_bytes(head[68:72], "big")
    if head[:16] != b"SQLite format 3\x00" or application != sql.APPLICATION_ID:
        message = f"{path}: this file is not an orgraph store"
        raise StoreError(message)
    version = int.from_bytes(head[60:64], "big")
    if version != sql.FORMAT_VERSION:
        message = (
            f"{path}: the store has format {version} and this orgraph reads "
            f"{sql.FORMAT_VERSION}; open it with the orgraph that made it"
        )
        raise StoreError(message)


def make(path: str, pack: Pack) -> None:
    """Make an empty store with a schema pack; an existing file is refused."""
    if is_there(path, StoreError):
        message = f"{path}: there is a file already; nothing was written"
        raise StoreError(message)
    if not Path(path).absolute().parent.is_dir():
        message = f"{path}: the folder does not exist"
        raise StoreError(message)
    try:
        _make(path, pack)
    except BaseException:
        remove_files(path)
        raise


def remove_files(path: str) -> None:
    """Remove a store's file, and what SQLite puts beside it while it is open."""
    for suffix in ("", "-wal", "-shm"):
        Path(path + suffix).unlink(missing_ok=True)


def _make(path: str, pack: Pack) -> None:
    try:
        Path(path).open("xb").close()  # SQLite says of no failure what it was
    except OSError as error:
        cure = "name a file in a folder where you may write (--store FILE)"
        message = f"{path}: the store can't be made here: {reason(error)}; {cure}"
        raise StoreError(message) from None
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


def read_pack(db: sqlite3.Connection, path: str) -> Pack:
    """Return the pack of a store; StoreError where it is of a version not read here."""
    last = db.execute(sql.LAST_PACK).fetchone()
    try:
        return stored_pack(json.loads(read_meta(db, "pack")), last and last[0])
    except OtherVersionError as error:
        message = f"{path}: {error}"
        raise StoreError(message) from error


def read_meta(db: sqlite3.Connection, key: str) -> str:
    """Return what a new store was told once."""
    row = db.execute(sql.META, {"key": key}).fetchone()
    if row is None:
        message = f"it doesn't say its {key}"
        raise ValueError(message)
    return str(row[0])
