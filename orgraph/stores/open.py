"""Opens a store by its name: a file, or memory."""

from pathlib import Path

from ..errors import InputError
from ..pack import Pack, load_pack
from .base import Store
from .sqlite import SqliteStore


def open_store(name: str | Path) -> Store:
    """Open an existing store; StoreError where there is none."""
    _refuse_servers(str(name))
    return SqliteStore(name)


def create_store(name: str | Path, pack: Pack | str) -> Store:
    """Make a new store with a schema pack; StoreError where there is a file."""
    _refuse_servers(str(name))
    made = load_pack(pack) if isinstance(pack, str) else pack
    return SqliteStore(name, create=made)


def _refuse_servers(name: str) -> None:
    scheme, colon, _ = name.partition("://")
    if colon:
        message = f"{scheme}:// stores are not part of this version; name a file"
        raise InputError(message)
