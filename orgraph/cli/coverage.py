"""Commands about what is missing: uncovered, joint-cells and white-villages."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from .asking import BelowArgument, answer, below, more, shown, unit_said
from .options import FormatOption, OnOption, StoreOption

if TYPE_CHECKING:
    from ..queries import JointCells, Uncovered, WhiteVillages

STATES = {
    "own": "with a {group} of its own",
    "without_members": "without members",
    "without_cell": "without a {group}",
    "joint": "only with a joint {group}",
    "unrecorded": "nobody recorded in its own {group}",
}


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
) -> None:
    """List units and places that nobody is in charge of; households are counted."""
    from ..queries import uncovered as asked

    answer(context, store, on, form, below(asked, node), _uncovered_lines)


def _uncovered_lines(answer: "Uncovered") -> Iterator[str]:
    yield f"nobody is in charge on {answer.on}:"
    for kind, number in answer.counts.items():
        yield f"  {kind:<24} {number:>10,} of {answer.asked[kind]:,}"
    if not answer.counts:
        yield "  nothing is there to be in charge of"
    for item in shown(answer.items):
        yield unit_said(item)
    yield from more(answer.items)
    for group in shown(answer.heads):
        of = f"{group.uncovered:,} of {group.all:,} {group.called}"
        yield f"{of} in {group.name} ({group.unit})"
    yield from more(answer.heads)


def joint_cells(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
) -> None:
    """List the cells that serve several villages, and which villages."""
    from ..queries import joint_cells as asked

    answer(context, store, on, form, below(asked, node), _joint_lines)


def _joint_lines(answer: "JointCells") -> Iterator[str]:
    yield f"joint on {answer.on}: {len(answer.items):,}"
    for item in shown(answer.items):
        stated = {True: "", False: ", stated as not joint", None: ", not stated"}
        members = f"{item.members:,} member{'' if item.members == 1 else 's'}"
        yield f"{unit_said(item)}  {members}{stated[item.stated]}"
        for place in shown(item.places):
            yield f"    {place.name} ({place.id})"
        for line in more(item.places):
            yield f"    {line}"
    yield from more(answer.items)


def white_villages(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
) -> None:
    """List villages without members, without a cell, or only with a joint one."""
    from ..queries import white_villages as asked

    answer(context, store, on, form, below(asked, node), _white_lines)


def _white_lines(answer: "WhiteVillages") -> Iterator[str]:
    yield f"on {answer.on}:"
    for state, number in answer.counts.items():
        yield f"  {_state(answer, state):<34} {number:>8,}"
    for item in shown(answer.items):
        known = "unknown" if item.members is None else f"{item.members:,}"
        cells = f"  {', '.join(item.cells)}" if item.cells else ""
        above = f" in {item.parent}" if item.parent else ""
        state = f"{_state(answer, item.state)}, members living there: {known}"
        yield f"{unit_said(item)}{above}  {state}{cells}"
    yield from more(answer.items)


def _state(answer: "WhiteVillages", state: str) -> str:
    """Say a state with the pack's word for the group that a place should have."""
    return STATES[state].replace("{group}", answer.group)
