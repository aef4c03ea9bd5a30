"""The command that applies a timeline of proposals: replay."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import OrgraphError
from ..files import made_folder, write_output
from ..language import Dated, joined, laid, say
from .options import (
    INTERRUPTED,
    FormatOption,
    LangOption,
    StoreOption,
    StrictOption,
    author,
    checked_format,
    console,
    counted,
    language_of,
    opened,
    print_json,
    read_or_not,
    tell,
)

if TYPE_CHECKING:
    from ..engine.replay import Planned, Summary
    from ..language import Language
    from ..plan import Plan
    from ..stores import Store

FORMAT = "orgraph.replay/1"
_LONGEST_SLUG = 60


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("replay")(replay)


def replay(
    context: typer.Context,
    timeline: Annotated[str, typer.Argument(metavar="TIMELINE.jsonl", help="Or -.")],
    store: StoreOption = None,
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going",
            help="Go on after a refused proposal; the next run tries it again.",
        ),
    ] = False,
    report_dir: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Write a JSON report of each proposal there."),
    ] = None,
    strict: StrictOption = False,
    form: FormatOption = "text",
    lang: LangOption = None,
) -> None:
    """Apply a timeline, a proposal a line in order of day; writes without asking.

    All lines are read before the first is applied. Run again after it was stopped, it
    goes on: lines that the store has applied are skipped.
    """
    from ..engine.replay import Planned, Summary, applied_lines
    from ..engine.replay import replay as events
    from ..proposal.timeline import opened_timeline

    checked_format(form)
    language = language_of(context, lang)
    with opened_timeline(timeline) as lines, opened(context, store) as here:
        entries = lines.entries()
        skipped = applied_lines(here, entries)
        if report_dir is not None:
            made_folder(report_dir)
        summary = Summary()
        todo = lines.proposals(skipped)
        stopped: BaseException | None = None
        try:
            with _progress(len(entries), len(skipped)) as advance:
                for event in events(
                    here, todo, author=author(), strict=strict, keep_going=keep_going
                ):
                    summary.add(event)
                    if isinstance(event, Planned):
                        advance(event)
                        if report_dir is not None:
                            _write_report(here, event.line, event.plan, report_dir)
        except (KeyboardInterrupt, OrgraphError) as error:
            stopped = error
        left = len(entries) - len(skipped) - len(summary.revisions)
        document = _document(summary, len(skipped), left - len(summary.refused))
        with read_or_not():
            _show(document, summary, form, language)
        if stopped is not None:
            sys.stderr.write(f"\n{_how_far(here, timeline, document)}\n")
            if isinstance(stopped, OrgraphError):
                raise stopped
            raise typer.Exit(INTERRUPTED)
    raise typer.Exit(int(bool(summary.refused)))


@contextmanager
def _progress(total: int, done: int) -> "Iterator[Callable[[Planned], None]]":
    """Show a bar while a terminal is there to show it; yields what moves it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console(error=True), transient=True) as progress:
        task = progress.add_task("", total=total, completed=done)

        def advance(event: "Planned") -> None:
            day = event.plan.effective.isoformat()
            progress.update(task, advance=1, description=day)

        yield advance


def _write_report(store: "Store", line: int, plan: "Plan", folder: str) -> None:
    from ..draft.reading import whole
    from ..model import slug
    from ..reports import build_report, render

    named = slug(plan.title)[:_LONGEST_SLUG].strip("-")
    name = f"{line:04}-{plan.effective.isoformat()}-{named}.json"
    built = whole(store, lambda: build_report(plan, store))
    write_output(Path(folder) / name, render(built, "json"))


def _document(summary: "Summary", skipped: int, left: int) -> dict[str, Any]:
    refused = [
        {
            "line": event.line,
            "findings": [f.model_dump(mode="json") for f in event.plan.findings],
        }
        for event in summary.refused
    ]
    return {
        "format": FORMAT,
        "applied": len(summary.revisions),
        "skipped": skipped,
        "not_tried": left,
        "revisions": summary.revisions,
        "refused": refused,
        "summary": summary.to_plain(),
    }


def _show(
    document: dict[str, Any], summary: "Summary", form: str, language: "Language"
) -> None:
    """Print what was done: as JSON, or as a table by day and operation."""
    if form == "json":
        print_json(document)
        return
    from ..reports.text_findings import print_findings

    days = document["summary"]
    if days:
        heading = (say("effective"), say("operation"))
        numbers = (say("proposals"), say("steps"), say("changes"))
        tell(language, _row(*heading, *numbers))
    for day in days:
        counts = (
            laid("{n:,}", n=day[name]) for name in ("proposals", "steps", "changes")
        )
        tell(language, _row(Dated(day["effective"]), "", *counts))
        for operation, steps in day["operations"].items():
            tell(language, laid(f"{'':<12}{operation:<16} {'':>9}{{n:>10,}}", n=steps))
    for event in summary.refused:
        line, title = event.line, event.plan.title
        tell(language, "", say("line {line}: {title}: refused", line=line, title=title))
        print_findings(event.plan.findings, console(), language=language)
    left, refused = document["not_tried"], len(document["refused"])
    said = [say("{n:,} applied", n=document["applied"])]
    if document["skipped"]:
        said.append(say("{n:,} skipped, which the store has", n=document["skipped"]))
    if refused:
        said.append(say("{n:,} refused", n=refused))
    if left:
        said.append(say("{n:,} not tried", n=left))
    tell(language, joined(said))


def _row(*cells: str) -> str:
    day, operation, *numbers = cells
    named = {f"n{place}": number for place, number in enumerate(numbers)}
    columns = "".join(f"{{{name}:>10}}" for name in named)
    line = f"{{day:<11}} {{operation:<16}}{columns}"
    return laid(line, day=day, operation=operation, **named)


def _how_far(store: "Store", timeline: str, document: dict[str, Any]) -> str:
    applied = counted(document["applied"], "proposal")
    return (
        f"Stopped: {applied} of {timeline} applied, and the store is at revision "
        f"{store.head()}; run it again to go on."
    )
