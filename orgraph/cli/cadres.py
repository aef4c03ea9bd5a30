"""Commands about cadres: who is eligible for a post, and why the others are not."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from .asking import answer, more, named, shown
from .options import FormatOption, NamesOption, OnOption, StoreOption

if TYPE_CHECKING:
    from ..queries import Eligible
    from ..queries.eligible import Candidate, Reason
    from ..stores import Store

STANDINGS = {
    "eligible": "eligible",
    "unknown": "can't be told",
    "not_eligible": "not eligible",
    "holder": "holds it now",
}


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("eligible")(eligible)


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
        yield f"  asked: {limit.id}: {limit.wants} ({limit.source})"
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
