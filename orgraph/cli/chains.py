"""The command that goes up from a node: by what it is under, or by who is in charge."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError
from ..language import Dated, laid, say
from .asking import named_id
from .options import (
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
from .questions import NodeArgument, days

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
    lang: LangOption = None,
) -> None:
    """Show who is above a node, who holds the posts there, and who is in charge."""
    checked_format(form)
    language = language_of(context, lang)
    if by not in {"under", "charge"}:
        message = f"--by is under or charge, not {by!r}"
        raise InputError(message)
    ask = _under if by == "under" else _charge
    lines = _under_lines if by == "under" else _charge_lines

    def asked(here: "Store") -> tuple[Any, dict[str, str]]:
        from ..queries import called, name_node

        named = name_node(here, node, day(on))
        answer, ids = ask(here, named, day(on), names=names)
        return answer, called(here, ids, answer.on) if form == "text" else {}

    answer, shown = answered(context, store, asked)
    if form == "json":
        print_json(answer.to_plain())
        return
    tell(language, *lines(answer, shown))


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
        indent = "  " * depth
        name = named_id(link.name, link.id)
        line = laid("{kind} {name}", kind=say(link.kind), name=name)
        if link.by:
            line = laid("{by} {link}", by=say(link.by), link=line)
        yield _spelled(indent, line, link)
        for holder in answer.holders.get(link.id, ()):
            person, post = _person(holder) or say("vacant"), shown[holder.post]
            line = laid("    {post}: {person}", post=post, person=person)
            yield _spelled(indent, line, holder)
        for charge in answer.charges:
            if charge.target == link.id:
                said = say("    in charge: {person}", person=_person(charge))
                yield _spelled(indent, said, charge)
    for charge in answer.charges:
        if charge.person == answer.node:
            yield _spelled("", say("in charge of {unit}", unit=charge.target), charge)
    yield from _spell_lines(answer.history, answer.on, shown)


def _person(tie: "Holder | Charge") -> str | None:
    """Return who holds a post or is in charge: by id, and by name where it is read."""
    return named_id(tie.name, tie.person) if tie.person else None


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
        yield say("nobody is in charge of {node}, nor of anything above it", node=node)
    told: set[str] = set()
    for watch in answer.watches:
        depth = "  " * (watch.step - 1)
        of = shown[watch.target]
        if watch.target != watch.of:
            of = say("{unit} above {node}", unit=of, node=shown[watch.of])
        person = named_id(watch.name, watch.person)
        line = say("in charge of {unit}: {person}", unit=of, person=person)
        if watch.group:
            group = shown[watch.group]
            line = say("{charge}, member of {group}", charge=line, group=group)
        yield _spelled(depth, line, watch)
        if watch.circle:
            group = shown[watch.group or ""]
            said = say(
                "a circle: who is in charge of {group} is told above", group=group
            )
            yield laid("{indent}    {line}", indent=depth, line=said)
        if watch.person not in told:
            spells = answer.spells[watch.person]
            for spell in _spell_lines(spells, answer.on, shown):
                yield laid("{indent}    {line}", indent=depth, line=spell)
        told.add(watch.person)


def _spelled(indent: str, line: str, spell: "Link | Holder | Charge | Watch") -> str:
    """Return a line with since when and until when, where that is anything."""
    if not spell.since:
        return laid("{indent}{line}", indent=indent, line=line)
    said = _since(spell.since, spell.until)
    return laid("{indent}{line}, {days}", indent=indent, line=line, days=said)


def _since(since: str, until: str | None) -> str:
    """Say days; of what goes on without a known end, since when alone."""
    return days(since, until) if until else say("since {day}", day=Dated(since))


def _named_in(spells: "tuple[Spell, ...]") -> list[str]:
    """Return the posts and units that spells name."""
    units = [spell.unit for spell in spells if spell.unit]
    return [*(spell.post for spell in spells), *units]


def _spell_lines(
    spells: "tuple[Spell, ...]", on: "date", shown: Shown
) -> Iterator[str]:
    for spell in spells:
        said = spell.to_plain()
        unit = shown[spell.unit] if spell.unit else say("no unit")
        told = {"post": shown[spell.post], "unit": unit}
        told["days"] = _since(said["since"], said["until"])
        if spell.until <= on:
            yield say("held {post} in {unit}: {days}", **told)
        elif spell.since <= on:
            yield say("holds {post} in {unit}: {days}", **told)
        else:
            yield say("to hold {post} in {unit}: {days}", **told)
