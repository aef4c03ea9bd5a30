"""Where border posts are, and who takes part in the cells of villages as a guest.

Members of border posts, officials of the commune, teachers and medical staff attend the
cells of villages that need them, and stay members of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .chance import shuffle
from .layout import Layout
from .sites import Scaled
from .territory import Territory

ATTENDING = date(2021, 1, 1)
"""Since when at the earliest: the year after the congresses."""

_GUARDED = ("border", "island")


class Attendance(NamedTuple):
    """The cells of the border posts in order, and which cell each guest attends."""

    posts: list[int]
    guests: dict[int, int]


def attendance(layout: Layout, territory: Territory, scaled: Scaled) -> Attendance:
    """Return the border posts, and the members by number that attend another cell."""
    posts = _border_posts(layout, territory)
    guests: dict[int, int] = {}
    guarded = _cells_in(layout, territory, _GUARDED)
    shuffle(scaled.stream("guarded"), guarded)
    wanted = max(1, scaled.of(scaled.profile.guarded_villages.value))
    if posts:
        _attend(layout, guests, posts, guarded[:wanted])
    _helped(layout, territory, scaled, guests)
    return Attendance(posts, guests)


def _border_posts(layout: Layout, territory: Territory) -> list[int]:
    """Return for each commune at the border a cell of the armed forces, near it."""
    free: defaultdict[int, list[int]] = defaultdict(list)
    for organisation in layout.organisations:
        if organisation.type == "armed_forces":
            free[organisation.above] += range(organisation.first, organisation.last)
    found = []
    for organisation in layout.organisations:
        if organisation.commune < 0:
            continue
        if not territory.communes[organisation.commune].facts.get("border"):
            continue
        here = free[organisation.above]
        here = here or max(free.values(), key=len, default=[])
        if here:
            found.append(here.pop(0))
    return sorted(found)


def _cells_in(layout: Layout, territory: Territory, tags: Sequence[str]) -> list[int]:
    """Return the cells of one village each, in communes that have one of the tags."""
    found = []
    for number, cell in enumerate(layout.cells):
        if len(cell.villages) == 1:
            commune = layout.villages[cell.villages[0]].commune
            facts = territory.communes[commune].facts
            if any(facts.get(tag) is True for tag in tags):
                found.append(number)
    return found


def _helped(
    layout: Layout, territory: Territory, scaled: Scaled, guests: dict[int, int]
) -> None:
    """Let officials, and teachers or medical staff, attend the smallest cells."""
    needy = _cells_in(layout, territory, ("ethnic_minority", *_GUARDED))
    joint = [n for n, cell in enumerate(layout.cells) if len(cell.villages) > 1]
    needy = sorted({*needy, *joint}, key=lambda n: (layout.cells[n].members, n))
    staff: defaultdict[int, list[int]] = defaultdict(list)
    for organisation in layout.organisations:
        if organisation.type == "public_service":
            staff[organisation.above] += range(organisation.first, organisation.last)
    wanted = max(1, scaled.of(scaled.profile.attended_cells.value))
    for turn, number in enumerate(needy[:wanted]):
        organisation = layout.organisations[layout.cells[number].organisation]
        offices = [
            cell
            for cell in range(organisation.first, organisation.last)
            if not layout.cells[cell].villages
        ]
        others = staff[organisation.above]
        home = others if turn % 2 and others else offices
        _attend(layout, guests, [home[turn % len(home)]], [number])


def _attend(
    layout: Layout, guests: dict[int, int], home: Sequence[int], cells: Iterable[int]
) -> None:
    """Send a member of the home cells to each other cell; nobody goes to two."""
    free = _members(layout, home, guests)
    guests.update((guest, cell) for cell, guest in zip(cells, free, strict=False))


def _members(
    layout: Layout, home: Sequence[int], guests: dict[int, int]
) -> Iterator[int]:
    """Yield who of these cells is no guest yet, one of each cell in turn."""
    largest = max(layout.cells[number].members for number in home)
    for place in range(largest):
        for number in home:
            cell = layout.cells[number]
            if place < cell.members and cell.first + place not in guests:
                yield cell.first + place
