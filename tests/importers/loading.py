"""What the import tests share: tables written, loaded into memory, and refused."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from orgraph.errors import InputError
from orgraph.importers import Loaded, Options, load_tables
from orgraph.pack import load_pack
from orgraph.stores import MemoryStore, Store

NODES = """\
id,kind,name,since
s,state,Land,2000-01-01
d,district,North,2000-01-01
e,district,South,2000-01-01
m,municipality,Ash,2000-01-01
b,body,Council,2000-01-01
c,body,Board,2000-01-01
f,body,Desk,2000-01-01
p,post,Chair,2000-01-01
x,person,Jane,2000-01-01
"""
EDGES = "kind,source,target,since,until\nPART_OF,m,d,2000-01-01,\n"
LATER = "the structure is checked once these are cured"


def empty() -> Store:
    """Return an empty store with the neutral pack."""
    return MemoryStore(load_pack("territory"))


def written(folder: Path, *tables: str | bytes) -> list[Path]:
    """Write tables as a.csv, b.csv … and return their paths."""
    paths = []
    for name, table in zip("abcdef", tables, strict=False):
        path = folder / f"{name}.csv"
        path.write_bytes(table.encode() if isinstance(table, str) else table)
        paths.append(path)
    return paths


def load(
    folder: Path,
    *tables: str | bytes,
    store: Store | None = None,
    options: Options | None = None,
) -> tuple[Store, Loaded]:
    """Load tables into a store, by default a new one."""
    into = empty() if store is None else store
    return into, load_tables(into, written(folder, *tables), options)


def refused(
    folder: Path,
    *tables: str | bytes,
    store: Store | None = None,
    options: Options | None = None,
) -> Sequence[str]:
    """Return what is said of tables that can't be loaded; the store is as before.

    That the structure will be checked later, which is said last, is left out.
    """
    into = empty() if store is None else store
    head, ids = into.head(), list(into.all_ids())
    with pytest.raises(InputError) as caught:
        load_tables(into, written(folder, *tables), options)
    assert (into.head(), list(into.all_ids())) == (head, ids)
    found = [problem.replace(f"{folder}/", "") for problem in caught.value.problems]
    assert LATER not in found[:-1]
    return [problem for problem in found if problem != LATER]


def said(found: Sequence[str], place: str, *words: str) -> None:
    """Check that one problem was found, at a place, and that it says these words."""
    assert len(found) == 1, found
    assert found[0].startswith(f"{place}: "), found[0]
    for word in words:
        assert word in found[0], found[0]
