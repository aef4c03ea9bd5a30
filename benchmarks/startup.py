"""What a command costs from the shell: a cold process, with its bytecode cached."""

import sys
from collections.abc import Iterator
from functools import partial

import yaml

from . import merger
from .commands import ORGRAPH, run
from .ground import Ground
from .measure import alternate
from .table import Result, at_most, said


def startup(ground: Ground) -> Iterator[Result]:
    """Run bare Python, the help, and the validation of a small proposal on a store."""
    ground.store(ground.small)
    proposal = ground.folder / "proposal.yaml"
    plain = merger.proposal(10).to_plain()
    proposal.write_text(yaml.safe_dump(plain, allow_unicode=True), encoding="utf-8")
    store = ["--store", str(ground.path(ground.small))]
    commands = {
        "python": [sys.executable, "-c", "pass"],
        "help": [ORGRAPH, "--help"],
        "validate": [ORGRAPH, "validate", str(proposal), *store],
    }
    sides = [partial(run, name, command) for name, command in commands.items()]
    series = alternate(2 * ground.rounds, *sides)
    bare = series.seconds("python")
    yield said("startup", "bare python, cold", bare, f"{bare:.3f} s")
    for name, limit in (("help", 0.2), ("validate", 0.4)):
        what = f"orgraph {'--help' if name == 'help' else name}, cold"
        yield at_most("startup", what, series.seconds(name), limit, unit="s")
