"""What commands share: the store, the formats, and how they print."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TextIO, TypeVar

import typer

from ..errors import InputError
from ..files import is_there
from ..language import say

if TYPE_CHECKING:
    from rich.console import Console

    from ..language import Language
    from ..pack import Pack
    from ..stores import Store

T = TypeVar("T")

DEFAULT_STORE = "orgraph.db"
STORE_VARIABLE = "ORGRAPH_STORE"
LANGUAGE_VARIABLE = "ORGRAPH_LANG"
SIDE_FILES = ("-wal", "-shm")
INTERRUPTED = 130
"""The exit code of a command that was stopped by Ctrl-C, as shells have it."""

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="FILE|URL", help="The store to work on."),
]
FormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json", help="How to print.")
]
LangOption = Annotated[
    str | None,
    typer.Option("--lang", metavar="en|vi", help="The language of what is shown."),
]
OnOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day asked about; default today."),
]
AnyDayOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day asked about; default all."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Let warnings refuse too (exit 1).")
]
NamesOption = Annotated[
    bool,
    typer.Option("--names", help="Show people's names and codes, which are masked."),
]
PackOption = Annotated[
    str | None, typer.Option(help="The schema pack, where there is no store.")
]


class Shared(NamedTuple):
    """What stood before the command."""

    store: str | None
    lang: str | None = None


def language_of(context: typer.Context, option: str | None) -> "Language":
    """Return the language asked for; InputError where there is none such."""
    from ..language import DEFAULT, language

    shared = context.obj.lang if isinstance(context.obj, Shared) else None
    named = shared if option is None else option
    if named is None:
        named = os.environ.get(LANGUAGE_VARIABLE) or DEFAULT
    return language(named)


def tell(language: "Language", *lines: str) -> None:
    """Print lines as they are said in a language."""
    for line in lines:
        typer.echo(language.say(line))


def store_name(context: typer.Context, option: str | None) -> tuple[str, bool]:
    """Return the store's name, and whether the user named it."""
    shared = context.obj.store if isinstance(context.obj, Shared) else None
    named = option or shared or os.environ.get(STORE_VARIABLE)
    return named or DEFAULT_STORE, bool(named)


@contextmanager
def opened(context: typer.Context, option: str | None) -> "Iterator[Store]":
    """Open the store that a command works on."""
    from ..stores import open_store

    with open_store(store_name(context, option)[0]) as store:
        yield store


def answered(
    context: typer.Context, option: str | None, ask: "Callable[[Store], T]"
) -> T:
    """Ask a store inside one snapshot, and again where another revision came between.

    What it asks prints nothing and reads no input.
    """
    from ..draft.reading import whole

    with opened(context, option) as here:
        return whole(here, lambda: ask(here))


def chosen_pack(
    context: typer.Context, store: str | None, pack: str | None
) -> "Pack | None":
    """Return the pack named, or the store's; None where there is neither."""
    from ..pack import load_pack
    from ..stores import open_store

    if pack is not None:
        return load_pack(pack)
    name, named = store_name(context, store)
    if not named and not is_there(name):
        return None
    with open_store(name) as here:
        return here.pack


def day(text: str | None) -> date:
    """Return the day of --on; by default today, the one place where that is asked."""
    if text is None:
        return date.today()  # noqa: DTZ011 - the user's day, on the user's clock
    from ..model import parse_day

    try:
        return parse_day(text)
    except ValueError as error:
        raise InputError(str(error)) from None


def console(*, error: bool = False) -> "Console":
    """Return a console: escapes only on a terminal, and never with NO_COLOR."""
    from ..reports.text import PipedConsole

    width = None if sys.stdout.isatty() else 100
    # Without colours rich would still write what is bold.
    if os.environ.get("NO_COLOR"):
        return PipedConsole(stderr=error, width=width, emoji=False, color_system=None)
    return PipedConsole(stderr=error, width=width, emoji=False)


def print_json(document: dict[str, Any]) -> None:
    """Print a JSON document."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def read_or_not() -> Iterator[None]:
    """Print what leads to an exit code; the code stands though nobody reads on.

    What a question prints needs none of this: `run` ends it where its reader leaves.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        forget_unread()


def forget_unread() -> None:
    """Let what is still printed go nowhere, where whoever read it has gone."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            forget(stream)


def forget(stream: TextIO) -> None:
    """Let what is still written to a stream go nowhere, so that Python ends quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def checked_format(name: str, *formats: str) -> str:
    """Return a format; InputError with one sentence where it isn't there yet."""
    from ..reports import known_format

    return known_format(name, formats or ("text", "json"))


def author() -> str:
    """Return who commits, as the system knows them."""
    import getpass

    try:
        return os.environ.get("ORGRAPH_AUTHOR") or getpass.getuser()
    except (KeyError, OSError):
        return ""


def confirmed(question: str, *, yes: bool, language: "Language") -> None:
    """Ask before writing; without a terminal and without --yes, refuse."""
    if yes:
        return
    if not sys.stdin.isatty():
        message = "nobody can be asked here; add --yes to write without asking"
        raise InputError(message)
    if not typer.confirm(language.say(question)):
        tell(language, say("Nothing was written."))
        raise typer.Exit(1)


def refuse_overwriting(targets: list[str], *sources: str) -> None:
    """Refuse to write a report or plan over the store or the proposal."""
    if len({Path(target).resolve() for target in targets}) < len(targets):
        message = "two outputs would be written to one file"
        raise InputError(message)
    kept = {Path(f"{s}{tail}").resolve() for s in sources for tail in ("", *SIDE_FILES)}
    for target in targets:
        if Path(target).resolve() in kept:
            message = f"{target}: this is the store or the proposal; write elsewhere"
            raise InputError(message)


def counted(number: int, what: str) -> str:
    """Return "1 row" or "2 rows"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
