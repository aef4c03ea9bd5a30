"""Takes revisions back: the proposal that does, and what the law said of it before."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from ..draft import Draft, Reader, Snapshot
from ..errors import InputError
from ..findings import Finding
from ..operations.undo import Undo
from ..proposal import Proposal
from .codes import codes
from .ruling import Touched, findings_on


def undo_proposal(reader: Reader, number: int | None = None) -> Proposal:
    """Return the proposal with the one step `undo: N`; by default of the last revision.

    Raises InputError when there is no such revision.

    >>> _ = store.commit(store.plan(orgraph.read_proposal("proposal.yaml")))
    >>> plan = store.plan(orgraph.undo_proposal(store))
    >>> plan.title, plan.refused
    ('Undo of revision 2: One sales team', False)
    """
    head = reader.head()
    if not head:
        message = "the store has no revision to take back"
        raise InputError(message)
    number = head if number is None else number
    revision = reader.revision(number) if 1 <= number <= head else None
    if revision is None:
        message = f"there is no revision {number} to take back; the last is {head}"
        raise InputError(message)
    return Proposal(
        title=f"Undo of revision {number}: {revision.title}"[:500],
        effective=date.fromisoformat(revision.effective),
        steps=(Undo(revision=number),),
    )


def judged_before(
    draft: Draft, touched: Touched, found: Sequence[Finding], numbers: Collection[int]
) -> Iterator[Finding]:
    """Yield findings of a plan that only takes the revisions `numbers` back.

    What the law says of an earlier state stands as it stood then, and stops nobody from
    going back to it. Where later revisions stay, the result may be a state that never
    was: what wasn't so before the first revision is new then.
    """
    new = {f.key for f in found if f.state == "new" and not codes()[f.code].structural}
    if not new:
        yield from found
        return
    first, head = min(numbers), draft.reader.head()
    so_before = new
    if len(set(numbers)) <= head - first:  # a later one stays
        sides = _before(draft, first), draft
        was, now = ({f.key: f for f in findings_on(one, touched)} for one in sides)
        so_before = {
            key for key in new & was.keys() if not now[key].is_worse_than(was[key])
        }
    for finding in found:
        if finding.key in so_before:
            yield finding.model_copy(update={"state": "existing"})
        else:
            yield finding


def _before(draft: Draft, number: int) -> Draft:
    """Return what was before a revision, as what takes back all since then."""
    reader = draft.reader
    was = Draft(Snapshot(reader, draft.day))
    for one in range(reader.head(), number - 1, -1):
        was.redo(change.inverse() for change in reader.journal(one))
    return was
