"""Joins a conversion table with a synthetic organisation: what goes where in parts."""

from typing import TYPE_CHECKING, Literal

from ..errors import InputError

if TYPE_CHECKING:
    from ..pack import Pack
    from ..synth import Passage

UNIT = "commune"
_PEOPLE: dict[str, Literal["all", "none", "some"]] = {"all": "all", "none": "none"}
_MEANS: dict[str, Literal["whole", "part", "stays"]] = {
    "whole": "whole",
    "part": "part",
}


def read_passages(table: str, pack: "Pack") -> "list[Passage]":
    """Read what becomes of communes by a conversion table; InputError with all faults.

    A row whose old unit is a district has no commune to divide, and is passed by.
    """
    from ..conversion import load_words, read_conversion, read_edges
    from ..conversion.problems import row_problems
    from ..synth import Passage

    words = load_words()
    lines = read_conversion(table, words)
    edges, found = read_edges(lines, words, UNIT)
    found += row_problems(lines, edges, pack.nodes[UNIT].types)
    wrong = [f"{f.place}: {f.finding.message}" for f in found if f.is_error]
    if wrong:
        raise InputError(*wrong)
    return [
        Passage(
            edge.old.code,
            edge.new.code,
            _MEANS.get(edge.note.means, "stays"),
            _PEOPLE.get(edge.note.share("people"), "some"),
        )
        for edge in edges
        if edge.old.kind == UNIT
    ]
