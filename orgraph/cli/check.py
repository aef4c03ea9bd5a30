"""The command that audits a store: check."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from .options import (
    FormatOption,
    LangOption,
    OnOption,
    StoreOption,
    StrictOption,
    answered,
    checked_format,
    console,
    day,
    language_of,
    print_json,
    read_or_not,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..engine.audit import Told
    from ..findings import Finding
    from ..stores import Store


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("check")(check)


def check(
    context: typer.Context,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    strict: StrictOption = False,
    lang: LangOption = None,
) -> None:
    """Audit the whole store: every rule, every count, every hash.

    Rules on taking and leaving posts (natives, terms, rotations) judge who takes or
    leaves one on the day itself (--on), not who has held one since before. What a plan
    waived when it was applied is shown, and is no fault.
    """
    from ..engine import audit
    from ..findings import ordered_findings
    from ..reports.text import of_audit
    from ..reports.text_findings import print_findings

    checked_format(form)
    language = language_of(context, lang)

    def ask(here: "Store") -> tuple["Finding", ...]:
        with _progress(form) as told:
            return ordered_findings(audit(here, day(on), told))

    found = answered(context, store, ask)
    bad = {"error", "warning"} if strict else {"error"}
    wrong = sum(f.severity in bad and not f.waived for f in found)
    with read_or_not():
        if form == "json":
            items = [finding.model_dump(mode="json") for finding in found]
            document = {"format": "orgraph.check/1", "ok": not wrong, "items": items}
            print_json(document)
        else:
            print_findings(found, console(), language=language)
            typer.echo(language.say(of_audit(wrong, len(found) - wrong)))
    raise typer.Exit(int(bool(wrong)))


@contextmanager
def _progress(form: str) -> "Iterator[Told]":
    """Show how far an audit is while a terminal is there; yields what is told so."""
    from ..engine.audit import nobody

    if form == "json" or not (sys.stderr.isatty() and sys.stdout.isatty()):
        yield nobody
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console(error=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda what, done, total: progress.update(
            task, description=what, completed=done, total=total
        )
