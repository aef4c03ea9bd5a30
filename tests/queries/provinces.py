"""Small provinces drawn from a seed, and what plain Python says of their rows."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from towns import edge, node

from orgraph.model import FOREVER, EdgeRow, NodeRow, Row

DAY = date(2025, 6, 1)
LATER = date(2026, 6, 1)
PARENTS = ("PART_OF", "UNDER", "MEMBER_OF", "SEAT_IN", "LIVES_IN")
CHARGED = (
    *("direct_committee", "grassroots_committee", "sectional_committee", "cell"),
    *("commune", "village", "household"),
)
PLACES = ("province", "district", "commune", "village", "household")


def province(seed: int) -> list[Row]:
    """Return the rows of a province with all that the questions ask about.

    Cells cover one village, several, or none; some rows ended before DAY and some begin
    after it.
    """
    draw = Random(seed)  # noqa: S311 - drawn from a seed, not for secrecy
    rows: list[Row] = [
        node("pr", "province"),
        node("pc", "provincial_committee"),
        edge("COVERS", "pc", "pr"),
    ]
    villages: list[str] = []
    committees: list[str] = []
    for c in range(3):
        commune, committee = f"co{c}", f"gc{c}"
        rows += [
            node(commune, "commune"),
            edge("PART_OF", commune, "pr"),
            node(committee, "grassroots_committee"),
            edge("UNDER", committee, "pc"),
            edge("COVERS", committee, commune),
        ]
        committees.append(committee)
        for v in range(draw.randint(1, 4)):
            village = f"v{c}{v}"
            rows += [node(village, "village"), edge("PART_OF", village, commune)]
            villages.append(village)
    homes = [
        (f"h{h}", draw.choice(villages)) for h in range(draw.randint(0, len(villages)))
    ]
    for home, village in homes:
        rows += [node(home, "household"), edge("LIVES_IN", home, village)]
    cells = [f"ce{c}" for c in range(draw.randint(2, 8))]
    for cell in cells:
        facts = draw.choice([{}, {}, {"joint": True}, {"joint": False}])
        rows.append(node(cell, "cell", **facts))
        rows.append(edge("UNDER", cell, draw.choice(committees)))
        for village in draw.sample(villages, min(len(villages), draw.randint(0, 3))):
            rows.append(edge("COVERS", cell, village, **_dates(draw)))
    houses = [home for home, _ in homes]
    return [*rows, *_people(draw, [*committees, "pc", "co0"], cells, villages, houses)]


def _people(
    draw: Random,
    bodies: list[str],
    cells: list[str],
    villages: list[str],
    homes: list[str],
) -> Iterator[Row]:
    """Yield members, posts with their holders, and who is in charge."""
    members = [f"m{m}" for m in range(draw.randint(1, 12))]
    for member in members:
        end = draw.choice(["2025-01-01", "2025-12-01", "2026-05", "2027", "?", ""])
        facts = {"service_end": None if end == "?" else end} if end else {}
        yield node(member, "member", **facts)
        yield edge("MEMBER_OF", member, draw.choice(cells))
        if homes and draw.random() < 0.6:
            yield edge("OF_HOUSEHOLD", member, draw.choice(homes))
    units = [*bodies, *cells, *villages]
    for p in range(draw.randint(1, 10)):
        yield node(f"p{p}", "post")
        yield edge("SEAT_IN", f"p{p}", draw.choice(units))
        for member in draw.sample(members, min(len(members), draw.randint(0, 3))):
            form = draw.choice([None, "full", "acting", "reinforcement"])
            facts = {"form": form} if form else {}
            yield edge("HOLDS", member, f"p{p}", **_dates(draw), **facts)
    charged = [body for body in [*units, *homes] if body != "pc"]
    for target in draw.sample(charged, len(charged) // 2):
        yield edge("IN_CHARGE_OF", draw.choice(members), target, **_dates(draw))


def _dates(draw: Random) -> dict[str, Any]:
    since = draw.choice([date(2020, 1, 1), date(2020, 1, 1), date(2025, 9, 1)])
    until = draw.choice([FOREVER, FOREVER, date(2025, 3, 1), date(2026, 1, 1)])
    return {"since": since, "until": until if until > since else FOREVER}


class Oracle:
    """What the rows say on a day, by reading all of them."""

    def __init__(self, rows: list[Row], on: date = DAY) -> None:
        """Keep what is in force on the day."""
        self.rows = rows
        self.on = on
        living = [row for row in rows if row.since <= on < row.until]
        self.nodes = {row.id: row for row in living if isinstance(row, NodeRow)}
        self.edges = [row for row in living if isinstance(row, EdgeRow)]

    def pairs(self, kind: str) -> set[tuple[str, str]]:
        """Return (source, target) of a kind of edge."""
        return {(row.source, row.target) for row in self.edges if row.kind == kind}

    def into(self, kind: str, target: str) -> set[str]:
        """Return the sources of the edges of a kind that reach a node."""
        return {source for source, end in self.pairs(kind) if end == target}

    def out(self, kind: str, source: str) -> set[str]:
        """Return the targets of the edges of a kind that leave a node."""
        return {end for start, end in self.pairs(kind) if start == source}

    def above(self, node: str) -> set[str]:
        """Return a node and all its ancestors."""
        found = {node}
        for kind in PARENTS:
            for parent in self.out(kind, node):
                found |= self.above(parent)
        return found

    def below(self, top: str) -> set[str]:
        """Return a node and all below it."""
        return {node for node in self.nodes if top in self.above(node)}

    def region(self, top: str | None) -> set[str]:
        """Return what is below a node, on its ground, or in bodies of its ground alone.

        Without a node it is everything: all of a province has a root.
        """
        if top is None:
            return set(self.nodes)
        own = self.below(top)
        found = set(own)
        for body, ground in self.pairs("COVERS"):
            if body in own:
                found |= self.below(ground)
            elif ground in own and self.out("COVERS", body) <= own:
                found |= self.below(body)
        return found

    def of_kind(self, kind: str, top: str | None) -> list[str]:
        """Return the nodes of a kind in a region, in order."""
        return sorted(n for n in self.region(top) if self.nodes[n].kind == kind)

    def directly_under(self, unit: str) -> dict[str, int]:
        """Return how many of each kind have a unit for a parent."""
        found: defaultdict[str, int] = defaultdict(int)
        for kind in PARENTS:
            for child in self.into(kind, unit):
                found[self.nodes[child].kind] += 1
        return dict(sorted(found.items()))

    def joint(self, cell: str) -> bool:
        """Tell whether a cell covers several villages, or says that it is joint."""
        villages = self.out("COVERS", cell)
        return len(villages) > 1 or self.nodes[cell].facts.get("joint") is True

    def residents(self, village: str) -> set[str]:
        """Return the members whose household is in a village."""
        return {
            member
            for home in self.into("LIVES_IN", village)
            for member in self.into("OF_HOUSEHOLD", home)
        }

    def state(self, village: str) -> str:
        """Return the state of a village, by the words of the question."""
        cells = {
            c for c in self.into("COVERS", village) if self.nodes[c].kind == "cell"
        }
        own = {cell for cell in cells if not self.joint(cell)}
        residents = self.residents(village)
        known = bool(self.into("LIVES_IN", village))
        members = {m for cell in cells for m in self.into("MEMBER_OF", cell)}
        homeless = {m for m in members if not self.out("OF_HOUSEHOLD", m)}
        if any(self.into("MEMBER_OF", cell) for cell in own):
            return "own"
        if known and not residents and not homeless:
            return "without_members"
        if cells - own:
            return "joint"
        return "unrecorded" if own else "without_cell"
