"""Workbooks for the import tests: written, read by a mapping, and refused."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from loading import LATER, empty
from openpyxl import Workbook

from orgraph.errors import InputError
from orgraph.importers import Options, load_tables, read_mapping
from orgraph.model import NodeRow, Span
from orgraph.stores import Store

TOWN = """\
[[tables]]
[[tables.nodes]]
kind = "municipality"
id = { column = "No", width = 3, prefix = "m-" }
name = { column = "Name" }
since = { column = "From" }
"""
HEAD = ("No", "Name", "From")


def book(path: Path, **sheets: Sequence[Sequence[Any]]) -> Workbook:
    """Write a workbook of these sheets, and return it to be changed."""
    made = Workbook()
    made.remove(made.active)
    for title, lines in sheets.items():
        sheet = made.create_sheet(title)
        for cells in lines:
            sheet.append(list(cells))
    made.save(path)
    return made


def load(
    folder: Path,
    lines: Sequence[Sequence[Any]],
    mapping: str | None = TOWN,
    store: Store | None = None,
    **options: Any,  # noqa: ANN401 - those of Options
) -> Store:
    """Load a sheet called S, by default into an empty store."""
    book(folder / "t.xlsx", S=lines)
    return load_file(folder, "t.xlsx", mapping, store, **options)


def load_file(
    folder: Path,
    name: str,
    mapping: str | None = TOWN,
    store: Store | None = None,
    **options: Any,  # noqa: ANN401 - those of Options
) -> Store:
    """Load a file by a mapping."""
    into = empty() if store is None else store
    mapped = None
    if mapping is not None:
        (folder / "map.toml").write_text(mapping, encoding="utf-8")
        mapped = read_mapping(folder / "map.toml")
    load_tables(into, [folder / name], Options(mapping=mapped, **options))
    return into


def towns(folder: Path, lines: Sequence[Sequence[Any]], mapping: str) -> list[NodeRow]:
    """Return the nodes that such a sheet makes."""
    store = load(folder, lines, mapping)
    return sorted(store.nodes(list(store.all_ids()), Span.always()))


def problems(
    folder: Path,
    lines: Sequence[Sequence[Any]] | None,
    mapping: str | None = TOWN,
    name: str = "t.xlsx",
    **options: Any,  # noqa: ANN401 - those of Options
) -> list[str]:
    """Return what is said of a sheet, or a file that is there; nothing is loaded."""
    store = empty()
    if lines is not None:
        book(folder / name, S=lines)
    with pytest.raises(InputError) as caught:
        load_file(folder, name, mapping, store, **options)
    assert (store.head(), list(store.all_ids())) == (0, [])
    found = [line.replace(f"{folder}/", "") for line in caught.value.problems]
    return [line for line in found if line != LATER]


def facts(row: NodeRow) -> Mapping[str, object]:
    """Return the facts of a node."""
    return dict(row.facts)
