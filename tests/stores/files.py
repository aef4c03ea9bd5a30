"""SQLite stores for tests: what they run is recorded; towns of any size fill them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from harness import pack_named
from towns import edge, node

from orgraph.model import EdgeRow, NodeRow, Row
from orgraph.stores import SqliteStore


class Recording:
    """A connection that notes every statement that runs on it."""

    def __init__(self, db: Any) -> None:  # noqa: ANN401 - a connection, or one of these
        """Stand before a connection."""
        self.db = db
        self.ran: list[str] = []

    def execute(self, statement: str, *rest: Any) -> Any:  # noqa: ANN401 - as sqlite3 has it
        """Run one statement."""
        self.ran.append(statement)
        return self.db.execute(statement, *rest)

    def executemany(self, statement: str, rows: Iterable[Any]) -> Any:  # noqa: ANN401 - the same
        """Run one statement for many rows, which is one call."""
        self.ran.append(statement)
        return self.db.executemany(statement, rows)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the same
        """Give what else a connection has."""
        return getattr(self.db, name)


def recorded(store: SqliteStore) -> list[str]:
    """Return the list to which every statement of a store is added from now on."""
    recording = Recording(store._db)
    store._db = recording  # type: ignore[assignment]
    return recording.ran


def new_file(path: Path, *rows: Row) -> SqliteStore:
    """Return a new store in a file, with these rows as revision 1."""
    store = SqliteStore(path, create=pack_named("territory"))
    if rows:
        nodes = [row for row in rows if isinstance(row, NodeRow)]
        store.bulk_load(nodes, [row for row in rows if isinstance(row, EdgeRow)])
    return store


def town(dependents: int, others: int = 1) -> Iterator[Row]:
    """Yield two municipalities with dependents of every kind, and other regions.

    Under the district d1 stand m1 and m2, and as many more as there are dependents; b1
    and b2 are bodies with members.
    """
    yield node("st", "state")
    for name, kind, above in (
        ("r1", "region", "st"),
        ("r2", "region", "st"),
        ("d1", "district", "r1"),
        ("d2", "district", "r2"),
        ("m1", "municipality", "d1"),
        ("m2", "municipality", "d1"),
    ):
        yield node(name, kind)
        yield edge("PART_OF", name, above)
    for name in ("b0", "b1", "b2"):
        yield node(name, "body")
    yield edge("UNDER", "b1", "b0")
    for n in range(dependents):
        for name, kind, joins, above in (
            (f"m{n + 10}", "municipality", "PART_OF", "d1"),
            (f"l{n}", "locality", "PART_OF", "m1"),
            (f"p{n}", "post", "SEAT_IN", "m1"),
            (f"q{n}", "body", "COVERS", "m1"),
            (f"x{n}", "person", "MEMBER_OF", "b1"),
        ):
            yield node(name, kind)
            yield edge(joins, name, above)
        yield edge("HOLDS", f"x{n}", f"p{n}")
        yield edge("IN_CHARGE_OF", f"x{n}", "m1")
        yield edge("UNDER", f"q{n}", "b1")
    for n in range(others):
        yield node(f"or{n}", "region")
        yield edge("PART_OF", f"or{n}", "st")
        for place in range(100):
            yield node(f"om{n}-{place}", "municipality", people=place)
            yield edge("PART_OF", f"om{n}-{place}", f"or{n}")


MERGE = {
    "op": "merge_units",
    "sources": ["m1", "m2"],
    "into": {"id": "m0", "kind": "municipality", "name": "Both"},
}
NEW = {"id": "m3", "kind": "municipality", "name": "Third"}
STEPS = {
    "merge": MERGE,
    "absorb": {"op": "absorb_units", "sources": ["m1"], "into": "m2"},
    "close": {
        "op": "close_unit",
        "unit": "b1",
        "answers": {"person": {"to": "b2"}},
    },
    "abolish_tier": {"op": "abolish_tier", "kind": "district", "within": "r1"},
    "split": {
        "op": "split_unit",
        "source": "m1",
        "targets": [{"new": MERGE["into"], "parts": ["l0", "p0"]}, {"new": NEW}],
        "answers": {
            "locality": {"to": "m2"},
            "post": {"to": "m2"},
            "body": "end",
        },
    },
    "reorganise": {
        "op": "reorganise_units",
        "new": [{**NEW, "as": "third"}],
        "edges": [
            {"from": "m1", "to": "third", "whole": True},
            {"from": "m2", "to": "third"},
        ],
        "keep": ["m2"],
    },
    "transfer": {
        "op": "transfer_parts",
        "from": "m1",
        "to": "m2",
        "parts": ["l0", "p0"],
    },
    "move": {"op": "move_unit", "unit": "m1", "to": "d2"},
}


def pairs(count: int) -> Iterator[Row]:
    """Yield pairs of municipalities, each with a dependent of every kind."""
    yield node("st", "state")
    for n in range(count):
        yield node(f"d{n}", "district")
        yield edge("PART_OF", f"d{n}", "st")
        for side in "ab":
            town = f"m{n}{side}"
            yield node(town, "municipality", people=n)
            yield edge("PART_OF", town, f"d{n}")
            for name, kind, joins, above in (
                (f"l{n}{side}", "locality", "PART_OF", town),
                (f"p{n}{side}", "post", "SEAT_IN", town),
                (f"q{n}{side}", "body", "COVERS", town),
                (f"x{n}{side}", "person", "MEMBER_OF", f"q{n}{side}"),
            ):
                yield node(name, kind)
                yield edge(joins, name, above)
            yield edge("HOLDS", f"x{n}{side}", f"p{n}{side}")
            yield edge("IN_CHARGE_OF", f"x{n}{side}", town)


PAIRED: dict[str, Callable[[int], dict[str, Any]]] = {
    "merge": lambda n: {
        "op": "merge_units",
        "sources": [f"m{n}a", f"m{n}b"],
        "into": {"kind": "municipality", "name": f"Both {n}"},
        "as": f"both{n}",
    },
    "absorb": lambda n: {
        "op": "absorb_units",
        "sources": [f"m{n}a"],
        "into": f"m{n}b",
    },
    "close": lambda n: {
        "op": "close_unit",
        "unit": f"q{n}a",
        "answers": {f"x{n}a": {"to": f"q{n}b"}},
    },
    "split": lambda n: {
        "op": "split_unit",
        "source": f"m{n}a",
        "targets": [
            {
                "new": {"kind": "municipality", "name": f"New {n}"},
                "parts": [f"l{n}a"],
                "shares": {"people": "all"},
            },
            {"unit": f"m{n}b", "parts": [f"p{n}a"], "shares": {"people": "none"}},
        ],
        "answers": {"body": "end"},
    },
}
"""Steps for one of the pairs, by its number."""
