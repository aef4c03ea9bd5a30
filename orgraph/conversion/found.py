"""A finding of a table, with the row that it is about."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..findings import Finding

_CELL = re.compile(r"(?:(?<=!)([A-Z]+))?([0-9]+)\Z")


class Found(NamedTuple):
    """A finding and where it stands, as file:line, or file:sheet!A17."""

    place: str
    finding: Finding

    @property
    def is_error(self) -> bool:
        """Whether nothing can be drafted while it holds."""
        return self.finding.severity == "error"


def in_order(items: Iterable[Found]) -> tuple[Found, ...]:
    """Return findings once each, errors first, then by sheet, row and column."""
    rank = {"error": 0, "warning": 1, "info": 2}

    def key(item: Found) -> tuple[object, ...]:
        cell = _CELL.search(item.place)
        file = item.place[: cell.start()] if cell else item.place
        letters, number = (cell[1] or "", int(cell[2])) if cell else ("", 0)
        said = item.finding
        return (
            rank[said.severity],
            file,
            number,
            len(letters),
            letters,
            said.code,
            said.subject,
            said.message,
        )

    return tuple(sorted(dict.fromkeys(items, None), key=key))
