"""The command that copies a store: copy."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .options import console, counted

if TYPE_CHECKING:
    from ..stores.copying import Told


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("copy")(copy)


def copy(
    source: Annotated[
        str, typer.Option("--from", metavar="FILE|URL", help="The store to copy.")
    ],
    target: Annotated[
        str,
        typer.Option(
            "--to", metavar="FILE|URL", help="Where to; made where there is none."
        ),
    ],
) -> None:
    """Copy a store to another place, a file or a server, with all its revisions.

    Each revision keeps its number and hash, which are checked on both ends. A copy that
    was broken off, or of which the original went on since, goes on where it stands.
    """
    from ..stores import create_store, open_store
    from ..stores.copying import copy_store
    from ..stores.open import same_store, store_exists

    if same_store(source, target):
        message = f"{target}: this is the store that is copied; name another"
        raise InputError(message)
    with open_store(source) as here:
        is_there = store_exists(target)
        made = open_store(target) if is_there else create_store(target, here.pack)
        with made as there, _progress() as told:
            copied = copy_store(here, there, told)
    new = counted(copied.now - copied.before, "revision")
    known = f"; {copied.before:,} were there" if copied.before else ""
    typer.echo(f"{target}: {new} copied{known}; every hash is right")


@contextmanager
def _progress() -> "Iterator[Told]":
    """Show a bar while a terminal is there to show it; yields what moves it."""
    from ..stores.copying import nobody

    if not sys.stderr.isatty():
        yield nobody
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("revisions"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console(error=True), transient=True) as progress:
        task = progress.add_task("")
        yield lambda done, total: progress.update(task, completed=done, total=total)
