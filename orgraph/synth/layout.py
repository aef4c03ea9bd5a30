"""Lays out how many of what there is where: committees, cells, villages, households.

What is below a commune is numbered through, so that a number says where it belongs and
nothing of a single household or member is kept.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from .chance import below, shares, shuffle, stream, weights
from .figures import Profile
from .territory import Territory

LEAST_MEMBERS = 4
OFFICE = 1
"""Of a commune's cells that have no village, the first is its office's."""

_OTHERS = ("agencies", "enterprises", "armed_forces", "other")
"""What the committees directly under the province are that have no territory."""


class Village(NamedTuple):
    """A village: its commune, and its households from `first` on."""

    commune: int
    first: int
    households: int


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


class _Site(NamedTuple):
    """An organisation before its cells are counted out: the villages of each cell."""

    above: int
    type: str
    commune: int
    is_cell: bool
    cells: list[tuple[int, ...]]


def lay_out(
    territory: Territory, profile: Profile, seed: int, scale: float = 1.0
) -> Layout:
    """Return the layout of a profile over a territory.

    `scale` multiplies all that is below communes, and the organisations that have no
    commune; there is one of everything at the least.
    """
    size = _Sizes(profile, scale)
    villages = _villages(territory, profile, seed, size)
    types, districts = _direct(territory, profile)
    sites = _commune_sites(territory, profile, seed, villages, size)
    sites += _other_sites(profile, seed, types, districts, sites, size)
    organisations, cells, sections = _numbered(profile, seed, sites, size)
    cell_of = [0] * len(villages)
    for number, cell in enumerate(cells):
        for village in cell.villages:
            cell_of[village] = number
    return Layout(
        types, districts, organisations, cells, villages, sections, cell_of
    )


class _Sizes:
    """The figures of a profile, scaled."""

    def __init__(self, profile: Profile, scale: float) -> None:
        self.profile = profile
        self.per_million = round(scale * 1_000_000)

    def of(self, number: int) -> int:
        """Return a number scaled: half and more is one more."""
        return (number * self.per_million + 500_000) // 1_000_000


def _villages(
    territory: Territory, profile: Profile, seed: int, size: _Sizes
) -> list[Village]:
    random = stream(seed, "villages")
    number = len(territory.communes)
    total = max(size.of(profile.villages.value), number + number // 8)
    counts = shares(total, weights(random, number, 60, 140), least=1)
    places = [place for place, count in enumerate(counts) for _ in range(count)]
    random = stream(seed, "households")
    total = size.of(profile.households.value)
    homes = shares(total, weights(random, len(places), 70, 130), least=1)
    firsts = accumulate(homes, initial=0)
    return [Village(*row) for row in zip(places, firsts, homes, strict=False)]


def _direct(
    territory: Territory, profile: Profile
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the committees directly under the province: districts', then others."""
    words = {"thành phố": "city", "thị xã": "town"}
    types = [words.get(str(d.facts.get("type")), "district") for d in territory.districts]
    others = max(len(_OTHERS), profile.direct.value - len(types))
    districts = [*range(len(types)), *[-1] * others]
    types += [_OTHERS[place % len(_OTHERS)] for place in range(others)]
    return tuple(types), tuple(districts)


def _commune_sites(
    territory: Territory,
    profile: Profile,
    seed: int,
    villages: Sequence[Village],
    size: _Sizes,
) -> list[_Site]:
    """Return the committees of communes; each village has a cell, or shares one."""
    random = stream(seed, "joint cells")
    number = {district.id: place for place, district in enumerate(territory.districts)}
    parent = territory.district_of()
    codes = {district.id: district.code for district in territory.districts}
    own: list[list[int]] = [[] for _ in territory.communes]
    for place, village in enumerate(villages):
        own[village.commune].append(place)
    jointly = [
        place
        for place, commune in enumerate(territory.communes)
        if len(own[place]) > 1
        and codes.get(parent[commune.id]) in profile.white_joint_districts
    ] or [place for place in range(len(own)) if len(own[place]) > 1]
    shuffle(random, jointly)
    wanted = max(1, size.of(profile.joint_cells.value))
    joint = dict.fromkeys(jointly[:wanted], 0)
    for extra in range(wanted - len(joint) if joint else 0):
        joint[list(joint)[extra % len(joint)]] += 1
    offices = max(1, size.of(profile.commune_cells.value))
    sites = []
    for place, commune in enumerate(territory.communes):
        here = [(village,) for village in own[place]]
        for _ in range(1 + joint[place] if place in joint else 0):
            together = 3 if len(here) > 5 and below(random, 2) else 2  # noqa: PLR2004
            if sum(len(cell) == 1 for cell in here) >= together:
                here = [*here[together:], sum(here[:together], ())]
        here += [()] * offices
        above = number.get(parent[commune.id], 0)
        sites.append(_Site(above, "commune", place, is_cell=False, cells=here))
    return sites


def _other_sites(
    profile: Profile,
    seed: int,
    types: Sequence[str],
    districts: Sequence[int],
    communes: Sequence[_Site],
    size: _Sizes,
) -> list[_Site]:
    """Return the grassroots organisations of agencies, enterprises, armed forces."""
    random = stream(seed, "organisations")
    committees = profile.committees.value - len(communes)
    alone = profile.grassroots.value - profile.committees.value
    weight = [70 + below(random, 60) + 60 * (d < 0) for d in districts]
    cells = size.of(profile.cells.value) - sum(len(site.cells) for site in communes)
    counts = shares(size.of(committees), weight, least=1)
    singles = shares(size.of(alone), weight, least=1)
    each = shares(cells, weights(random, sum(counts), 60, 140), least=3)
    left = iter(each)
    sites = []
    for place, kind in enumerate(types):
        own = _types_below(kind)
        for number in range(counts[place]):
            below_it: list[tuple[int, ...]] = [()] * next(left)
            what = own[number % len(own)]
            sites.append(_Site(place, what, -1, is_cell=False, cells=below_it))
        for number in range(singles[place]):
            what = own[number % len(own)]
            sites.append(_Site(place, what, -1, is_cell=True, cells=[()]))
    return sites


def _types_below(kind: str) -> tuple[str, ...]:
    """Return what the grassroots organisations below a committee are."""
    if kind in {"agencies", "enterprises", "armed_forces", "other"}:
        return (kind,)
    return ("agencies", "public_service", "enterprises", "armed_forces")


def _numbered(
    profile: Profile, seed: int, sites: Sequence[_Site], size: _Sizes
) -> tuple[list[Organisation], list[Cell], int]:
    """Number the cells and their members through."""
    random = stream(seed, "cells")
    weight = []
    for site in sites:
        for villages in site.cells:
            weight.append(
                40 * len(villages)
                if len(villages) > 1
                else 70 + below(random, 60) + (10 if villages else 0)
            )
    total = size.of(profile.members.value)
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
            sorted(alone[: max(1, size.of(profile.united_cells.value))])
        )
    }
    large = sorted(
        (place for place, site in enumerate(sites) if site.commune < 0),
        key=lambda place: (-len(sites[place].cells), place),
    )
    wanted = min(size.of(profile.sections.value), len(large))
    section = {place: number for number, place in enumerate(sorted(large[:wanted]))}
    organisations, cells, first = [], [], 0
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
