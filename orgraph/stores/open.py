"""Opens a store by its name: a file, or a URL of a Neo4j server."""

from pathlib import Path

from ..errors import StoreError
from ..files import is_there
from ..pack import Pack, load_pack
from .base import Store
from .sqlite import SqliteStore

_SERVERS = ("bolt:", "bolt+", "neo4j:", "neo4j+")


def is_url(name: str | Path) -> bool:
    """Tell whether a name is that of a store on a server, rightly written or not."""
    return "://" in str(name) or str(name).startswith(_SERVERS)


def open_store(name: str | Path) -> Store:
    """Open an existing store; StoreError where there is none.

    >>> orgraph.create("acme.db", ".").close()
    >>> with orgraph.open("acme.db") as here:
    ...     here.head()
    0
    """
    if is_url(name):
        from .neo4j_store import Neo4jStore

        return Neo4jStore(str(name))
    return SqliteStore(name)


def create_store(
    name: str | Path, pack: Pack | str, *, into_existing: bool = False
) -> Store:
    """Make a new store with a schema pack; StoreError where there is one, or a file.

    A graph on a server that holds other data is refused, unless `into_existing`.

    >>> with orgraph.create("acme.db", ".") as new:
    ...     print(new.pack.title)
    A company: divisions, teams, positions, people and offices
    """
    made = load_pack(pack) if isinstance(pack, str) else pack
    if is_url(name):
        from .neo4j_store import Neo4jStore

        return Neo4jStore(str(name), create=made, into_existing=into_existing)
    return SqliteStore(name, create=made)


def store_exists(name: str | Path) -> bool:
    """Tell whether there is a store, or a file, of this name."""
    if is_url(name):
        from .neo4j_open import store_is_there

        return store_is_there(str(name))
    return is_there(name, StoreError)


def same_store(one: str, other: str) -> bool:
    """Tell whether two names are those of one store, as far as names say."""
    if is_url(one) or is_url(other):
        return one == other
    return Path(one).resolve() == Path(other).resolve()
