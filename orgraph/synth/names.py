"""How synthetic nodes are called: opaque ids, and names that say what they are."""

from functools import partial

LABEL = "Synthetic:"
"""Begins the name of each unit; what has no name has an id that begins with `syn-`."""


def _named(kind: str, number: int) -> str:
    return f"syn-{kind}-{number:06}"


ARMED = "syn-armed_unit"
"""The border guard of the province."""
PROVINCIAL = "syn-provincial_committee"
border_post = partial(_named, "border_post")
cell = partial(_named, "cell")
direct = partial(_named, "direct_committee")
executive = partial(_named, "executive_committee")
grassroots = partial(_named, "grassroots_committee")
household = partial(_named, "household")
member = partial(_named, "member")
post = partial(_named, "post")
section = partial(_named, "sectional_committee")
village = partial(_named, "village")


def origin(number: int, half: int) -> str:
    """Return one of the two cells that a cell was made of."""
    return f"syn-cell-u{number:05}-{half}"
