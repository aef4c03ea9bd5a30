"""Whether a place has enough official members for a cell of its own."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import first_of, say
from .members import officials
from .people import Words

TOO_FEW = Code(
    code="ENOUGH01",
    meaning="The cell of a place would have too few official members.",
    hint="Bring members in with reinforce_cell, in a step before this one.",
)
NOT_KNOWN = Code(
    code="ENOUGH02",
    meaning="It isn't known of enough members whether they are official.",
    hint="Say so with set_facts.",
    severity="warning",
)

LIMITS = "cell_size"
"""The rule whose limits say how many official members a cell has."""


def enough(
    view: View, known: Words, place: str, people: Sequence[str]
) -> Iterator[Finding]:
    """Refuse a place with too few official members, guests counted; warn where unknown.

    Who takes part without being a member counts, too: so places are reinforced. How
    many are wanted is what the pack's limits say of any cell.
    """
    count, doubtful = officials(view, known, people)
    for limit in view.pack.limits_on(LIMITS, view.day):
        wanted = limit.at_least or 0
        if limit.kind != known.places.group or len(count) >= wanted:
            continue
        code = TOO_FEW
        have = say(
            "{number} of the {wanted} official members wanted",
            number=len(count),
            wanted=wanted,
        )
        if len(count) + len(doubtful) >= wanted:
            code = NOT_KNOWN
            have = say(
                "{have}, and {people} may be official or not",
                have=have,
                people=first_of(doubtful),
            )
        message = say("{place} would have {have}.", place=view.shown(place), have=have)
        yield code.at(place, message, source=limit.source)
