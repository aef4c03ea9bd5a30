"""Makes a labelled synthetic organisation over a real territory, from a seed."""

from .draw import Synthetic
from .figures import PROFILES, Profile
from .layout import lay_out
from .parting import Going, Passage, goings, parts_text
from .ratios import Census, Ratio, ratios
from .territory import Territory, read_territory

__all__ = [
    "PROFILES",
    "Census",
    "Going",
    "Passage",
    "Profile",
    "Ratio",
    "Synthetic",
    "Territory",
    "goings",
    "lay_out",
    "parts_text",
    "ratios",
    "read_territory",
]
