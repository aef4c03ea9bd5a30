"""What may be answered where the pack asks about a dependent, and what is wrong."""

from collections.abc import Mapping, Sequence

from ..findings import Code

Answer = str | Mapping[str, Sequence[str]]
"""A fate ("follow", "end", "ends_with", "parent"), "ask", or {"to": units}."""

ANSWERS = ("follow", "end", "ends_with", "parent")

UNANSWERED = Code(
    code="ASK01",
    meaning="The pack asks what becomes of these dependents, and nobody said.",
)
NOT_ASKED = Code(
    code="ASK02",
    meaning="An answer is given for something that is not asked.",
    hint="Leave it out, or name the kind or id that is asked about. Of a unit that "
    "lives on parts leave, and what covers it comes to cover others, too, by "
    "{to: [UNIT, OTHER]} under its id.",
)
REFUSED = Code(
    code="ASK04",
    meaning="The pack refuses this event while the unit has such a dependent.",
    hint="Move or close the dependent first.",
)
NO_SUCCESSOR = Code(
    code="ASK05",
    meaning="A dependent is to follow its unit, or to come under the unit's parent, "
    "and there is none.",
    hint="Say with {to: UNIT} where it goes, or that it ends.",
)
TO_ITSELF = Code(
    code="ASK07",
    meaning="An answer would join a unit to itself.",
)
BETWEEN = Code(
    code="ASK08",
    meaning="Two units that end by one step are joined, and one goes to several.",
    hint="Do it in two steps: first the unit that goes whole to one, then the other, "
    "with what is joined to it then among its parts.",
)
ONLY_ONE = Code(
    code="ASK09",
    meaning="An edge would go on to several units, and the pack allows it only one.",
    hint="Name the one unit that it goes to.",
)
TO_ENDING = Code(
    code="ASK11",
    meaning="An answer sends a dependent to a unit that ends by the step.",
    hint="Name a unit that lives on.",
)
