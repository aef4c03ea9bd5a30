"""The Neo4j of the tests: there, wiped between tests, back after a kill."""

from neo4j_container import Neo4jServer


def test_wiped_of_what_another_test_wrote(wiped_neo4j: Neo4jServer) -> None:
    """A test leaves nodes and a constraint; of these the constraint stays."""
    run = wiped_neo4j.driver.execute_query
    run("CREATE CONSTRAINT left_here IF NOT EXISTS FOR (n:Left) REQUIRE n.id IS UNIQUE")
    run("UNWIND range(1, 30) AS i CREATE (:Left {id: i})-[:NEXT]->(:Left {id: -i})")
    wiped_neo4j.wipe()
    assert run("MATCH (n) RETURN count(n)").records[0][0] == 0
    names = {record["name"] for record in run("SHOW CONSTRAINTS").records}
    run("DROP CONSTRAINT left_here")
    assert "left_here" in names


def test_what_was_acknowledged_is_there_after_a_kill(wiped_neo4j: Neo4jServer) -> None:
    """A server that is killed and started again has its address and its data."""
    run = wiped_neo4j.driver.execute_query
    run("CREATE (:Kept {id: 'kept'})")
    wiped_neo4j.kill()
    assert not wiped_neo4j.runs
    wiped_neo4j.start()
    assert run("MATCH (n) RETURN n.id").records[0][0] == "kept"
