"""Commands about cadres: who is eligible for a post, and who holds several posts."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .asking import BelowArgument, answer, more, named, shown
from .options import FormatOption, NamesOption, OnOption, StoreOption

if TYPE_CHECKING:
    from ..queries import Concurrency, Eligible
    from ..queries.concurrency import Joined, Share
    from ..queries.eligible import Candidate, Reason
    from ..stores import Store

STANDINGS = {
    "eligible": "eligible",
    "unknown": "can't be told",
    "not_eligible": "not eligible",
    "holder": "holds it now",
}


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (eligible, concurrency):
        app.command(command.__name__)(command)


def eligible(
    context: typer.Context,
    post: Annotated[str, typer.Argument(metavar="POST", help="An id or a name.")],
    people: Annotated[
        list[str] | None,
        typer.Argument(metavar="PERSON", help="Ask about these people alone."),
    ] = None,
    store: StoreOption = None,
    on: OnOption = None,
    below: Annotated[
        str | None,
        typer.Option(
            metavar="NODE",
            help="Where to look; by default below what the post's unit is under.",
        ),
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="Ask about all there who hold any post.")
    ] = False,
    form: FormatOption = "text",
    names: NamesOption = False,
) -> None:
    """List who is eligible for a post, and why others aren't: by plan, or like post."""
    from ..queries import Sought, called, name_node
    from ..queries import eligible as asked

    known: dict[str, str] = {}

    def ask(here: "Store", on: date) -> "Eligible":
        who = tuple(name_node(here, person, on) for person in people or ())
        sought = Sought(who, named(here, below, on), everybody)
        found = asked(here, name_node(here, post, on), on, sought, names=names)
        if form == "text":
            posts = [post for item in found.items for post in item.keeps]
            posts += [item.leaves for item in found.items if item.leaves]
            known.update(called(here, [found.post, found.unit, *posts]))
        return found

    answer(context, store, on, form, ask, lambda found: _lines(found, known))


def _lines(found: "Eligible", known: Mapping[str, str]) -> Iterator[str]:
    yield f"{known[found.post]} in {known[found.unit]} on {found.on}"
    for limit in found.asked:
        yield f"  asked: {limit.id}: {limit.wants} ({limit.cited})"
    if not found.asked:
        yield "  nothing is asked of who takes this post, but what the steps refuse"
    for standing, number in found.counts.items():
        yield f"  {STANDINGS[standing]:<24} {number:>8,}"
    for item in shown(found.items):
        yield _candidate(item, known)
        for reason in item.reasons:
            yield f"    {_reason(reason)}"
    yield from more(found.items)


def _candidate(item: "Candidate", known: Mapping[str, str]) -> str:
    name = f" {item.name}" if item.name else ""
    planned = ", planned for it" if item.planned else ""
    leaves = f", leaves {known[item.leaves]}" if item.leaves else ""
    keeps = f", keeps {', '.join(known[post] for post in item.keeps)}"
    beside = keeps if item.keeps else ""
    return f"{STANDINGS[item.standing]}: {item.person}{name}{planned}{leaves}{beside}"


def _reason(reason: "Reason") -> str:
    """Write a reason with its code, and what asks it where."""
    word = "unknown" if reason.unknown else reason.severity
    where = ", ".join(part for part in (reason.document, reason.article) if part)
    asked = f" [{reason.limit}: {reason.asks}]" if reason.limit else ""
    return (
        f"{reason.code} {word}: {reason.message}{asked}{f' ({where})' if where else ''}"
    )


UNITS = {
    "both": "both by one person",
    "apart": "not by one person",
    "vacant": "one is vacant",
    "no_post": "one isn't there",
    "covers_none": "not meant, covers none",
}


def concurrency(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    roles: Annotated[
        str | None,
        typer.Option(
            metavar="A,B", help="Only combinations of a post A with a post B."
        ),
    ] = None,
    form: FormatOption = "text",
    names: NamesOption = False,
) -> None:
    """Say who holds several posts: shares of units and of holders, by combination."""
    from ..queries import concurrency as asked

    pair = _pair(roles)

    def ask(here: "Store", on: date) -> "Concurrency":
        return asked(here, named(here, node, on), on, pair, names=names)

    answer(context, store, on, form, ask, _shares)


def _pair(roles: str | None) -> tuple[str, str] | None:
    if roles is None:
        return None
    first, comma, other = (part.strip() for part in roles.partition(","))
    if not (first and comma and other) or "," in other:
        message = f"--roles names two posts, as in secretary,head; not {roles!r}"
        raise InputError(message)
    return first, other


def _shares(found: "Concurrency") -> Iterator[str]:
    yield f"several posts on {found.on}: {_share(found.several)}"
    for item in found.items:
        word = item.combination
        yield f"{word.id}, {word.word}: {word.title} ({word.cited})"
        for share in item.shares:
            yield f"  {_share(share)}"
        yield f"  of {len(item.items):,} units ({word.kind}):"
        for state, number in item.counts.items():
            yield f"    {UNITS[state]:<24} {number:>8,}"
        units = tuple(unit for unit in item.items if unit.state != "covers_none")
        for unit in shown(units):
            yield f"  {_unit(unit)}"
        yield from more(units)


def _share(share: "Share") -> str:
    percent = "none" if share.percent is None else f"{share.percent} %"
    return f"{share.number:,} of {share.all:,} {share.of} ({percent})"


def _unit(unit: "Joined") -> str:
    name = f"{unit.name} ({unit.unit})" if unit.name else unit.unit
    said = ", ".join(
        f"{f'{one.person} {one.name}'.rstrip()} holds {one.first} and {one.other}"
        for one in unit.holders
    )
    return f"{UNITS[unit.state]}: {name}{f': {said}' if said else ''}"
