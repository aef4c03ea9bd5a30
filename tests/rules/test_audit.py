"""The audit: what a store holds against what it was made of."""

from datetime import date

import pytest
from harness import applied, filled, pack_named

from orgraph.engine import audit
from orgraph.stores.memory import MemoryStore

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
