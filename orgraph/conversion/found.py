"""A finding of a table, with the row that it is about."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..findings import Finding

_LINE = re.compile(r"[0-9]+\Z")


class Found(NamedTuple):
    """A finding and where it stands, as file:line, or file:sheet!A17."""

    place: str
    finding: Finding

    @property
    def is_error(self) -> bool:
        """Whether nothing can be drafted while it holds."""
        return self.finding.severity == "error"


def in_order(items: Iterable[Found]) -> tuple[Found, ...]:
    """Return findings once each, errors first, then as their rows stand."""
    rank = {"error": 0, "warning": 1, "info": 2}

    def key(item: Found) -> tuple[object, ...]:
        line = _LINE.search(item.place)
        file = item.place[: line.start()] if line else item.place
        number = int(line[0]) if line else 0
        said = item.finding
        return (
            rank[said.severity],
            file,
            number,
            said.code,
            said.subject,
            said.message,
        )

    return tuple(sorted(dict.fromkeys(items, None), key=key))
