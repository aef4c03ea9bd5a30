"""The compose file: what it asks for, what it keeps here, and that it can be read."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = Path(__file__).resolve().parents[2] / "docker" / "compose.yaml"
COMPOSE: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def reader() -> list[str]:
    """Return the command that reads compose files here; skip where there is none."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if (
            shutil.which(command[0])
            and not subprocess.run(
                [*command, "version"], capture_output=True, check=False
            ).returncode
        ):
            return command
    pytest.skip("there is no docker compose")


def read(**environment: str) -> subprocess.CompletedProcess[str]:
    """Return what it says of the file, with the password given or not."""
    known = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")}
    return subprocess.run(
        [*reader(), "-f", FILE, "config"],
        env=known | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", SERVICES)
def test_no_password_of_its_own(name: str) -> None:
    """Each service takes the password from the environment, and has no other."""
    words = {k: v for k, v in SERVICES[name]["environment"].items() if "NEO4J_" in k}
    (secret,) = {k: v for k, v in words.items() if "PASSWORD" in v}.values()
    assert secret.removeprefix("neo4j/").startswith("${NEO4J_PASSWORD:?")


def test_published_on_this_machine_only() -> None:
    """Ports without encryption aren't open to the network."""
    published = [port for s in SERVICES.values() for port in s.get("ports", ())]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_what_must_last_is_in_named_volumes() -> None:
    """Data of Neo4j and of orgraph are in volumes that the file declares."""
    used = {v for s in SERVICES.values() for v in s["volumes"]}
    assert {v.split(":")[0] for v in used} == set(COMPOSE["volumes"])
    assert "neo4j-data:/data" in used


def test_commands_wait_for_a_healthy_server() -> None:
    """Commands start when Neo4j answers, and not with `up`."""
    assert "wget" in SERVICES["neo4j"]["healthcheck"]["test"]
    for name in ("orgraph", "demo"):
        waits = SERVICES[name]["depends_on"]
        assert waits == {"neo4j": {"condition": "service_healthy"}}
        assert SERVICES[name]["profiles"] == ["commands"]


def test_read_with_a_password() -> None:
    """With a password the file is read, and another image of Neo4j can be named."""
    outcome = read(NEO4J_PASSWORD="some-password", ORGRAPH_NEO4J_IMAGE="mine:1")  # noqa: S106
    assert outcome.returncode == 0, outcome.stderr
    services = yaml.safe_load(outcome.stdout)["services"]
    assert services["neo4j"]["image"] == "mine:1"
    assert services["neo4j"]["environment"]["NEO4J_AUTH"] == "neo4j/some-password"


def test_refused_without_a_password() -> None:
    """Without a password nothing is started, and what to choose is said."""
    outcome = read()
    assert outcome.returncode
    assert "choose one, of 8 characters or more" in outcome.stderr
