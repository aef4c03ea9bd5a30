"""What a command costs from the shell: a cold process, with its bytecode cached."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import yaml

from . import merger
from .ground import Ground
from .measure import alternate, timed
from .table import Result, at_most, said


def startup(ground: Ground) -> Iterator[Result]:
    """Run bare Python, the help, and the validation of a small proposal on a store."""
    ground.store(ground.small)
    proposal = ground.folder / "proposal.yaml"
    plain = merger.proposal(10).to_plain()
    proposal.write_text(yaml.safe_dump(plain, allow_unicode=True), encoding="utf-8")
    store = ["--store", str(ground.path(ground.small))]
    orgraph = str(Path(sys.executable).with_name("orgraph"))
    commands = {
        "python": [sys.executable, "-c", "pass"],
        "help": [orgraph, "--help"],
        "validate": [orgraph, "validate", str(proposal), *store],
    }
    sides = [partial(_run, name, command) for name, command in commands.items()]
    series = alternate(2 * ground.rounds, *sides)
    bare = series.seconds("python")
    yield said("startup", "bare python, cold", bare, f"{bare:.3f} s")
    for name, limit in (("help", 0.2), ("validate", 0.4)):
        what = f"orgraph {'--help' if name == 'help' else name}, cold"
        yield at_most("startup", what, series.seconds(name), limit, unit="s")


def _run(name: str, command: list[str]) -> Mapping[str, float]:
    run = partial(subprocess.run, command, check=False, capture_output=True)
    seconds, done = timed(run)
    assert done.returncode == 0, done.stdout + done.stderr
    return {name: seconds}
