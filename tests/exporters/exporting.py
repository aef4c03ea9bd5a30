"""What the export tests share: a store exported, and what its files import as."""

from io import BytesIO
from pathlib import Path

from orgraph.exporters import (
    Extract,
    write_document,
    write_tables,
    write_workbook,
)
from orgraph.files import opened_output
from orgraph.importers import blanks, load_tables
from orgraph.model import Key, Row
from orgraph.stores import MemoryStore, Store

FORMS = ("csv", "json", "xlsx")


def exported(extract: Extract, form: str, folder: Path) -> list[Path]:
    """Write an extract into a folder and return its files, as an import takes them."""
    if form == "csv":
        write_tables(extract, folder)
        return [folder / "nodes.csv", folder / "edges.csv"]
    if form == "xlsx":
        with opened_output(folder / "all.xlsx") as file:
            write_workbook(extract, blanks(extract.pack), file)
        return [folder / "all.xlsx"]
    with (folder / "all.json").open("wb") as file:
        write_document(extract, file)
    return [folder / "all.json"]


def copied(store: Store, form: str, folder: Path) -> Store:
    """Return a new store that holds what the export of a store says."""
    files = exported(Extract(store, names=True), form, folder)
    copy = MemoryStore(store.pack)
    load_tables(copy, files)
    return copy


def document(extract: Extract) -> str:
    """Return an extract as JSON text."""
    file = BytesIO()
    write_document(extract, file)
    return file.getvalue().decode()


def every_row(store: Store) -> dict[Key, Row]:
    """Return all rows of a store in memory, asked of nobody but itself."""
    assert isinstance(store, MemoryStore)
    return {row.key: row._replace(rev=0) for row in store._rows()}
