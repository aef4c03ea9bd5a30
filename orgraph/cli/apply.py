"""Commands that write revisions: apply, undo; and the list of them: history."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError, OrgraphError
from ..files import read_input, reason
from ..language import Dated, laid, many, say
from .options import (
    FormatOption,
    LangOption,
    StoreOption,
    YesOption,
    answered,
    author,
    checked_format,
    confirmed,
    console,
    day,
    language_of,
    opened,
    print_json,
    tell,
)

if TYPE_CHECKING:
    from ..language import Language
    from ..plan import Plan
    from ..stores import Store

LARGEST_PLAN = 512 * 1024 * 1024


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("apply")(apply)
    app.command("undo")(undo)
    app.command("history")(history)


def apply(
    context: typer.Context,
    proposal: Annotated[
        str,
        typer.Argument(
            metavar="PROPOSAL|PLAN", help="A file, or - for standard input."
        ),
    ],
    store: StoreOption = None,
    yes: YesOption = False,
    lang: LangOption = None,
) -> None:
    """Apply a proposal, or a plan that simulate wrote; shows it and asks."""
    from ..plan import is_plan
    from ..proposal import read_placed_text
    from ..proposal.yaml_tree import LARGEST_FILE

    language = language_of(context, lang)
    data = read_input(proposal, LARGEST_PLAN)
    text = data.decode("utf-8-sig", errors="replace")
    plan = _plan_in(text, proposal) if is_plan(text) else None
    lines: list[int] = []
    with opened(context, store) as here:
        if plan is None:
            if len(data) > LARGEST_FILE:
                message = f"{proposal}: the file is larger than {LARGEST_FILE:,} bytes"
                raise InputError(message)
            given, places = read_placed_text(data, proposal)
            plan, lines = here.plan(given), [place.line for place in places]
        _show_and_commit(here, plan, say("Apply this?"), language, lines, yes=yes)


def _plan_in(text: str, name: str) -> "Plan":
    """Return the plan that a file holds."""
    from ..plan import Plan
    from ..proposal import proposal_from_plain

    try:
        plan = Plan.from_json(text)
        proposal_from_plain(plan.proposal)
    except InputError as error:
        message = f"{name}: {error}"
        raise InputError(message) from None
    except ValueError:
        message = f"{name}: this is not a plan that orgraph wrote"
        raise InputError(message) from None
    return plan


def _show_and_commit(
    store: "Store",
    plan: "Plan",
    question: str,
    language: "Language",
    lines: Sequence[int] = (),
    *,
    yes: bool,
) -> None:
    """Show a plan, ask, and write it; one from a file is planned again and shown so.

    `lines` are those on which the steps of the proposal begin, if that is known.
    """
    from ..engine.commit import check_fresh
    from ..proposal import proposal_from_plain
    from ..reports import build_report
    from ..reports.text import print_report

    shown = plan
    if plan.draft is None:
        shown = store.plan(proposal_from_plain(plan.proposal))
        check_fresh(plan, shown)
        if shown.base_hash != plan.base_hash:
            again = say(
                "This was planned on revision {old}; planned again on revision {new} "
                "it does the same.",
                old=plan.base,
                new=shown.base,
            )
            tell(language, again)
    try:
        print_report(build_report(shown, store), console(), language, lines)
    except BrokenPipeError:
        message = "nobody reads the plan; nothing was written"
        raise OrgraphError(message) from None
    if shown.refused:
        raise typer.Exit(1)
    confirmed(question, yes=yes, language=language)
    revision = store.commit(shown, author())
    rows = many(revision.rows, "{n:,} row", "{n:,} rows")
    number, hashed = revision.number, revision.hash
    written = say("revision {n} ({rows}) {hash}", n=number, rows=rows, hash=hashed)
    try:
        tell(language, written)
    except OSError as error:
        message = f"revision {revision.number} was written; {reason(error)}"
        raise OrgraphError(message) from None


def undo(
    context: typer.Context,
    revision: Annotated[
        int | None,
        typer.Argument(metavar="REVISION", max=2**31, help="By default the last."),
    ] = None,
    store: StoreOption = None,
    yes: YesOption = False,
    lang: LangOption = None,
) -> None:
    """Take a revision back, as a new revision; shows what it takes back and asks."""
    from ..engine import undo_proposal

    language = language_of(context, lang)
    with opened(context, store) as here:
        plan = here.plan(undo_proposal(here, revision))
        _show_and_commit(here, plan, say("Take this back?"), language, yes=yes)


def history(
    context: typer.Context,
    node: Annotated[
        str | None, typer.Argument(metavar="NODE", help="Only what touched it.")
    ] = None,
    store: StoreOption = None,
    form: FormatOption = "text",
    limit: Annotated[
        int, typer.Option(min=1, max=10**6, help="How many at the most.")
    ] = 100,
    lang: LangOption = None,
) -> None:
    """List what happened, the last first, and what is recorded for later days."""
    from ..queries import history as asked
    from ..queries.names import written
    from .questions import removal

    checked_format(form)
    language = language_of(context, lang)
    today = day(None)

    def ask(here: "Store") -> dict[str, Any]:
        return asked(here, node and written(here, node, today), limit)

    document = answered(context, store, ask)
    if form == "json":
        print_json(document)
        return
    if document.get("taken_back"):
        gone = say("{node} was founded and taken back:", node=document["node"])
        tell(language, gone)
    for item in document["items"]:
        tell(language, _happened(item, today.isoformat()))
        for one in item.get("removed", ()):
            tell(language, laid("       {removal}", removal=removal(one)))


def _happened(item: dict[str, Any], today: str) -> str:
    """Say what a revision is: its number, day, title, rows, and who wrote it when."""
    effective: str = Dated(item["effective"])
    if item["effective"] > today:
        effective = say("{day} (later)", day=effective)
    rows = many(item["rows"], "{n:,} row", "{n:,} rows")
    written = laid("{rows}, {time}", rows=rows, time=item["time"])
    if item["author"]:
        written = say("{written} by {author}", written=written, author=item["author"])
    return laid(
        "{number:>5}  {effective}  {title}  ({written})",
        number=item["number"],
        effective=effective,
        title=item["title"],
        written=written,
    )
