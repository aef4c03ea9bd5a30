"""Characters that JSON escapes as two halves, a surrogate pair: no YAML has such."""

import json
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

_HIGH, _LOW = r"u([dD][89abAB][0-9a-fA-F]{2})", r"u([dD][c-fC-F][0-9a-fA-F]{2})"
_ESCAPE = re.compile(rf"\\(?:{_HIGH}\\{_LOW}|.)")
_HALF = re.compile(rf"\\{_HIGH}")
_SHORTER = len(r"\ud83d\ude00") - len(r"\U0001f600")


class Joined(NamedTuple):
    """A text with each such pair as one escape, which YAML knows.

    `joins` are the columns from 1 at which those stand in it, by line from 1.
    """

    text: str
    joins: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, text: str) -> Self:
        """Join the halves of a text that is JSON; any other stays as it is."""
        if not _HALF.search(text) or not _is_json(text):
            return cls(text, {})
        lines, joins = text.splitlines(keepends=True), dict[int, list[int]]()
        for number, line in enumerate(lines, 1):
            if _HALF.search(line):
                pairs = [m for m in _ESCAPE.finditer(line) if m[1]]
                joins[number] = [
                    match.start() + 1 - _SHORTER * before
                    for before, match in enumerate(pairs)
                ]
                lines[number - 1] = _ESCAPE.sub(_joined, line)
        return cls("".join(lines), joins)

    def column(self, line: int, column: int) -> int:
        """Return the column in the text as it was written."""
        return column + _SHORTER * bisect_left(self.joins.get(line, ()), column)


def _joined(match: re.Match[str]) -> str:
    """Return a pair as one escape, and any other escape as it is."""
    high, low = match[1], match[2]
    if high is None:
        return match[0]
    return (
        rf"\U{0x10000 + (int(high, 16) - 0xD800) * 0x400 + int(low, 16) - 0xDC00:08x}"
    )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
