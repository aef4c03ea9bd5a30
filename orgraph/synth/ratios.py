"""Compares what was drawn with what was published, figure by figure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..model import FOREVER, EdgeRow, NodeRow
from . import names
from .figures import ASSUMED, Profile

_COUNTED = {
    "cell": ("joint",),
    "commune": ("border", "island", "ethnic_minority"),
    "member": ("official",),
    "village": ("border", "island", "ethnic_minority"),
}

_TOLD = {"ATTENDS", "COVERS", "MEMBER_OF"}
_BORDER_POST = "syn-border_post-"
_CELL, _DIRECT = (
    named(0).removesuffix("000000") for named in (names.cell, names.direct)
)


class Ratio(NamedTuple):
    """A figure in thousandths, as published (None: it isn't) and as drawn."""

    what: str
    published: int | None
    synthetic: int
    source: str

    @property
    def difference(self) -> int | None:
        """How far off, in thousandths of what was published; None where nothing was."""
        if not self.published:
            return None
        return round(1000 * (self.synthetic - self.published) / self.published)


class Census:
    """Counts the rows of a synthetic organisation as they pass by."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.counts: Counter[str] = Counter()
        self._guarding: set[str] = set()
        self._guests: dict[str, str] = {}
        self._guarded: set[str] = set()

    def of_nodes(self, rows: Iterable[NodeRow]) -> Iterator[NodeRow]:
        """Yield nodes, counted."""
        counts = self.counts
        for row in rows:
            if row[3] == FOREVER:
                counts[row[1]] += 1
                if row[6]:
                    self._facts(row)
            else:
                counts[f"past {row.kind}"] += 1
            yield row

    def of_edges(self, rows: Iterable[EdgeRow]) -> Iterator[EdgeRow]:
        """Yield edges, counted."""
        counts = self.counts
        for row in rows:
            counts[row[0] if row[4] == FOREVER else f"past {row.kind}"] += 1
            if row[0] in _TOLD:
                self._attendance(row)
            elif row[0] == "UNDER" and row[2].startswith(_DIRECT):
                # A cell directly under such a committee is a grassroots organisation.
                counts["grassroots cell"] += row[1].startswith(_CELL)
            yield row

    def _attendance(self, row: EdgeRow) -> None:
        """Count the cells that members of border posts attend; edges come in order."""
        if row.kind == "COVERS":
            if row.target.startswith(_BORDER_POST):
                self._guarding.add(row.source)
        elif row.kind == "ATTENDS":
            self._guests[row.source] = row.target
        elif row.target in self._guarding and row.source in self._guests:
            self._guarded.add(self._guests[row.source])
            self.counts["guarded village"] = len(self._guarded)

    def _facts(self, row: NodeRow) -> None:
        facts = row.facts
        for fact in _COUNTED.get(row.kind, ()):
            if facts.get(fact) is True:
                self.counts[f"{fact} {row.kind}"] += 1
        if row.kind == "village":
            self.counts["people"] += int(facts["people"] or 0)


def ratios(profile: Profile, census: Census) -> list[Ratio]:
    """Return the figures of a profile at full size beside those of a census."""
    count = census.counts
    alone = count["grassroots cell"]
    grassroots = count["grassroots_committee"] + alone
    cells = count["cell"] - alone
    own = profile.grassroots, profile.cells, profile.members, profile.villages
    organised, celled, joined, settled = own
    homes = profile.households
    rows = [
        (profile.direct, 1, count["direct_committee"], 1, "direct committees"),
        (organised, 1, grassroots, 1, "grassroots organisations"),
        (profile.committees, 1, count["grassroots_committee"], 1, "of them committees"),
        (profile.sections, 1, count["sectional_committee"], 1, "sectional committees"),
        (celled, 1, cells, 1, "cells under committees"),
        (profile.joint_cells, 1, count["joint cell"], 1, "joint cells"),
        (joined, 1, count["member"], 1, "members"),
        (settled, 1, count["village"], 1, "villages"),
        (homes, 1, count["household"], 1, "households"),
        (
            profile.guarded_villages,
            1,
            count["guarded village"],
            1,
            "villages whose cells border guards attend",
        ),
        (joined, celled.value, count["member"], cells, "members per cell"),
        (celled, organised.value, cells, grassroots, "cells per organisation"),
        (
            joined,
            organised.value,
            count["member"],
            grassroots,
            "members per organisation",
        ),
        (
            organised,
            profile.direct.value,
            grassroots,
            count["direct_committee"],
            "organisations per direct committee",
        ),
        (
            homes,
            settled.value,
            count["household"],
            count["village"],
            "households per village",
        ),
        (
            profile.people_per_100_households,
            100,
            count["people"],
            count["household"],
            "people per household",
        ),
        (
            profile.admitted_per_1000,
            1000,
            count["member"] - count["official member"],
            count["member"],
            "admitted in the last year, per member",
        ),
    ]
    return [
        Ratio(
            what,
            None if figure.source == ASSUMED else 1000 * figure.value // per,
            1000 * drawn // (among or 1),
            figure.source,
        )
        for figure, per, drawn, among, what in rows
    ]
