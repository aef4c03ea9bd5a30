"""A Neo4j server for the tests that ask for one, and what is said where there is none.

A test that asks for a fixture from here is marked `neo4j`; one that asks in another way
marks itself. A process of pytest starts one container, when the first such
test runs, and it is gone when the process is. Where there is no Docker engine or no
image such tests are left out, which one line at the end of the run says; under
ORGRAPH_REQUIRE_NEO4J=1 each of them is a failure.
"""

import os
from collections import Counter
from collections.abc import Generator, Iterator

import pytest
from graphs_on_server import serve
from neo4j_container import Neo4jServer, UnavailableError, image_to_use

_FIXTURES = {"neo4j_image", "neo4j_server", "wiped_neo4j"}
_CURE = "Such tests need Neo4j in a container: see docker/offline/README.md."


@pytest.fixture(scope="session")
def neo4j_image() -> str:
    """Return the name of an image that is there, for a container of the test's own."""
    try:
        return image_to_use()
    except UnavailableError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def neo4j_server(neo4j_image: str) -> Iterator[Neo4jServer]:
    """Return a running server; what it holds is whatever the test before left."""
    with Neo4jServer(neo4j_image) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_USERNAME", server.username)
        patch.setenv("NEO4J_PASSWORD", server.password)
        serve(server)
        yield server


@pytest.fixture
def wiped_neo4j(neo4j_server: Neo4jServer) -> Neo4jServer:
    """Return a running server without a node."""
    if not neo4j_server.runs:  # a test killed it, and failed before it started it again
        neo4j_server.start()
    neo4j_server.wipe()
    return neo4j_server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask for a server."""
    for item in items:
        if _FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.neo4j)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a test that was left out into a failure where none may be."""
    report = yield
    if (
        report.skipped
        and not hasattr(report, "wasxfail")
        and item.get_closest_marker("neo4j")
        and os.environ.get("ORGRAPH_REQUIRE_NEO4J") == "1"
    ):
        report.outcome = "failed"
        report.longrepr = f"Left out though ORGRAPH_REQUIRE_NEO4J is 1: {_why(report)}."
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line how many tests were left out, and why."""
    left_out = Counter(
        _why(report)
        for report in terminalreporter.stats.get("skipped", ())
        if "neo4j" in report.keywords
    )
    if left_out:
        reasons = " and ".join(sorted(left_out))
        terminalreporter.write_line(f"{left_out.total()} left out: {reasons}. {_CURE}")


def _why(report: pytest.TestReport) -> str:
    reason = (
        report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    )
    return str(reason).removeprefix("Skipped: ")
