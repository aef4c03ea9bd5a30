"""The command that writes a store's rows as files for others: export."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from ..files import is_there, opened_output
from .options import (
    AnyDayOption,
    NamesOption,
    StoreOption,
    answered,
    counted,
    day,
    opened,
    refuse_overwriting,
    store_name,
)

if TYPE_CHECKING:
    from ..exporters import Extract
    from ..stores import Store

FORMATS = ("csv", "xlsx", "json", "graphml")


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("export")(export)


def export(
    context: typer.Context,
    to: Annotated[
        str, typer.Option("--to", metavar="|".join(FORMATS), help="The form.")
    ],
    store: StoreOption = None,
    root: Annotated[
        str | None,
        typer.Option(metavar="NODE", help="Only this node and all that depends on it."),
    ] = None,
    on: AnyDayOption = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="PATH", help="A file, or - ; for csv a folder."
        ),
    ] = "-",
    names: NamesOption = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a workbook that is there.")
    ] = False,
) -> None:
    """Export a region or all, on a day or all days; import reads it again.

    It does so as csv, xlsx or json; of all, on all days, it makes an equal store. What
    people of a region or a day belonged to elsewhere or before comes along, and is
    counted.

    A workbook has the sheets and columns of `orgraph import --template`.
    """
    from ..exporters import Extract, write_document, write_graphml, write_tables
    from ..exporters.tables import EDGES, NODES
    from ..queries import name_node

    _check(to, output, force=force)
    outputs = [str(Path(output) / name) for name in (NODES, EDGES)]
    targets = outputs if to == "csv" else [] if output == "-" else [output]
    refuse_overwriting(targets, store_name(context, store)[0])
    when = day(on) if on is not None else None

    def written(here: "Store") -> "Extract":
        below = name_node(here, root, when or day(None)) if root else None
        importable = to != "graphml"
        extract = Extract(here, root=below, on=when, names=names, importable=importable)
        if to == "csv":
            write_tables(extract, output)
        elif to == "xlsx":
            _write_workbook(extract, output)
        else:
            write = write_document if to == "json" else write_graphml
            # Bytes, so that it is UTF-8 whatever the terminal's encoding.
            target = nullcontext(sys.stdout.buffer) if output == "-" else None
            with target or opened_output(output) as file:
                write(extract, file)
        return extract

    if output == "-" and to != "csv":
        # What has been printed can't be taken back: disturbed, it fails.
        with opened(context, store) as here, here.snapshot():
            extract = written(here)
    else:
        extract = answered(context, store, written)
    _say_what_is_left_out(extract.masked, extract.left_out)
    if extract.came_along:
        kinds = extract.pack.nodes
        what = sorted(extract.came_along.items())
        said = ", ".join(kinds[kind].counted(number) for kind, number in what)
        typer.echo(
            f"came along, since people belonged there elsewhere or before: {said}",
            err=True,
        )


def _write_workbook(extract: "Extract", output: str) -> None:
    """Write a workbook, and say where an import of it would read something else."""
    from ..exporters import write_workbook
    from ..importers import LARGEST_UNPACKED, MOST_CELLS, blanks

    with opened_output(output) as file:
        written = write_workbook(extract, blanks(extract.pack), file)
    if written.spaced:
        what = counted(written.spaced, "text")
        typer.echo(
            f"spaces beside each other in {what}: an import reads them as one", err=True
        )
    if written.cells > MOST_CELLS or written.unpacked > LARGEST_UNPACKED:
        typer.echo(
            "larger than a workbook that an import reads; for that, export to "
            "csv, or a region with --root",
            err=True,
        )


def _check(to: str, output: str, *, force: bool) -> None:
    """Refuse a form that there isn't, and a place where it can't be written."""
    if to not in FORMATS:
        message = f"there is no export to {to or '(none)'}; choose {', '.join(FORMATS)}"
        raise InputError(message)
    if to == "csv" and output == "-":
        message = "csv is two tables, nodes and edges; name a folder for them with -o"
        raise InputError(message)
    if to == "xlsx" and not output.lower().endswith(".xlsx"):
        message = f"{output}: a workbook is a file; name one with -o OUT.xlsx"
        raise InputError(message)
    if to == "xlsx" and not force and is_there(output):
        message = (
            f"{output}: this is there already; name another, or replace it (--force)"
        )
        raise InputError(message)


def _say_what_is_left_out(masked: int, left_out: dict[str, int]) -> None:
    if masked:
        one, some = "1 person's name or code", f"{masked:,} people's names or codes"
        what = one if masked == 1 else some
        typer.echo(f"left out: {what}; --names exports them", err=True)
    if left_out:
        kinds = ", ".join(f"{n:,} {kind}" for kind, n in sorted(left_out.items()))
        typer.echo(f"left out, since an end is not in the export: {kinds}", err=True)
