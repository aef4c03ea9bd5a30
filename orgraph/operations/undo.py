"""Takes a revision back, as if it had never been."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from ..change import Change
from ..draft import Draft, View
from ..findings import Code, Finding
from ..model import IN, OUT, EdgeRow, NodeRow, Row, same_content
from .base import Operation

NO_REVISION = Code(
    code="UNDO01",
    meaning="There is no such revision to take back.",
)
OTHER_DAY = Code(
    code="UNDO02",
    meaning="A revision is taken back on the day on which it took effect.",
)
CHANGED_SINCE = Code(
    code="TIME04",
    meaning="A later revision changed what is to be taken back.",
    hint="Take the later revision back first.",
)
BUILT_ON = Code(
    code="TIME05",
    meaning="A later revision built on what is to be taken back.",
    hint="Take the later revision back first.",
)


class Undo(Operation):
    """Take back a revision: every row it wrote is as it was before."""

    op: Literal["undo"] = "undo"
    revision: int = Field(ge=1, strict=True)

    example = """\
op: undo
revision: 3
"""

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse what later revisions changed or built on, naming them."""
        subject = f"revision {self.revision}"
        revision = view.reader.revision(self.revision)
        if revision is None:
            message = f"There is no revision {self.revision} to take back."
            yield NO_REVISION.at(subject, message)
            return
        if revision.effective != view.day.isoformat():
            message = (
                f"Revision {self.revision} took effect on {revision.effective}, not on "
                f"{view.day}."
            )
            hint = f"Write effective: {revision.effective}."
            yield OTHER_DAY.at(subject, message, hint=hint)
            return
        changes = view.reader.journal(self.revision)
        _need(view, changes)
        for change in changes:
            yield from _changed_since(view, change)
        yield from _built_on(view, changes)

    def edit(self, draft: Draft) -> None:
        """Write back what each row was."""
        changes = draft.reader.journal(self.revision)
        _need(draft, changes)
        for change in changes:
            draft.state(_carried(draft, change.before))
            draft.state(_carried(draft, change.after), -1)
            if change.before is None:
                draft.drop(change.row)
            else:
                draft.put(change.before)


def _need(view: View, changes: list[Change]) -> None:
    """Read, in batches, the rows as they are now and what stands at founded nodes."""
    rows = [change.row for change in changes]
    edges = [row for row in rows if isinstance(row, EdgeRow)]
    nodes = {row.id for row in rows if isinstance(row, NodeRow)}
    view.need_nodes(nodes | {end for row in edges for end in row[1:3]})
    for kind in sorted({row.kind for row in edges}):
        view.need_edges({row.source for row in edges if row.kind == kind}, [kind], OUT)
    founded = _founded(changes)
    view.need_edges(founded, sorted(view.pack.edges), OUT)
    view.need_edges(founded, sorted(view.pack.edges), IN)


def _founded(changes: list[Change]) -> list[str]:
    """Return the nodes that would be no more."""
    began = {c.row.id for c in changes if isinstance(c.row, NodeRow) and not c.before}
    kept = {c.row.id for c in changes if isinstance(c.row, NodeRow) and c.before}
    return sorted(began - kept)


def _current(view: View, row: Row) -> Row | None:
    if isinstance(row, NodeRow):
        return next((r for r in view.versions(row.id) if r.since == row.since), None)
    rows = view.edges(row.source, row.kind, OUT)
    return next((r for r in rows if r.key == row.key), None)


def _changed_since(view: View, change: Change) -> Iterator[Finding]:
    """Refuse where the row is no longer what the revision wrote, or has a follower."""
    row = change.row
    now = _current(view, row)
    subject = row.id if isinstance(row, NodeRow) else row.source
    if not same_content(now, change.after) or (
        now is not None and change.after is not None and now.rev != change.after.rev
    ):
        what = view.shown(subject)
        if isinstance(row, EdgeRow):
            what = f"{row.kind} of {what} to {row.target}"
        by = f"revision {now.rev}" if now and now.rev else "a later revision"
        message = f"{what} was changed by {by}."
        yield CHANGED_SINCE.at(subject, message)
    elif change.before is not None:
        yield from _overlapping(view, change)


def _overlapping(view: View, change: Change) -> Iterator[Finding]:
    """Refuse where a row of a later revision lies where the old row would return."""
    before, after = change.before, change.after
    since = after.until if after is not None else change.row.since
    if before is None or before.until <= since:
        return
    if isinstance(before, NodeRow):
        rows: list[Row] = [*view.versions(before.id)]
        subject = before.id
    else:
        functional = view.pack.edges[before.kind].targets in {"1", "0..1"}
        rows = [
            row
            for row in view.edges(before.source, before.kind, OUT)
            if functional or row.target == before.target
        ]
        subject = before.source
    for row in rows:
        later = after is None or row.rev > after.rev
        if later and row.key != before.key and since <= row.since < before.until:
            message = f"{view.shown(subject)} was changed by revision {row.rev}."
            yield CHANGED_SINCE.at(subject, message)


def _built_on(view: View, changes: list[Change]) -> Iterator[Finding]:
    """Refuse where a node that would be no more has edges of other revisions."""
    own = {change.key for change in changes}
    for node in _founded(changes):
        for direction in (OUT, IN):
            for kind in sorted(view.pack.edges):
                for row in sorted(view.edges(node, kind, direction)):
                    if row.key not in own:
                        other = row.target if direction == OUT else row.source
                        message = (
                            f"{view.shown(node)} would be no more, and revision "
                            f"{row.rev} joined {view.shown(other)} to it by {kind}."
                        )
                        yield BUILT_ON.at(node, message)


def _carried(view: View, row: Row | None) -> dict[str, int]:
    """Return what a row carries of what is conserved, on the day."""
    if not isinstance(row, NodeRow) or not row.since <= view.day < row.until:
        return {}
    found = {f"count:{row.kind}": 1} if row.kind in view.pack.heads else {}
    for name, _ in view.pack.carried(row.kind):
        if name in row.facts:
            value = row.facts[name]
            known = isinstance(value, int)
            key = f"fact:{name}" if known else f"unknown:{name}"
            found[key] = int(value or 0) if known else 1
    return found
