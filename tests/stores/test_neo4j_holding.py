"""Who fills a store on a server, or takes it away, does so to nobody else's."""

from typing import Any

import pytest
from graphs_on_server import cypher, new_graph, on_server, url
from harness import pack_named
from towns import done, edge, node

from orgraph.errors import StoreError
from orgraph.stores import create_store, neo4j_bulk, open_store
from orgraph.stores.open import store_exists

PACK = pack_named("territory")
THEIRS = (
    "CREATE (:Word {text: 'w'}), (:Version {number: 1}), (:Revision {author: 'a'}), "
    "(:Entity {id: 'x', title: 't'})-[:PART_OF {since: 1}]->"
    "(:Tally {sum: 1})-[:X]->(:Other)"
)
LEFT = "MATCH (n) WHERE NOT n:OrgraphStore RETURN count(n), sum(count {(n)-->()})"


@on_server
def test_only_what_a_load_wrote_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A load that fails removes its rows, and no node of others called as ours are."""
    pour = neo4j_bulk._pour

    def poured(*asked: Any) -> None:  # noqa: ANN401 - as it came
        pour(*asked)
        cypher(THEIRS)
        raise ZeroDivisionError

    units = [node("st", "state"), node("m1", "municipality")]
    rows = units, [edge("PART_OF", "m1", "st")]
    with new_graph(PACK) as store:
        monkeypatch.setattr(neo4j_bulk, "_pour", poured)
        with pytest.raises(ZeroDivisionError):
            store.bulk_load(*rows)
        assert cypher(LEFT) == [(6, 2)]
        with pytest.raises(StoreError, match="called Entity and Revision and Tally"):
            store.bulk_load(*rows)
        assert cypher(LEFT) == [(6, 2)]


@on_server
def test_a_new_store_that_others_filled_is_not_discarded() -> None:
    """Who made it fails to fill it; what others wrote into it meanwhile stays."""
    cypher("MATCH (n) DETACH DELETE n")
    with create_store(url(), PACK) as made, open_store(url()) as other:
        new = {"id": "s1", "kind": "state", "name": "S"}
        assert done(other, "2020-01-01", {"op": "found_unit", "new": new}) == 1
        made.discard()
        assert other.head() == 1
    assert store_exists(url())


@on_server
def test_a_new_store_in_the_place_of_a_discarded_one_stays() -> None:
    """An empty store is discarded by who made it, not by who made one before."""
    cypher("MATCH (n) DETACH DELETE n")
    with create_store(url(), PACK) as first:
        first.discard()
        assert not store_exists(url())
        with create_store(url(), PACK) as second:
            first.discard()
            assert second.head() == 0


@on_server
def test_a_load_that_stood_still_finds_that_others_came(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Others may begin anew after a minute; who wakes up neither writes nor wipes."""
    pour = neo4j_bulk._pour

    def asleep(*asked: Any) -> None:  # noqa: ANN401 - as it came
        monkeypatch.setattr(neo4j_bulk, "_pour", pour)
        cypher("MATCH (s:OrgraphStore) SET s.loading = datetime() - duration('PT2M')")
        with create_store(url(), PACK) as anew:
            anew.bulk_load([node("st", "state"), node("s2", "state")], [])
        pour(*asked)

    cypher("MATCH (n) DETACH DELETE n")
    with create_store(url(), PACK) as store:
        monkeypatch.setattr(neo4j_bulk, "_pour", asleep)
        with pytest.raises(StoreError, match="others have begun the store anew"):
            store.bulk_load([node("mine", "state")], [])
        store.discard()
    with open_store(url()) as there:
        assert (there.head(), list(there.all_ids())) == (1, ["s2", "st"])
