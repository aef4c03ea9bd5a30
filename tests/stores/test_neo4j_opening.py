"""A store on a server is opened, made and refused in plain words."""

import getpass
import os
import socket
import subprocess
import sys
from contextlib import nullcontext, suppress
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest
from graphs_on_server import cypher, new_graph, on_server, url
from harness import pack_named
from towns import done, node

from orgraph.cli.run import run
from orgraph.errors import InputError, StoreError
from orgraph.importers import load_tables
from orgraph.model import Span
from orgraph.stores import Store, create_store, neo4j_bulk, open_store
from orgraph.stores import neo4j_open as opening
from orgraph.stores.neo4j_open import address
from orgraph.stores.neo4j_schema import LABELS, LOADING, SHOW_SCHEMA, schema
from orgraph.stores.neo4j_store import Neo4jStore
from orgraph.stores.open import store_exists

PACK = pack_named("territory")


def named(scheme: str = "", user: str = "", tail: str = "") -> str:
    """Return the server's url() in another way."""
    before, _, host = url().partition("://")
    return f"{scheme or before}://{user}{host}{tail}"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://host", "no http:// stores; there are bolt, "),
        ("neo4j://", "names a server"),
        ("neo4j://:7687", "names a server"),
        ("neo4j://host:seven", "names a server"),
        ("neo4j://host:99999", "names a server"),
        ("neo4j://..", "names a server"),
        (f"neo4j://{'a' * 64}", "names a server"),
        ("neo4j://[::1", "no URL"),
        ("neo4j://host/graph", "only ?database=NAME"),
        ("neo4j://host?policy=eu", "only ?database=NAME"),
        ("neo4j://host#x", "only ?database=NAME"),
        ("neo4j://host?database=a&database=b", "names one database"),
        ("neo4j://host?database=a&database=a", "names one database"),
        ("neo4j://host?database=System", "the database system holds no graphs"),
    ],
)
def test_a_url_that_is_no_server_is_refused(url: str, says: str) -> None:
    """What can't be meant is said, before anything is asked of a server."""
    with pytest.raises(InputError) as told:
        open_store(url)
    assert says in str(told.value)


def test_parts_of_a_url() -> None:
    """A url() names the server, the user and the database."""
    assert address("neo4j+s://an%40b@graph.gov.vn:7000/?database=org")[:3] == (
        "neo4j+s://graph.gov.vn:7000",
        "org",
        "an@b",
    )
    assert address("bolt://host")[:3] == ("bolt://host", None, None)
    for server in ("bolt://[::1]:7687", "bolt://[fe80::1%eth0]", "bolt://máy-chủ.vn"):
        assert address(server).server == server


def test_a_password_in_a_url_is_refused_and_not_repeated() -> None:
    """A password on a command line can be seen by others: the cure is named."""
    with pytest.raises(InputError) as told:
        open_store("neo4j://an:hunter2@host")
    assert "NEO4J_PASSWORD" in str(told.value)
    assert "hunter2" not in str(told.value)


SECRETS = [
    "neo4j://an:{}@host", "neo4j://:{}@host", "neo4j://an:@{}@host",
    "neo4j://an:1/{}@host", "neo4j://an:{}/x@host", "neo4j://an:x/{}@host",
    "neo4j://an:{}?x@host", "neo4j://an:x?{}@host", "neo4j://an:7687?database={}@host",
    "neo4j://an:{}#x@host", "neo4j://an:x#{}@host", "neo4j://an:1#{}@host",
    "neo4j://an:{}@[bad", "neo4j://an:[{}@host", "neo4j://an:{}]@host",
    "neo4j://an:[{}]@host", "neo4j://an%3A{}@host", "neo4j://an%3A{}%40host",
    "neo4j://an:x%2F{}@host", "neo4j://an:{}", "neo4j://an:{}:7687", "neo4j://an;{}",
    "neo4j://an:{}@", "neo4j://an:{}%40host", "neo4j://an:1/{}%40host",
    "neo4j://host?password={}", "neo4j://host?user=an&password={}",
    "neo4j://host?database=a&password={}", "neo4j://host?database=a;password={}",
    "neo4j://host?database=an:{}", "neo4j://host?{}", "neo4j://host/{}",
    "neo4j://host#{}", "neo4j://an:{}@host:seven", "neo4j://an:\\{}", "neo4j://{} x",
    "neo4j://an:{}@hos\u2100t", "neo4j://an:x\u2100{}@host", "neo4j:///an:{}@host",
    "bolt+s://an:{}@host/x", "NEO4J://an:{}@[bad", "http://an:{}@host",
    "http://host?password={}", "http://an:{}@[bad", "://an:{}@host", "x y://an:{}@host",
    "neo4j:/an:{}@host", "bolt+s:an:{}@host", "an:{}@neo4j://host",
    "{}@neo4j://host", "an:{}://[bad", "neo4j://an:\n{}@[bad",
]  # fmt: skip


@pytest.mark.parametrize("text", SECRETS)
def test_no_refusal_repeats_a_password(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever a password stands in a URL, neither an error nor a command shows it."""
    secret = "SecretPW"  # noqa: S105 - nobody's
    name = text.format(secret)
    with pytest.raises(InputError) as told:
        open_store(name)
    assert told.value.__suppress_context__ or told.value.__context__ is None
    for command in ("history --store", "copy --to x.db --from"):
        assert run([*command.split(), name]) == InputError.exit_code
    shown = capsys.readouterr()
    for said in (str(told.value), shown.out, shown.err):
        assert secret.lower() not in said.lower()


def test_without_the_driver_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the driver isn't installed, one sentence says how it is."""
    monkeypatch.setitem(sys.modules, "neo4j", None)
    with pytest.raises(StoreError, match=r"pip install 'orgraph\[neo4j\]'"):
        open_store("neo4j://localhost")


def test_no_server_there() -> None:
    """A server that is down is said so, at once."""
    with pytest.raises(StoreError, match="bolt://localhost:1: no server answers"):
        open_store("bolt://localhost:1")


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s", "neo4j+ssc"])
def test_no_server_there_by_tls(scheme: str) -> None:
    """A server that answers, but not by TLS, isn't said to be down."""
    with socket.create_server(("127.0.0.1", 0)) as plain:
        host = f"{scheme}://127.0.0.1:{plain.getsockname()[1]}"

        def answer() -> None:
            with suppress(OSError):  # the end of the test
                while True:
                    plain.accept()[0].close()

        Thread(target=answer, daemon=True).start()
        with pytest.raises(
            StoreError, match="no server answers there by TLS; see that"
        ):
            open_store(host)


class Info(NamedTuple):
    """What a server says of itself."""

    agent: str


@pytest.mark.parametrize(
    ("agent", "is_old"),
    [("Neo4j/4.4.40", True), ("Neo4j/5.25.1", True), ("Neo4j/2026.08.1", False)],
)
def test_an_old_server_is_refused(*, agent: str, is_old: bool) -> None:
    """A server from before 5.26 lacks what statements need."""
    where = address("neo4j://host")
    if is_old:
        with pytest.raises(StoreError, match=r"needs Neo4j 5\.26 or later"):
            opening._refuse_old(where, agent)
    else:
        opening._refuse_old(where, agent)


@on_server
def test_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password is said to be, and not repeated."""
    monkeypatch.setenv("NEO4J_PASSWORD", "not-the-password")
    with pytest.raises(StoreError) as told:
        open_store(url())
    assert "doesn't know this user and password" in str(told.value)
    assert "not-the-password" not in str(told.value)
    assert "not-the-password" not in str(told.value.__cause__)


@on_server
def test_the_user_of_the_url_is_asked_for_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a user and no password a terminal is asked, and elsewhere the cure named."""
    new_graph(PACK).close()
    user, password = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
    monkeypatch.delenv("NEO4J_PASSWORD")
    asked: list[str] = []

    def prompt(text: str) -> str:
        asked.append(text)
        return password

    monkeypatch.setattr(getpass, "getpass", prompt)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(StoreError, match="nobody can be asked for a password"):
        open_store(named(user=f"{user}@"))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    opening._asked.cache_clear()
    for _ in range(2):
        with open_store(named(user=f"{user}@")) as store:
            assert store.head() == 0
    opening._asked.cache_clear()
    assert asked == [f"Password of {user} on {url()}: "]


@on_server
def test_wrong_database() -> None:
    """A database that the server doesn't have is said so; the right one is found."""
    with pytest.raises(StoreError, match="has no database of this name"):
        open_store(named(tail="?database=nowhere"))
    new_graph(PACK).close()
    with open_store(named(tail="/?database=neo4j")) as store:
        assert store.pack.name == "territory"


@on_server
def test_a_graph_without_a_store() -> None:
    """Where no store was made, that is said, and how one is made."""
    cypher("MATCH (n) DETACH DELETE n")
    assert not store_exists(url())
    with pytest.raises(StoreError, match="no store here; make one with orgraph init"):
        open_store(url())


@on_server
def test_a_store_is_made_once() -> None:
    """A second store in one graph is refused, and the first stays as it is."""
    with new_graph(PACK) as store:
        store.bulk_load([node("st", "state")], [])
        with pytest.raises(StoreError, match="there is a store already"):
            create_store(url(), "vietnam")
        assert store_exists(url())
        assert (store.head(), list(store.all_ids())) == (1, ["st"])


def others() -> list[tuple[object, ...]]:
    """Return what there is of others in the graph."""
    return cypher(
        "MATCH (a:Customer)-[r:PART_OF]->(b:Person) "
        "RETURN properties(a), properties(r), properties(b)"
    )


@on_server
def test_data_of_others_are_left_alone() -> None:
    """A graph with other data is refused unless it is said; then they stay as they are.

    They may use a kind's label and an edge's type, and have properties called as ours.
    """
    cypher("MATCH (n) DETACH DELETE n")
    cypher(
        "CREATE (:Customer {id: 'm1', since: 1, rev: 1, until: date('2020-01-01')})"
        "-[:PART_OF {rev: 1, key: 'x', since: date('2020-01-01')}]->"
        "(:Person {id: 'x1', name: 'An'})"
    )
    mine = others()
    with pytest.raises(StoreError, match="orgraph init --into-existing makes"):
        create_store(url(), PACK)
    assert not store_exists(url())
    with create_store(url(), PACK, into_existing=True) as store:
        rows = [node("m1", "municipality"), node("x1", "person")]
        store.bulk_load(rows, [])
        assert list(store.all_ids()) == ["m1", "x1"]
        assert len(store.journal(1)) == 2
        assert others() == mine


@on_server
@pytest.mark.parametrize("label", LABELS[:1] + LABELS[5:6])
def test_labels_of_others_that_are_ours(label: str) -> None:
    """Nodes of others that are called as ours would be taken for them: refused."""
    cypher("MATCH (n) DETACH DELETE n")
    cypher(f"CREATE (:{label} {{id: 'theirs', number: 1}})")
    with pytest.raises(StoreError, match=rf"called {label}, as those of a store"):
        create_store(url(), PACK, into_existing=True)
    assert cypher(f"MATCH (n:{label}) RETURN n.id") == [("theirs",)]


@on_server
def test_a_load_that_was_broken_off() -> None:
    """A store half filled can't be read, and is made anew once nobody fills it."""
    with new_graph(PACK) as store:
        store.bulk_load([node("st", "state")], [])
    cypher("MATCH (s:OrgraphStore) SET s.head = 0, s.loading = datetime()")
    with pytest.raises(StoreError, match="is being filled"):
        open_store(url())
    with pytest.raises(StoreError, match="there is a store already"):
        create_store(url(), PACK)
    cypher("MATCH (s:OrgraphStore) SET s.loading = datetime() - duration('PT1H')")
    with pytest.raises(StoreError, match="was never filled whole"):
        open_store(url())
    assert not store_exists(url())
    with create_store(url(), PACK) as store:
        assert (store.head(), list(store.all_ids())) == (0, [])


def founded(store: Store, name: str) -> int:
    """Commit a new state."""
    new = {"id": name, "kind": "state", "name": name}
    return done(store, "2020-01-01", {"op": "found_unit", "new": new})


@on_server
def test_nobody_reads_or_commits_while_a_store_is_filled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who opened the store before is kept out too, and the load isn't disturbed."""
    pour = neo4j_bulk._pour
    with new_graph(PACK) as store, open_store(url()) as other:

        def poured(*asked: Any) -> None:  # noqa: ANN401 - as it came
            pour(*asked)
            with pytest.raises(StoreError, match="is being filled; try again later"):
                other.head()
            with pytest.raises(StoreError, match="is being filled; try again later"):
                other.transaction(other.head)

        monkeypatch.setattr(neo4j_bulk, "_pour", poured)
        store.bulk_load([node("st", "state")], [])
        assert (store.head(), other.head(), founded(other, "s2")) == (1, 1, 2)


@on_server
def test_a_load_that_fails_leaves_the_store_empty() -> None:
    """Rows that can't be read to their end leave nothing behind."""

    def rows() -> object:
        yield node("st", "state")
        raise ZeroDivisionError

    with new_graph(PACK) as store:
        with pytest.raises(ZeroDivisionError):
            store.bulk_load(rows(), [])  # type: ignore[arg-type]
        assert cypher("MATCH (n) WHERE NOT n:OrgraphStore RETURN count(n)") == [(0,)]
        store.bulk_load([node("st", "state")], [])
        assert store.head() == 1


def indexes() -> set[str]:
    """Return the constraints and indexes that are ours."""
    return {str(name) for (name,) in cypher(SHOW_SCHEMA)}


@on_server
@pytest.mark.parametrize("is_whole", [True, False])
def test_a_large_load_makes_its_indexes_at_the_end(
    *, is_whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While rows go in, only what finds them is indexed; then all is as it was."""
    monkeypatch.setattr(neo4j_bulk, "LARGE", 1)
    there: list[set[str]] = []
    pour = neo4j_bulk._pour

    def poured(*asked: Any) -> None:  # noqa: ANN401 - as it came
        there.append(indexes() & ours)
        pour(*asked)
        if not is_whole:
            raise ZeroDivisionError

    monkeypatch.setattr(neo4j_bulk, "_pour", poured)
    # A store with another pack may have left its own.
    ours = {one.name for one in schema(PACK)}
    with new_graph(PACK) as store:
        before = indexes() & ours
        with nullcontext() if is_whole else pytest.raises(ZeroDivisionError):
            store.bulk_load([node("st", "state")], [])
        assert there == [LOADING & before]
        assert indexes() & ours == before
        assert store.head() == int(is_whole)
        assert len(store.of_kind("state", Span.always())) == int(is_whole)


@on_server
def test_an_import_that_is_killed_leaves_nothing_to_be_seen(tmp_path: Path) -> None:
    """Killed in the middle of an import, a store isn't read until it is made anew."""
    rows = "".join(f"s{n},state,State {n},2000-01-01\n" for n in range(12_000))
    table = tmp_path / "nodes.csv"
    table.write_text(f"id,kind,name,since\n{rows}", encoding="utf-8")
    new_graph(PACK).close()
    importing = subprocess.Popen(
        [sys.executable, "-m", "orgraph", "import", str(table), "--store", url()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        while not cypher("MATCH (n:Entity) RETURN count(n) > 0")[0][0]:
            assert importing.poll() is None, importing.communicate()
    finally:
        importing.kill()
        importing.communicate()
    assert 0 < cypher("MATCH (n:Entity) RETURN count(n)")[0][0] < 12_000
    assert cypher("MATCH (r:Revision) RETURN count(r)") == [(0,)]
    with pytest.raises(StoreError, match="is being filled, since"):
        open_store(url())
    cypher("MATCH (s:OrgraphStore) SET s.loading = datetime() - duration('PT1H')")
    with create_store(url(), PACK) as store:
        loaded = load_tables(store, [table])
        assert (store.head(), loaded.counts) == (1, {"state": 12_000})


@on_server
def test_a_store_of_another_format() -> None:
    """A store that a later orgraph made is not read."""
    new_graph(PACK).close()
    cypher("MATCH (s:OrgraphStore) SET s.format = 99")
    with pytest.raises(StoreError, match="has format 99 and this orgraph reads 1"):
        open_store(url())
    cypher("MATCH (s:OrgraphStore) SET s.format = 1, s.pack = '{'")
    with pytest.raises(StoreError, match="pack can't be read"):
        open_store(url())


@on_server
def test_a_graph_that_was_damaged() -> None:
    """What orgraph never wrote is said to be damage, not shown as a traceback."""
    with new_graph(PACK) as store:
        store.bulk_load([node("st", "state")], [])
        assert isinstance(store, Neo4jStore)
        cypher("MATCH (v:Version) REMOVE v.name")
        with pytest.raises(StoreError, match="what orgraph never wrote"):
            store.of_kind("state", Span.always())
