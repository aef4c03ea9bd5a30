"""Several writers on one server: what is left is what some order of them leaves."""

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from graphs_on_server import new_graph, on_server, server, url
from harness import errors, pack_named
from neo4j_writer import LOCALITIES, MUNICIPALITIES
from test_conformance_revisions import everything
from towns import STAMP, edge, node, planned

from orgraph.draft import Revision
from orgraph.model import EdgeRow, NodeRow
from orgraph.stores import MemoryStore, Store, open_store

WRITER = Path(__file__).with_name("neo4j_writer.py")
PACK = pack_named("territory")
TODAY = date(2025, 1, 1)
OUTCOMES = {"revision", "stale", "refused"}


def rows() -> tuple[list[NodeRow], list[EdgeRow]]:
    """Return municipalities below a district, and localities below one of them."""
    towns = [f"m{n}" for n in range(MUNICIPALITIES)]
    places = [f"l{n}" for n in range(LOCALITIES)]
    nodes = [node("st", "state"), node("d0", "district")]
    nodes += [node(name, "municipality") for name in towns]
    nodes += [node(name, "locality", people=7) for name in places]
    edges = [edge("PART_OF", "d0", "st")]
    edges += [edge("PART_OF", name, "d0") for name in towns]
    edges += [edge("PART_OF", name, "m0") for name in places]
    return nodes, edges


def started(number: int, plans: int) -> subprocess.Popen[str]:
    """Start a process that commits plans."""
    return subprocess.Popen(
        [sys.executable, str(WRITER), url(), str(number), str(plans)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def written(writers: int, plans: int) -> list[list[dict[str, Any]]]:
    """Let processes commit at the same time; return what each said of its plans."""
    running = [started(number, plans) for number in range(writers)]
    said = []
    for process in running:
        out, err = process.communicate(timeout=900)
        assert process.returncode == 0, err
        said.append([json.loads(line) for line in out.splitlines()])
    return said


def replayed(store: Store) -> Store:
    """Return a store in memory in which the same plans came one after the other."""
    alone = MemoryStore(PACK)
    alone.bulk_load(*rows(), STAMP)
    found = [store.revision(number) for number in range(2, store.head() + 1)]
    for revision in found:
        assert isinstance(revision, Revision)
        steps = revision.proposal["steps"]
        assert isinstance(steps, list)
        plan = planned(alone, revision.effective, *steps)
        stamp = STAMP._replace(author=revision.author, time=revision.time)
        alone.commit(plan, stamp=stamp)
    return alone


def check_told(store: Store, said: list[dict[str, Any]]) -> None:
    """The store has the revisions told of, and holds what one writer would leave."""
    numbers = sorted(plan["revision"] for plan in said if "revision" in plan)
    assert numbers == list(range(2, store.head() + 1))
    for plan in said:
        if "revision" in plan:
            revision = store.revision(plan["revision"])
            assert revision is not None
            assert revision.proposal["steps"] == plan["steps"]
    assert errors(store, TODAY) == set()
    assert everything(store) == everything(replayed(store))


def check_writers(writers: int, plans: int) -> list[dict[str, Any]]:
    """The revisions are those that were told of, and are what one writer would leave.

    Every plan was committed, or told that it is stale; nobody met a deadlock.
    """
    with new_graph(PACK) as store:
        store.bulk_load(*rows(), STAMP)
        said = [plan for told in written(writers, plans) for plan in told]
        assert len(said) == writers * plans
        assert all(
            len({"revision", "stale", "refused"} & plan.keys()) == 1 for plan in said
        )
        check_told(store, said)
        return said


@on_server
def test_two_writers() -> None:
    """Two processes that plan and commit on overlapping units."""
    check_writers(2, 10)


@on_server
@pytest.mark.slow
def test_eight_writers() -> None:
    """Eight processes with fifty plans each, many planned on an older head."""
    said = check_writers(8, 50)
    assert any(plan.get("revision", 0) > plan["base"] + 1 for plan in said)


@on_server
@pytest.mark.slow
def test_server_killed_in_the_middle_of_commits() -> None:
    """Killed and started again, a server has all that was told of, and nothing half.

    The writers wait for it and go on. A commit whose answer was lost is looked for by
    its hash: so it is told of, once, and not made a second time.
    """
    with new_graph(PACK) as store:
        store.bulk_load(*rows(), STAMP)
        running = [started(number, 120) for number in range(3)]
        while store.head() <= len(running):
            time.sleep(0.1)
        told: list[dict[str, Any]] = []
        heads = []
        for _ in range(2):
            time.sleep(1)
            with open_store(url()) as seen:
                heads.append(seen.head())
            server().kill()
            server().start()
        for process in running:
            out, err = process.communicate(timeout=600)
            assert process.returncode == 0, err
            told += [json.loads(line) for line in out.splitlines()]
        assert len(told) == 3 * 120
    with open_store(url()) as store:
        assert heads[0] < store.head(), "nobody was writing when it died"
        check_told(store, told)
