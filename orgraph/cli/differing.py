"""The command that compares two days, or two revisions: diff."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError
from ..language import Dated, joined, laid, many, say
from .options import (
    FormatOption,
    LangOption,
    NamesOption,
    StoreOption,
    answered,
    checked_format,
    day,
    language_of,
    print_json,
    tell,
)
from .questions import fact_said

if TYPE_CHECKING:
    from datetime import date

    from ..pack import Pack
    from ..stores import Store

MOST_DIGITS = 18


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("diff")(diff)


def diff(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="A date or a revision.")],
    second: Annotated[str, typer.Argument(metavar="B", help="A date or a revision.")],
    store: StoreOption = None,
    form: FormatOption = "text",
    names: NamesOption = False,
    lang: LangOption = None,
) -> None:
    """Show what differs between two days, or between two revisions."""
    checked_format(form)
    language = language_of(context, lang)

    def ask(here: "Store") -> tuple["Pack", dict[str, Any]]:
        return here.pack, _diff(here, first, second, names=names)

    pack, document = answered(context, store, ask)
    if form == "json":
        print_json(document)
        return
    tell(language, *(_differing(pack, item) for item in document["items"]))
    number = len(document["items"])
    tell(language, many(number, "{n:,} difference", "{n:,} differences"))


def _differing(pack: "Pack", item: dict[str, Any]) -> str:
    """Say which row differs, and how."""
    if "node" in item:
        named = f"{item['node']} {item['name']}".rstrip()
    else:
        named = f"{item['source']} → {item['target']}"
    line = laid(
        "{what:<10} {kind} {named}",
        what=say(item["what"]),
        kind=say(item["kind"]),
        named=named,
    )
    parts = [_changed(pack, item, field) for field in item["changed"]]
    return laid("{line}: {parts}", line=line, parts=joined(parts)) if parts else line


def _changed(pack: "Pack", item: dict[str, Any], field: str) -> str:
    """Say from what to what a field of a row changed."""
    first, _, fact = field.partition(".")
    was, now = (_field(pack, item[side], first, fact) for side in ("before", "after"))
    what = say(fact or field)
    return laid("{what} {was} → {now}", what=what, was=was, now=now)


def _field(pack: "Pack", row: dict[str, Any], field: str, fact: str) -> str:
    """Say what stands in a field of a row, or in one of its facts."""
    if fact:
        facts = row[field]
        return fact_said(pack, fact, facts[fact]) if fact in facts else say("absent")
    value = row[field]
    if not value:
        return "…" if field == "until" else say("absent")
    return Dated(value) if field in {"since", "until"} else str(value)


def _diff(store: "Store", first: str, second: str, *, names: bool) -> dict[str, Any]:
    from ..queries import diff_days, diff_revisions

    numbers = [text.isascii() and text.isdecimal() for text in (first, second)]
    if all(numbers):
        sides = (_revision(store, text) for text in (first, second))
        return diff_revisions(store, *sides, names=names)
    if any(numbers):
        message = "compare two dates (YYYY-MM-DD) or two revision numbers"
        raise InputError(message)
    days: tuple[date, date] = (day(first), day(second))
    return diff_days(store, *days, names=names)


def _revision(store: "Store", text: str) -> int:
    """Return the number of a revision, which may be written with leading zeros."""
    digits = text.lstrip("0") or "0"
    if len(digits) > MOST_DIGITS:
        shown = f"{digits[:MOST_DIGITS]}…"
        message = f"there is no revision {shown}; the head is {store.head()}"
        raise InputError(message)
    return int(digits)
