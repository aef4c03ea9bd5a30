"""A change is a before and an after of one row: all that stores and reports know."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from .model import EdgeRow, Key, NodeRow, Row

Plain = dict[str, Any]
_BATCH = 1000


class Change(NamedTuple):
    """What one row was (None: it was not there) and what it becomes."""

    key: Key
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """Whichever side there is, the later one first."""
        row = self.after if self.after is not None else self.before
        if row is None:
            message = f"a change of {self.key} has neither side"
            raise ValueError(message)
        return row

    def inverse(self) -> "Change":
        """Return the change that takes this one back."""
        return Change(self.key, self.after, self.before)


def sort_key(key: Key) -> tuple[Any, ...]:
    """Order rows for files and hashes: versions of nodes first, then edges."""
    return (len(key), *key)


_KEY = itemgetter(0)


def ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes in the one order that files and hashes use."""
    nodes: list[Change] = []
    edges: list[Change] = []
    for change in changes:
        (nodes if len(change[0]) == 2 else edges).append(change)  # noqa: PLR2004 - a NodeKey
    return (*sorted(nodes, key=_KEY), *sorted(edges, key=_KEY))


def row_to_plain(row: Row) -> list[Any]:
    """Return a row as JSON data; the revision is not part of what a row says."""
    return [
        field.isoformat() if isinstance(field, date) else field for field in row[:-1]
    ]


def row_from_plain(plain: Sequence[Any]) -> Row:
    """Read what row_to_plain wrote."""
    since, until = plain[2:4] if len(plain) == len(NodeRow._fields) - 1 else plain[3:5]
    days = (date.fromisoformat(since), date.fromisoformat(until))
    if len(plain) == len(NodeRow._fields) - 1:
        return NodeRow(plain[0], plain[1], *days, plain[4], plain[5], plain[6])
    return EdgeRow(plain[0], plain[1], plain[2], *days, plain[5])


def change_to_plain(change: Change) -> list[Any]:
    """Return a change as JSON data: [before, after]."""
    return [
        None if change.before is None else row_to_plain(change.before),
        None if change.after is None else row_to_plain(change.after),
    ]


def change_line(change: Change) -> str:
    """Return a change as it is hashed."""
    return canonical_json(change_to_plain(change))


def changes_from_plain(plain: Iterable[Sequence[Any]]) -> tuple[Change, ...]:
    """Read what changes_to_plain wrote."""
    changes = []
    for sides in plain:
        before, after = (None if s is None else row_from_plain(s) for s in sides)
        some = after or before
        if some is None:
            message = "a change has neither side"
            raise ValueError(message)
        changes.append(Change(some.key, before, after))
    return tuple(changes)


_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def canonical_json(data: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return the JSON that is hashed: sorted keys, no spaces, no floats."""
    return _CANONICAL.encode(data)


def digest(
    tag: str,
    data: Mapping[str, Any],
    lines: Iterable[str] = (),
) -> str:
    """Return a SHA-256 in hex: of a version tag, of data, and of a stream of lines.

    Each stands on a line of its own, in canonical JSON and UTF-8.
    """
    sha = hashlib.sha256(f"{tag}\n{canonical_json(data)}".encode())
    stream = iter(lines)
    while batch := list(islice(stream, _BATCH)):
        sha.update("\n".join(("", *batch)).encode())
    return sha.hexdigest()
