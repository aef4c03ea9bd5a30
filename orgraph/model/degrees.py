"""Longitudes and latitudes: decimal degrees of WGS 84, kept as they are written."""

import re
from collections.abc import Mapping
from decimal import Decimal

FARTHEST: Mapping[str, int] = {"longitude": 180, "latitude": 90}
"""How far from zero degrees go, by the format of a fact."""

MOST_DECIMALS = 7
"""About a centimetre on the ground: more can't be meant."""

_DEGREES = re.compile(rf"-?\d{{1,3}}(\.\d{{1,{MOST_DECIMALS}}})?", re.ASCII)


def is_degrees(form: str | None, text: object) -> bool:
    """Tell whether a format is one of degrees, and something a text with such."""
    return (
        form is not None
        and form in FARTHEST
        and isinstance(text, str)
        and _DEGREES.fullmatch(text) is not None
        and abs(Decimal(text)) <= FARTHEST[form]
    )
