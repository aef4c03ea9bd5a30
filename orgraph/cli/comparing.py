"""The command that sets proposals side by side: compare."""

from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from ..files import write_output
from .options import (
    FormatOption,
    LangOption,
    StoreOption,
    StrictOption,
    answered,
    checked_format,
    console,
    language_of,
    print_json,
    read_or_not,
    refuse_overwriting,
    store_name,
)

if TYPE_CHECKING:
    from ..proposal import Proposal

FEWEST = 2


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("compare")(compare)


def compare(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="PROPOSAL…", help="Or one -.")],
    store: StoreOption = None,
    form: FormatOption = "text",
    report: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Write it; the format by suffix."),
    ] = None,
    strict: StrictOption = False,
    lang: LangOption = None,
) -> None:
    """Set proposals side by side, all on one revision; writes nothing to the store.

    Units, people and sums before and after, findings, and how the units that any of
    them touches stand to the standards of the day. Exit code 1 if any is refused.
    """
    from ..reports.compare import compare_proposals
    from ..reports.compare_render import render_comparison, suffix_format

    checked_format(form)
    language = language_of(context, lang)
    if len(files) < FEWEST or len(set(files)) < len(files):
        message = "name two proposals or more, each once"
        raise InputError(message)
    formats = [(file, suffix_format(file)) for file in report or []]
    refuse_overwriting(report or [], store_name(context, store)[0], *files)
    given = _read(files)
    found = answered(
        context, store, lambda here: compare_proposals(here, given, strict=strict)
    )
    for file, wanted in formats:
        write_output(file, render_comparison(found, wanted, language))
    with read_or_not():
        if form == "json":
            print_json(found.to_plain())
        else:
            from ..reports.compare_text import print_comparison

            print_comparison(found, console(), language)
    raise typer.Exit(int(found.refused))


def _read(files: list[str]) -> "dict[str, Proposal]":
    """Read all proposals; InputError with everything that is wrong with any of them."""
    from ..proposal import read_proposal

    given, problems = dict[str, "Proposal"](), list[str]()
    for file in files:
        try:
            given[file] = read_proposal(file)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    return given
