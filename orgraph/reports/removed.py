"""Members who are removed: the ground and who decided, as their memberships say it."""

from ..model import EdgeRow
from .compared import Compared
from .model_people import Removed


def removed(compared: Compared) -> tuple[Removed, ...]:
    """Return who is a member no more, by the plan's changes."""
    places, people = compared.pack.questions.places, compared.pack.people
    if places is None or people is None or people.left is None:
        return ()
    found = [
        Removed(
            *after[1:3], *(_said(after, f) for f in (people.left, people.decided_by))
        )
        for before, after in compared.edges.get(places.member, ())
        if after is not None
        and after.until == compared.day
        and after.facts.get(people.left) is not None
        and (before is None or before.until != after.until)
    ]
    return tuple(sorted(found))


def _said(row: EdgeRow, fact: str | None) -> str | None:
    value = row.facts.get(fact) if fact else None
    return None if value is None else str(value)
