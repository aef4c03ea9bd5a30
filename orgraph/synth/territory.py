"""Reads the communes that an organisation is drawn over, from any store."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..draft import Reader
from ..errors import InputError
from ..model import FOREVER, OUT, EdgeRow, NodeRow, Row, Span

KINDS = ("province", "district", "commune")
PART_OF = "PART_OF"


class Territory(NamedTuple):
    """One province with its districts and communes, in order of their ids."""

    province: NodeRow
    districts: tuple[NodeRow, ...]
    communes: tuple[NodeRow, ...]
    edges: tuple[EdgeRow, ...]

    def district_of(self) -> dict[str, str]:
        """Return the unit above each commune: its district, or the province."""
        return {row.source: row.target for row in self.edges}

    def nodes(self) -> Iterator[NodeRow]:
        """Yield communes, districts and the province."""
        yield from self.communes
        yield from self.districts
        yield self.province


def read_territory(reader: Reader, on: date) -> Territory:
    """Return the territory as it is on a day; its villages and all else are left out.

    InputError where there isn't one province, or where a unit's end is recorded.
    """
    found = {kind: sorted(reader.of_kind(kind, Span.day(on))) for kind in KINDS}
    provinces, districts, communes = (found[kind] for kind in KINDS)
    if len(provinces) != 1 or not communes:
        message = (
            f"a synthetic organisation needs one province and its communes on {on}; "
            f"there are {len(provinces)} provinces and {len(communes)} communes"
        )
        raise InputError(message)
    rows = {row.id: row._replace(rev=0) for part in found.values() for row in part}
    edges = sorted(reader.edges(sorted(rows), [PART_OF], OUT, Span.day(on)))
    kept = []
    for row in edges:
        ends = [rows[end] for end in row[1:3] if end in rows]
        if len(ends) == 2:  # noqa: PLR2004 - an edge has two ends
            since = max(row.since, *(end.since for end in ends))
            kept.append(row._replace(since=since, rev=0))
    everything: list[Row] = [*rows.values(), *kept]
    for found_row in everything:
        if found_row.until != FOREVER:
            message = (
                f"{' '.join(map(str, found_row.key))} ends on {found_row.until}: give "
                f"a territory in which nothing that lives on {on} has an end"
            )
            raise InputError(message)
    below = {row.source for row in kept}
    for node in (*districts, *communes):
        if node.id not in below:
            message = f"{node.id} is part of nothing on {on}; give its PART_OF edge"
            raise InputError(message)
    return Territory(
        rows[provinces[0].id],
        tuple(rows[node.id] for node in districts),
        tuple(rows[node.id] for node in communes),
        tuple(kept),
    )
