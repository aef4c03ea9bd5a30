"""Takes a revision back, as if it had never been."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from ..change import Change
from ..draft import Draft, View
from ..draft.carried import carried
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT, EdgeRow, Key, NodeRow, Row, same_content
from .base import Operation
from .writers import Writers, undone

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
    meaning="A later revision, or an earlier step, changed what is to be taken back.",
    hint="Take the later revision back first.",
)
BUILT_ON = Code(
    code="TIME05",
    meaning="A later revision, or an earlier step, built on what is to be taken back.",
    hint="Take the later revision back first.",
)
ALONE = say("Take the revision back in a proposal of its own.")


class Undo(Operation):
    """Take back a revision: every row it wrote is as it was before."""

    op: Literal["undo"] = "undo"
    revision: int = Field(ge=1, le=2**31, strict=True)

    example = """\
op: undo
revision: 3
"""

    def takes_back(self) -> int:
        """Return the revision."""
        return self.revision

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse what later revisions changed, naming them."""
        subject = say("revision {revision}", revision=self.revision)
        revision = view.reader.revision(self.revision)
        if revision is None:
            message = say(
                "There is no revision {revision} to take back.", revision=self.revision
            )
            yield NO_REVISION.at(subject, message)
            return
        if revision.effective != view.day.isoformat():
            message = say(
                "Revision {revision} took effect on {effective}, not on {day}.",
                revision=self.revision,
                effective=revision.effective,
                day=view.day,
            )
            hint = say("Write effective: {effective}.", effective=revision.effective)
            yield OTHER_DAY.at(subject, message, hint=hint)
            return
        changes = view.reader.journal(self.revision)
        _need(view, changes)
        if _taken_back_here(view, changes):
            message = say(
                "Revision {revision} was taken back earlier in this proposal.",
                revision=self.revision,
            )
            yield CHANGED_SINCE.at(subject, message, hint=say("Leave this step out."))
            return
        if taken := _taken_back(view, changes, self.revision):
            message = say(
                "Revision {revision} was taken back by revision {other}.",
                revision=self.revision,
                other=taken,
            )
            hint = say("Take revision {other} back first.", other=taken)
            yield CHANGED_SINCE.at(subject, message, hint=hint)
            return
        writers = Writers(view.reader)
        for change in changes:
            yield from _changed_since(view, change, writers)
        own = {change.key for change in changes}
        for change in changes:
            yield from _overlapping(view, change, own)

    def edit(self, draft: Draft) -> None:
        """Write back what each row was; what stands in the way is a conflict."""
        changes = draft.reader.journal(self.revision)
        _need(draft, changes)
        nodes = {end for change in changes for end in _ends(change.row)}
        lives = {node: draft.life(node) for node in nodes}
        before = carried(draft, nodes)
        for change in changes:
            if change.before is None:
                draft.drop(change.row)
            else:
                draft.bring_back(change.before)
        draft.state(carried(draft, nodes))
        draft.state(before, -1)
        for change in changes:
            if isinstance(change.before, EdgeRow):
                draft.check_life(change.before)
        shortened = [
            node for node in sorted(nodes) if _shorter(draft, node, lives[node])
        ]
        draft.conflicts += _built_on(draft, shortened)


def _need(view: View, changes: list[Change]) -> None:
    """Read, in batches, the rows as they are now."""
    rows = [change.row for change in changes]
    edges = [row for row in rows if isinstance(row, EdgeRow)]
    view.need_nodes({end for row in rows for end in _ends(row)})
    for kind in sorted({row.kind for row in edges}):
        view.need_edges({row.source for row in edges if row.kind == kind}, [kind], OUT)


def _ends(row: Row) -> tuple[str, ...]:
    return (row.id,) if isinstance(row, NodeRow) else (row.source, row.target)


def _subject(row: Row) -> str:
    return row.id if isinstance(row, NodeRow) else row.source


def _taken_back(view: View, changes: list[Change], number: int) -> int | None:
    """Return which revision took this one back; none if the first row says otherwise.

    Of hundreds of rows that it wrote, the first that isn't as it wrote it is enough.
    """
    for change in changes:
        now = _current(view, change.row)
        if not same_content(now, change.after):
            last = _last(view, change.row, now)
            return last if number in undone(view.reader, last) else None
    return None


def _taken_back_here(view: View, changes: list[Change]) -> bool:
    """Tell whether earlier steps wrote back all that the revision changed."""
    return all(
        view.rewritten(change.key)
        and same_content(_current(view, change.row), change.before)
        for change in changes
    )


def _last(view: View, row: Row, now: Row | None) -> int:
    """Return which revision a row is from as it stands, or which took it away.

    That is 0 where earlier steps did.
    """
    if now is not None or view.rewritten(row.key):
        return now.rev if now is not None else 0
    return max(view.reader.revisions_of(_subject(row)))


def _changed_by(subject: str, what: str, number: int) -> Finding:
    """Return the refusal that names what changed a row, a revision or a step."""
    if number:
        message = say(
            "{what} was changed by revision {number}.", what=what, number=number
        )
        return CHANGED_SINCE.at(subject, message)
    message = say("{what} was changed earlier in this proposal.", what=what)
    return CHANGED_SINCE.at(subject, message, hint=ALONE)


def _changed_since(view: View, change: Change, writers: Writers) -> Iterator[Finding]:
    """Refuse where the row is no longer what the revision wrote."""
    row, after = change.row, change.after
    now = _current(view, row)
    if same_content(now, after):
        if now is None or after is None or now.rev == after.rev:
            return
        if writers.of(now) == writers.of(after):
            return
    subject = _subject(row)
    what = view.shown(subject)
    if isinstance(row, EdgeRow):
        what = say(
            "{kind} of {what} to {target}",
            kind=say(row.kind),
            what=what,
            target=row.target,
        )
    yield _changed_by(subject, what, _last(view, row, now))


def _current(view: View, row: Row) -> Row | None:
    """Return a row as it is now, with the revision that it is from.

    What an earlier step brought back is from the revision that wrote it.
    """
    if back := view.brought_back(row.key):
        return back
    if isinstance(row, NodeRow):
        return next((r for r in view.versions(row.id) if r.since == row.since), None)
    rows = view.edges(row.source, row.kind, OUT)
    return next((r for r in rows if r.key == row.key), None)


def _overlapping(view: View, change: Change, own: set[Key]) -> Iterator[Finding]:
    """Refuse where a row of another revision lies where the old row would return."""
    before, after = change.before, change.after
    since = after.until if after is not None else change.row.since
    if before is None or before.until <= since:
        return
    if isinstance(before, NodeRow):
        rows: list[Row] = [*view.versions(before.id)]
    elif before.kind == view.pack.lineage:
        return  # what passed is an event: others stand beside it
    else:
        functional = view.pack.edges[before.kind].targets in {"1", "0..1"}
        rows = [
            row
            for row in view.edges(before.source, before.kind, OUT)
            if functional or row.target == before.target
        ]
    for row in rows:
        if row.key not in own and row.since < before.until and row.until > since:
            subject = _subject(before)
            yield _changed_by(subject, view.shown(subject), row.rev)


def _shorter(draft: Draft, node: str, life: tuple[date, date] | None) -> bool:
    """Tell whether a node lives less than it did."""
    now = draft.life(node)
    if life is None:
        return False
    return now is None or now[0] > life[0] or now[1] < life[1]


def _built_on(draft: Draft, nodes: list[str]) -> Iterator[Finding]:
    """Yield the edges that other revisions gave to nodes that would live less."""
    kinds = sorted(draft.pack.edges)
    for direction in (OUT, IN):
        draft.need_edges(nodes, kinds, direction)
    for node in nodes:
        life = draft.life(node)
        for direction in (OUT, IN):
            for kind in kinds:
                stays = draft.pack.edges[kind].outliving[direction == IN]
                for row in sorted(draft.edges(node, kind, direction)):
                    if life is not None and (stays or row.until <= life[1]):
                        continue
                    other = row.target if direction == OUT else row.source
                    when = (
                        say("end on {life}", life=life[1])
                        if life
                        else say("be no more")
                    )
                    who = (
                        say("revision {revision}", revision=row.rev)
                        if row.rev
                        else say("an earlier step")
                    )
                    message = say(
                        "{node} would {when}, and {who} "
                        "joined {other} to it by {kind}.",
                        node=_called(draft, node),
                        when=when,
                        who=who,
                        other=_called(draft, other),
                        kind=say(kind),
                    )
                    yield BUILT_ON.at(node, message, hint=None if row.rev else ALONE)


def _called(draft: Draft, node: str) -> str:
    """Name a node; what would be no more has its name before the undo alone."""
    return (draft if draft.versions(node) else draft.base).shown(node)
