"""Keeps the dated counts and sums of what is below every unit.

For a unit U, below(U) is a function of the day: the sum, over the edges of U's
children, of own(child) + below(child), cut to the edge's days. own(U) is 1 of its kind,
and the additive facts it carries. A function is stored as its steps, (key, day) →
delta. When a row changes, the difference is added to the parent and, cut again, to all
above it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from ..change import Change
from ..model import FOREVER, OUT, EdgeRow, Key, NodeRow
from .reader import Reader, TallyRow
from .steps import Steps, cut, days, less, merge, merged, own_steps
from .view import Snapshot


def tally_changes(reader: Reader, changes: Sequence[Change]) -> list[TallyRow]:
    """Return the steps that these changes add to the tallies, without zeros.

    `reader` is the store before the changes.
    """
    keeper = _Keeper(reader, changes)
    keeper.apply(changes)
    return [
        TallyRow(unit, key, day, delta)
        for unit, steps in sorted(keeper.added.items())
        for (key, day), delta in sorted(steps.items())
        if delta
    ]


def tally_on(
    reader: Reader, units: Iterable[str], day: date, pending: Iterable[TallyRow] = ()
) -> dict[str, dict[str, int]]:
    """Return what is below each unit on a day, by key; zeros are left out.

    `pending` are the steps of a plan that is not committed.
    """
    wanted = sorted(set(units))
    here = day.toordinal()
    found: dict[str, dict[str, int]] = {unit: {} for unit in wanted}
    for row in (*reader.tallies(wanted, here), *pending):
        if row.day <= here and row.unit in found:
            counts = found[row.unit]
            counts[row.key] = counts.get(row.key, 0) + row.delta
    return {
        unit: {key: n for key, n in sorted(counts.items()) if n}
        for unit, counts in found.items()
    }


class _Keeper:
    """Holds the rows as they are while the changes are applied one after the other."""

    def __init__(self, reader: Reader, changes: Sequence[Change]) -> None:
        self.pack = reader.pack
        self.since = min((_first_day(change) for change in changes), default=FOREVER)
        self.start = self.since.toordinal()
        self.view = Snapshot(reader, self.since)
        self.added: defaultdict[str, Steps] = defaultdict(dict)
        self.stored: dict[str, Steps] = {}
        self.versions: dict[str, dict[date, NodeRow]] = {}
        self.parents: dict[str, dict[Key, EdgeRow]] = {}
        self._read(changes)

    def _read(self, changes: Sequence[Change]) -> None:
        contains = set(self.pack.contains_kinds)
        rows = [row for change in changes for row in change[1:] if row is not None]
        edges = [r for r in rows if isinstance(r, EdgeRow) and r.kind in contains]
        nodes = {r.id for r in rows if isinstance(r, NodeRow)}
        nodes |= {end for row in edges for end in row[1:3]}
        self.view.need_ancestors(nodes)
        self.stored = {node: {} for node in nodes}
        for step in self.view.reader.tallies(sorted(nodes), self.start):
            steps = self.stored[step.unit]
            place = (step.key, max(step.day, self.start))
            steps[place] = steps.get(place, 0) + step.delta

    def apply(self, changes: Sequence[Change]) -> None:
        """Apply the versions of nodes, then the edges of each parent together."""
        contains = set(self.pack.contains_kinds)
        groups: defaultdict[str, list[Change]] = defaultdict(list)
        for change in changes:
            if change.is_node:
                self._version(change)
            elif isinstance(change.row, EdgeRow) and change.row.kind in contains:
                groups[change.row.target].append(change)
        for parent, group in sorted(groups.items()):
            self._children(parent, group)

    def _version(self, change: Change) -> None:
        node = str(change.key[0])
        before = self.own(node)
        versions = self._versions_of(node)
        if isinstance(change.after, NodeRow):
            versions[change.after.since] = change.after
        elif isinstance(change.before, NodeRow):
            versions.pop(change.before.since, None)
        self._rise(node, less(self.own(node), before))

    def _children(self, parent: str, group: Sequence[Change]) -> None:
        own = self.own(parent)
        gained: Steps = {}
        for change in group:
            child = str(change.key[1])
            total = self._total(child)
            rows = self._parents_of(child)
            for row, sign in ((change.before, -1), (change.after, 1)):
                if isinstance(row, EdgeRow):
                    merge(gained, cut(total, *days(row, self.start)), sign)
            if isinstance(change.after, EdgeRow):
                rows[change.key] = change.after
            else:
                rows.pop(change.key, None)
        merge(self.added[parent], gained)
        merge(gained, less(self.own(parent), own))
        self._rise(parent, gained)

    def _rise(self, node: str, steps: Steps) -> None:
        """Add a difference to everything above a node, cut to the days it is below."""
        if not any(steps.values()):
            return
        for row in self._parents_of(node).values():
            gained = cut(steps, *days(row, self.start))
            own = self.own(row.target)
            merge(self.added[row.target], gained)
            merge(gained, less(self.own(row.target), own))
            self._rise(row.target, gained)

    def _total(self, node: str) -> Steps:
        below = merged(self.stored.get(node, {}), self.added.get(node, {}))
        return merged(self.own(node), below)

    def own(self, node: str) -> Steps:
        """Return what a node itself adds to the units above it."""
        below = merged(self.stored.get(node, {}), self.added.get(node, {}))
        rows = self._versions_of(node).values()
        return own_steps(self.pack, rows, below, self.start)

    def _versions_of(self, node: str) -> dict[date, NodeRow]:
        if node not in self.versions:
            self.versions[node] = {r.since: r for r in self.view.versions(node)}
        return self.versions[node]

    def _parents_of(self, node: str) -> dict[Key, EdgeRow]:
        if node not in self.parents:
            self.parents[node] = {
                row.key: row
                for kind in self.pack.contains_kinds
                for row in self.view.edges(node, kind, OUT)
            }
        return self.parents[node]


def _first_day(change: Change) -> date:
    """Return the first day on which a change makes a difference."""
    before, after = change.before, change.after
    if before is None or after is None:
        return change.row.since
    if before[:-1] == after._replace(until=before.until)[:-1]:
        return min(before.until, after.until)
    return before.since
