"""The recording draft: every write of an operation becomes a change of one row."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from ..findings import Code, Finding
from ..language import say
from ..model import FOREVER, IN, OUT, EdgeRow, Facts, NodeRow, Row, continues
from ..model.facts import PRECISION, UNTIL_PRECISION, without
from ..pack import Event
from .carried import added_passages
from .overlay import Overlay
from .snapshot import Snapshot

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


class Draft(Overlay):
    """A view that operations write: all writes take effect on `day`.

    Writes keep the canonical form of a day: an edge of no length is removed, an edge
    ended and restarted alike is one row, a second version of a day replaces the first.
    Only a holding that goes on beyond its recorded end is another row.
    What stands in the way is kept in `conflicts`, and the step that met it is undone
    with `rollback`.
    """

    def __init__(self, base: Snapshot) -> None:
        """Start without changes."""
        super().__init__(base)
        self.conflicts: list[Finding] = []
        self.step = 0
        self._begun: list[tuple[int, int]] = []
        self._days: dict[int, str] = {}

    def begin(self, step: int) -> None:
        """Note that what is written from here on is a step's, or, of 0, none's."""
        self.step = step
        self._begun.append((len(self._log), step))

    def last_steps(self) -> dict[str, int]:
        """Return the last step that wrote each node, or an edge at it."""
        found: dict[str, int] = {}
        ends = [*(begins for begins, _ in self._begun[1:]), len(self._log)]
        for (begins, step), end in zip(self._begun, ends, strict=True):
            for key, _ in self._log[begins:end] if step else ():
                found[key[0] if len(key) == 2 else key[1]] = step  # noqa: PLR2004 - a NodeKey
                if len(key) > 2:  # noqa: PLR2004 - an EdgeKey
                    found[key[2]] = step
        return found

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

    def end(self, node: str, by: Event | None = None) -> None:
        """End the life of a node on the day; what stays on it is counted as kept by."""
        if by is not None:
            self.left.append((by, node))
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
                if other.since < until or self._would_be_one(row, other):
                    self._stands_in_the_way(other)
            elif other.until > self.day and other.target == target:
                message = say(
                    "{source} is already joined to {target} by {kind}.",
                    source=self.shown(source),
                    target=target,
                    kind=say(kind),
                )
                self.conflicts.append(TAKEN.at(source, message))
            elif (
                other.until == self.day
                and other.target == target
                and without(other.facts, PRECISION) == row.facts
                and not self._is_begun_anew(other, until)
            ):
                row = other._replace(until=until)
        self.put(row)

    def _would_be_one(self, row: EdgeRow, later: EdgeRow) -> bool:
        """Tell whether a later row only goes on with this; a holding begins anew."""
        return row.kind != self.pack.chain.holds and continues(row, later)

    def _is_begun_anew(self, row: EdgeRow, until: date) -> bool:
        """Tell whether a holding would last longer than was recorded before.

        It is another then: who goes on in a post beyond its end takes it again. What a
        plan of the day ended, another takes back.
        """
        stored = self.base.stored_edge(row.key)
        if row.kind != self.pack.chain.holds or stored is None:
            return False
        today = self.day.isoformat()
        cut = stored.until == self.day and self._effective(stored.rev) == today
        return stored.until < until and not cut

    def _effective(self, number: int) -> str:
        """Return the day of a revision, read once."""
        if number not in self._days:
            revision = self.reader.revision(number)
            self._days[number] = revision.effective if revision else ""
        return self._days[number]

    def lengthen(self, row: EdgeRow, until: date) -> None:
        """Let an edge that is in force last longer."""
        self._check_later(row)
        self.put(row._replace(until=until))

    def disconnect(self, row: EdgeRow) -> None:
        """End an edge on the day."""
        self._check_later(row)
        if row.since < self.day:
            self._cut(row)
        elif row.since == self.day:
            self.drop(row)

    def rejoin(self, row: EdgeRow, source: str, target: str) -> bool:
        """End an edge and begin one like it in its place, where that needs no care.

        So it is with nearly every dependent: nothing else is in either slot. It is
        quicker than `disconnect` and `connect`. Returns False where nothing was done.
        """
        alone = self.edges(row.source, row.kind, OUT) == [row]
        if not alone or source != row.source or row.since >= self.day:
            return False
        facts = without(row.facts, PRECISION)
        ends = (row.kind, source, target)
        joined = _made(EdgeRow, (*ends, self.day, row.until, facts, 0))
        self.check_life(joined)
        self._cut(row)
        self.put(joined)
        return True

    def succeed(self, passages: Iterable[tuple[str, str, Facts]]) -> None:
        """Record that units' places are taken by others: (source, target, facts).

        Such an event is permanent and needs no living ends. What passes between the
        same two on the same day adds up.
        """
        passed = list(passages)
        lineage = self.pack.lineage
        step = self._place_of_day({end for one in passed for end in one[:2]})
        for source, target, facts in passed:
            row = EdgeRow(lineage, source, target, self.day, FOREVER, facts)
            row = row._replace(facts={**facts, "step": step})
            for other in self.edges(source, lineage, OUT):
                if other.key == row.key:
                    row = row._replace(facts=added_passages(other.facts, row.facts))
            self.put(row)

    def _place_of_day(self, units: Collection[str]) -> int:
        """Return the number of the step, or one after all that passed here on the day.

        Plans of one day number their steps alike; what passed by an earlier one comes
        first, also for who doesn't know the revisions.
        """
        lineage = self.pack.lineage
        place = self.step
        for direction in (IN, OUT):
            self.need_edges(units, [lineage], direction)
            for unit in units:
                for row in self.edges(unit, lineage, direction):
                    step = row.facts.get("step")
                    if row.since == self.day and isinstance(step, int):
                        place = max(place, step + 1)
        return place

    def slot(self, row: EdgeRow) -> list[EdgeRow]:
        """Return the rows that may not overlap with this one, itself among them."""
        rows = self.edges(row.source, row.kind, OUT)
        if self.pack.edges[row.kind].targets in {"1", "0..1"}:
            return rows
        return [other for other in rows if other.target == row.target]

    def _cut(self, row: Row) -> None:
        """End a row on the day, which is known to the day."""
        facts = without(row.facts, UNTIL_PRECISION)
        if isinstance(row, EdgeRow):
            self.put(_made(EdgeRow, (*row[:4], self.day, facts, 0)))
        else:
            self.put(row._replace(until=self.day, facts=facts, rev=0))

    def _amounts(self, facts: Facts) -> list[object]:
        return [(name in facts, facts.get(name)) for name in self.pack.additive]

    def _check_later(self, row: EdgeRow) -> None:
        for other in self.slot(row):
            if other.since > self.day:
                self._stands_in_the_way(other)

    def _stands_in_the_way(self, row: Row) -> None:
        if isinstance(row, NodeRow):
            what = say(
                "{row} is recorded to change on {since}",
                row=self.shown(row.id),
                since=row.since,
            )
            subject = row.id
        else:
            what = say(
                "{kind} of {source} to {target} is recorded from {since}",
                kind=say(row.kind),
                source=self.shown(row.source),
                target=self.shown(row.target),
                since=row.since,
            )
            subject = row.source
        message = say("{what}{by}.", what=what, by=_by(row))
        self.conflicts.append(LATER_ROW.at(subject, message))

    def _ends_later(self, row: NodeRow) -> None:
        what = say(
            "{row} is recorded to end on {until}{by}.",
            row=self.shown(row.id),
            until=row.until,
            by=_by(row),
        )
        self.conflicts.append(LATER_ROW.at(row.id, what, hint=_cure_of_an_end(row)))

    def check_life(self, row: EdgeRow) -> None:
        """Note a conflict where an edge reaches beyond the life of one of its ends."""
        source, target = self.versions(row.source), self.versions(row.target)
        since, until = row.since, row.until
        # Whether all is well, which it nearly always is, is asked of each edge.
        if (
            (source and target)
            and source[0].since <= since >= target[0].since
            and source[-1].until >= until <= target[-1].until
        ):
            return
        kind = self.pack.edges[row.kind]
        for node, outlives in zip(row[1:3], kind.outliving, strict=True):
            rows = self.versions(node)
            begun = bool(rows) and rows[0].since <= row.since
            if begun and (outlives or row.until <= rows[-1].until):
                continue
            span, hint = say("doesn't exist"), None
            if begun:
                span = say(
                    "ends on {until}{by}", until=rows[-1].until, by=_by(rows[-1])
                )
                hint = _cure_of_an_end(rows[-1])
            elif rows:
                span = say(
                    "begins on {since}{by}", since=rows[0].since, by=_by(rows[-1])
                )
                hint = say(
                    "Give this proposal a date from {since} on.", since=rows[0].since
                )
            what = say(
                "{kind} from {since} on: {node} {span}.",
                kind=say(row.kind),
                since=row.since,
                node=self.shown(node),
                span=span,
            )
            self.conflicts.append(OUTLIVES.at(node, what, hint=hint))


_made = tuple.__new__  # quicker than the row's own, for each edge that is cut


def _by(row: Row) -> str:
    return (
        say(" (revision {rev})", rev=row.rev)
        if row.rev
        else say(" (earlier in this proposal)")
    )


def _cure_of_an_end(row: NodeRow) -> str | None:
    """Say what can be done where a recorded end of a unit stands in the way.

    A later date is no cure: by then the unit has ended.
    """
    if not row.rev:
        return None
    return say(
        "Choose a unit that lives on; or take revision {rev} back, which ends it, "
        "apply this, and propose that end again.",
        rev=row.rev,
    )
