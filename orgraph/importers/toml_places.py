"""Finds the line of a key in a TOML file, which its reader doesn't tell."""

import re
from collections.abc import Sequence

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_WORD = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_KEY = re.compile(rf"\s*({_WORD}(?:\s*\.\s*{_WORD})*)\s*=")
_PIECE = re.compile(_WORD)


class Places:
    """The lines of a file's keys; a key inside an inline table has the line of that."""

    def __init__(self, text: str) -> None:
        """Go through the lines: headers and the keys below them."""
        self._lines: dict[Path, int] = {}
        counts: dict[Path, int] = {}
        here: Path = ()
        for number, line in enumerate(text.splitlines(), 1):
            if header := _HEADER.match(line):
                names = _names(header[2])
                here = self._entered(names[:-1], counts)
                here = (*here, names[-1])
                if header[1] == "[[":
                    counts[here] = counts.get(here, -1) + 1
                    here = (*here, counts[here])
                self._lines.setdefault(here, number)
            elif key := _KEY.match(line):
                self._lines.setdefault((*here, *_names(key[1])), number)

    @staticmethod
    def _entered(names: Sequence[str], counts: dict[Path, int]) -> Path:
        """Return the path of the tables that a header is in: of lists, the last."""
        here: Path = ()
        for name in names:
            here = (*here, name)
            if here in counts:
                here = (*here, counts[here])
        return here

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of a key, or of the nearest that encloses it."""
        given = tuple(path)
        while given and given not in self._lines:
            given = given[:-1]
        return self._lines.get(given, 1)


def _names(text: str) -> list[str]:
    return [piece.strip("\"'") for piece in _PIECE.findall(text)]
