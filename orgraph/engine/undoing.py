"""Makes the proposal that takes a revision back."""

from datetime import date

from ..draft import Reader
from ..errors import InputError
from ..operations.undo import Undo
from ..proposal import Proposal


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
