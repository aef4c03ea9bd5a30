"""Runs orgraph from the shell: a cold process, with its bytecode cached."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from .measure import timed

ORGRAPH = str(Path(sys.executable).with_name("orgraph"))


def run(name: str, command: Sequence[str]) -> Mapping[str, float]:
    """Run a command that must succeed; returns its seconds under a name."""
    work = partial(subprocess.run, command, check=False, capture_output=True)
    seconds, done = timed(work)
    assert done.returncode == 0, done.stdout + done.stderr
    return {name: seconds}
