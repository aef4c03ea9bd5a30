"""Makes the graph that is measured: provinces down to households, from a seed.

Rows come as a stream, a node before the edges that leave it, so that a graph of any
number of nodes is the beginning of every larger one. In the first province stand the
trios: three communes, directly below it, that a benchmark merges.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import count
from random import Random
from typing import NamedTuple

from orgraph.model import FOREVER, EdgeRow, FactValue, NodeRow, Row

from .trios import TRIOS, Trio, dealt, trio

EFFECTIVE = date(2025, 7, 1)
FIRST_DAY = date(2015, 7, 1)
SECOND_TERM = date(2020, 7, 1)

DISTRICTS = 12
COMMUNES = 10
VILLAGES = 12
HOUSEHOLDS = 36
MEMBERS = 20


class Density(NamedTuple):
    """How many households a village has, and how many members its cell."""

    households: int = HOUSEHOLDS
    members: int = MEMBERS


SPARSE = Density()
"""Villages so small that even a small graph has many units."""


def nodes(size: int, seed: int = 1, density: Density = SPARSE) -> Iterator[NodeRow]:
    """Yield the nodes of the graph with `size` nodes."""
    return (row for row in rows(size, seed, density) if isinstance(row, NodeRow))


def edges(size: int, seed: int = 1, density: Density = SPARSE) -> Iterator[EdgeRow]:
    """Yield the edges of the same graph."""
    return (row for row in rows(size, seed, density) if isinstance(row, EdgeRow))


def rows(size: int, seed: int = 1, density: Density = SPARSE) -> Iterator[Row]:
    """Yield all rows of the graph with `size` nodes."""
    left = size
    for row in _Country(seed, density).rows():
        if isinstance(row, NodeRow):
            left -= 1
            if left < 0:
                return
        yield row


class _Country:
    """Draws one row after the other, and numbers the nodes of each kind."""

    def __init__(self, seed: int, density: Density) -> None:
        self.random = Random(seed)
        self.density = density
        self.numbers: Counter[str] = Counter()

    def rows(self) -> Iterator[Row]:
        for number in count():
            province, committee = self.new("province"), self.new("provincial_committee")
            yield self.node(province, f"Tỉnh {number}", f"{number:02}", type="tỉnh")
            yield self.node(committee, f"Đảng bộ tỉnh {number}")
            yield self.edge("COVERS", committee, province)
            yield from self.office(committee, 5)
            if number == 0:
                for dependents in TRIOS:
                    yield from self.trio(trio(dependents), province, committee)
            for _ in range(DISTRICTS):
                yield from self.district(province, committee)

    def district(self, province: str, above: str) -> Iterator[Row]:
        district, committee = self.new("district"), self.new("direct_committee")
        yield self.node(district, f"Huyện {district}", district, type="huyện")
        yield self.edge("PART_OF", district, province)
        yield self.node(committee, f"Đảng bộ {district}", type="district")
        yield self.edge("UNDER", committee, above)
        yield self.edge("COVERS", committee, district)
        yield from self.office(committee, 3)
        for _ in range(COMMUNES):
            commune, below = self.new("commune"), self.new("grassroots_committee")
            yield from self.commune(commune, district, below, committee)
            yield self.edge("COVERS", below, commune)
            for _ in range(VILLAGES):
                village = self.new("village")
                yield from self.village(village, commune, below, *self.density)

    def commune(
        self, commune: str, parent: str, committee: str, above: str
    ) -> Iterator[Row]:
        """Yield a commune, and a committee with its office that could cover it."""
        area = self.random.randint(30, 60) * 1_000_000
        name = f"Xã {commune}"
        yield self.node(
            commune, name, commune, type="xã", area_m2=area, mountainous=False
        )
        yield self.edge("PART_OF", commune, parent)
        yield self.node(committee, f"Đảng bộ {commune}", type="commune")
        yield self.edge("UNDER", committee, above)
        yield from self.office(committee, 2)

    def office(self, committee: str, posts: int) -> Iterator[Row]:
        """Yield the cell of a committee's office; its members hold the posts."""
        cell = f"cell-{committee}"
        yield self.node(cell, f"Chi bộ {committee}")
        yield self.edge("UNDER", cell, committee)
        for place in range(posts):
            post = f"post-{committee}-{place}"
            role = "secretary" if place == 0 else "deputy"
            yield from self.post(post, committee, role, cell)

    def post(self, post: str, unit: str, role: str, cell: str) -> Iterator[Row]:
        """Yield a post of a unit, and the member of a cell who holds it."""
        yield self.node(post, f"{role} of {unit}", role=role)
        yield self.edge("SEAT_IN", post, unit)
        member = self.new("member")
        yield from self.member(member, cell)
        yield self.edge("HOLDS", member, post, since=SECOND_TERM, form="full")

    def village(
        self, village: str, commune: str, committee: str, households: int, members: int
    ) -> Iterator[Row]:
        """Yield a village with its households, its cell, two posts and members.

        The cell's secretary was head of the village in the term before.
        """
        people = self.random.randint(3000, 4000)
        name = f"Thôn {village}"
        yield self.node(
            village, name, type="thôn", people=people, households=people // 4
        )
        yield self.edge("PART_OF", village, commune)
        cell = f"cell-{village}"
        yield self.node(cell, f"Chi bộ {village}")
        yield self.edge("UNDER", cell, committee)
        yield self.edge("COVERS", cell, village)
        posts = [f"head-{village}", f"secretary-{village}"]
        for post, unit in zip(posts, (village, cell), strict=True):
            role = post.partition("-")[0]
            yield self.node(post, f"{role} of {unit}", kind="post", role=role)
            yield self.edge("SEAT_IN", post, unit)
        homes = [self.new("household") for _ in range(households)]
        for home in homes:
            yield self.node(home)
            yield self.edge("LIVES_IN", home, village)
        for place in range(members):
            member = f"member-{village}-{place}"
            yield from self.member(member, cell)
            yield self.edge("NATIVE_OF", member, commune)
            yield self.edge("OF_HOUSEHOLD", member, homes[place % households])
            if place == 0:
                yield self.edge(
                    "HOLDS", member, posts[0], until=SECOND_TERM, form="full"
                )
            if place < len(posts):
                post = posts[1 - place]
                yield self.edge("HOLDS", member, post, since=SECOND_TERM, form="full")
                yield self.edge("IN_CHARGE_OF", member, (cell, village)[place])

    def member(self, member: str, cell: str) -> Iterator[Row]:
        born = self.random.randint(1960, 2004)
        gender = self.random.choice(("female", "male"))
        day = f"{born + 20}-05-19"
        yield self.node(member, birth_year=born, gender=gender, admission_date=day)
        yield self.edge("MEMBER_OF", member, cell)

    def trio(self, names: Trio, province: str, above: str) -> Iterator[Row]:
        """Yield three communes with exactly so many dependents together."""
        committees = names.committees
        for commune, committee in zip(names.communes, committees, strict=True):
            yield from self.commune(commune, province, committee, above)
        light = names.dependents > 200
        for place, word in enumerate(dealt(names.dependents)):
            commune, committee = names.communes[place % 3], committees[place % 3]
            cell = f"cell-{committee}"
            if word == "committee":
                yield self.edge("COVERS", committee, commune)
            elif word == "village":
                size = (1, 2) if light else SPARSE
                yield from self.village(self.new("village"), commune, committee, *size)
            elif word == "chair":
                post = f"post-{commune.partition('-')[2]}-chair"
                yield from self.post(post, commune, "chair", cell)
            elif word == "post":
                yield from self.post(self.new("post"), commune, "deputy_chair", cell)
            elif word == "charge":
                member = self.new("member")
                yield from self.member(member, cell)
                yield self.edge("IN_CHARGE_OF", member, commune)
            else:
                department = self.new("department")
                yield self.node(department, f"Phòng {department}", staff=9)
                yield self.edge("UNDER", department, commune)

    def new(self, kind: str) -> str:
        """Return the id of the next node of a kind."""
        self.numbers[kind] += 1
        return f"{kind}-{self.numbers[kind]}"

    def node(
        self,
        node: str,
        name: str = "",
        code: str | None = None,
        kind: str | None = None,
        **facts: FactValue,
    ) -> NodeRow:
        kind = kind or node.partition("-")[0]
        return NodeRow(node, kind, FIRST_DAY, FOREVER, name, code, facts)

    def edge(
        self,
        kind: str,
        source: str,
        target: str,
        *,
        since: date = FIRST_DAY,
        until: date = FOREVER,
        **facts: FactValue,
    ) -> EdgeRow:
        return EdgeRow(kind, source, target, since, until, facts)
