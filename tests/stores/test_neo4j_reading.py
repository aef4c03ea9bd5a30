"""A reading on a server sees one revision or is done again; a commit is made once."""

from collections.abc import Callable
from typing import Any

import pytest
from conftest import EDGES, NODES
from graphs_on_server import cypher, new_graph, on_server, url
from harness import pack_named
from towns import STAMP, done, planned

from orgraph.draft.reading import ATTEMPTS, in_one_revision, whole
from orgraph.engine import commit as committed
from orgraph.errors import AgainError, InputError, StoreError
from orgraph.model import Span
from orgraph.stores import Store, open_store
from orgraph.stores.neo4j_store import Neo4jStore

pytestmark = on_server
ALWAYS = Span.always()


@pytest.fixture
def served() -> Any:  # noqa: ANN401 - a generator of a store
    """Return a store on the server that holds the small territory."""
    with new_graph(pack_named("territory")) as store:
        store.bulk_load(NODES, EDGES, STAMP)
        yield store


def rename(store: Store, name: str) -> int:
    """Commit a new name."""
    step = {"op": "rename_unit", "unit": "m1", "name": name}
    return done(store, "2021-01-01", step)


def test_a_reading_that_was_disturbed_says_so(served: Neo4jStore) -> None:
    """Where a revision came between, what was read counts for nothing."""

    def disturbed(other: Store) -> None:
        with served.snapshot():
            served.nodes(["l1"], ALWAYS)
            rename(other, "Third")
            served.nodes(["b1"], ALWAYS)

    with open_store(url()) as other:
        with pytest.raises(AgainError, match="revision 2 came"):
            disturbed(other)
        with served.snapshot():
            assert served.head() == 2


def test_what_was_read_before_a_revision_came_is_whole(served: Neo4jStore) -> None:
    """A revision that came when all was read disturbs nothing."""
    with open_store(url()) as other, served.snapshot():
        before = served.nodes(["m1"], ALWAYS)
        rename(other, "Third")
        assert served.nodes(["m1"], ALWAYS) == before


def test_a_reading_begins_at_what_others_wrote_meanwhile(served: Neo4jStore) -> None:
    """What others wrote since the last reading doesn't disturb the next one."""
    with open_store(url()) as other:
        with served.snapshot():
            assert served.nodes(["m1"], ALWAYS)
        rename(other, "Third")
        with served.snapshot():
            names = {row.name for row in served.nodes(["m1"], ALWAYS)}
            assert (served.head(), "Third" in names) == (2, True)
        rename(other, "Fourth")
        with served.snapshot():
            assert served.head() == 3


def test_what_others_write_beside_the_store_disturbs_nothing(
    served: Neo4jStore,
) -> None:
    """A commit that is none of the store's is told from a revision by the head."""
    with served.snapshot():
        served.nodes(["m1"], ALWAYS)
        cypher("CREATE (:Customer)")
        served.nodes(["b1"], ALWAYS)
        assert served.head() == 1


def test_a_server_without_bookmarks_is_asked_for_the_head(
    served: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where bookmarks tell nothing, the head is compared before and after."""
    monkeypatch.setattr(served._session._fences, "bookmarks", frozenset)
    with served.snapshot():
        served.nodes(["m1"], ALWAYS)

    def disturbed() -> None:
        with served.snapshot(), open_store(url()) as other:
            assert served.head() == 1
            rename(other, "Third")

    with pytest.raises(AgainError, match="revision 2 came"):
        disturbed()


def test_what_looked_wrong_meanwhile_is_read_again(served: Neo4jStore) -> None:
    """An error inside a disturbed reading may come of two halves: it is asked again."""

    def failing(before: Callable[[], object]) -> None:
        with served.snapshot():
            before()
            message = "half of this and half of that"
            raise InputError(message)

    def disturbed() -> None:
        served.nodes(["b1"], ALWAYS)
        rename(other, "Third")
        served.nodes(["m1"], ALWAYS)

    with open_store(url()) as other:
        with pytest.raises(AgainError):
            failing(disturbed)
        with pytest.raises(InputError, match="half of"):
            failing(served.head)


def test_a_question_is_answered_in_one_revision(served: Neo4jStore) -> None:
    """A question that is disturbed is asked again, and answered of what is there."""
    disturbing = [True, True, False]

    @in_one_revision
    def asked(store: Store, node: str) -> tuple[int, list[str]]:
        head = store.head()
        if disturbing.pop(0):
            with open_store(url()) as other:
                rename(other, f"Name {head}")
        return head, sorted(row.name for row in store.nodes([node], ALWAYS))

    assert asked(served, "m1") == (3, ["Hoà Thắng", "Hòa Bình", "Name 2"])
    assert disturbing == []


def test_a_question_is_not_asked_for_ever(served: Neo4jStore) -> None:
    """Where revisions come faster than a reading is done, that is said at last."""
    times = []

    def disturbed() -> None:
        times.append(served.head())
        with open_store(url()) as other:
            rename(other, f"Name {len(times)}")
        served.nodes(["m1"], ALWAYS)

    with pytest.raises(AgainError, match="came while the store was read"):
        whole(served, disturbed)
    assert len(times) == ATTEMPTS


def broken_once(monkeypatch: pytest.MonkeyPatch, *, is_written: bool) -> list[str]:
    """Let the connection break in the next commit, before it is written or after."""
    from neo4j import ManagedTransaction
    from neo4j.exceptions import IncompleteCommit

    true: Callable[[Any], None] = ManagedTransaction._commit
    broken: list[str] = []

    def commit(tx: Any) -> None:  # noqa: ANN401 - the driver's
        if broken:
            true(tx)
            return
        broken.append("once")
        if is_written:
            true(tx)
        else:
            tx._rollback()
        raise IncompleteCommit

    monkeypatch.setattr(ManagedTransaction, "_commit", commit)
    return broken


@pytest.mark.parametrize("is_written", [True, False])
def test_a_commit_whose_answer_was_lost_is_made_once(
    *, is_written: bool, served: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written or not when the connection broke, the revision is there once."""
    plan = planned(served, "2021-01-01", {"op": "close_unit", "unit": "b1"})
    assert plan.refused
    step = {"op": "rename_unit", "unit": "m1", "name": "Third"}
    plan = planned(served, "2021-01-01", step)
    broken = broken_once(monkeypatch, is_written=is_written)
    revision = served.commit(plan, stamp=STAMP)
    assert broken == ["once"]
    assert (revision.number, served.head()) == (2, 2)
    assert served.revision(2) == revision
    assert cypher("MATCH (r:Revision) RETURN count(r)") == [(2,)]
    assert len(served.journal(2)) == revision.rows == 2


def test_a_server_that_is_gone_keeps_its_answer(
    served: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server doesn't come back, it is said that nobody knows."""
    from neo4j.exceptions import ServiceUnavailable

    plan = planned(
        served, "2021-01-01", {"op": "rename_unit", "unit": "m1", "name": "Third"}
    )
    broken = broken_once(monkeypatch, is_written=True)
    true = served._session._session

    def gone(access: str) -> object:
        if broken:
            raise ServiceUnavailable
        return true(access)

    monkeypatch.setattr(served._session, "_session", gone)
    with pytest.raises(StoreError, match="orgraph history shows whether it is there"):
        served.commit(plan, stamp=STAMP)
    with open_store(url()) as other:
        assert other.head() == 2


def test_a_near_row_is_not_kept_beyond_its_reading(served: Neo4jStore) -> None:
    """What came with a node is forgotten with the reading, and with a write."""
    with served.snapshot():
        assert len(served.nodes(["m1"], ALWAYS)) == 2
    with open_store(url()) as other:
        rename(other, "Third")
    with served.snapshot():
        assert len(served.nodes(["m1"], ALWAYS)) == 3

    def work() -> tuple[int, int]:
        before = len(served.nodes(["m1"], ALWAYS))
        step = {"op": "rename_unit", "unit": "m1", "name": "Fourth"}
        committed(served, planned(served, "2022-01-01", step), STAMP)
        return before, len(served.nodes(["m1"], ALWAYS))

    assert served.transaction(work) == (3, 4)
