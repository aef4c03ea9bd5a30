"""What a run says of the tests that had no Neo4j, and what it leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docker
import pytest
from neo4j_container import LABEL

TESTS = Path(__file__).resolve().parent.parent
NO_ENGINE = {"DOCKER_HOST": "unix:///nowhere/docker.sock"}
NO_IMAGE = {"ORGRAPH_NEO4J_IMAGE": "127.0.0.1:1/none:missing"}
ASKING = """
import pathlib, time

def test_one(wiped_neo4j):
    pathlib.Path("running").write_text(wiped_neo4j.url)
    {end}

def test_two(wiped_neo4j): pass

def test_without(): pass
"""
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Return what starts a run of two tests on Neo4j and one without."""

    def started(*options: str, end: str = "", **environment: str) -> Start:
        (tmp_path / "test_asking.py").write_text(ASKING.format(end=end))
        (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = neo4j: on a server\n")
        outside = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-p", "neo4j_server", *options],
            cwd=tmp_path,
            env=outside
            | {"PYTHONPATH": str(TESTS), "ORGRAPH_REQUIRE_NEO4J": ""}
            | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return started


@pytest.mark.parametrize(
    ("lack", "reason"),
    [
        (NO_ENGINE, "no Docker engine answers"),
        (NO_IMAGE, "the image 127.0.0.1:1/none:missing is not here"),
    ],
)
@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_one_line_says_what_was_left_out(
    start: Start, options: tuple[str, ...], lack: dict[str, str], reason: str
) -> None:
    """Without an engine or an image two tests are left out, and one line says why."""
    run = start(*options, "-W", "error", **lack)
    output, _ = run.communicate(timeout=120)
    if lack is NO_IMAGE and "no Docker engine" in output:
        pytest.skip("no Docker engine answers")
    (line,) = [line for line in output.splitlines() if "left out" in line]
    assert run.returncode == 0
    assert line.startswith(f"2 left out: {reason}")
    assert "docker/offline/README.md" in line
    assert "1 passed, 2 skipped" in output


def test_where_it_is_required_being_left_out_is_a_failure(start: Start) -> None:
    """Under ORGRAPH_REQUIRE_NEO4J=1 the same two tests fail, and say why."""
    run = start(ORGRAPH_REQUIRE_NEO4J="1", **NO_ENGINE)
    output, _ = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "1 passed" in output
    assert output.count("Left out though ORGRAPH_REQUIRE_NEO4J is 1: no Docker") >= 1
    assert "skipped" not in output


@pytest.mark.parametrize(
    ("way", "options"),
    [
        pytest.param(signal.SIGINT, (), id="interrupted"),
        pytest.param(signal.SIGINT, ("-n", "2"), id="interrupted with workers"),
        pytest.param(signal.SIGKILL, (), id="killed"),
    ],
)
@pytest.mark.slow
@pytest.mark.usefixtures("neo4j_image")
def test_no_container_is_left_of_a_run_that_ends_early(
    start: Start,
    tmp_path: Path,
    way: signal.Signals,
    options: tuple[str, ...],
) -> None:
    """A run that is interrupted or killed in a test leaves no container behind."""
    before = containers()
    run = start(*options, end="time.sleep(120)")
    wait(lambda: (tmp_path / "running").exists() or run.poll() is not None)
    assert containers() - before
    run.send_signal(way)
    run.communicate(timeout=60)
    assert run.returncode
    wait(lambda: not containers() - before)


@pytest.mark.slow
@pytest.mark.usefixtures("neo4j_image")
def test_no_container_is_left_of_a_run_that_fails(start: Start) -> None:
    """A failed test on Neo4j leaves no container behind either."""
    before = containers()
    run = start(end="assert 0")
    output, _ = run.communicate(timeout=120)
    assert "1 failed, 2 passed" in output
    assert not containers() - before


def containers() -> set[str]:
    """Return the names of the containers of any tests, running or not."""
    client = docker.from_env()
    try:
        found = client.containers.list(all=True, filters={"label": LABEL})
        return {container.name for container in found}
    finally:
        client.close()


def wait(condition: Callable[[], bool], seconds: float = 90) -> None:
    """Return when the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)
