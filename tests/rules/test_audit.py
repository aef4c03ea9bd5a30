"""The audit: what a store holds against what it was made of."""

from datetime import date
from pathlib import Path

import pytest
from harness import applied, filled, pack_named

from orgraph.engine import audit
from orgraph.model import FOREVER, EdgeRow, NodeRow
from orgraph.stores.memory import MemoryStore
from orgraph.stores.sqlite import SqliteStore

DAY = date(2025, 1, 1)
GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: d, kind: district, parent: s}
  - {id: m, kind: municipality, type: rural, people: 40, parent: d}
"""


@pytest.fixture
def store() -> MemoryStore:
    """Return a store with two revisions."""
    store = MemoryStore(pack_named("territory"))
    filled(store, GIVEN)
    applied(store, "- {op: rename_unit, unit: m, name: Ash}")
    return store


def _found(store: MemoryStore) -> list[tuple[str, str]]:
    return [(finding.code, finding.subject) for finding in audit(store, DAY)]


def test_a_sound_store(store: MemoryStore) -> None:
    """Nothing is found in a store that was only written by plans."""
    assert _found(store) == []


def test_a_count_that_was_changed(store: MemoryStore) -> None:
    """A stored count that isn't what is counted anew is found."""
    place = next(iter(store._tally["d"]))
    store._tally["d"][place] += 1
    assert _found(store) == [("TALLY01", "d")]


def test_a_count_at_what_has_nothing_below_it(store: MemoryStore) -> None:
    """A count that is stored where there is nothing to count is found."""
    store._tally["m"] = dict.fromkeys(store._tally["d"], 1)
    assert _found(store) == [("TALLY01", "m")]


def test_a_title_that_was_changed(store: MemoryStore) -> None:
    """A revision that says something else than what was hashed is found."""
    store._revisions[1] = store._revisions[1]._replace(title="Another")
    assert _found(store) == [("HASH01", "revision 2")]


def test_a_row_that_was_changed(store: MemoryStore) -> None:
    """A row that isn't what its revision wrote is found by the chain of hashes."""
    key, row = max(store._nodes["m"].items())
    store._nodes["m"][key] = row._replace(name="Birch")
    assert _found(store) == [("HASH01", "revision 2")]


def test_a_revision_out_of_the_chain(store: MemoryStore) -> None:
    """A revision whose predecessor is another is found."""
    store._revisions[0] = store._revisions[0]._replace(hash="0" * 64)
    assert _found(store) == [("HASH01", "revision 1"), ("HASH01", "revision 2")]


def test_a_row_that_only_goes_on(tmp_path: Path) -> None:
    """What two rows say where one would do is named, by every kind of store."""
    turn, first = date(2021, 1, 1), date(2020, 1, 1)
    d = NodeRow("d", "district", first, FOREVER, "Dale", None, {})
    m = NodeRow("m", "municipality", first, turn, "Ash", "7", {})
    b = NodeRow("b", "body", first, turn, "Board", None, {})
    under = EdgeRow("PART_OF", "m", "d", first, turn, {})
    covers = EdgeRow("COVERS", "b", "m", first, turn, {"form": "full"})
    nodes = [d, m, m._replace(since=turn, until=FOREVER), b]
    nodes.append(b._replace(since=turn, until=FOREVER, code="8"))
    edges = [under, under._replace(since=turn, until=FOREVER), covers]
    edges.append(covers._replace(since=turn, facts={"form": "acting"}, until=FOREVER))
    memory = MemoryStore(pack_named("territory"))
    with SqliteStore(tmp_path / "two.db", create=memory.pack) as file:
        for store in (memory, file):
            store.bulk_load(nodes, edges)
            found = [f for f in audit(store, DAY) if f.code == "STORE02"]
            assert [(f.subject, f.severity, f.state, f.message) for f in found] == [
                (
                    "m",
                    "warning",
                    "existing",
                    (
                        "Ash (m) has a version from 2021-01-01 on (revision 1) that "
                        "says the same as the one before."
                    ),
                ),
                (
                    "m",
                    "warning",
                    "existing",
                    (
                        "PART_OF of Ash (m) to Dale (d) is recorded from 2021-01-01 "
                        "(revision 1), and says the same as the one up to that day."
                    ),
                ),
            ]
