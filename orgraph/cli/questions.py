"""Commands that ask about units: show, find, tally."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..language import Dated, laid, say, width
from .options import (
    AnyDayOption,
    FormatOption,
    LangOption,
    NamesOption,
    OnOption,
    StoreOption,
    answered,
    checked_format,
    day,
    language_of,
    print_json,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..language import Language
    from ..model import FactValue
    from ..pack import Pack
    from ..queries import Life
    from ..queries.tally import Tally
    from ..stores import Store

NodeArgument = Annotated[
    str, typer.Argument(metavar="NODE", help="An id, kind:code or a name.")
]
MOST_SHOWN = 30
_NARROWEST = 24
"""A column of names is no narrower than so."""


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (show, find, tally):
        app.command(command.__name__)(command)


def show(
    context: typer.Context,
    node: NodeArgument,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    names: NamesOption = False,
    lang: LangOption = None,
) -> None:
    """Show a node: its versions, what it is joined to, and its successors."""
    from ..queries import name_node
    from ..queries import show as asked

    checked_format(form)
    language = language_of(context, lang)

    def ask(here: "Store") -> tuple["Pack", dict[str, Any]]:
        named = name_node(here, node, day(on), ended=True)
        return here.pack, asked(here, named, day(on), names=names)

    pack, document = answered(context, store, ask)
    if form == "json":
        print_json(document)
        return
    tell(language, *_shown(pack, document))


def _shown(pack: "Pack", document: dict[str, Any]) -> "Iterator[str]":
    """Say what a node is and was, and what it is joined to."""
    kind, on = say(document["kind"]), Dated(document["on"])
    yield say("{node}  {kind}  on {on}", node=document["node"], kind=kind, on=on)
    for version in document["versions"]:
        facts = [
            laid("{fact} {value}", fact=say(name), value=fact_said(pack, name, value))
            for name, value in version["facts"].items()
        ]
        parts = {"days": spell(version), "name": _named(version), "facts": facts}
        wanted = [part for part in ("name", "facts") if parts[part]]
        last = wanted[-1:] == ["facts"]
        template = "  {days}  {name}  {facts}" if last else "  {days}  {name}"
        yield laid(template if wanted else "  {days}", **parts)
    for one in document["removed"]:
        yield laid("  {removal}, {day}", removal=removal(one), day=Dated(one["until"]))
    for side, title in (
        ("to", say("joined to:")),
        ("from", say("joined to it:")),
        ("successors", say("successors:")),
        ("predecessors", say("predecessors:")),
    ):
        rows = document[side]
        if rows:
            yield title
        for row in rows[:MOST_SHOWN]:
            edge = laid("  {kind:<14} {days}", kind=say(row["kind"]), days=spell(row))
            yield laid(
                "{edge}  {id}  {name}", edge=edge, id=row["id"], name=row["name"]
            )
        more = document["counts"].get(side, len(rows)) - len(rows[:MOST_SHOWN])
        if more > 0:
            yield laid("  {more}", more=say("… {n:,} more", n=more))


def removal(one: dict[str, Any]) -> str:
    """Say from where somebody was removed, on what ground and by whose decision."""
    ground = say(one["ground"]) if one["ground"] else say("no ground said")
    said = say("removed from {group}: {ground}", group=one["group"], ground=ground)
    if not one["by"]:
        return said
    return say("{removal}, decided by {unit}", removal=said, unit=one["by"])


def spell(row: dict[str, Any]) -> str:
    """Say since when and until when a row is in force."""
    return days(row["since"], row["until"])


def days(since: str, until: str | None) -> str:
    """Say from which day to which; an open end is …."""
    return say(
        "{since} to {until}", since=Dated(since), until=Dated(until) if until else "…"
    )


def _named(row: dict[str, Any]) -> str:
    return " ".join(part for part in (row["code"], row["name"]) if part)


def fact_said(pack: "Pack", fact: str, value: "FactValue") -> str:
    """Say a fact as it is recorded: a number without signs between its thousands."""
    if isinstance(value, bool):
        return say(str(value).lower())
    if value is None:
        return say("unknown")
    known = pack.facts.get(fact)
    said = known.said(value) if known else value
    return said if isinstance(said, str) else str(said)


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
    lang: LangOption = None,
) -> None:
    """Find units by name or code, also older ones; accents and case don't matter."""
    from ..queries import find_nodes, lives
    from ..queries.library import plain_days, shown_code, shown_name

    checked_format(form)
    language = language_of(context, lang)
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
            "code": shown_code(pack, one.found, names=names),
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
    tell(language, *map(_found, items))
    if more:
        tell(language, say("… more than {n}; --limit shows more", n=limit))
    if not items:
        tell(language, say("nothing is called {text!r}", text=text))


def _found(item: dict[str, Any]) -> str:
    """Say what was found: its id, kind, code, name, and when it lived."""
    line = laid(
        "{id:<32} {kind:<20} {code:<6} {name}  {days}",
        id=item["id"],
        kind=say(item["kind"]),
        code=item["code"] or "",
        name=item["name"],
        days=spell(item),
    )
    until = item["called_until"]
    if not until:
        return line
    return say("{found}, called so until {day}", found=line, day=Dated(until))


def tally(
    context: typer.Context,
    node: NodeArgument,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    lang: LangOption = None,
) -> None:
    """Count what is below a unit, and add up its facts."""
    from ..queries import name_node
    from ..queries import tally as asked

    checked_format(form)
    language = language_of(context, lang)

    def ask(here: "Store") -> "Tally":
        return asked(here, name_node(here, node, day(on)), day(on))

    answer = answered(context, store, ask)
    if form == "json":
        print_json(answer.to_plain())
        return
    tell(language, *_tallied(answer, language))


def _tallied(answer: "Tally", language: "Language") -> "Iterator[str]":
    """Say how many of which kinds are below a unit, and the sums of its facts."""
    named = (width(language.say(say(name))) for name in (*answer.counts, *answer.facts))
    wide = max((_NARROWEST, *named))
    yield say("below {node} on {on}:", node=answer.node, on=answer.on)
    for kind, number in answer.counts.items():
        yield laid(f"  {{kind:<{wide}}} {{n:>12,}}", kind=say(kind), n=number)
    for fact, value in answer.facts.items():
        shown = laid("{n:,}", n=value) if isinstance(value, int) else say("unknown")
        line = f"  {{fact:<{wide}}} {{shown:>12}}"
        yield laid(line, fact=say(fact), shown=shown)
    if not answer.counts and not answer.facts:
        yield laid("  {nothing}", nothing=say("nothing"))
