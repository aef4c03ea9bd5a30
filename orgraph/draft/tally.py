"""Keeps the dated counts and sums of what is below every unit.

For a unit U, below(U) is a function of the day: the sum, over the edges of U's
children, of own(child) + below(child), cut to the edge's days. own(U) is 1 of its kind,
and the additive facts it carries. A function is stored as its steps, (key, day) →
delta. When a row changes, the difference is added to the parent and, cut again, to all
above it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from ..change import Change
from ..model import FOREVER, EdgeRow, Key, NodeRow
from ..pack import Pack
from .reader import Reader, TallyRow
from .snapshot import Snapshot
from .steps import (
    Steps,
    amount_of,
    bearer_key,
    cut,
    days,
    less,
    merge,
    merged,
    own_steps,
    pulse,
)


def tally_changes(
    reader: Reader, changes: Sequence[Change], known: Snapshot | None = None
) -> list[TallyRow]:
    """Return the steps that these changes add to the tallies, without zeros.

    `reader` is the store before the changes; `known` may be a snapshot of it, whose
    rows are then not read again.
    """
    counted = counting(reader.pack, changes)
    tallying = Tallying(reader, first_day(counted), known)
    tallying.add(counted)
    return tallying.rows()


def counting(pack: Pack, changes: Iterable[Change]) -> list[Change]:
    """Return the changes that can make a difference to what is below a unit."""
    contains, below = pack.contains_kinds, pack.parent_edges
    return [
        change
        for change in changes
        if (
            change[0][0] in contains
            if len(change[0]) > 2  # noqa: PLR2004 - an EdgeKey
            else change.row.kind in below
        )
    ]


def first_day(changes: Iterable[Change]) -> date:
    """Return the first day on which changes make a difference."""
    return min(map(_first_day, changes), default=FOREVER)


class Tallying:
    """Holds the rows as they are while changes are added one after the other.

    `added` has what is gained or lost below each unit from the day `start` on, which is
    not after the first day of any change that is added. `versions` are those of nodes
    that were written, by their first day.
    """

    def __init__(
        self, reader: Reader, since: date, known: Snapshot | None = None
    ) -> None:
        """Begin on a day; `known` is a snapshot that may serve."""
        if known is None or known.day > since:
            known = Snapshot(reader, since)
        self.view = known
        self.pack = reader.pack
        self.leaves, self.coarse = self.pack.leaves, self.pack.coarse
        self.start = since.toordinal()
        self.added: defaultdict[str, Steps] = defaultdict(dict)
        self.stored: dict[str, Steps] = {}
        self.versions: dict[str, dict[date, NodeRow]] = {}
        self.parents: dict[str, dict[Key, EdgeRow]] = {}
        self._joined: defaultdict[str, list[Change]] = defaultdict(list)
        self._sums: dict[tuple[tuple[str, ...], int, int], Steps] = {}
        self._gained: set[str] = set()

    def _read(self, changes: Sequence[Change]) -> None:
        """Read what is above, and the tallies that the changes make use of.

        Those are the tallies of what gets another parent, and of units whose own facts
        depend on what is below them.
        """
        bearing: set[str] = set()
        moved: set[str] = set()
        for key, _, _ in changes:
            if len(key) == 2:  # noqa: PLR2004 - a NodeKey
                bearing.add(key[0])
            else:
                moved.add(key[1])
                bearing.add(key[2])
        self.view.need_nodes(moved)
        wanted = self._stored_of(moved, self.pack.containers)
        met = self.view.need_ancestors(bearing)
        wanted |= self._stored_of(met, self.coarse)
        wanted -= self.stored.keys()
        self.stored.update((node, {}) for node in wanted)
        if not wanted:
            return
        for unit, name, day, delta in self.view.tallies(sorted(wanted), self.start):
            self.stored[unit][name, day] = delta

    def _stored_of(self, nodes: Iterable[str], kinds: Collection[str]) -> set[str]:
        """Return the nodes of some kinds that the store has."""
        versions = self.view.versions
        return {
            node for node in nodes if (rows := versions(node)) and rows[0].kind in kinds
        }

    def _kind(self, node: str) -> str:
        """Return the kind of a node, "" of one that isn't there or was taken away."""
        for row in self._versions_of(node):
            return row.kind
        return ""

    def rows(self) -> list[TallyRow]:
        """Return all that was added, without zeros."""
        return [
            TallyRow(unit, key, day, delta)
            for unit, steps in sorted(self.added.items())
            for (key, day), delta in sorted(steps.items())
            if delta
        ]

    def add(self, changes: Sequence[Change]) -> None:
        """Add versions of nodes, then the edges of each parent together."""
        self._read(changes)
        groups: defaultdict[str, list[Change]] = defaultdict(list)
        at: defaultdict[str, list[str]] = defaultdict(list)
        for change in changes:
            key = change[0]
            if len(key) == 2:  # noqa: PLR2004 - a NodeKey
                self._version(change)
            else:
                groups[key[2]].append(change)
                at[key[1]].append(key[2])
        self._gained.clear()
        for parent, group in sorted(groups.items()):
            self._children(parent, group, at)
        self._sums.clear()

    def _version(self, change: Change) -> None:
        node = str(change.key[0])
        before = self.own(node)
        versions = self.versions.get(node)
        if versions is None:
            rows = self.view.versions(node)
            versions = self.versions[node] = {row.since: row for row in rows}
        if isinstance(change.after, NodeRow):
            versions[change.after.since] = change.after
        elif isinstance(change.before, NodeRow):
            versions.pop(change.before.since, None)
        self._rise(node, less(self.own(node), before))

    def _children(
        self, parent: str, group: Iterable[Change], at: Mapping[str, Sequence[str]]
    ) -> None:
        """Add the edges to one parent; `at` are the parents at which children change.

        Children that go from one to another are summed up for both at once.
        """
        alike: defaultdict[tuple[int, int, int, *tuple[str, ...]], list[str]]
        alike = defaultdict(list)
        for change in group:
            child = str(change[0][1])
            self._joined[child].append(change)
            since, until, sign = _differing(change, self.start)
            alike[since, until, sign, *at[child]].append(child)
        gained: Steps = {}
        for (since, until, sign, *_), children in alike.items():
            steps = self._together(tuple(sorted(children)), since, until)
            merge(gained, steps, sign)
        self._gain(parent, gained)
        self._rise(parent, gained)

    def _together(self, children: tuple[str, ...], since: int, until: int) -> Steps:
        """Return what children count for on these days.

        That is kept until something below one of them changes.
        """
        place = (children, since, until)
        steps = self._sums.get(place)
        if steps is None or not self._gained.isdisjoint(children):
            steps = self._sums[place] = self._sum(children, since, until)
        return steps

    def _sum(self, children: Iterable[str], since: int, until: int) -> Steps:
        counts: defaultdict[str, int] = defaultdict(int)
        steps: Steps = {}
        for child in children:
            row = self._plain(child, since, until)
            if row is None:
                merge(steps, self.own(child))
            else:
                counts[f"count:{row.kind}"] += 1
                if row.kind in self.leaves:
                    continue
                for name, _ in self.pack.carried(row.kind):
                    if name in row.facts:
                        key, amount = amount_of(row, name)
                        counts[key] += amount
                        counts[bearer_key(name, row.kind)] += 1
            for below in (self.stored.get(child), self.added.get(child)):
                if below:
                    merge(steps, below)
        total = cut(steps, since, until)
        for key, amount in counts.items():
            pulse(total, key, since, until, amount)
        return total

    def _plain(self, node: str, since: int, until: int) -> NodeRow | None:
        """Return the one version of a node, if it is alive on all these days.

        None also where what is below the node decides what is its own: else it counts
        for the same on each of the days, and need not be worked out as a function.
        """
        rows = self._versions_of(node)
        if len(rows) != 1:
            return None
        (row,) = rows
        alive = row.since.toordinal() <= since and until <= row.until.toordinal()
        return row if alive and row.kind not in self.coarse else None

    def _gain(self, unit: str, steps: Steps) -> None:
        """Add to what is below a unit; its own figures' difference joins the steps."""
        is_coarse = self._kind(unit) in self.coarse
        own = self.own(unit) if is_coarse else {}
        merge(self.added[unit], steps)
        self._gained.add(unit)
        if is_coarse:
            merge(steps, less(self.own(unit), own))

    def _rise(self, node: str, steps: Steps, path: tuple[str, ...] = ()) -> None:
        """Add a difference to everything above a node, cut to the days it is below.

        In a circle of parents, which is refused elsewhere, it goes round once.
        """
        if node in path or not any(steps.values()):
            return
        for row in self._parents_of(node).values():
            gained = cut(steps, *days(row, self.start))
            self._gain(row.target, gained)
            self._rise(row.target, gained, (*path, node))

    def own(self, node: str) -> Steps:
        """Return what a node itself adds to the units above it."""
        below: Steps = {}
        if self._kind(node) in self.coarse:
            below = merged(self.stored.get(node, {}), self.added.get(node, {}))
        return own_steps(self.pack, self._versions_of(node), below, self.start)

    def _versions_of(self, node: str) -> Collection[NodeRow]:
        written = self.versions.get(node)
        return self.view.versions(node) if written is None else written.values()

    def _parents_of(self, node: str) -> dict[Key, EdgeRow]:
        rows = self.parents.get(node)
        if rows is None:
            rows = {row.key: row for row in self.view.parents(node)}
            self.parents[node] = rows
        for change in self._joined.pop(node, ()):
            if isinstance(change.after, EdgeRow):
                rows[change.key] = change.after
            else:
                rows.pop(change.key, None)
        return rows


def _differing(change: Change, start: int) -> tuple[int, int, int]:
    """Return (since, until, sign) of the days on which an edge is gained or lost."""
    _, before, after = change
    if before is None or after is None:
        row, sign = change.row, -1 if after is None else 1
        since, until = row.since, row.until
    elif after.until < before.until:
        since, until, sign = after.until, before.until, -1
    else:
        since, until, sign = before.until, after.until, 1
    return max(since.toordinal(), start), until.toordinal(), sign


def _first_day(change: Change) -> date:
    """Return the first day on which a change makes a difference."""
    _, before, after = change
    if before is None or after is None:
        return change.row.since
    if isinstance(before, EdgeRow) or before[4:7] == after[4:7]:
        return min(before.until, after.until)
    return before.since
