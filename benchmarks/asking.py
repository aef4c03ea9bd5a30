"""What a question costs through the public API beside the same in bare SQL.

The question: a member's chain up to the root, with the posts and their holders at each
level, who is in charge there, and the member's own charges and spells. The bare side
asks the same file in four statements and takes the tuples as they come; a recursive
query walks up.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import cycle
from typing import Any

from orgraph.queries import Chain, chain
from orgraph.stores import SqliteStore

from .ground import Ground
from .measure import Series, alternate, worked
from .table import Result, at_most, size_name

DAY = date(2024, 1, 1)
VILLAGES = range(350, 500)
"""Villages that every graph has; the secretary of each one's cell is asked about."""

_REACH = """
WITH RECURSIVE up(id, by) AS (
  SELECT :node, NULL UNION
  SELECT e.target, e.kind FROM up CROSS JOIN edge e ON e.source = up.id
  AND e.kind IN ('LIVES_IN', 'MEMBER_OF', 'PART_OF', 'SEAT_IN', 'UNDER')
  WHERE e.until > :day AND e.since <= :day)
"""
_LIVING = "n.until > :day AND n.since <= :day"
_CHAIN = f"""{_REACH} SELECT n.id, n.kind, n.name, up.by FROM up
CROSS JOIN node n ON n.id = up.id WHERE {_LIVING}"""  # noqa: S608 - constants alone
_HOLDERS = f"""{_REACH} SELECT s.target, s.source, h.source FROM up
CROSS JOIN edge s ON s.target = up.id AND s.kind = 'SEAT_IN'
  AND s.until > :day AND s.since <= :day
LEFT JOIN edge h ON h.target = s.source AND h.kind = 'HOLDS'
  AND h.until > :day AND h.since <= :day"""  # noqa: S608 - constants alone
_CHARGES = f"""{_REACH} SELECT c.source, c.target FROM up
CROSS JOIN edge c ON c.target = up.id AND c.kind = 'IN_CHARGE_OF'
WHERE c.until > :day AND c.since <= :day
UNION SELECT c.source, c.target FROM edge c
WHERE c.source = :node AND c.kind = 'IN_CHARGE_OF'
  AND c.until > :day AND c.since <= :day"""  # noqa: S608 - constants alone
_HISTORY = """SELECT h.target, s.target, h.since, h.until FROM edge h
LEFT JOIN edge s ON s.source = h.target AND s.kind = 'SEAT_IN'
  AND s.until > h.since AND s.since < h.until
WHERE h.source = :node AND h.kind = 'HOLDS'"""
BARE = (_CHAIN, _HOLDERS, _CHARGES, _HISTORY)


def ask(ground: Ground) -> Iterator[Result]:
    """Ask about one member after the other, on both sides."""
    for size in ground.sizes:
        store = ground.store(size)
        db = ground.bare(size)
        members = [f"member-village-{village}-0" for village in VILLAGES]
        rounds = min(10 * ground.rounds, len(members))
        series = compared(store, db, members, rounds)
        what = f"chain of a member by bare SQL, {size_name(size)} nodes"
        shown = f"{series.seconds('ours') * 1e6:.0f} µs"
        ratio = series.ratio(["ours"], ["bare"])
        yield at_most("chain", what, ratio, 3, note=shown)
        best = series.best("ours") * 1e3
        what = f"the same alone, best of all, {size_name(size)} nodes"
        yield at_most("chain", what, best, 0.2, unit="ms")


def compared(
    store: SqliteStore, db: sqlite3.Connection, members: Sequence[str], rounds: int
) -> Series:
    """Ask about one member after the other, on both sides in turn."""
    for member in members[:3]:
        _same(chain(store, member, DAY), _bare(db, member))
    ours, theirs = cycle(members), cycle(members)
    return alternate(
        rounds,
        lambda: _ours_timed(store, next(ours)),
        lambda: _bare_timed(db, next(theirs)),
    )


def _ours_timed(store: SqliteStore, member: str) -> Mapping[str, float]:
    return {"ours": worked(partial(chain, store, member, DAY))[0]}


def _bare_timed(db: sqlite3.Connection, member: str) -> Mapping[str, float]:
    return {"bare": worked(partial(_bare, db, member))[0]}


def _bare(db: sqlite3.Connection, member: str) -> list[list[Any]]:
    named = {"node": member, "day": DAY.isoformat()}
    return [db.execute(statement, named).fetchall() for statement in BARE]


def _same(answer: Chain, bare: list[list[Any]]) -> None:
    """Assert that both sides say the same."""
    links, holders, charges, history = bare
    assert len(answer.chain) == 5, answer.chain
    assert {link[:4] for link in answer.chain} == set(links)
    held = {(u, h.post, h.person) for u, hs in answer.holders.items() for h in hs}
    assert held == set(holders)
    assert sorted(charge[:2] for charge in answer.charges) == sorted(charges)
    assert answer.charges
    assert len(answer.history) == len(history) == 2
