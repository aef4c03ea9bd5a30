"""Commands about what is missing: uncovered, joint-cells and white-villages."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from ..language import laid, many, say
from .asking import BelowArgument, answer, below, more, shown, unit_said
from .options import FormatOption, LangOption, OnOption, StoreOption

if TYPE_CHECKING:
    from ..queries import JointCells, Uncovered, WhiteVillages


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file; a name of two words can be joined either way."""
    for command in (uncovered, joint_cells, white_villages):
        name = command.__name__
        app.command(name.replace("_", "-"))(command)
        if "_" in name:
            app.command(name, hidden=True)(command)


def uncovered(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    lang: LangOption = None,
) -> None:
    """List units and places that nobody is in charge of; households are counted."""
    from ..queries import uncovered as asked

    answer(context, store, on, form, below(asked, node), _uncovered_lines, lang)


def _uncovered_lines(answer: "Uncovered") -> Iterator[str]:
    yield say("nobody is in charge on {on}:", on=answer.on)
    for kind, number in answer.counts.items():
        asked = answer.asked[kind]
        yield say(
            "  {kind:<26} {n:>10,} of {all:,}", kind=say(kind), n=number, all=asked
        )
    if not answer.counts:
        yield say("  nothing is there to be in charge of")
    for item in shown(answer.items):
        yield unit_said(item)
    yield from more(answer.items)
    for group in shown(answer.heads):
        yield say(
            "{n:,} of {all:,} {kind} in {name} ({unit})",
            n=group.uncovered,
            all=group.all,
            kind=say(group.called),
            name=group.name,
            unit=group.unit,
        )
    yield from more(answer.heads)


def joint_cells(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    lang: LangOption = None,
) -> None:
    """List the cells that serve several villages, and which villages."""
    from ..queries import joint_cells as asked

    answer(context, store, on, form, below(asked, node), _joint_lines, lang)


def _joint_lines(answer: "JointCells") -> Iterator[str]:
    yield say("joint on {on}: {n:,}", on=answer.on, n=len(answer.items))
    for item in shown(answer.items):
        members = many(item.members, "{n:,} member", "{n:,} members")
        line = laid("{cell}  {members}", cell=unit_said(item), members=members)
        if item.stated is False:
            line = say("{cell}, stated as not joint", cell=line)
        elif item.stated is None:
            line = say("{cell}, not stated", cell=line)
        yield line
        for place in shown(item.places):
            yield f"    {place.name} ({place.id})"
        for rest in more(item.places):
            yield laid("    {rest}", rest=rest)
    yield from more(answer.items)


def white_villages(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    lang: LangOption = None,
) -> None:
    """List villages without members, without a cell, or only with a joint one.

    A committee or section that leads one village and nothing besides, itself and by its
    cells, is that village's own. Of one that leads several it isn't known which cell
    serves which: there a village has the cells that are said to serve it.
    """
    from ..queries import white_villages as asked

    answer(context, store, on, form, below(asked, node), _white_lines, lang)


def _white_lines(answer: "WhiteVillages") -> Iterator[str]:
    yield say("on {on}:", on=answer.on)
    for state, number in answer.counts.items():
        yield laid("  {state:<34} {n:>8,}", state=_state(answer, state), n=number)
    for item in shown(answer.items):
        line = unit_said(item)
        if item.parent:
            line = say("{place} in {unit}", place=line, unit=item.parent)
        known = item.members
        line = say(
            "{place}  {state}, members living there: {members}",
            place=line,
            state=_state(answer, item.state),
            members=say("unknown") if known is None else laid("{n:,}", n=known),
        )
        cells = list(item.cells)
        yield laid("{place}  {cells}", place=line, cells=cells) if cells else line
    yield from more(answer.items)


def _state(answer: "WhiteVillages", state: str) -> str:
    """Say a state with the pack's word for the group that a place should have."""
    group = answer.group
    return {
        "own": say("with a {group} of its own", group=group),
        "without_members": say("without members"),
        "without_cell": say("without a {group}", group=group),
        "joint": say("only with a joint {group}", group=group),
        "unrecorded": say("nobody recorded in its own {group}", group=group),
    }[state]
