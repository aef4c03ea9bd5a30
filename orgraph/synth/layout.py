"""Lays out how many of what there is where: committees, cells, villages, households.

What is below a commune is numbered through, so that a number says where it belongs and
nothing of a single household or member is kept.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .chance import below, shares, shuffle
from .sites import (
    Scaled,
    Site,
    Village,
    commune_sites,
    direct_committees,
    lay_villages,
    other_sites,
)
from .territory import Territory

LEAST_MEMBERS = 4
_SMALL = 8
"""One cell in so many is a third of the usual size: assumed."""


class Organisation(NamedTuple):
    """A committee or a grassroots cell: the number of what is above it, and its type.

    Cells below it are from `first` up to `last`. `commune` is what it covers, or -1.
    """

    above: int
    type: str
    first: int
    last: int
    commune: int
    is_cell: bool
    section: int


class Cell(NamedTuple):
    """A cell: its organisation, the villages it serves, its members from `first` on.

    `united` is the number of the two cells that it was made of, or -1.
    """

    organisation: int
    villages: tuple[int, ...]
    first: int
    members: int
    united: int

    @property
    def seniors(self) -> int:
        """How many of the members were there when the records begin."""
        return self.members * 3 // 5


class Layout(NamedTuple):
    """The whole province, by numbers."""

    types: tuple[str, ...]
    districts: tuple[int, ...]
    """For each committee directly under the province its type, and district or -1."""
    organisations: list[Organisation]
    cells: list[Cell]
    villages: list[Village]
    sections: int
    cell_of: list[int]
    """Of each village."""

    @property
    def members(self) -> int:
        """How many members there are."""
        last = self.cells[-1]
        return last.first + last.members

    @property
    def households(self) -> int:
        """How many households there are."""
        last = self.villages[-1]
        return last.first + last.households


def lay_out(territory: Territory, scaled: Scaled) -> Layout:
    """Return the layout of a profile over a territory.

    Its scale multiplies all that is below communes, and the organisations that have no
    commune; there is one of everything at the least.
    """
    villages = lay_villages(territory, scaled)
    types, districts = direct_committees(territory, scaled.profile)
    sites = commune_sites(territory, villages, scaled)
    sites += other_sites(types, districts, sites, scaled)
    organisations, cells, sections = _numbered(sites, scaled)
    cell_of = [0] * len(villages)
    for number, cell in enumerate(cells):
        for village in cell.villages:
            cell_of[village] = number
    return Layout(types, districts, organisations, cells, villages, sections, cell_of)


def _numbered(
    sites: Sequence[Site], scaled: Scaled
) -> tuple[list[Organisation], list[Cell], int]:
    """Number the cells and their members through."""
    random = scaled.stream("cells")
    weight = [
        40 * len(villages)
        if len(villages) > 1
        else (70 + below(random, 60)) // (1 if below(random, _SMALL) else 3)
        + (10 if villages else 0)
        for site in sites
        for villages in site.cells
    ]
    total = scaled.of(scaled.profile.members.value)
    sizes = shares(total, weight, least=LEAST_MEMBERS)
    alone = [
        number
        for number, villages in enumerate(v for site in sites for v in site.cells)
        if len(villages) == 1
    ]
    shuffle(random, alone)
    alone.sort(key=lambda number: sizes[number] < 4 * LEAST_MEMBERS)
    united = {
        number: place
        for place, number in enumerate(
            sorted(alone[: max(1, scaled.of(scaled.profile.united_cells.value))])
        )
    }
    large = sorted(
        (place for place, site in enumerate(sites) if site.commune < 0),
        key=lambda place: (-len(sites[place].cells), place),
    )
    wanted = min(scaled.of(scaled.profile.sections.value), len(large))
    section = {place: number for number, place in enumerate(sorted(large[:wanted]))}
    organisations: list[Organisation] = []
    cells: list[Cell] = []
    first = 0
    for place, site in enumerate(sites):
        begins = len(cells)
        for villages in site.cells:
            here = len(cells)
            cells.append(
                Cell(place, villages, first, sizes[here], united.get(here, -1))
            )
            first += sizes[here]
        rest = (begins, len(cells), site.commune, site.is_cell, section.get(place, -1))
        organisations.append(Organisation(site.above, site.type, *rest))
    return organisations, cells, wanted
