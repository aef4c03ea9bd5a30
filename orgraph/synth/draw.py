"""The rows of a synthetic province, as two streams in the order of their keys.

A stream may be asked for as often as one likes, and is the same every time. Nothing of
single households and members is kept.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from ..model import FOREVER, EdgeRow, Facts, FactValue, NodeRow
from ..pack import Pack
from . import names
from .chance import below, stream
from .charges import HOUSEHOLDS_EACH, charges
from .figures import Profile
from .layout import Cell, Layout, Organisation, lay_out
from .people import BEGINS, admissions, people, since
from .posts import UNITED, Posts
from .tags import tagged
from .territory import Territory

_EMPTY: Facts = {}
_FULL: Facts = {"form": "full"}
_WHOLE: Facts = {"part": "whole"}
_OUTSIDERS = 3
"""One member in so many of a commune's cells may come from another commune."""
_WORDS = {
    "secretary": "Bí thư",
    "deputy_secretary": "Phó Bí thư",
    "committee_member": "Ủy viên",
    "head": "Trưởng thôn",
}


class Synthetic:
    """A labelled synthetic organisation over a territory."""

    def __init__(
        self,
        pack: Pack,
        territory: Territory,
        profile: Profile,
        seed: int,
        scale: float = 1.0,
    ) -> None:
        """Lay it out; rows are drawn when they are asked for."""
        self.pack = pack
        self.profile = profile
        self.seed = seed
        self.scale = scale
        self.territory = tagged(territory, profile, seed)
        self.layout: Layout = lay_out(territory, profile, seed, scale)
        self._village_days = [
            territory.communes[village.commune].since
            for village in self.layout.villages
        ]
        self.posts = Posts(self.layout, seed, self._village_days)

    @property
    def title(self) -> str:
        """What the revision is called."""
        return (
            f"Synthetic organisation like {self.profile.name}, seed {self.seed}, "
            f"scale {self.scale:g}"
        )

    @cached_property
    def charges(self) -> dict[int, list[tuple[str, date]]]:
        """What members of committees are in charge of, by number, and since when."""
        return charges(self.layout, self.posts, self.territory)

    # Nodes

    def nodes(self) -> Iterator[NodeRow]:
        """Yield the territory, then what is synthetic, in order of the ids."""
        yield from self.territory.nodes()
        yield from self._cells()
        yield from self._committees()
        for place, village in enumerate(self.layout.villages):
            day = self._village_days[place]
            for number in range(village.first, village.first + village.households):
                home = names.household(number)
                yield NodeRow(home, "household", day, FOREVER, "", None, _EMPTY)
        for place, cell in enumerate(self.layout.cells):
            for number, who in enumerate(people(self.seed, place, cell), cell.first):
                member = names.member(number)
                yield NodeRow(member, "member", who.since, FOREVER, "", None, who.facts)
        for number, post in enumerate(self.posts.all):
            name = f"{names.LABEL} {_WORDS[post.role]}"
            facts = {"role": post.role}
            days = (post.since, post.until)
            yield NodeRow(names.post(number), "post", *days, name, None, facts)
        name = f"{names.LABEL} Đảng bộ {self.territory.province.name}"
        yield _unit(names.PROVINCIAL, "provincial_committee", name)
        for number in range(self.layout.sections):
            unit = names.section(number)
            name = f"{names.LABEL} Đảng bộ bộ phận {number}"
            yield _unit(unit, "sectional_committee", name)
        yield from self._villages()

    def _cells(self) -> Iterator[NodeRow]:
        for number, cell in enumerate(self.layout.cells):
            organisation = self.layout.organisations[cell.organisation]
            facts: Facts = {
                "type": "village" if cell.villages else organisation.type,
                "joint": len(cell.villages) > 1,
                "grassroots": organisation.is_cell,
            }
            name = f"{names.LABEL} Chi bộ {number}"
            day = BEGINS if cell.united < 0 else UNITED
            unit = names.cell(number)
            yield NodeRow(unit, "cell", day, FOREVER, name, None, facts)
        for number, half, _ in self._origins():
            name = f"{names.LABEL} Chi bộ {number}, {half}"
            unit = names.origin(number, half)
            facts = {"type": "village", "joint": False, "grassroots": False}
            yield NodeRow(unit, "cell", BEGINS, UNITED, name, None, facts)

    def _origins(self) -> Iterator[tuple[int, int, int]]:
        """Yield (number, half, cell) of the cells that were united."""
        for number, cell in enumerate(self.layout.cells):
            if cell.united >= 0:
                yield from ((cell.united, half, number) for half in (0, 1))

    def _committees(self) -> Iterator[NodeRow]:
        for number, kind in enumerate(self.layout.types):
            place = self.layout.districts[number]
            named = self.territory.districts[place].name if place >= 0 else str(number)
            name = f"{names.LABEL} Đảng bộ {named}"
            yield _unit(names.direct(number), "direct_committee", name, type=kind)
        for number, organisation in enumerate(self.layout.organisations):
            if organisation.is_cell:
                continue
            place = organisation.commune
            named = self.territory.communes[place].name if place >= 0 else str(number)
            name = f"{names.LABEL} Đảng bộ {named}"
            unit = names.grassroots(number)
            kind = "grassroots_committee"
            yield _unit(unit, kind, name, type=organisation.type)

    def _villages(self) -> Iterator[NodeRow]:
        words = self.profile.village_words
        per_100 = self.profile.people_per_100_households.value
        for number, village in enumerate(self.layout.villages):
            commune = self.territory.communes[village.commune]
            word = words.get(str(commune.facts.get("type")), words[""])
            tags = {tag.fact: commune.facts.get(tag.fact) for tag in self.profile.tags}
            facts = {
                "type": word,
                "households": village.households,
                "people": village.households * per_100 // 100,
                **{fact: value for fact, value in tags.items() if value is not None},
            }
            name = f"{names.LABEL} {word.capitalize()} {number}"
            days = (self._village_days[number], FOREVER)
            unit = names.village(number)
            yield NodeRow(unit, "village", *days, name, None, facts)

    # Edges

    def edges(self) -> Iterator[EdgeRow]:
        """Yield all edges, in order of source, kind and target."""
        yield from self.territory.edges
        yield from self._of_cells()
        yield from self._of_committees()
        for place, village in enumerate(self.layout.villages):
            day, home = self._village_days[place], names.village(place)
            for number in range(village.first, village.first + village.households):
                yield _edge("LIVES_IN", names.household(number), home, day)
        for place, cell in enumerate(self.layout.cells):
            yield from self._of_members(place, cell)
        for number, post in enumerate(self.posts.all):
            unit, days = names.post(number), (post.since, post.until)
            yield _edge("SEAT_IN", unit, post.unit, *days)
            if post.into >= 0:
                yield EdgeRow(
                    "SUCCEEDED_BY",
                    unit,
                    names.post(post.into),
                    post.until,
                    FOREVER,
                    _WHOLE,
                )
        province = self.territory.province
        yield _edge(
            "COVERS", names.PROVINCIAL, province.id, max(BEGINS, province.since)
        )
        for number, organisation in enumerate(self.layout.organisations):
            if organisation.section >= 0:
                unit = names.section(organisation.section)
                yield _edge("UNDER", unit, names.grassroots(number), BEGINS)
        for place, village in enumerate(self.layout.villages):
            commune = self.territory.communes[village.commune].id
            day = self._village_days[place]
            yield _edge("PART_OF", names.village(place), commune, day)

    def _above(self, number: int, organisation: Organisation) -> str:
        """Return what a cell is directly under; a section has the first half."""
        if organisation.is_cell:
            return names.direct(organisation.above)
        half = (organisation.first + organisation.last) // 2
        if organisation.section >= 0 and number < half:
            return names.section(organisation.section)
        return names.grassroots(self.layout.cells[number].organisation)

    def _of_cells(self) -> Iterator[EdgeRow]:
        for number, cell in enumerate(self.layout.cells):
            unit = names.cell(number)
            for village in cell.villages:
                day = max(BEGINS, self._village_days[village])
                yield _edge("COVERS", unit, names.village(village), day)
            organisation = self.layout.organisations[cell.organisation]
            day = BEGINS if cell.united < 0 else UNITED
            yield _edge("UNDER", unit, self._above(number, organisation), day)
        for number, half, cell_number in self._origins():
            unit, new = names.origin(number, half), names.cell(cell_number)
            yield EdgeRow("SUCCEEDED_BY", unit, new, UNITED, FOREVER, _WHOLE)
            above = self._above(
                cell_number,
                self.layout.organisations[self.layout.cells[cell_number].organisation],
            )
            yield _edge("UNDER", unit, above, BEGINS, UNITED)

    def _of_committees(self) -> Iterator[EdgeRow]:
        for number, place in enumerate(self.layout.districts):
            unit = names.direct(number)
            if place >= 0:
                district = self.territory.districts[place]
                yield _edge("COVERS", unit, district.id, max(BEGINS, district.since))
            yield _edge("UNDER", unit, names.PROVINCIAL, BEGINS)
        for number, organisation in enumerate(self.layout.organisations):
            if organisation.is_cell:
                continue
            unit = names.grassroots(number)
            if organisation.commune >= 0:
                commune = self.territory.communes[organisation.commune]
                yield _edge("COVERS", unit, commune.id, max(BEGINS, commune.since))
            yield _edge("UNDER", unit, names.direct(organisation.above), BEGINS)

    def _of_members(self, place: int, cell: Cell) -> Iterator[EdgeRow]:
        random = stream(self.seed, "native", place)
        commune = self.layout.organisations[cell.organisation].commune
        communes = self.territory.communes
        days = admissions(self.seed, place, cell)
        for at, admitted in enumerate(days):
            number, day = cell.first + at, since(admitted)
            member = names.member(number)
            for post, first, until in sorted(self.posts.held.get(number, ())):
                yield EdgeRow("HOLDS", member, names.post(post), first, until, _FULL)
            for target, first in self.charges.get(number, ()):
                yield _edge("IN_CHARGE_OF", member, target, max(day, first))
            yield from self._in_charge_at_home(cell, at, member, day)
            yield from self._member_of(place, cell, at, member, day)
            away = commune < 0 or below(random, _OUTSIDERS) == 0
            native = communes[below(random, len(communes)) if away else commune]
            yield _edge("NATIVE_OF", member, native.id, max(day, native.since))
            if cell.villages:
                home, first = self._home(cell, at)
                yield _edge("OF_HOUSEHOLD", member, home, max(day, first))

    def _village_of(self, cell: Cell, at: int) -> tuple[int, int]:
        """Return in which village a member lives, and as which of its members."""
        turn, place = divmod(at, len(cell.villages))
        return cell.villages[place], turn

    def _home(self, cell: Cell, at: int) -> tuple[str, date]:
        number, turn = self._village_of(cell, at)
        village = self.layout.villages[number]
        last = village.first + village.households - 1
        home = names.household(last - turn % village.households)
        return home, self._village_days[number]

    def _in_charge_at_home(
        self, cell: Cell, at: int, member: str, day: date
    ) -> Iterator[EdgeRow]:
        """Yield a member's charge of households, the first ones of the village."""
        if not cell.villages:
            return
        number, turn = self._village_of(cell, at)
        village = self.layout.villages[number]
        begins = max(day, self._village_days[number])
        first = turn * HOUSEHOLDS_EACH
        for home in range(first, min(first + HOUSEHOLDS_EACH, village.households)):
            target = names.household(village.first + home)
            yield _edge("IN_CHARGE_OF", member, target, begins)

    @staticmethod
    def _member_of(
        place: int, cell: Cell, at: int, member: str, day: date
    ) -> Iterator[EdgeRow]:
        """Yield the cell of a member, and the one that was united with another."""
        if cell.united >= 0 and day < UNITED:
            before = names.origin(cell.united, at % 2)
            yield _edge("MEMBER_OF", member, names.cell(place), UNITED)
            yield _edge("MEMBER_OF", member, before, day, UNITED)
        else:
            yield _edge("MEMBER_OF", member, names.cell(place), day)


def _unit(unit: str, kind: str, name: str, **facts: FactValue) -> NodeRow:
    return NodeRow(unit, kind, BEGINS, FOREVER, name, None, facts)


def _edge(
    kind: str, source: str, target: str, since: date, until: date = FOREVER
) -> EdgeRow:
    return EdgeRow(kind, source, target, since, until, _EMPTY)
