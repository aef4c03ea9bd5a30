"""A small synthetic Quảng Ninh with its organisation, and a parts file for its reform.

What the parts file says is worked out here from plain rows, without the code that
reads it.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from harness import pack_named
from quang_ninh_reform import DAY, FOLDER, HEADS, divided, peopled, table
from quang_ninh_reform import drafted as draft_of
from synthetic_provinces import rows as rows_of

from orgraph.conversion import Beside, Drafted, load_words, read_units
from orgraph.model import EdgeRow, NodeRow
from orgraph.stores import MemoryStore


def rows(scale: float) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Return all rows of the synthetic province."""
    return rows_of("quang-ninh", scale)


def filled(scale: float) -> MemoryStore:
    """Return a new store with the synthetic province."""
    store = MemoryStore(pack_named("vietnam"))
    store.bulk_load(*rows(scale))
    return store


class World:
    """The rows of a day by their ends, for who looks something up."""

    def __init__(self, nodes: list[NodeRow], edges: list[EdgeRow], on: date) -> None:
        """Index what is in force on a day."""
        self.node = {n.id: n for n in nodes if n.since <= on < n.until}
        self.out: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.into: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for row in edges:
            if row.since <= on < row.until:
                self.out[row.kind, row.source].append(row.target)
                self.into[row.kind, row.target].append(row.source)

    def of(self, kind: str) -> list[str]:
        """Return the ids of a kind, in order."""
        return sorted(n.id for n in self.node.values() if n.kind == kind)

    def heads(self, unit: str) -> list[str]:
        """Return the posts of a unit of which there may be one."""
        posts = sorted(self.into["SEAT_IN", unit])
        return [p for p in posts if self.node[p].facts["role"] in HEADS]


def part_rows(scale: float) -> list[tuple[str, str, str]]:
    """Return (old code, new code, part) for all that a draft can't know."""
    world = World(*rows(scale), DAY)
    by_code = {
        str(node.code): node.id
        for node in world.node.values()
        if node.kind == "commune"
    }
    sources: defaultdict[str, list[str]] = defaultdict(list)
    for row in table():
        sources[row["new_code"]].append(row["old_code"])
    found = []
    for old, to in divided().items():
        found += [(old, *row) for row in _divided(world, by_code[old], peopled(to))]
    for new, olds in sorted(sources.items()):
        whole = sorted(old for old in olds if old not in divided())
        if len(olds) > 1 and whole:
            (body,) = world.into["COVERS", by_code[whole[0]]]
            found += [(whole[0], new, post) for post in world.heads(body)]
    return found


def _divided(world: World, commune: str, codes: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what of a divided commune, and of its committee, goes where.

    Villages are dealt out in turn; a cell with villages on both sides goes with the
    first, and so does what serves none, but for the executive committee.
    """
    side = {}
    for place, village in enumerate(sorted(world.into["PART_OF", commune])):
        side[village] = codes[place % len(codes)]
        yield side[village], village
    (body,) = world.into["COVERS", commune]
    for unit in sorted(world.into["UNDER", body]):
        served = {side[village] for village in world.out["COVERS", unit]}
        if world.node[unit].kind == "executive_committee":
            yield codes[-1], unit  # so that what is formed of other parts has none
        elif len(served) != 1:  # the others go with their villages
            yield codes[0], unit
    for part in (*world.into["SEAT_IN", body], *world.into["IN_CHARGE_OF", body]):
        yield codes[0], part
    for part in world.into["IN_CHARGE_OF", commune]:
        yield codes[0], part


def drafted(
    folder: Path,
    scale: float,
    parts: list[tuple[str, str, str]],
    lines: list[dict[str, str]] | None = None,
) -> Drafted:
    """Draft the reform of the province with its organisation."""
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table()[0]))
        writer.writeheader()
        writer.writerows(table() if lines is None else lines)
    given = folder / "parts.csv" if parts else None
    if given:
        text = "".join(f"{old},{new},{part}\n" for old, new, part in parts)
        given.write_text("old,new,part\n" + text, encoding="utf-8")
    file_, units, _ = read_units(FOLDER / "new_communes.csv", load_words(), "decree")
    beside = Beside(units=(file_, units), organisation=filled(scale))
    return draft_of(path, given, beside)
