"""orgraph's own image, built without a registry of images, and its demo."""

import re
import subprocess
import sys
from collections.abc import Iterator
from os import environ
from pathlib import Path
from uuid import uuid4

import pytest
from neo4j_container import LABEL, Neo4jServer

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.neo4j,
    pytest.mark.registry,
    pytest.mark.slow,
    pytest.mark.usefixtures("neo4j_image"),
]


def docker(*words: str) -> str:
    """Return what the command printed."""
    outcome = subprocess.run(
        ["docker", *words], capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


@pytest.fixture(scope="module")
def image() -> Iterator[str]:
    """Build the image by the script, and remove it at the end."""
    tag = f"orgraph:test-{uuid4().hex[:8]}"
    built = subprocess.run(
        [ROOT / "docker" / "offline" / "build-orgraph", tag],
        env=environ | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    yield tag
    docker("rmi", tag)


def demo(image: str, *options: str) -> list[str]:
    """Return what the demo prints, but the days and hashes of its revisions."""
    run = ("run", "--rm", "--label", f"{LABEL}=demo", *options)
    entry = ("--entrypoint", "/opt/orgraph/share/demo")
    return docker(*run, *entry, image).splitlines()


def test_the_demo_in_a_file(image: str) -> None:
    """The demo reorganises Điện Biên, 129 communes to 45, and takes it back."""
    said = demo(image)
    assert "commune 45" in " ".join(" ".join(said).split())
    assert [line.split()[0] for line in said[-4:-1]] == ["3", "2", "1"]


def test_the_demo_on_neo4j(image: str, wiped_neo4j: Neo4jServer) -> None:
    """On Neo4j the demo says what it says in a file, but for its place and the time."""
    beside = wiped_neo4j.container.get_container_id()
    where = {
        "ORGRAPH_STORE": "bolt://127.0.0.1:7687",
        "NEO4J_USERNAME": wiped_neo4j.username,
        "NEO4J_PASSWORD": wiped_neo4j.password,
    }
    words = [word for name in where for word in ("--env", f"{name}={where[name]}")]
    on_neo4j = demo(image, "--network", f"container:{beside}", *words)
    assert timeless(on_neo4j, where["ORGRAPH_STORE"]) == timeless(demo(image))


def timeless(said: list[str], store: str = "orgraph.db") -> list[str]:
    """Return what was said without the store's name, times and hashes."""
    changing = rf"{store}|\b[0-9a-f]{{64}}\b|\d{{4}}-\d\d-\d\dT[0-9:+]+"
    return [re.sub(changing, "…", line) for line in said]


def test_nobody_in_it_is_root(image: str) -> None:
    """Commands run as a user without rights, who can write to /data alone."""
    python = ("--entrypoint", "python3", image, "-c")
    said = docker("run", "--rm", *python, "import os; print(os.getuid(), os.getcwd())")
    assert said.split() == ["7474", "/data"]
    tried = "import os; print([p for p in ('/', '/opt', '/data') if os.access(p, 2)])"
    assert docker("run", "--rm", *python, tried).strip() == "['/data']"
