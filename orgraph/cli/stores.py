"""Commands that make and fill a store: init, import."""

from pathlib import Path
from typing import Annotated

import typer

from ..errors import InputError, StoreError
from .options import StoreOption, author, day, store_name

MOST_PROBLEMS = 50


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("init")(init)
    app.command("import")(import_)


def init(
    context: typer.Context,
    pack: Annotated[str, typer.Option(help="The schema pack: a name or a folder.")],
    store: StoreOption = None,
) -> None:
    """Make a new, empty store with a schema pack."""
    from ..stores import create_store

    name, _ = store_name(context, store)
    with create_store(name, pack) as made:
        typer.echo(f"{name}: a new store with the pack {made.pack.name}")


def import_(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="CSV tables.")],
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
    from ..stores import Store, create_store, open_store

    name, _ = store_name(context, store)
    options = Options(day(since) if since else None, inclusive_end)
    fresh = not Path(name).exists()
    if fresh and pack is None:
        message = f"{name}: the store does not exist; name its schema pack with --pack"
        raise StoreError(message)
    opened: Store = create_store(name, pack or "") if fresh else open_store(name)
    good = False
    try:
        with opened:
            if pack is not None and opened.pack.name != Path(pack).name:
                message = (
                    f"{name}: the store has the pack {opened.pack.name}, not {pack}"
                )
                raise StoreError(message)
            loaded = load_tables(opened, files, options, author())
            good = True
    except InputError as error:
        raise InputError(*_listed(list(error.problems))) from None
    finally:
        if fresh and not good:
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
    rows = sum(loaded.counts.values())
    typer.echo(f"{name}: revision {loaded.revision.number}, {rows:,} rows")
    typer.echo("  " + ", ".join(f"{n:,} {kind}" for kind, n in loaded.counts.items()))
    if loaded.known:
        typer.echo(f"  {loaded.known:,} rows were in the store already")


def _listed(problems: list[str]) -> list[str]:
    more = len(problems) - MOST_PROBLEMS
    if more > 0:
        return [*problems[:MOST_PROBLEMS], f"… {more} more problems"]
    return problems
