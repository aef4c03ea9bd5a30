"""Makes a labelled synthetic organisation over a real territory, from a seed."""

from .draw import Synthetic
from .figures import PROFILES, Profile
from .layout import lay_out
from .ratios import Census, Ratio, ratios
from .territory import Territory, read_territory

__all__ = [
    "PROFILES",
    "Census",
    "Profile",
    "Ratio",
    "Synthetic",
    "Territory",
    "lay_out",
    "ratios",
    "read_territory",
]
