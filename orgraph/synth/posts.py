"""Who holds which post, now and before: posts of committees, cells and villages.

Holders are the senior members of the cells; one person holds several posts at once, as
the sources say: the secretary of a village's cell is the head of the village. Whoever
leads an organisation has a seat in its executive committee. A cell that was made of two
took over their secretaries' posts by succession.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from random import Random
from typing import NamedTuple

from ..model import FOREVER
from . import names
from .chance import below, stream
from .layout import Cell, Layout
from .people import BEGINS, admissions, officials

UNITED = date(2020, 3, 1)
"""The day on which cells were united."""

_VACANT = 60
_MEMBER = "committee_member"
_WITH_COMMITTEE = 9
"""Official members of a cell from which it has an executive committee: the charter."""
_LARGE = 20
_PROVINCE = ("secretary", *["deputy_secretary"] * 3, *[_MEMBER] * 47)
_DIRECT = ("secretary", *["deputy_secretary"] * 2, *[_MEMBER] * 30)
_COMMUNE = ("secretary", *["deputy_secretary"] * 2, *[_MEMBER] * 8)
_OTHER = ("secretary", "deputy_secretary", *[_MEMBER] * 3)


class Post(NamedTuple):
    """A post of a unit; `into` is the number of the post that succeeded it, or -1."""

    unit: str
    role: str
    since: date = BEGINS
    until: date = FOREVER
    into: int = -1


class Executive(NamedTuple):
    """The executive committee of an organisation; its seats are posts."""

    unit: str
    since: date


class _Body(NamedTuple):
    """A unit whose posts are filled, and its executive committee if it has one."""

    unit: str
    begins: date
    executive: str | None


class Holding(NamedTuple):
    """Days on which a member held a post."""

    post: int
    since: date
    until: date


class Posts:
    """All posts, by number, and what each member held, by the member's number."""

    def __init__(
        self, layout: Layout, seed: int, villages_since: Sequence[date]
    ) -> None:
        """Draw them; a village's post begins with the village."""
        self.layout = layout
        self.random = stream(seed, "posts")
        self.all: list[Post] = []
        self.executives: list[Executive] = []
        self.held: defaultdict[int, list[Holding]] = defaultdict(list)
        self._villages_since = villages_since
        for number, cell in enumerate(layout.cells):
            self._of_cell(number, cell, officials(admissions(seed, number, cell)))
        self._of_committees()

    def unit_of(self, post: Post) -> str:
        """Return the organisation of a post, also of a seat in its executive."""
        return self._leads.get(post.unit, post.unit)

    @cached_property
    def _leads(self) -> dict[str, str]:
        return {
            names.executive(number): executive.unit
            for number, executive in enumerate(self.executives)
        }

    def _of_cell(self, number: int, cell: Cell, official: int) -> None:
        begins = BEGINS if cell.united < 0 else UNITED
        roles = ["secretary"]
        if official >= _WITH_COMMITTEE:
            members = 1 + (cell.members >= _LARGE)
            roles += ["deputy_secretary", *[_MEMBER] * members]
        pool = [cell.first + place for place in range(cell.seniors)]
        secretary = len(self.all)
        before = _day(self.random, 2020, 4) if cell.united < 0 else UNITED
        terms = (_day(self.random, 2022, 10), before)
        body = _Body(names.cell(number), begins, None)
        if official >= _WITH_COMMITTEE:
            body = self._led(*body[:2])
        self._fill(body, roles, pool, terms)
        if cell.united >= 0:
            self._origins(cell, secretary)
        for place, village in enumerate(cell.villages):
            self._hold(
                pool[place % len(pool)],
                [len(self.all)],
                self._villages_since[village],
                FOREVER,
            )
            unit, day = names.village(village), self._villages_since[village]
            self.all.append(Post(unit, "head", day))

    def _origins(self, cell: Cell, secretary: int) -> None:
        """Add the secretaries of the two cells that a cell was made of.

        Whoever led the united cell first had led one of the two: a spell that goes on.
        """
        first = next(
            member - cell.first
            for member in range(cell.first, cell.first + cell.seniors)
            if any(h.post == secretary and h.since == UNITED for h in self.held[member])
        )
        leads = {first % 2: first, 1 - first % 2: 1 - first % 2}
        for half in (0, 1):
            member = cell.first + leads[half]
            self._hold(member, [len(self.all)], _day(self.random, 2015, 1), UNITED)
            unit = names.origin(cell.united, half)
            self.all.append(Post(unit, "secretary", BEGINS, UNITED, secretary))

    def _of_committees(self) -> None:
        """Fill committees from below: by heads of what is under them."""
        heads: defaultdict[int, list[int]] = defaultdict(list)
        for number, organisation in enumerate(self.layout.organisations):
            cells = self.layout.cells[organisation.first : organisation.last]
            office = next(cell for cell in (*cells, cells[0]) if not cell.villages)
            pool = [office.first + place for place in range(min(4, office.seniors))]
            pool += [cell.first for cell in cells if cell is not office]
            heads[organisation.above].append(pool[0])
            if not organisation.is_cell:
                roles = _COMMUNE if organisation.commune >= 0 else _OTHER
                self._committee(names.grassroots(number), roles, pool)
        top: list[int] = []
        for number in range(len(self.layout.types)):
            pool = heads[number]
            self._committee(names.direct(number), _DIRECT, pool)
            top += pool[:3]
        self._committee(names.PROVINCIAL, _PROVINCE, top)
        for organisation in self.layout.organisations:
            if organisation.section >= 0:
                half = (organisation.first + organisation.last) // 2
                cells = self.layout.cells[organisation.first : half]
                pool = [cell.first + turn for turn in (0, 1) for cell in cells]
                self._committee(names.section(organisation.section), _OTHER, pool)

    def _committee(self, unit: str, roles: Sequence[str], pool: Sequence[int]) -> None:
        month = 5 + below(self.random, 3)
        terms = (_day(self.random, 2020, month), _day(self.random, 2015, month))
        # A third of those who could sit don't, so that there are some to come before.
        seats = roles[: max(1, len(pool) * 2 // 3)]
        self._fill(self._led(unit, BEGINS), seats, pool, terms)

    def _led(self, unit: str, begins: date) -> _Body:
        """Give an organisation its executive committee."""
        executive = names.executive(len(self.executives))
        self.executives.append(Executive(unit, begins))
        return _Body(unit, begins, executive)

    def _fill(
        self,
        body: _Body,
        roles: Sequence[str],
        pool: Sequence[int],
        terms: tuple[date, date],
    ) -> None:
        """Add the posts of a unit: held since the last congress, or the one before.

        A post that somebody else held before is taken over on the day of the last one.
        With an executive committee each role has a seat in it, held by the same.
        """
        unit, begins, seats = body
        last, before = terms[0], max(terms[1], begins)
        spare = len(roles)
        for place, role in enumerate(roles):
            first = len(self.all)
            if role != _MEMBER:
                self.all.append(Post(unit, role, begins))
            if seats:
                self.all.append(Post(seats, _MEMBER, begins))
            posts = range(first, len(self.all))
            vacant = place > 0 and below(self.random, _VACANT) == 0
            changed = below(self.random, 2) == 0 and spare < len(pool)
            if changed:
                self._hold(pool[spare], posts, before, last)
                spare += 1
            if place < len(pool) and not vacant:
                self._hold(pool[place], posts, last if changed else before, FOREVER)

    def _hold(
        self, member: int, posts: Iterable[int], since: date, until: date
    ) -> None:
        self.held[member] += (Holding(post, since, until) for post in posts)


def _day(random: Random, year: int, month: int) -> date:
    return date(year, month, 1 + below(random, 28))
