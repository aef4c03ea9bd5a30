"""Commands that write revisions: apply, undo; and the list of them: history."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import (
    FormatOption,
    StoreOption,
    YesOption,
    author,
    checked_format,
    confirmed,
    console,
    day,
    opened,
    print_json,
)
from .proposals import read

if TYPE_CHECKING:
    from ..plan import Plan
    from ..stores import Store

PLAN_MARK = b"orgraph.plan/"
_HEAD = 4096


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("apply")(apply)
    app.command("undo")(undo)
    app.command("history")(history)


def apply(
    context: typer.Context,
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL|PLAN", help="Or -.")],
    store: StoreOption = None,
    yes: YesOption = False,
) -> None:
    """Apply a proposal, or a plan that simulate wrote; shows it and asks."""
    with opened(context, store) as here:
        plan = _read_plan(proposal)
        if plan is None:
            plan = here.plan(read(proposal))
        _show_and_commit(here, plan, "Apply this?", yes=yes)


def _read_plan(name: str) -> "Plan | None":
    """Return the plan in a file; None where the file holds something else."""
    if not name.endswith(".json") or not Path(name).is_file():
        return None
    data = Path(name).read_bytes()
    if PLAN_MARK not in data:
        return None
    from ..errors import InputError
    from ..plan import Plan

    try:
        return Plan.from_json(data.decode())
    except (InputError, UnicodeDecodeError) as error:
        message = f"{name}: {error}"
        raise InputError(message) from None


def _show_and_commit(store: "Store", plan: "Plan", question: str, *, yes: bool) -> None:
    from ..reports import build_report
    from ..reports.text import print_report

    out = console()
    if plan.base == store.head():
        print_report(build_report(plan, store), out)
    else:
        out.print(
            f"{plan.title}: planned on revision {plan.base}, the store is at "
            f"{store.head()}; it is planned again.",
            highlight=False,
            markup=False,
        )
    if plan.refused:
        raise typer.Exit(1)
    confirmed(question, yes=yes)
    revision = store.commit(plan, author())
    typer.echo(f"revision {revision.number} ({revision.rows:,} rows) {revision.hash}")


def undo(
    context: typer.Context,
    revision: Annotated[
        int | None, typer.Argument(metavar="REVISION", help="By default the last.")
    ] = None,
    store: StoreOption = None,
    yes: YesOption = False,
) -> None:
    """Take a revision back, as a new revision; shows what it takes back and asks."""
    from ..engine import undo_proposal

    with opened(context, store) as here:
        plan = here.plan(undo_proposal(here, revision))
        _show_and_commit(here, plan, "Take this back?", yes=yes)


def history(
    context: typer.Context,
    node: Annotated[
        str | None, typer.Argument(metavar="NODE", help="Only what touched it.")
    ] = None,
    store: StoreOption = None,
    form: FormatOption = "text",
    limit: Annotated[int, typer.Option(min=1, help="How many at the most.")] = 100,
) -> None:
    """List what happened, the last first, and what is recorded for later days."""
    from ..queries import history as asked
    from ..queries import name_node

    checked_format(form)
    today = day(None)
    with opened(context, store) as here:
        named = name_node(here, node, today) if node else None
        document = asked(here, named, limit)
    if form == "json":
        print_json(document)
        return
    for item in document["items"]:
        later = " (later)" if item["effective"] > today.isoformat() else ""
        who = f" by {item['author']}" if item["author"] else ""
        typer.echo(
            f"{item['number']:>5}  {item['effective']}{later}  {item['title']}  "
            f"({item['rows']:,} rows, {item['time']}{who})"
        )
