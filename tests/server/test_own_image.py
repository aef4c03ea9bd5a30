"""orgraph's own image, built without a registry of images, and its demo."""

import subprocess
import sys
from collections.abc import Iterator
from os import environ
from pathlib import Path
from uuid import uuid4

import pytest
from neo4j_container import LABEL

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


def test_nobody_in_it_is_root(image: str) -> None:
    """Commands run as a user without rights, who can write to /data alone."""
    python = ("--entrypoint", "python3", image, "-c")
    said = docker("run", "--rm", *python, "import os; print(os.getuid(), os.getcwd())")
    assert said.split() == ["7474", "/data"]
    tried = "import os; print([p for p in ('/', '/opt', '/data') if os.access(p, 2)])"
    assert docker("run", "--rm", *python, tried).strip() == "['/data']"
