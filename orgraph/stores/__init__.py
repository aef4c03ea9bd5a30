"""The stores: one protocol, an embedded SQLite file and plain memory."""

from .base import Store
from .memory import MemoryStore
from .open import create_store, open_store
from .sqlite import SqliteStore

__all__ = ["MemoryStore", "SqliteStore", "Store", "create_store", "open_store"]
