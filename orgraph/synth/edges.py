"""The edges of a synthetic province: who is below, in charge of and member of what."""

from collections.abc import Iterator
from datetime import date

from ..model import FOREVER, EdgeRow, Facts
from . import names
from .chance import below, stream
from .charges import HOUSEHOLDS_EACH
from .guards import ATTENDING
from .layout import Cell, Organisation
from .people import BEGINS, admissions, since
from .planning import PLANNED, STAGE
from .posts import UNITED
from .sketch import Sketch

_EMPTY: Facts = {}
_FULL: Facts = {"form": "full"}
_STAGE: Facts = {"stage": STAGE}
_WHOLE: Facts = {"part": "whole"}
_OUTSIDERS = 3
"""One member in so many of a commune's cells may come from another commune."""


class Edges:
    """Draws the edges of a sketch."""

    def __init__(self, sketch: Sketch) -> None:
        self._sketch = sketch
        self._layout = sketch.layout
        self._territory = sketch.territory

    def rows(self) -> Iterator[EdgeRow]:
        """Yield all edges, in order of source, kind and target."""
        yield from self._territory.edges
        yield from self._of_the_guard()
        yield from self._of_cells()
        yield from self._of_committees()
        for place, village in enumerate(self._layout.villages):
            day, home = self._sketch.village_days[place], names.village(place)
            for number in range(village.first, village.first + village.households):
                yield _edge("LIVES_IN", names.household(number), home, day)
        for place, cell in enumerate(self._layout.cells):
            yield from self._of_members(place, cell)
        yield from self._of_posts()
        province = self._territory.province
        day = max(BEGINS, province.since)
        yield _edge("COVERS", names.PROVINCIAL, province.id, day)
        for number, organisation in enumerate(self._layout.organisations):
            if organisation.section >= 0:
                unit = names.section(organisation.section)
                yield _edge("UNDER", unit, names.grassroots(number), BEGINS)
        for place, village in enumerate(self._layout.villages):
            commune = self._territory.communes[village.commune].id
            day = self._sketch.village_days[place]
            yield _edge("PART_OF", names.village(place), commune, day)

    def _of_the_guard(self) -> Iterator[EdgeRow]:
        posts = self._sketch.attendance.posts
        if posts:
            province = self._territory.province
            day = max(BEGINS, province.since)
            yield _edge("UNDER", names.ARMED, province.id, day)
        for number in range(len(posts)):
            yield _edge("UNDER", names.border_post(number), names.ARMED, BEGINS)

    def _of_posts(self) -> Iterator[EdgeRow]:
        for number, post in enumerate(self._sketch.posts.all):
            unit, days = names.post(number), (post.since, post.until)
            yield _edge("SEAT_IN", unit, post.unit, *days)
            if post.into >= 0:
                new = names.post(post.into)
                days = (post.until, FOREVER)
                yield EdgeRow("SUCCEEDED_BY", unit, new, *days, _WHOLE)

    def _above(self, number: int, organisation: Organisation) -> str:
        """Return what a cell is directly under; a section has the first half."""
        if organisation.is_cell:
            return names.direct(organisation.above)
        half = (organisation.first + organisation.last) // 2
        if organisation.section >= 0 and number < half:
            return names.section(organisation.section)
        return names.grassroots(self._layout.cells[number].organisation)

    def _of_cells(self) -> Iterator[EdgeRow]:
        guarding = {
            cell: names.border_post(number)
            for number, cell in enumerate(self._sketch.attendance.posts)
        }
        for number, cell in enumerate(self._layout.cells):
            unit = names.cell(number)
            if number in guarding:
                yield _edge("COVERS", unit, guarding[number], BEGINS)
            for village in cell.villages:
                day = max(BEGINS, self._sketch.village_days[village])
                yield _edge("COVERS", unit, names.village(village), day)
            organisation = self._layout.organisations[cell.organisation]
            day = BEGINS if cell.united < 0 else UNITED
            yield _edge("UNDER", unit, self._above(number, organisation), day)
        for number, half, cell_number in self._sketch.origins():
            unit, new = names.origin(number, half), names.cell(cell_number)
            yield EdgeRow("SUCCEEDED_BY", unit, new, UNITED, FOREVER, _WHOLE)
            above = self._above(
                cell_number,
                self._layout.organisations[
                    self._layout.cells[cell_number].organisation
                ],
            )
            yield _edge("UNDER", unit, above, BEGINS, UNITED)

    def _of_committees(self) -> Iterator[EdgeRow]:
        for number, place in enumerate(self._layout.districts):
            unit = names.direct(number)
            if place >= 0:
                district = self._territory.districts[place]
                yield _edge("COVERS", unit, district.id, max(BEGINS, district.since))
            yield _edge("UNDER", unit, names.PROVINCIAL, BEGINS)
        for number, executive in enumerate(self._sketch.posts.executives):
            unit = names.executive(number)
            yield _edge("UNDER", unit, executive.unit, executive.since)
        for number, organisation in enumerate(self._layout.organisations):
            if organisation.is_cell:
                continue
            unit = names.grassroots(number)
            if organisation.commune >= 0:
                commune = self._territory.communes[organisation.commune]
                yield _edge("COVERS", unit, commune.id, max(BEGINS, commune.since))
            yield _edge("UNDER", unit, names.direct(organisation.above), BEGINS)

    def _of_members(self, place: int, cell: Cell) -> Iterator[EdgeRow]:
        random = stream(self._sketch.seed, "native", place)
        commune = self._layout.organisations[cell.organisation].commune
        communes = self._territory.communes
        days = admissions(self._sketch.seed, place, cell)
        guests = self._sketch.attendance.guests
        for at, admitted in enumerate(days):
            number, day = cell.first + at, since(admitted)
            member = names.member(number)
            if number in guests:
                begins = max(ATTENDING, day)
                yield _edge("ATTENDS", member, names.cell(guests[number]), begins)
            for post, first, until in sorted(self._sketch.posts.held.get(number, ())):
                yield EdgeRow("HOLDS", member, names.post(post), first, until, _FULL)
            for target, first in self._sketch.charges.get(number, ()):
                yield _edge("IN_CHARGE_OF", member, target, max(day, first))
            yield from self._in_charge_at_home(cell, at, member, day)
            yield from self._member_of(place, cell, at, member, day)
            away = commune < 0 or below(random, _OUTSIDERS) == 0
            native = communes[below(random, len(communes)) if away else commune]
            yield _edge("NATIVE_OF", member, native.id, max(day, native.since))
            if cell.villages:
                home, first = self._home(cell, at)
                yield _edge("OF_HOUSEHOLD", member, home, max(day, first))
            for post in self._sketch.planning.get(number, ()):
                last = (PLANNED, FOREVER)
                yield EdgeRow("PLANNED_FOR", member, names.post(post), *last, _STAGE)

    def _village_of(self, cell: Cell, at: int) -> tuple[int, int]:
        """Return in which village a member lives, and as which of its members."""
        turn, place = divmod(at, len(cell.villages))
        return cell.villages[place], turn

    def _home(self, cell: Cell, at: int) -> tuple[str, date]:
        number, turn = self._village_of(cell, at)
        village = self._layout.villages[number]
        last = village.first + village.households - 1
        home = names.household(last - turn % village.households)
        return home, self._sketch.village_days[number]

    def _in_charge_at_home(
        self, cell: Cell, at: int, member: str, day: date
    ) -> Iterator[EdgeRow]:
        """Yield a member's charge of households, the first ones of the village.

        Nobody is in charge of the own household.
        """
        if not cell.villages:
            return
        number, turn = self._village_of(cell, at)
        village = self._layout.villages[number]
        begins = max(day, self._sketch.village_days[number])
        own, _ = self._home(cell, at)
        first = turn * HOUSEHOLDS_EACH
        for home in range(first, min(first + HOUSEHOLDS_EACH, village.households)):
            target = names.household(village.first + home)
            if target != own:
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


def _edge(
    kind: str, source: str, target: str, since: date, until: date = FOREVER
) -> EdgeRow:
    return EdgeRow(kind, source, target, since, until, _EMPTY)
