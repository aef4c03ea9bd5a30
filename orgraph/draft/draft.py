"""The recording draft: every write of an operation becomes a change of one row."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from ..change import Change, ordered
from ..findings import Code, Finding
from ..model import (
    FOREVER,
    IN,
    OUT,
    Direction,
    EdgeKey,
    EdgeRow,
    Facts,
    Key,
    NodeKey,
    NodeRow,
    Row,
    same_content,
)
from ..model.facts import PRECISION, UNTIL_PRECISION, without
from .reader import TallyRow
from .steps import tally_on
from .tally import tally_changes
from .view import Snapshot, View

LATER_ROW = Code(
    code="TIME01",
    meaning="A row that is recorded for a later day stands in the way of this change.",
    hint="Take that revision back first, or give this proposal a later date.",
)
OUTLIVES = Code(
    code="TIME02",
    meaning="An edge would reach beyond the life of one of its ends.",
    hint="Choose a unit that lives on, or take back the revision that ends it.",
)
TAKEN = Code(
    code="TIME03",
    meaning="The two are already joined by such an edge on that day.",
)

_NEVER = object()
"""In the log: the draft had not touched the row before."""


class Mark(NamedTuple):
    """Where a draft stood before a step."""

    log: int
    stated: Counter[str]
    accounts: dict[str, Counter[str]]
    labels: dict[str, str]


class Draft(View):
    """A view that can be written: `day` is the day all writes take effect.

    Writes keep the canonical form of a day: an edge of no length is removed, an edge
    ended and restarted alike is one row, a second version of a day replaces the first.
    What stands in the way is kept in `conflicts`, and the step that met it is undone
    with `rollback`.
    """

    def __init__(self, base: Snapshot) -> None:
        """Start without changes."""
        super().__init__(base.reader, base.day)
        self.base = base
        self.conflicts: list[Finding] = []
        self.stated: Counter[str] = Counter()
        self.accounts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.step = 0
        self._rows: dict[Key, Row | None] = {}
        self._log: list[tuple[Key, object]] = []
        self._changes: tuple[Change, ...] | None = None
        self._tally: list[TallyRow] | None = None
        self._now: dict[str, list[NodeRow]] = {}
        self._now_at: dict[tuple[Direction, str, str], list[EdgeRow]] = {}
        self._versions: defaultdict[str, set[NodeKey]] = defaultdict(set)
        self._at: defaultdict[tuple[Direction, str, str], set[EdgeKey]] = defaultdict(
            set
        )

    # Reading

    def need_nodes(self, ids: Iterable[str]) -> None:
        """See View."""
        self.base.need_nodes(ids)

    def need_edges(
        self, ids: Iterable[str], kinds: Sequence[str], direction: Direction
    ) -> None:
        """See View."""
        self.base.need_edges(ids, kinds, direction)

    def versions(self, node: str) -> list[NodeRow]:
        """See View."""
        touched = self._versions.get(node)
        if not touched:
            return self.base.versions(node)
        now = self._now.get(node)
        if now is None:
            kept = [r for r in self.base.versions(node) if r.key not in touched]
            pending = (cast("NodeRow | None", self._rows[key]) for key in touched)
            now = sorted(kept + [row for row in pending if row is not None])
            self._now[node] = now
        return now

    def edges(self, node: str, kind: str, direction: Direction) -> list[EdgeRow]:
        """See View."""
        place = (direction, node, kind)
        touched = self._at.get(place)
        if not touched:
            return self.base.edges(node, kind, direction)
        now = self._now_at.get(place)
        if now is None:
            rows = self.base.edges(node, kind, direction)
            now = [row for row in rows if row.key not in touched]
            pending = (cast("EdgeRow | None", self._rows[key]) for key in touched)
            now += [row for row in pending if row is not None]
            self._now_at[place] = now
        return now

    def with_codes(self, codes: Collection[str]) -> dict[str, list[NodeRow]]:
        """See View."""
        found = self.base.with_codes(codes)
        touched = self._living()
        return {
            code: [row for row in found[code] if row.id not in self._versions]
            + [row for row in touched if row.code == code]
            for code in codes
        }

    def of_kind(self, kind: str) -> list[NodeRow]:
        """See View."""
        stored = [r for r in self.base.of_kind(kind) if r.id not in self._versions]
        return sorted(stored + [row for row in self._living() if row.kind == kind])

    def _living(self) -> list[NodeRow]:
        """Return the versions on the day of the nodes that were written."""
        return [row for node in self._versions if (row := self.node(node))]

    def below(self, nodes: Collection[str]) -> dict[str, dict[str, int]]:
        """See View."""
        return tally_on(self.reader, nodes, self.day, self.tally()) if nodes else {}

    def tally(self) -> list[TallyRow]:
        """Return the steps that the pending changes add to the tallies."""
        if self._tally is None:
            self._tally = tally_changes(self.reader, self.changes(), self.base)
        return self._tally

    # Writing

    def found(
        self, node: str, kind: str, name: str, code: str | None, facts: Facts
    ) -> None:
        """Begin a node on the day."""
        self.put(NodeRow(node, kind, self.day, FOREVER, name, code, facts))

    def revise(self, node: str, **fields: Any) -> None:  # noqa: ANN401 - fields of a row
        """Give a living node a new version from the day on: name, code or facts."""
        rows = self.versions(node)
        row = next(r for r in rows if r.since <= self.day < r.until)
        later = next((r for r in rows if r.since > self.day), None)
        if later is not None:
            self._stands_in_the_way(later)
        elif row.until != FOREVER and self._amounts(row.facts) != self._amounts(
            fields.get("facts", row.facts)
        ):
            # What succeeds it was given the sum of its facts as they were.
            self._ends_later(row)
        changed = row._replace(since=self.day, **fields, rev=0)
        if row.since < self.day:
            changed = changed._replace(facts=without(changed.facts, PRECISION))
        before = next((r for r in rows if r.since < r.until == self.day), None)
        if row.since < self.day:
            if changed[4:6] == row[4:6] and changed.facts == without(
                row.facts, PRECISION
            ):
                return
            self._cut(row)
            self.put(changed)
        elif before is not None and (
            (*before[4:6], without(before.facts, PRECISION)) == changed[4:7]
        ):
            self.drop(row)
            self.put(before._replace(until=row.until))
        else:
            self.put(changed)

    def end(self, node: str) -> None:
        """End the life of a node on the day."""
        rows = self.versions(node)
        last = rows[-1]
        if last.until != FOREVER:
            self._ends_later(last)
        if last.since > self.day:
            self._stands_in_the_way(last)
        if last.since == self.day and len(rows) > 1:
            self.drop(last)
        else:
            self._cut(last)

    def connect(
        self,
        kind: str,
        source: str,
        target: str,
        facts: Facts | None = None,
        until: date = FOREVER,
    ) -> None:
        """Join two nodes by an edge from the day on."""
        said = without(facts or {}, PRECISION)
        row = EdgeRow(kind, source, target, self.day, until, said)
        self.check_life(row)
        for other in self.slot(row):
            if other.since > self.day:
                self._stands_in_the_way(other)
            elif other.until > self.day and other.target == target:
                message = (
                    f"{self.shown(source)} is already joined to {target} by {kind}"
                )
                self.conflicts.append(TAKEN.at(source, message))
            elif (
                other.until == self.day
                and other.target == target
                and without(other.facts, PRECISION) == row.facts
            ):
                row = other._replace(until=until)
        self.put(row)

    def disconnect(self, row: EdgeRow) -> None:
        """End an edge on the day."""
        for other in self.slot(row):
            if other.since > self.day:
                self._stands_in_the_way(other)
        if row.since < self.day:
            self._cut(row)
        elif row.since == self.day:
            self.drop(row)

    def succeed(self, source: str, target: str, facts: Facts) -> None:
        """Record that a unit's place was taken by another, wholly or in part.

        The event is permanent and needs no living ends.
        """
        facts = {**facts, "step": self.step}
        lineage = self.pack.lineage
        self.put(EdgeRow(lineage, source, target, self.day, FOREVER, facts))

    def slot(self, row: EdgeRow) -> list[EdgeRow]:
        """Return the rows that may not overlap with this one, itself among them."""
        rows = self.edges(row.source, row.kind, OUT)
        if self.pack.edges[row.kind].targets in {"1", "0..1"}:
            return rows
        return [other for other in rows if other.target == row.target]

    def _cut(self, row: Row) -> None:
        """End a row on the day, which is known to the day."""
        facts = without(row.facts, UNTIL_PRECISION)
        self.put(row._replace(until=self.day, facts=facts))

    def put(self, row: Row) -> None:
        """Write a row; the one place, with `drop`, where the draft changes."""
        self._write(row.key, row._replace(rev=0) if row.rev else row)

    def drop(self, row: Row) -> None:
        """Take a row away."""
        self._write(row.key, None)

    def _write(self, key: Key, row: Row | None) -> None:
        self._log.append((key, self._rows.get(key, _NEVER)))
        self._rows[key] = row
        for touched in self._touched(key):
            touched.add(key)

    def _touched(self, key: Key) -> list[set[Any]]:
        """Return the sets that say where a row is written; forget what was known."""
        self._changes = self._tally = None
        self.memo.clear()
        if len(key) == 2:  # noqa: PLR2004 - a NodeKey
            self._now.pop(key[0], None)
            return [self._versions[key[0]]]
        kind, source, target, _ = key
        self._now_at.pop((OUT, source, kind), None)
        self._now_at.pop((IN, target, kind), None)
        return [self._at[OUT, source, kind], self._at[IN, target, kind]]

    # Steps

    def mark(self) -> Mark:
        """Return where the draft stands, for `rollback`."""
        accounts = {kind: Counter(words) for kind, words in self.accounts.items()}
        return Mark(len(self._log), Counter(self.stated), accounts, dict(self.labels))

    def rollback(self, mark: Mark) -> None:
        """Take back all that was written and counted since the mark."""
        self.stated, self.labels = mark.stated, mark.labels
        self.accounts = defaultdict(Counter, mark.accounts)
        while len(self._log) > mark.log:
            key, previous = self._log.pop()
            touched = self._touched(key)
            if previous is not _NEVER:
                self._rows[key] = cast("Row | None", previous)
                continue
            del self._rows[key]
            for keys in touched:
                keys.discard(key)

    def founded(self) -> list[str]:
        """Return the nodes that the store doesn't have and that live after the day."""
        return sorted(
            node
            for node in self._versions
            if not self.base.versions(node) and self.node(node) is not None
        )

    def changes(self) -> tuple[Change, ...]:
        """Return what differs from the store, in the canonical order, without `rev`."""
        if self._changes is None:
            self._changes = ordered(
                Change(key, before and before._replace(rev=0), after)
                for key, after in self._rows.items()
                if not same_content(before := self._stored(key), after)
            )
        return self._changes

    def state(self, amounts: Mapping[str, int], sign: int = 1) -> None:
        """Say that a step itself adds or takes away amounts of what is conserved."""
        for key, amount in amounts.items():
            self.stated[key] += sign * amount

    def _amounts(self, facts: Facts) -> list[object]:
        return [facts.get(name, _NEVER) for name in self.pack.additive]

    def _stored(self, key: Key) -> Row | None:
        if len(key) == 2:  # noqa: PLR2004 - a NodeKey
            return self.base.stored_node(key)
        return self.base.stored_edge(key)

    # Conflicts

    def _stands_in_the_way(self, row: Row) -> None:
        if isinstance(row, NodeRow):
            what = f"{self.shown(row.id)} is recorded to change on {row.since}"
            subject = row.id
        else:
            what = (
                f"{row.kind} of {self.shown(row.source)} to {self.shown(row.target)} "
                f"is recorded from {row.since}"
            )
            subject = row.source
        self.conflicts.append(LATER_ROW.at(subject, what + _by(row)))

    def _ends_later(self, row: NodeRow) -> None:
        what = f"{self.shown(row.id)} is recorded to end on {row.until}"
        self.conflicts.append(LATER_ROW.at(row.id, what + _by(row)))

    def check_life(self, row: EdgeRow) -> None:
        """Note a conflict where an edge reaches beyond the life of one of its ends."""
        kind = self.pack.edges[row.kind]
        for node, outlives in zip(row[1:3], kind.outliving, strict=True):
            life = self.life(node)
            if life is None or not (life[0] <= row.since and row.until <= life[1]):
                if life is not None and outlives and life[0] <= row.since:
                    continue
                span = "doesn't exist" if life is None else f"ends on {life[1]}"
                if life is not None and life[0] > row.since:
                    span = f"begins on {life[0]}"
                rows = self.versions(node)
                what = f"{row.kind} from {row.since} on: {self.shown(node)} {span}"
                by = _by(rows[-1]) if rows else ""
                self.conflicts.append(OUTLIVES.at(node, what + by))


def _by(row: Row) -> str:
    return f" (revision {row.rev})" if row.rev else " (earlier in this proposal)"
