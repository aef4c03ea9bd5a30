"""Commands about cadres: who is eligible for a post, and who holds several posts."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from ..language import laid, many, say
from .asking import BelowArgument, answer, more, named, named_id, shown
from .options import FormatOption, LangOption, NamesOption, OnOption, StoreOption

if TYPE_CHECKING:
    from ..queries import Concurrency, Eligible
    from ..queries.concurrency import Joined, Share, Together
    from ..queries.eligible import Candidate, Reason
    from ..stores import Store

STANDINGS = {
    "eligible": say("eligible"),
    "unknown": say("can't be told"),
    "not_eligible": say("not eligible"),
    "holder": say("holds it now"),
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
    lang: LangOption = None,
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

    answer(context, store, on, form, ask, lambda found: _lines(found, known), lang)


def _lines(found: "Eligible", known: Mapping[str, str]) -> Iterator[str]:
    post, unit = known[found.post], known[found.unit]
    yield say("{post} in {unit} on {on}", post=post, unit=unit, on=found.on)
    for limit in found.asked:
        cited, wants = limit.cited, limit.wants
        yield say(
            "  asked: {limit}: {wants} ({cited})",
            limit=limit.id,
            wants=wants,
            cited=cited,
        )
    if not found.asked:
        yield say(
            "  nothing is asked of who takes this post, but what the steps refuse"
        )
    for standing, number in found.counts.items():
        yield laid("  {word:<24} {n:>8,}", word=STANDINGS[standing], n=number)
    for item in shown(found.items):
        yield _candidate(item, known)
        for reason in item.reasons:
            yield laid("    {reason}", reason=_reason(reason))
    yield from more(found.items)


def _candidate(item: "Candidate", known: Mapping[str, str]) -> str:
    parts = [f"{item.person} {item.name}" if item.name else item.person]
    if item.planned:
        parts.append(say("planned for it"))
    if item.leaves:
        parts.append(say("leaves {post}", post=known[item.leaves]))
    if item.keeps:
        parts.append(say("keeps {posts}", posts=[known[post] for post in item.keeps]))
    return laid("{word}: {parts}", word=STANDINGS[item.standing], parts=parts)


def _reason(reason: "Reason") -> str:
    """Write a reason with its code, and what asks it where."""
    word = say("unknown") if reason.unknown else say(reason.severity)
    where = ", ".join(part for part in (reason.document, reason.article) if part)
    said = laid("{code} {word}: {s}", code=reason.code, word=word, s=reason.message)
    if reason.limit:
        asks = reason.asks
        said = laid("{s} [{limit}: {asks}]", s=said, limit=reason.limit, asks=asks)
    return laid("{said} ({where})", said=said, where=where) if where else said


UNITS = {
    "both": say("both by one person"),
    "apart": say("not by one person"),
    "vacant": say("one is vacant"),
    "no_post": say("one isn't there"),
    "covers_none": say("not meant, joins none"),
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
    lang: LangOption = None,
) -> None:
    """Say who holds several posts: shares of units and of holders, by combination."""
    from ..queries import concurrency as asked

    pair = _pair(roles)

    def ask(here: "Store", on: date) -> "Concurrency":
        return asked(here, named(here, node, on), on, pair, names=names)

    answer(context, store, on, form, ask, _shares, lang)


def _pair(roles: str | None) -> tuple[str, str] | None:
    if roles is None:
        return None
    first, comma, other = (part.strip() for part in roles.partition(","))
    if not (first and comma and other) or "," in other:
        message = f"--roles names two posts, as in secretary,head; not {roles!r}"
        raise InputError(message)
    return first, other


def _shares(found: "Concurrency") -> Iterator[str]:
    yield say(
        "several posts on {on}: {share}", on=found.on, share=_share(found.several)
    )
    for item in found.items:
        word = item.combination
        yield laid(
            "{id}, {word}: {title} ({cited})",
            id=word.id,
            word=say(word.word),
            title=word.title,
            cited=word.cited,
        )
        for share in item.shares:
            yield laid("  {share}", share=_share(share))
        yield from _units(item)


def _units(item: "Together") -> Iterator[str]:
    """Yield the units that have both posts by state, and apart how many have not."""
    from ..queries.concurrency import WITH_POSTS

    units = item.with_posts
    yield many(
        len(units),
        "  of {n:,} unit ({kind}) with both posts:",
        "  of {n:,} units ({kind}) with both posts:",
        kind=say(item.combination.kind),
    )
    lines = {
        state: laid("    {state:<24} {n:>8,}", state=UNITS[state], n=number)
        for state, number in item.counts.items()
    }
    yield from (line for state, line in lines.items() if state in WITH_POSTS)
    yield say("  and in no share of units:")
    yield from (line for state, line in lines.items() if state not in WITH_POSTS)
    for unit in shown(units):
        yield laid("  {unit}", unit=_unit(unit))
    yield from more(units)


def _share(share: "Share") -> str:
    said = {"number": share.number, "all": share.all, "of": share.of}
    if share.percent is None:
        return say("{number:,} of {all:,} {of} (none)", **said)
    return say(
        "{number:,} of {all:,} {of} ({percent} %)", **said, percent=share.percent
    )


def _unit(unit: "Joined") -> str:
    line = laid("{s}: {name}", s=UNITS[unit.state], name=named_id(unit.name, unit.unit))
    held = [
        say(
            "{person} holds {first} and {other}",
            person=f"{one.person} {one.name}".rstrip(),
            first=one.first,
            other=one.other,
        )
        for one in unit.holders
    ]
    return laid("{line}: {held}", line=line, held=held) if held else line
