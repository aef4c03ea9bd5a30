"""Says where there are villages and which organisation leads what, before numbering."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

from .chance import below, shares, shuffle, stream, weights
from .figures import Profile
from .territory import Territory

_OTHERS = ("agencies", "enterprises", "armed_forces", "other")
"""What the committees directly under the province are that have no territory."""
_LARGER = 30
"""By how much a neighbourhood of a town is larger than a village, of 100: assumed."""


class Village(NamedTuple):
    """A village: its commune, and its households from `first` on."""

    commune: int
    first: int
    households: int


class Site(NamedTuple):
    """An organisation before its cells are counted out: the villages of each cell."""

    above: int
    type: str
    commune: int
    is_cell: bool
    cells: list[tuple[int, ...]]


class Scaled(NamedTuple):
    """The figures of a profile, scaled, and the streams of a seed."""

    profile: Profile
    seed: int
    per_million: int

    def of(self, number: int) -> int:
        """Return a number scaled: half and more is one more."""
        return (number * self.per_million + 500_000) // 1_000_000

    def stream(self, name: str) -> Random:
        """Return the stream of this name."""
        return stream(self.seed, name)


def lay_villages(territory: Territory, scaled: Scaled) -> list[Village]:
    """Deal villages out to communes, and households to villages."""
    random = scaled.stream("villages")
    number = len(territory.communes)
    total = max(scaled.of(scaled.profile.villages.value), number + number // 8)
    counts = shares(total, weights(random, number, 60, 140), least=1)
    places = [place for place, count in enumerate(counts) for _ in range(count)]
    random = scaled.stream("households")
    total = scaled.of(scaled.profile.households.value)
    rural = scaled.profile.village_words
    towns = [str(c.facts.get("type")) not in rural for c in territory.communes]
    weight = weights(random, len(places), 70, 130)
    larger = [w + _LARGER * towns[c] for w, c in zip(weight, places, strict=True)]
    homes = shares(total, larger, least=1)
    firsts = accumulate(homes, initial=0)
    return [Village(*row) for row in zip(places, firsts, homes, strict=False)]


def direct_committees(
    territory: Territory, profile: Profile
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the committees directly under the province: districts', then others."""
    words = {"thành phố": "city", "thị xã": "town"}
    types = [
        words.get(str(d.facts.get("type")), "district") for d in territory.districts
    ]
    others = max(len(_OTHERS), profile.direct.value - len(types))
    districts = [*range(len(types)), *[-1] * others]
    types += [_OTHERS[place % len(_OTHERS)] for place in range(others)]
    return tuple(types), tuple(districts)


def commune_sites(
    territory: Territory,
    villages: Sequence[Village],
    scaled: Scaled,
) -> list[Site]:
    """Return the committees of communes; each village has a cell, or shares one."""
    random = scaled.stream("joint cells")
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
        and codes.get(parent[commune.id]) in scaled.profile.white_joint_districts
    ] or [place for place in range(len(own)) if len(own[place]) > 1]
    shuffle(random, jointly)
    wanted = max(1, scaled.of(scaled.profile.joint_cells.value))
    joint = dict.fromkeys(jointly[:wanted], 0)
    for extra in range(wanted - len(joint) if joint else 0):
        joint[list(joint)[extra % len(joint)]] += 1
    offices = max(1, scaled.of(scaled.profile.commune_cells.value))
    sites = []
    for place, commune in enumerate(territory.communes):
        here: list[tuple[int, ...]] = [(village,) for village in own[place]]
        for _ in range(1 + joint[place] if place in joint else 0):
            together = 3 if len(here) > 5 and below(random, 2) else 2  # noqa: PLR2004
            if sum(len(cell) == 1 for cell in here) >= together:
                here = [*here[together:], sum(here[:together], ())]
        here += [()] * offices
        above = number.get(parent[commune.id], 0)
        sites.append(Site(above, "commune", place, is_cell=False, cells=here))
    return sites


def other_sites(
    types: Sequence[str],
    districts: Sequence[int],
    communes: Sequence[Site],
    scaled: Scaled,
) -> list[Site]:
    """Return the grassroots organisations of agencies, enterprises, armed forces."""
    random = scaled.stream("organisations")
    committees = scaled.profile.committees.value - len(communes)
    alone = scaled.profile.grassroots.value - scaled.profile.committees.value
    weight = [70 + below(random, 60) + 60 * (d < 0) for d in districts]
    cells = scaled.of(scaled.profile.cells.value) - sum(
        len(site.cells) for site in communes
    )
    counts = shares(scaled.of(committees), weight, least=1)
    singles = shares(scaled.of(alone), weight, least=1)
    each = shares(cells, weights(random, sum(counts), 60, 140), least=3)
    left = iter(each)
    sites = []
    for place, kind in enumerate(types):
        own = _types_below(kind)
        for number in range(counts[place]):
            below_it: list[tuple[int, ...]] = [()] * next(left)
            what = own[number % len(own)]
            sites.append(Site(place, what, -1, is_cell=False, cells=below_it))
        for number in range(singles[place]):
            what = own[number % len(own)]
            sites.append(Site(place, what, -1, is_cell=True, cells=[()]))
    return sites


def _types_below(kind: str) -> tuple[str, ...]:
    """Return what the grassroots organisations below a committee are."""
    if kind in {"agencies", "enterprises", "armed_forces", "other"}:
        return (kind,)
    return ("agencies", "public_service", "enterprises", "armed_forces")
