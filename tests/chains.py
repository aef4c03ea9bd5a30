"""What plain Python says of chains: all rows before a plan and after it, no more."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from orgraph.change import Change
from orgraph.model import EdgeRow, NodeRow, Row

PARENTS = ("PART_OF", "UNDER", "MEMBER_OF", "SEAT_IN", "LIVES_IN")
HEADS = ("member", "candidate", "household", "person")
Chain = tuple[str, ...]


class Turned(NamedTuple):
    """A person or household whose chain differs, and the lowest unit that explains it.

    That is the first, going up, which has another parent; None where it is the person.
    """

    id: str
    kind: str
    unit: str | None
    before: Chain
    after: Chain


def changed(rows: Iterable[Row], changes: Iterable[Change]) -> list[Row]:
    """Return the rows after changes."""
    now = {row.key: row for row in rows}
    for change in changes:
        was = now.pop(change.key, None)
        assert (was is None) == (change.before is None)
        if change.after is not None:
            now[change.key] = change.after
    return list(now.values())


def parents(rows: Iterable[Row], day: date) -> dict[str, str]:
    """Return what each node is under on a day."""
    found: dict[str, str] = {}
    for row in rows:
        if (
            isinstance(row, EdgeRow)
            and row.kind in PARENTS
            and row.since <= day < row.until
        ):
            assert row.source not in found, f"{row.source} has two parents"
            found[row.source] = row.target
    return found


def above(node: str, under: dict[str, str]) -> Chain:
    """Return the chain of a node."""
    chain: list[str] = []
    while (node := under.get(node, "")) != "":
        chain.append(node)
    return tuple(chain)


def turned(before: Iterable[Row], after: Iterable[Row], day: date) -> list[Turned]:
    """Return everyone whose chain differs, in the order of their ids."""
    before, after = list(before), list(after)
    old, new = parents(before, day), parents(after, day)
    kinds = {
        row.id: row.kind
        for row in (*before, *after)
        if isinstance(row, NodeRow) and row.kind in HEADS
    }
    found = []
    for node, kind in sorted(kinds.items()):
        one, other = above(node, old), above(node, new)
        if one != other:
            unit = next(n for n in (node, *one) if old.get(n) != new.get(n))
            found.append(Turned(node, kind, None if unit == node else unit, one, other))
    return found


def grouped(everyone: Iterable[Turned]) -> dict[tuple[object, ...], Counter[str]]:
    """Count them by (unit, chain above it before, after), people alone aside."""
    found: dict[tuple[object, ...], Counter[str]] = {}
    for one in everyone:
        if one.unit is None and one.kind in {"member", "candidate", "person"}:
            continue
        chains = [one.before, one.after]
        if one.unit is not None:
            chains = [c[c.index(one.unit) + 1 :] for c in chains]
        found.setdefault((one.unit, *chains), Counter())[one.kind] += 1
    return found
