"""Every store keeps revisions alike: journals, past rows, hashes, all or nothing."""

from dataclasses import replace
from datetime import date

import pytest
from conftest import EDGES, NODES
from harness import NewStore, errors, rows
from towns import STAMP, blocking, done, node, planned, undone

from orgraph.change import Change, change_line, ordered
from orgraph.engine import append, commit, undo_proposal
from orgraph.engine.commit import revision_hash
from orgraph.errors import RefusedError, StaleError, StoreError
from orgraph.model import OUT, NodeRow, Span
from orgraph.plan import Plan
from orgraph.stores import Store

ALWAYS = Span.always()
TODAY = date(2025, 1, 1)


def everything(store: Store) -> list[object]:
    """Return all that a store says of itself."""
    ids = list(store.all_ids())
    edges = store.edges(ids, sorted(store.pack.edges), OUT, ALWAYS)
    return [
        sorted(store.nodes(ids, ALWAYS)),
        sorted(edges, key=str),
        sorted(store.tallies(ids, 0)),
        store.revisions(),
        [store.journal(number + 1) for number in range(store.head() + 1)],
        [store.revisions_of(name) for name in ids],
    ]


def move(store: Store) -> Plan:
    """Plan to move a locality."""
    plan = planned(store, "2023-01-01", {"op": "move_unit", "unit": "l2", "to": "m3"})
    assert blocking(plan) == []
    return plan


def test_revisions_are_numbered_and_listed_last_first(changed: Store) -> None:
    """The head is the number of revisions, and a list may begin before any of them."""
    assert changed.head() == 3
    assert [r.number for r in changed.revisions()] == [3, 2, 1]
    assert [r.number for r in changed.revisions(limit=2)] == [3, 2]
    assert [r.number for r in changed.revisions(before=3, limit=1)] == [2]
    assert changed.revisions(before=1) == []
    assert [changed.revision(n) is None for n in (0, 1, 3, 4)] == [
        True,
        False,
        False,
        True,
    ]


def test_revision_says_what_it_was(changed: Store) -> None:
    """A revision keeps its day, title, author, time, pack and proposal."""
    revision = changed.revision(2)
    assert revision is not None
    step = {"op": "rename_unit", "unit": "m1", "name": "Third"}
    assert revision.proposal["steps"] == [step]
    assert revision.proposal["title"] == revision.title
    assert revision[1:8] == (
        "2021-01-01",
        "A test",
        None,
        *STAMP,
        "territory",
        changed.pack.digest,
    )
    assert revision.rows == 2


def test_basis_comes_back(store: Store) -> None:
    """What a revision rests on is kept, accents and all."""
    basis = {"issuer": "UBTVQH15", "number": "1679/NQ", "article": "Điều 1"}
    plan = move(store)
    plan = replace(plan, proposal={**plan.proposal, "basis": basis})
    revision = store.commit(plan, stamp=STAMP)
    assert store.revision(revision.number) == revision
    assert revision.basis == basis


def test_journal_is_the_rows_written_and_gone(changed: Store) -> None:
    """A journal holds each row as it was before and as it became, with who wrote it."""
    before, after = changed.journal(2)
    assert (before.before, before.after) == (
        node("m1", "municipality", since=date(2020, 1, 1), area_m2=10)._replace(
            name="Hoà Thắng", rev=1
        ),
        node(
            "m1",
            "municipality",
            since=date(2020, 1, 1),
            until=date(2021, 1, 1),
            area_m2=10,
        )._replace(name="Hoà Thắng", rev=2),
    )
    assert after.before is None
    assert isinstance(after.after, NodeRow)
    assert (after.after.name, after.after.rev) == ("Third", 2)


def test_journal_of_a_row_that_was_replaced_since(changed: Store) -> None:
    """A journal doesn't change when a later revision writes the same rows again."""
    journal = changed.journal(2)
    done(changed, "2021-01-01", {"op": "rename_unit", "unit": "m1", "name": "Fourth"})
    assert changed.journal(2) == journal
    assert {change.key for change in changed.journal(4)} == {("m1", date(2021, 1, 1))}
    assert changed.journal(4)[0].before == journal[1].after


def test_row_that_is_gone_stays_in_its_journals(changed: Store) -> None:
    """A row that was taken back is known to the revisions that wrote and took it."""
    plan = changed.plan(undo_proposal(changed, 2))
    changed.commit(plan, stamp=STAMP)
    key = ("m1", date(2021, 1, 1))
    wrote, took = (next(c for c in changed.journal(n) if c.key == key) for n in (2, 4))
    assert wrote.before is None
    assert wrote.after == took.before
    assert took.after is None
    assert len(changed.nodes(["m1"], ALWAYS)) == 2


def test_revisions_of_a_node(changed: Store) -> None:
    """A node knows the revisions that wrote or took away its rows, edges included."""
    assert changed.revisions_of("m1") == [1, 2, 3]
    assert changed.revisions_of("m3") == [1, 3]
    assert changed.revisions_of("st") == [1]
    assert changed.revisions_of("nobody") == []


def test_hashes_are_a_chain(changed: Store) -> None:
    """Each revision is hashed with all it says, its rows and its predecessor's hash."""
    previous = ""
    for number in range(1, 4):
        revision = changed.revision(number)
        assert revision is not None
        held = revision_hash(revision._asdict(), changed.lines(number))
        assert (revision.previous, revision.hash) == (previous, held)
        previous = revision.hash
    assert errors(changed, TODAY) == set()


def test_planning_writes_nothing(changed: Store) -> None:
    """A plan leaves no trace."""
    before = everything(changed)
    move_back = {"op": "move_unit", "unit": "l1", "to": "m1"}
    planned(changed, "2024-01-01", move_back, {"op": "close_unit", "unit": "b1"})
    assert everything(changed) == before


def renamed(store: Store, name: str) -> None:
    """Commit a new name inside a lock that is already held."""
    step = {"op": "rename_unit", "unit": "m1", "name": name}
    commit(store, planned(store, "2023-01-01", step), STAMP)


def test_failure_inside_the_lock_keeps_nothing(changed: Store) -> None:
    """An exception after a write takes everything back, also that of two revisions."""
    before = everything(changed)

    def work() -> None:
        renamed(changed, "X")
        renamed(changed, "Y")
        commit(changed, move(changed), STAMP)
        assert changed.head() == 6
        _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        changed.transaction(work)
    assert everything(changed) == before
    done(changed, "2023-01-01", {"op": "rename_unit", "unit": "m1", "name": "Z"})
    assert changed.head() == 4


def test_commits_inside_one_lock_are_kept_together(changed: Store) -> None:
    """Two revisions in one lock are both there when it is released."""

    def work() -> None:
        renamed(changed, "X")
        commit(changed, move(changed), STAMP)

    changed.transaction(work)
    assert changed.head() == 5
    assert errors(changed, TODAY) == set()


def test_lock_is_not_taken_twice(changed: Store) -> None:
    """A commit inside the store's own lock is a mistake of the program, and said so."""
    plan = move(changed)
    with pytest.raises(RuntimeError, match="its own transactions"):
        changed.transaction(lambda: changed.commit(plan, stamp=STAMP))
    assert changed.head() == 3


def test_append_of_nothing(store: Store) -> None:
    """A revision may hold no row; it is still numbered and hashed."""
    proposal = {"title": "Nothing", "effective": "2021-01-01", "steps": []}
    revision = store.transaction(lambda: append(store, [], proposal, STAMP))
    assert (revision.number, revision.rows, store.journal(2)) == (2, 0, [])
    assert errors(store, TODAY) == set()


def test_append_counts_what_it_adds(store: Store) -> None:
    """Rows that an importer appends are counted above, as if they were committed."""
    row = node("m9", "municipality", area_m2=7)
    joins = store.edges(["m1"], ["PART_OF"], OUT, ALWAYS)[0]._replace(source="m9")
    proposal = {"title": "More", "effective": "2019-01-01", "steps": []}
    changes = [Change(r.key, None, r) for r in (row, joins)]
    store.transaction(lambda: append(store, changes, proposal, STAMP))
    assert errors(store, TODAY) == set()


def test_store_is_filled_once(store: Store) -> None:
    """Only an empty store can be filled at once."""
    before = everything(store)
    with pytest.raises(StoreError, match="already holds a revision"):
        store.bulk_load([node("zz", "state")], [])
    assert everything(store) == before


def test_store_is_filled_from_streams(empty: Store) -> None:
    """Rows that come in any order, once, are one revision with the hash of all."""
    empty.bulk_load(reversed(NODES), reversed(EDGES), STAMP, title="Streamed")
    revision = empty.revision(1)
    assert revision is not None
    assert (revision.title, revision.rows) == ("Streamed", len(NODES) + len(EDGES))
    changes = ordered(Change(row.key, None, row) for row in (*NODES, *EDGES))
    assert revision.hash == revision_hash(revision._asdict(), map(change_line, changes))
    assert errors(empty, TODAY) == set()


def test_store_filled_with_nothing(empty: Store) -> None:
    """A load of no rows is a revision too."""
    empty.bulk_load([], [])
    assert (empty.head(), list(empty.all_ids())) == (1, [])
    assert errors(empty, TODAY) == set()


def test_refused_plan_is_not_committed(store: Store) -> None:
    """A plan that a finding blocks changes nothing."""
    before = everything(store)
    plan = planned(store, "2023-01-01", {"op": "move_unit", "unit": "d1", "to": "m1"})
    with pytest.raises(RefusedError):
        store.commit(plan, stamp=STAMP)
    assert everything(store) == before


def test_plan_on_an_older_revision_is_planned_again(store: Store) -> None:
    """What another revision doesn't touch is committed on top of it."""
    plan = Plan.from_json(move(store).to_json())
    done(store, "2023-01-01", {"op": "rename_unit", "unit": "l1", "name": "Elsewhere"})
    assert store.commit(plan, stamp=STAMP).number == 3


def test_stale_plan_names_what_differs(store: Store) -> None:
    """A plan that would now do something else is stale, and changes nothing."""
    plan = move(store)
    done(store, "2023-01-01", {"op": "move_unit", "unit": "l2", "to": "d1"})
    before = everything(store)
    with pytest.raises(StaleError, match="PART_OF l2 m1"):
        store.commit(plan, stamp=STAMP)
    assert everything(store) == before


def test_plan_of_another_pack(store: Store) -> None:
    """A plan that was made with another pack is stale."""
    plan = replace(move(store), pack_digest="0" * 64)
    with pytest.raises(StaleError, match="another schema pack"):
        store.commit(plan, stamp=STAMP)


def test_commit_says_who_and_when(store: Store) -> None:
    """Without a stamp the author is the one named, the time that of the clock."""
    revision = store.commit(move(store), author="Lê Thị An")
    assert revision.author == "Lê Thị An"
    assert revision.time.endswith("+00:00")
    assert store.revision(revision.number) == revision


def test_snapshot_sees_one_revision(changed: Store) -> None:
    """Reads inside a snapshot may be nested, and it ends also when one fails."""
    with changed.snapshot(), changed.snapshot():
        assert changed.head() == 3
    with pytest.raises(ZeroDivisionError), changed.snapshot():
        _ = 1 / 0
    assert changed.commit(planned_rename(changed), stamp=STAMP).number == 4


def planned_rename(store: Store) -> Plan:
    """Plan to rename a unit."""
    return planned(
        store, "2023-01-01", {"op": "rename_unit", "unit": "m3", "name": "N"}
    )


def test_undo_gives_every_row_back(store: Store) -> None:
    """Taken back from the last, revisions leave the rows as they were loaded."""
    start = rows(store)
    renamed = done(
        store, "2021-01-01", {"op": "rename_unit", "unit": "m1", "name": "3"}
    )
    moved = done(store, "2022-01-01", {"op": "move_unit", "unit": "l2", "to": "m3"})
    for number in (moved, renamed):
        undone(store, number)
    assert rows(store) == start
    assert errors(store, TODAY) == set()


def test_context_closes_the_store(new_store: NewStore) -> None:
    """A store is a context; inside it can be used."""
    with new_store("territory") as store:
        store.bulk_load([node("st", "state")], [])
        assert store.head() == 1
