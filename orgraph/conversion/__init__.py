"""Conversion tables: which old unit becomes which new one, drafted into proposals."""

from .draft import Beside, Drafted, draft
from .notes import Words, load_words
from .options import Options
from .shares import Measures
from .tables import read_conversion, read_parts, read_units

__all__ = [
    "Beside",
    "Drafted",
    "Measures",
    "Options",
    "Words",
    "draft",
    "load_words",
    "read_conversion",
    "read_parts",
    "read_units",
]
