"""Conversion tables: which old unit becomes which new one, drafted into proposals."""

from .before import Before, Start, before
from .draft import Beside, Drafted, draft
from .edges import read_edges
from .notes import Words, load_words
from .options import Options
from .shares import Measures
from .tables import read_conversion, read_parts, read_units

__all__ = [
    "Before",
    "Beside",
    "Drafted",
    "Measures",
    "Options",
    "Start",
    "Words",
    "before",
    "draft",
    "load_words",
    "read_conversion",
    "read_edges",
    "read_parts",
    "read_units",
]
