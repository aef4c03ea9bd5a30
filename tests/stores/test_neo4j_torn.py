"""While others commit without a pause, half a commit is never taken for a whole."""

import subprocess
import sys
from pathlib import Path

import pytest
from graphs_on_server import new_graph, on_server, url
from harness import pack_named
from neo4j_hammer import PLACES, rows
from towns import STAMP

from orgraph.errors import AgainError
from orgraph.model import Span
from orgraph.stores import Store, open_store

HAMMER = Path(__file__).with_name("neo4j_hammer.py")
ALWAYS = Span.always()


def seen(store: Store) -> tuple[int, set[object]]:
    """Read the head and half of the localities, then the others, in one revision."""
    with store.snapshot():
        head = store.head()
        found = []
        for half in (range(PLACES // 2), range(PLACES // 2, PLACES)):
            found += store.nodes([f"l{n}" for n in half], ALWAYS)
    assert len(found) == PLACES
    return head, {row.facts["people"] for row in found}


def check_hammered(revisions: int) -> int:
    """Read while another process commits; return how often that was in vain."""
    with new_graph(pack_named("territory")) as store:
        store.bulk_load(*rows(1), STAMP)
    writing = subprocess.Popen([sys.executable, str(HAMMER), url(), str(revisions)])
    again = 0
    with open_store(url()) as store:
        while writing.poll() is None:
            try:
                head, people = seen(store)
            except AgainError:
                again += 1
                continue
            assert people == {head}
        last = revisions + 1
        assert seen(store) == (last, {last})
    assert writing.returncode == 0
    return again


@on_server
def test_a_reading_beside_a_hammer() -> None:
    """What a reading says is one revision, whatever is committed meanwhile."""
    check_hammered(40)


@on_server
@pytest.mark.slow
def test_many_readings_beside_a_hammer() -> None:
    """The same for longer: some minutes."""
    assert check_hammered(1500), "nothing was disturbed: this shows nothing"
