"""Wait for a new Neo4j and ask it what orgraph's stores ask, so that it loads classes.

`warm_up.py URL`, with the password in NEO4J_PASSWORD. Fails after two minutes.
"""

import os
import sys
import time

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

STATEMENTS = """
CREATE CONSTRAINT warm IF NOT EXISTS FOR (n:Warm) REQUIRE n.id IS UNIQUE;
CREATE INDEX warm_day IF NOT EXISTS FOR (n:Warm) ON (n.since);
UNWIND range(1, 1000) AS i MERGE (n:Warm {id: i})
SET n.since = date('2020-01-01'), n.words = ['a', 'b'];
MATCH (a:Warm), (b:Warm {id: a.id + 1})
CREATE (a)-[:NEXT {since: date('2020-01-01'), rev: 1}]->(b);
MATCH (:Warm {id: 1})-[:NEXT*1..5]->(n) RETURN collect(n.id) AS ids;
UNWIND [1, 2, 3] AS id MATCH (n:Warm {id: id})
OPTIONAL MATCH (n)<-[r:NEXT]-(m) WHERE r.since <= date('2020-01-01')
RETURN n.id AS id, properties(r) AS facts, count(m) AS many ORDER BY id;
CALL dbms.components();
SHOW CONSTRAINTS;
MATCH (n:Warm) DETACH DELETE n;
DROP CONSTRAINT warm IF EXISTS;
DROP INDEX warm_day IF EXISTS
"""


def wait_for(driver: Driver, seconds: float) -> None:
    """Return when the server answers; raise what it last said if it never does."""
    end = time.monotonic() + seconds
    while True:
        try:
            driver.verify_connectivity()
        except (DriverError, Neo4jError):
            if time.monotonic() > end:
                raise
            time.sleep(0.5)
        else:
            return


def main() -> None:
    """Run every statement twice: the second time it is planned already."""
    auth = ("neo4j", os.environ["NEO4J_PASSWORD"])
    with GraphDatabase.driver(sys.argv[1], auth=auth) as driver:
        wait_for(driver, 120)
        for _ in range(2):
            for statement in STATEMENTS.split(";"):
                driver.execute_query(statement)


if __name__ == "__main__":
    main()
