"""Commands that ask: show, find, tally, diff."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError
from .options import (
    AnyDayOption,
    FormatOption,
    NamesOption,
    OnOption,
    StoreOption,
    answered,
    checked_format,
    counted,
    day,
    print_json,
)

if TYPE_CHECKING:
    from datetime import date

    from ..pack import Pack
    from ..queries import Life
    from ..queries.tally import Tally
    from ..stores import Store

NodeArgument = Annotated[
    str, typer.Argument(metavar="NODE", help="An id, kind:code or a name.")
]
MOST_SHOWN = 30
MOST_DIGITS = 18


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (show, find, tally, diff):
        app.command(command.__name__)(command)


def show(
    context: typer.Context,
    node: NodeArgument,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    names: NamesOption = False,
) -> None:
    """Show a node: its versions, what it is joined to, and its successors."""
    from ..queries import name_node
    from ..queries import show as asked

    checked_format(form)

    def ask(here: "Store") -> dict[str, Any]:
        named = name_node(here, node, day(on), ended=True)
        return asked(here, named, day(on), names=names)

    document = answered(context, store, ask)
    if form == "json":
        print_json(document)
        return
    typer.echo(f"{document['node']}  {document['kind']}  on {document['on']}")
    for version in document["versions"]:
        facts = ", ".join(f"{k} {_said(v)}" for k, v in version["facts"].items())
        typer.echo(f"  {_days(version)}  {_named(version)}  {facts}".rstrip())
    for one in document["removed"]:
        typer.echo(f"  {removal(one)}, {one['until']}")
    for side, title in (
        ("to", "joined to"),
        ("from", "joined to it"),
        ("successors", "successors"),
        ("predecessors", "predecessors"),
    ):
        rows = document[side]
        if rows:
            typer.echo(f"{title}:")
        for row in rows[:MOST_SHOWN]:
            typer.echo(f"  {row['kind']:<14} {_days(row)}  {row['id']}  {row['name']}")
        more = document["counts"].get(side, len(rows)) - len(rows[:MOST_SHOWN])
        if more > 0:
            typer.echo(f"  … {more} more")


def removal(one: dict[str, Any]) -> str:
    """Say from where somebody was removed, on what ground and by whose decision."""
    by = f", decided by {one['by']}" if one["by"] else ""
    return f"removed from {one['group']}: {one['ground']}{by}"


def _days(row: dict[str, Any]) -> str:
    return f"{row['since']} to {row['until'] or '…'}"


def _named(row: dict[str, Any]) -> str:
    return " ".join(part for part in (row["code"], row["name"]) if part)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "unknown" if value is None else str(value)


def find(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="The beginnings of words of a name.")],
    store: StoreOption = None,
    on: AnyDayOption = None,
    form: FormatOption = "text",
    limit: Annotated[
        int, typer.Option(min=1, max=10**6, help="How many at the most.")
    ] = 50,
    names: NamesOption = False,
) -> None:
    """Find units by name or code, also older ones; accents and case don't matter."""
    from ..queries import find_nodes, lives
    from ..queries.library import plain_days, shown_name

    checked_format(form)
    when = day(on) if on is not None else None

    def ask(here: "Store") -> tuple["Pack", list["Life"]]:
        return here.pack, lives(here, find_nodes(here, text, when, limit + 1))

    pack, found = answered(context, store, ask)
    more, found = len(found) > limit, found[:limit]
    items = [
        {
            "id": one.found.id,
            "kind": one.found.kind,
            "name": shown_name(pack, one.found, names=names),
            "code": one.found.code,
            "since": plain_days(one.first)["since"],
            "until": plain_days(one.last)["until"],
            "called_until": one.called_until and one.called_until.isoformat(),
        }
        for one in found
    ]
    if form == "json":
        document = {"format": "orgraph.find/1", "text": text, "more": more}
        print_json({**document, "items": items})
        return
    for item in items:
        name = f"{item['code'] or '':<6} {item['name']}"
        until = item["called_until"]
        so = f", called so until {until}" if until else ""
        typer.echo(f"{item['id']:<32} {item['kind']:<20} {name}  {_days(item)}{so}")
    if more:
        typer.echo(f"… more than {limit}; --limit shows more")
    if not items:
        typer.echo(f"nothing is called {text!r}")


def tally(
    context: typer.Context,
    node: NodeArgument,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
) -> None:
    """Count what is below a unit, and add up its facts."""
    from ..queries import name_node
    from ..queries import tally as asked

    checked_format(form)

    def ask(here: "Store") -> "Tally":
        return asked(here, name_node(here, node, day(on)), day(on))

    answer = answered(context, store, ask)
    if form == "json":
        print_json(answer.to_plain())
        return
    typer.echo(f"below {answer.node} on {answer.on}:")
    for kind, number in answer.counts.items():
        typer.echo(f"  {kind:<24} {number:>12,}")
    for fact, value in answer.facts.items():
        shown = f"{value:,}" if isinstance(value, int) else "unknown"
        typer.echo(f"  {fact:<24} {shown:>12}")
    if not answer.counts and not answer.facts:
        typer.echo("  nothing")


def diff(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="A date or a revision.")],
    second: Annotated[str, typer.Argument(metavar="B", help="A date or a revision.")],
    store: StoreOption = None,
    form: FormatOption = "text",
    names: NamesOption = False,
) -> None:
    """Show what differs between two days, or between two revisions."""
    checked_format(form)

    def ask(here: "Store") -> dict[str, Any]:
        return _diff(here, first, second, names=names)

    document = answered(context, store, ask)
    if form == "json":
        print_json(document)
        return
    for item in document["items"]:
        if "node" in item:
            what = f"{item['kind']} {item['node']} {item['name']}"
        else:
            what = f"{item['kind']} {item['source']} → {item['target']}"
        typer.echo(f"{item['what']:<10} {what.rstrip()}{_changes(item)}")
    typer.echo(counted(len(document["items"]), "difference"))


def _changes(item: dict[str, Any]) -> str:
    """Say which fields of a row changed, from what to what."""
    parts = []
    for field in item["changed"]:
        first, _, fact = field.partition(".")
        was, now = (
            item[side][first].get(fact, "absent") if fact else item[side][first]
            for side in ("before", "after")
        )
        if not fact:
            nothing = "…" if field == "until" else "absent"
            was, now = was or nothing, now or nothing
        parts.append(f"{fact or field} {_said(was)} → {_said(now)}")
    return f": {'; '.join(parts)}" if parts else ""


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
