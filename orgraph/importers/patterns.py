"""Tells whether a file, a sheet or a header is meant by what a mapping says."""

import unicodedata
from fnmatch import fnmatchcase


def is_meant(name: str, pattern: str) -> bool:
    """Tell whether a name is exactly this, or fits it as a pattern with * and ?."""
    name, pattern = (unicodedata.normalize("NFC", text) for text in (name, pattern))
    return name == pattern or fnmatchcase(name, pattern)
