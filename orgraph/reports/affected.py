"""Everyone whose chain changes, one by one: read below the groups of the report."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from ..draft import Reader
from ..model import IN, Span
from ..plan import Plan
from .compared import Compared
from .model_people import Chain
from .people import chains_above

COLUMNS = ("id", "kind", "unit", "before", "after")
_JOINED = " > "
_AT_ONCE = 50
"""Below so many units people are read by one statement."""


class Affected(NamedTuple):
    """A person or household, with the chain before and after.

    `unit` is what they are below, before and after alike, and what has another parent;
    None where they have another parent themselves.
    """

    id: str
    kind: str
    unit: str | None
    before: Chain
    after: Chain


class _Place(NamedTuple):
    """A node on the way down, the nodes from it up to the unit, and that unit."""

    node: str
    path: Chain
    unit: str


def affected_people(plan: Plan, store: Reader) -> Iterator[Affected]:
    """Yield each person and household whose chain a plan changes.

    What is read follows how many they are; never are all of them in memory.
    """
    compared = Compared(plan, store)
    pack = store.pack
    for node, kind in compared.turned.items():
        if kind in pack.heads:
            yield Affected(node, kind, None, *chains_above(compared, node))
    units = [node for node, kind in compared.turned.items() if kind in pack.peopled]
    waiting = [[_Place(unit, (unit,), unit) for unit in units]]
    while waiting:
        places = waiting.pop()
        if len(places) > _AT_ONCE:
            waiting.append(places[_AT_ONCE:])
        below: list[_Place] = []
        for place, kind in _under(compared, places[:_AT_ONCE]):
            if kind in pack.heads:
                old, new = chains_above(compared, place.unit)
                path = place.path[1:]
                yield Affected(place.node, kind, place.unit, path + old, path + new)
            if kind in pack.peopled:
                below.append(place)
        if below:
            waiting.append(below)


def write_affected(plan: Plan, store: Reader, file: BinaryIO) -> None:
    """Write everyone whose chain a plan changes as a table, with a row each."""
    text = io.TextIOWrapper(file, "utf-8", newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in affected_people(plan, store):
        chains = (_JOINED.join(one.before), _JOINED.join(one.after))
        table.writerow((one.id, one.kind, one.unit or "", *chains))
    text.detach()
    file.flush()  # a full disk shows here, before the file is replaced


def _under(
    compared: Compared, places: Sequence[_Place]
) -> Iterator[tuple[_Place, str]]:
    """Yield what is directly under places, as it was before, and its kind.

    What has another parent isn't among it: it stands for itself.
    """
    pack = compared.pack
    here = {place.node: place for place in places}
    rows = compared.store.edges(
        list(here), pack.leading_to(pack.heads), IN, Span.day(compared.day)
    )
    rows = [row for row in sorted(rows) if row.source not in compared.turned]
    ends = {row.kind: pack.edges[row.kind].ends for row in rows}
    alone = {kind: min(sources) for kind, sources in ends.items() if len(sources) == 1}
    mixed = [row.source for row in rows if row.kind not in alone]
    nodes = compared.store.nodes(mixed, Span.day(compared.day)) if mixed else []
    kinds = {row.id: row.kind for row in nodes}
    for row in rows:
        above = here[row.target]
        place = _Place(row.source, (row.source, *above.path), above.unit)
        yield place, alone.get(row.kind) or kinds[row.source]
