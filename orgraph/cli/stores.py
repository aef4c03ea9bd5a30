"""Commands that make and fill a store: init, import."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError, StoreError
from ..files import is_there, opened_output
from .filling import discarded_on_failure
from .options import (
    StoreOption,
    author,
    chosen_pack,
    console,
    counted,
    day,
    store_name,
)

if TYPE_CHECKING:
    from ..importers import Told


WITHOUT = "without --pack the store's own is used"


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("init")(init)
    app.command("import")(import_)


def init(
    context: typer.Context,
    pack: Annotated[str, typer.Option(help="The schema pack: a name or a folder.")],
    store: StoreOption = None,
    into_existing: Annotated[
        bool,
        typer.Option(
            "--into-existing",
            help="Beside the data of others in a graph, which are left alone.",
        ),
    ] = False,
) -> None:
    """Make a new, empty store with a schema pack: a file, or a graph on a server.

    A server is named as neo4j://host, neo4j+s://host, bolt://host or bolt+s://host,
    with ?database=NAME where it has several. User and password stand in NEO4J_USERNAME
    and NEO4J_PASSWORD; without a password it is asked for.
    """
    from ..stores import create_store

    name, _ = store_name(context, store)
    with create_store(name, pack, into_existing=into_existing) as made:
        typer.echo(f"{name}: a new store with the pack {made.pack.name}")


def import_(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE…", help="Tables in CSV or XLSX, or an export in JSON."
        ),
    ] = None,
    store: StoreOption = None,
    pack: Annotated[
        str | None,
        typer.Option(help="The schema pack of a store that isn't there yet."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The first day of rows that name none."),
    ] = None,
    inclusive_end: Annotated[
        bool, typer.Option("--inclusive-end", help="`until` is the last day itself.")
    ] = False,
    mapping: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What the tables' own columns are (TOML)."),
    ] = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option(metavar="SHEET", help="Of workbooks this sheet; may be repeated."),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            metavar="OUT.xlsx", help="Write an empty workbook to fill in, and no more."
        ),
    ] = None,
) -> None:
    """Import tables of nodes and edges, as one revision or not at all."""
    from ..importers import Options, load_tables, read_mapping
    from ..pack import load_pack, other_pack
    from ..stores import create_store, open_store
    from ..stores.open import store_exists

    name, _ = store_name(context, store)
    if template is not None:
        _write_template(context, template, files, store, pack)
        return
    if not files:
        message = "there is no FILE; name the tables to import"
        raise InputError(message)
    options = Options(
        day(since) if since is not None else None,
        inclusive_end,
        read_mapping(mapping) if mapping is not None else None,
        tuple(sheet or ()),
    )
    fresh = not store_exists(name)
    if fresh and pack is None:
        message = f"{name}: the store does not exist; name its schema pack with --pack"
        raise StoreError(message)
    named = load_pack(pack) if pack is not None else None
    opened = create_store(name, named) if fresh and named else open_store(name)
    with opened as here, discarded_on_failure(here if fresh else None):
        if named is not None and here.pack.digest != named.digest:
            message = f"{name}: {other_pack(here.pack, named)}; {WITHOUT}"
            raise StoreError(message)
        with _progress() as told:
            loaded = load_tables(here, files, options, author(), told)
    number, rows = loaded.revision.number, sum(loaded.counts.values())
    if rows:
        typer.echo(f"{name}: revision {number}, {counted(rows, 'row')}")
        counts = (f"{n:,} {kind}" for kind, n in loaded.counts.items())
        typer.echo(f"  {', '.join(counts)}")
    else:
        typer.echo(f"{name}: nothing new; the store stays at revision {number}")
    for note in loaded.notes:
        typer.echo(f"  {note}")
    if loaded.joined:
        said = counted(loaded.joined, "row")
        typer.echo(f"  joined to a row that touches it and says the same: {said}")
    if loaded.known:
        typer.echo(f"  in the store already: {counted(loaded.known, 'row')}")


def _write_template(
    context: typer.Context,
    name: str,
    files: list[str] | None,
    store: str | None,
    pack: str | None,
) -> None:
    """Write an empty workbook for a pack; one that is there may be filled in."""
    from ..importers import empty_workbook, is_workbook

    if files:
        message = (
            "--template writes a workbook and imports nothing; leave out the files"
        )
        raise InputError(message)
    if not is_workbook(name):
        message = f"{name}: a template is a workbook; call it .xlsx"
        raise InputError(message)
    if is_there(name):
        message = f"{name}: this is there already, and may be filled in; name another"
        raise InputError(message)
    given = chosen_pack(context, store, pack)
    if given is None:
        message = "a template needs a schema pack; name one with --pack, or a store"
        raise InputError(message)
    with opened_output(name) as file:
        file.write(empty_workbook(given))
    typer.echo(f"{name}: an empty workbook for the pack {given.name}")


@contextmanager
def _progress() -> "Iterator[Told]":
    """Show how many rows were read while a terminal is there; yields what is told."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.completed:,} rows"), BarColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console(error=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda more: progress.update(task, advance=more)
