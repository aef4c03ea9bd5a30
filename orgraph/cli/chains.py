"""The command that goes up from a node: by what it is under, or by who is in charge."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError
from .options import (
    FormatOption,
    NamesOption,
    OnOption,
    StoreOption,
    answered,
    checked_format,
    day,
    print_json,
)
from .questions import NodeArgument

if TYPE_CHECKING:
    from datetime import date

    from ..queries import Chain, ChargeChain, Spell
    from ..queries.chain import Charge, Holder, Link
    from ..queries.charges import Watch
    from ..stores import Store


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("chain")(chain)


def chain(
    context: typer.Context,
    node: NodeArgument,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    names: NamesOption = False,
    by: Annotated[
        str, typer.Option(metavar="WORD", help="Go up by: under, or charge.")
    ] = "under",
) -> None:
    """Show who is above a node, who holds the posts there, and who is in charge."""
    checked_format(form)
    if by not in {"under", "charge"}:
        message = f"--by is under or charge, not {by!r}"
        raise InputError(message)
    ask = _under if by == "under" else _charge
    lines = _under_lines if by == "under" else _charge_lines

    def asked(here: "Store") -> tuple[Any, dict[str, str]]:
        from ..queries import called, name_node

        named = name_node(here, node, day(on))
        answer, ids = ask(here, named, day(on), names=names)
        return answer, called(here, ids) if form == "text" else {}

    answer, shown = answered(context, store, asked)
    if form == "json":
        print_json(answer.to_plain())
        return
    for line in lines(answer, shown):
        typer.echo(line)


Shown = Mapping[str, str]


def _under(
    store: "Store", node: str, on: "date", *, names: bool
) -> tuple[Any, list[str]]:
    """Return the chain, and what a text names of it."""
    from ..queries import chain as asked

    answer = asked(store, node, on, names=names)
    held = [holder.post for some in answer.holders.values() for holder in some]
    return answer, [*held, *_named_in(answer.history)]


def _under_lines(answer: "Chain", shown: Shown) -> Iterator[str]:
    for depth, link in enumerate(answer.chain):
        by = f"{link.by} " if link.by else ""
        name = f"{link.name} ({link.id})" if link.name else link.id
        yield f"{'  ' * depth}{by}{link.kind} {name}{_days(link)}"
        for holder in answer.holders.get(link.id, ()):
            person = holder.person or "vacant"
            yield f"{'  ' * depth}    {shown[holder.post]}: {person}{_days(holder)}"
        for charge in answer.charges:
            if charge.target == link.id:
                yield f"{'  ' * depth}    in charge: {charge.person}{_days(charge)}"
    for charge in answer.charges:
        if charge.person == answer.node:
            yield f"in charge of {charge.target}{_days(charge)}"
    yield from _spell_lines(answer.history, answer.on, shown)


def _charge(
    store: "Store", node: str, on: "date", *, names: bool
) -> tuple[Any, list[str]]:
    """Return the chain of those in charge, and what a text names of it."""
    from ..queries import charge_chain

    answer = charge_chain(store, node, on, names=names)
    ids = [end for watch in answer.watches for end in (watch.of, watch.target)]
    ids += [watch.group for watch in answer.watches if watch.group]
    for found in answer.spells.values():
        ids += _named_in(found)
    return answer, [node, *ids]


def _charge_lines(answer: "ChargeChain", shown: Shown) -> Iterator[str]:
    if not answer.watches:
        node = shown[answer.node]
        yield f"nobody is in charge of {node}, nor of anything above it"
    told: set[str] = set()
    for watch in answer.watches:
        depth = "  " * (watch.step - 1)
        above = "" if watch.target == watch.of else f" above {shown[watch.of]}"
        group = f", member of {shown[watch.group]}" if watch.group else ""
        person = f"{watch.name} ({watch.person})" if watch.name else watch.person
        what = f"{shown[watch.target]}{above}"
        yield f"{depth}in charge of {what}: {person}{group}{_days(watch)}"
        if watch.person not in told:
            for line in _spell_lines(answer.spells[watch.person], answer.on, shown):
                yield f"{depth}    {line}"
        told.add(watch.person)


def _days(spell: "Link | Holder | Charge | Watch") -> str:
    """Say since when and until when, where there is anything to be said."""
    return f", {_since(spell.since, spell.until)}" if spell.since else ""


def _since(since: str, until: str | None) -> str:
    """Write days; of what goes on without a known end, since when alone."""
    return f"{since} to {until}" if until else f"since {since}"


def _named_in(spells: "tuple[Spell, ...]") -> list[str]:
    """Return the posts and units that spells name."""
    units = [spell.unit for spell in spells if spell.unit]
    return [*(spell.post for spell in spells), *units]


def _spell_lines(
    spells: "tuple[Spell, ...]", on: "date", shown: Shown
) -> Iterator[str]:
    for spell in spells:
        said = spell.to_plain()
        unit = shown[spell.unit] if spell.unit else "no unit"
        days = _since(said["since"], said["until"])
        word = "holds" if spell.since <= on else "to hold"
        if spell.until <= on:
            word = "held"
        yield f"{word} {shown[spell.post]} in {unit}: {days}"
