"""Says what goes where when communes are divided or merged: the rows of a parts file.

A conversion table says which commune becomes which. What it can't say is drawn here of
a synthetic organisation: which villages go to which part, with them the cells, the
posts and those in charge; and where several secretaries meet, whose post stays.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from ..errors import InputError
from . import names
from .chance import shares, shuffle, stream, weights
from .draw import Synthetic

HEADER = ("old", "new", "part")
_SEAT = "SEAT_IN"


class Passage(NamedTuple):
    """A row of a conversion table: what of an old commune comes to a new one, by codes.

    `stays` is what lives on: whole, or as what is left of it. `people` is how many of
    them a part takes along: all, none, or some that the table leaves open.
    """

    old: str
    new: str
    means: Literal["whole", "part", "stays"]
    people: Literal["all", "none", "some"] = "some"


class Going(NamedTuple):
    """A row of a parts file: what goes from an old commune, or its committee, to a new.

    Of posts that meet it is the one that stays; the others of its role end.
    """

    old: str
    new: str
    part: str


def goings(drawn: Synthetic, passages: Sequence[Passage]) -> list[Going]:
    """Return what goes where, sorted: the same for the same seed and table.

    InputError where the table speaks of a commune that isn't there, or lets the people
    of a divided one go nowhere.
    """
    return sorted(_Parting(drawn, passages).goings())


def parts_text(rows: Iterable[Going]) -> str:
    """Return a parts file as `orgraph draft --parts` reads it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return text.getvalue()


class _Parting:
    def __init__(self, drawn: Synthetic, passages: Sequence[Passage]) -> None:
        self.drawn = drawn
        self.layout = drawn.layout
        communes = drawn.territory.communes
        self.place = {str(row.code): at for at, row in enumerate(communes)}
        if unknown := sorted({way.old for way in passages} - self.place.keys()):
            message = f"there is no commune {unknown[0]} of the table in the territory"
            raise InputError(message)
        self.committee = {
            organisation.commune: number
            for number, organisation in enumerate(self.layout.organisations)
            if organisation.commune >= 0
        }
        self.ways: defaultdict[str, list[Passage]] = defaultdict(list)
        for way in sorted(passages):
            self.ways[way.old].append(way)
        self.villages: defaultdict[int, list[int]] = defaultdict(list)
        for number, village in enumerate(self.layout.villages):
            self.villages[village.commune].append(number)
        self.parts = {
            old: self._peopled(old, ways)
            for old, ways in self.ways.items()
            if any(way.means == "part" for way in ways)
        }
        self.settled = self._settled()
        self.divided = {old: self._divide(old, to) for old, to in self.parts.items()}
        self.seat = {old: self._most(old) for old in self.ways}

    def goings(self) -> Iterator[Going]:
        """Yield what goes from each divided commune, and which heads stay."""
        seated, charged, leading = self._seated(), self._charged(), self._leading()
        asked = self._asked()
        for old in self.divided:
            stays = [way.new for way in self.ways[old] if way.means == "stays"]
            yield from (row for row in self._of(old) if row.new not in stays)
            if self.seat[old] in stays:
                continue
            parts: dict[str, None] = {}
            for unit in self._units(old):
                kept = (names.post(n) for n, role in seated[unit] if role not in asked)
                parts |= dict.fromkeys([*kept, *charged[unit], *leading[unit]])
            yield from (Going(old, self.seat[old], part) for part in parts)
        yield from self._heads(seated, asked)

    def _of(self, old: str) -> Iterator[Going]:
        """Yield the villages of a divided commune, and the cells of its committee."""
        going = self.divided[old]
        for village, new in going.items():
            yield Going(old, new, names.village(village))
        organisation = self.layout.organisations[self.committee[self.place[old]]]
        for number in range(organisation.first, organisation.last):
            villages = self.layout.cells[number].villages
            # A joint cell goes whole with its host, the first village that it serves.
            new = going[villages[0]] if villages else self.seat[old]
            yield Going(old, new, names.cell(number))

    def _peopled(self, old: str, ways: Sequence[Passage]) -> list[str]:
        """Return the parts of a divided commune that get people, by the table."""
        targets = [way.new for way in ways if way.people == "all"]
        targets = targets or [way.new for way in ways if way.people != "none"]
        if not targets:
            message = f"the people of {old} go nowhere by the table"
            raise InputError(message)
        return targets

    def _settled(self) -> set[str]:
        """Return the new communes that are sure of a village."""
        found = {
            way.new
            for old, ways in self.ways.items()
            for way in ways
            if old not in self.parts and self.villages[self.place[old]]
        }
        for old, targets in self.parts.items():
            if len(self.villages[self.place[old]]) >= len(targets):
                found.update(targets)
        return found

    def _divide(self, old: str, targets: Sequence[str]) -> dict[int, str]:
        """Deal the villages of a commune out to its parts, in blocks.

        Where they are too few for all, the parts that nobody else settles come first.
        """
        villages = self.villages[self.place[old]]
        together: defaultdict[int, list[int]] = defaultdict(list)
        for village in villages:
            together[self.layout.cell_of[village]].append(village)
        blocks = list(together.values())
        if len(blocks) < len(targets):  # only then is a joint cell's ground divided
            blocks = [[village] for village in villages]
        random = stream(self.drawn.seed, "parts", old)
        if len(blocks) < len(targets):
            drawn = list(targets)
            shuffle(random, drawn)
            drawn.sort(key=self.settled.__contains__)
            targets = sorted(drawn[: len(blocks)])
        sizes = shares(len(blocks), weights(random, len(targets), 60, 140), least=1)
        left = iter(blocks)
        return {
            village: target
            for target, size in zip(targets, sizes, strict=True)
            for _ in range(size)
            for village in next(left)
        }

    def _most(self, old: str) -> str:
        """Return the new commune that gets most of an old one, by its households."""
        if old not in self.divided:
            return self.ways[old][0].new
        homes: defaultdict[str, int] = defaultdict(int)
        for village, new in self.divided[old].items():
            homes[new] += self.layout.villages[village].households
        return min(homes, key=lambda new: (-homes[new], new))

    def _units(self, old: str) -> tuple[str, str]:
        """Return what has posts, and is in somebody's charge: commune and committee."""
        place = self.place[old]
        commune = self.drawn.territory.communes[place].id
        return commune, names.grassroots(self.committee[place])

    def _seated(self) -> defaultdict[str, list[tuple[int, str]]]:
        """Return the posts of each unit by number, with their roles."""
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, post in enumerate(self.drawn.posts.all):
            found[post.unit].append((number, post.role))
        return found

    def _charged(self) -> defaultdict[str, list[str]]:
        """Return who is in charge of each unit."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for member, targets in sorted(self.drawn.charges.items()):
            for target, _ in targets:
                found[target].append(names.member(member))
        return found

    def _leading(self) -> defaultdict[str, list[str]]:
        """Return the executive committee of each organisation that has one."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for number, executive in enumerate(self.drawn.posts.executives):
            found[executive.unit].append(names.executive(number))
        return found

    def _asked(self) -> frozenset[str]:
        """Return the roles of which a unit can have but one, by the pack."""
        seat = self.drawn.pack.edges[_SEAT]
        return frozenset(
            str(role)
            for case in seat.same_cases
            if case.then == "ask" and (role := case.where.get("role"))
        )

    def _heads(
        self, seated: defaultdict[str, list[tuple[int, str]]], asked: frozenset[str]
    ) -> Iterator[Going]:
        """Yield, where heads meet, the post of the committee with the most members."""
        meeting: defaultdict[tuple[str, int, str], list[tuple[int, str, str]]]
        meeting = defaultdict(list)
        for old, new in self._head_seats().items():
            most = -self._members(old)
            for level, unit in enumerate(self._units(old)):
                for number, role in seated[unit]:
                    if role in asked:
                        found = (most, names.post(number), old)
                        meeting[new, level, role].append(found)
        for (new, _, _), posts in sorted(meeting.items()):
            _, post, old = min(posts)
            stays = any(way.means == "stays" for way in self.ways[old])
            if len(posts) > 1 or (old in self.divided and not stays):
                yield Going(old, new, post)

    def _head_seats(self) -> dict[str, str]:
        """Return where each committee's heads go: where there would be none, or most.

        Only a divided committee can send its heads where less of the people goes, or,
        of too few villages, none.
        """
        found = dict(self.seat)
        for new in sorted({way.new for ways in self.ways.values() for way in ways}):
            sending = (
                (-self._members(old), old)
                for old, parts in self.parts.items()
                if new in parts and [*found.values()].count(found[old]) > 1
            )
            if new not in found.values() and (first := min(sending, default=None)):
                found[first[1]] = new
        return found

    def _members(self, old: str) -> int:
        organisation = self.layout.organisations[self.committee[self.place[old]]]
        cells = self.layout.cells[organisation.first : organisation.last]
        return sum(cell.members for cell in cells)
