"""Commands that make and fill a store: init, import."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from ..errors import StoreError
from .options import StoreOption, author, counted, day, store_name


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
        list[str],
        typer.Argument(metavar="FILE…", help="CSV tables, or an export in JSON."),
    ],
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
) -> None:
    """Import tables of nodes and edges, as one revision or not at all."""
    from ..importers import Options, load_tables
    from ..pack import load_pack
    from ..stores import create_store, open_store
    from ..stores.open import store_exists

    name, _ = store_name(context, store)
    options = Options(day(since) if since is not None else None, inclusive_end)
    fresh = not store_exists(name)
    if fresh and pack is None:
        message = f"{name}: the store does not exist; name its schema pack with --pack"
        raise StoreError(message)
    named = load_pack(pack) if pack is not None else None
    opened = create_store(name, named) if fresh and named else open_store(name)
    with _removed_on_failure(name if fresh else None), opened as here:
        if named is not None and here.pack.digest != named.digest:
            message = f"{name}: the store was made with another pack than {pack}"
            raise StoreError(message)
        loaded = load_tables(here, files, options, author())
    rows = sum(loaded.counts.values())
    typer.echo(f"{name}: revision {loaded.revision.number}, {counted(rows, 'row')}")
    typer.echo("  " + ", ".join(f"{n:,} {kind}" for kind, n in loaded.counts.items()))
    if loaded.known:
        typer.echo(f"  in the store already: {counted(loaded.known, 'row')}")


@contextmanager
def _removed_on_failure(name: str | None) -> Iterator[None]:
    """Leave no new store behind when what should fill it fails."""
    from ..stores.open import remove_store

    try:
        yield
    except BaseException:
        if name:
            remove_store(name)
        raise
