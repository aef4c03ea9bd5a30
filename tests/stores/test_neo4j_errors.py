"""Every error of the Neo4j driver is said in a plain sentence, as one of ours."""

from collections.abc import Iterator

import pytest
from graphs_on_server import cypher, new_graph, on_server, url
from harness import pack_named
from towns import STAMP, node, planned

from orgraph.errors import AgainError, StoreError
from orgraph.stores.neo4j_errors import CLASSES, CODES, Plainly, is_drivers, sentence

exceptions = pytest.importorskip("neo4j.exceptions")
HYDRATED = (
    "Neo.ClientError.Security.Unauthorized",
    "Neo.ClientError.Security.AuthenticationRateLimit",
    "Neo.ClientError.Security.CredentialsExpired",
    "Neo.ClientError.Security.Forbidden",
    "Neo.ClientError.Security.TokenExpired",
    "Neo.ClientError.Database.DatabaseNotFound",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
    "Neo.ClientError.Cluster.NotALeader",
    "Neo.ClientError.Schema.ConstraintValidationFailed",
    "Neo.ClientError.Schema.IndexAlreadyExists",
    "Neo.ClientError.Statement.SyntaxError",
    "Neo.ClientError.Statement.ArgumentError",
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.LockClientStopped",
    "Neo.ClientError.Request.Invalid",
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.Transaction.DeadlockDetected",
    "Neo.TransientError.Transaction.LockAcquisitionTimeout",
    "Neo.TransientError.Database.DatabaseUnavailable",
    "Neo.DatabaseError.General.UnknownError",
)
"""Codes that servers send, one of each sentence and some more."""


def classes(base: type[BaseException]) -> Iterator[type[BaseException]]:
    """Yield a class of the driver's errors, and all below it."""
    yield base
    for below in base.__subclasses__():
        yield from classes(below)


@pytest.mark.parametrize("code", HYDRATED)
def test_codes_have_sentences(code: str) -> None:
    """A code of the server has a sentence that names neither it nor what it said."""
    error = exceptions.Neo4jError._hydrate_neo4j(code=code, message="with a secret")
    said = sentence(error)
    assert said in CODES.values()
    assert "Neo." not in said
    assert "secret" not in said


def test_every_sentence_is_for_some_code() -> None:
    """No sentence stands there that nothing is said by."""
    said = {
        sentence(exceptions.Neo4jError._hydrate_neo4j(code=code, message=""))
        for code in HYDRATED
    }
    general = {CODES["Neo.TransientError"], CODES["Neo.ClientError"]}
    assert set(CODES.values()) - general <= said


def test_every_class_of_the_driver_is_mapped() -> None:
    """An error of the driver without a code is known by its class, and none is left."""
    unmapped = [
        each.__name__
        for each in classes(exceptions.DriverError)
        if sentence(each.__new__(each)) not in CLASSES.values()
    ]
    assert unmapped == []
    for each in (*classes(exceptions.DriverError), exceptions.Neo4jError):
        with pytest.raises(StoreError, match=r"^here: "), Plainly("here"):
            raise each.__new__(each)
    assert not is_drivers(ValueError("not the driver's"))


def test_a_passing_error_may_be_tried_again() -> None:
    """What may be gone the next time is told apart where something is read."""
    for each in (exceptions.SessionExpired, exceptions.ServiceUnavailable):
        with pytest.raises(AgainError), Plainly("here", AgainError):
            raise each
    with pytest.raises(StoreError) as told, Plainly("here", AgainError):
        raise exceptions.ConfigurationError
    assert not isinstance(told.value, AgainError)


@on_server
def test_a_row_that_is_there_already() -> None:
    """A constraint keeps a second row of a key out, and nothing is written."""
    with new_graph(pack_named("territory")) as store:
        store.bulk_load([node("st", "state")], [])
        rename = {"op": "rename_unit", "unit": "st", "name": "New"}
        plan = planned(store, "2021-01-01", rename)
        cypher("CREATE (:Version {id: 'st', since: date('2021-01-01')})")
        with pytest.raises(StoreError, match="already holds a row with this key"):
            store.commit(plan, stamp=STAMP)
        assert store.head() == 1
        assert cypher("MATCH (r:Revision) RETURN count(r)") == [(1,)]


@on_server
def test_a_lock_that_is_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits in vain for another writer is told so, and nothing is written."""
    import neo4j

    from orgraph.stores import neo4j_session

    monkeypatch.setattr(neo4j_session, "COMMIT_SECONDS", 1.0)
    with new_graph(pack_named("territory")) as store:
        store.bulk_load([node("st", "state")], [])
        rename = {"op": "rename_unit", "unit": "st", "name": "New"}
        plan = planned(store, "2021-01-01", rename)
        import os

        auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
        with (
            neo4j.GraphDatabase.driver(url(), auth=auth) as other,
            other.session() as session,
            session.begin_transaction() as tx,
        ):
            tx.run("MATCH (s:OrgraphStore) SET s.turn = s.turn + 1").consume()
            with pytest.raises(StoreError, match="waited for another writer"):
                store.commit(plan, stamp=STAMP)
            tx.rollback()
        assert store.head() == 1
        assert store.commit(plan, stamp=STAMP).number == 2
