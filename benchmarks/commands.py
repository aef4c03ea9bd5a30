"""Runs orgraph from the shell: a cold process, with its bytecode cached."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from .measure import timed

ORGRAPH = str(Path(sys.executable).with_name("orgraph"))

# Where Python is told to keep no bytecode, every run would compile orgraph anew.
_CACHING = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run(name: str, command: Sequence[str]) -> Mapping[str, float]:
    """Run a command that must succeed; returns its seconds under a name."""
    work = partial(
        subprocess.run, command, check=False, capture_output=True, env=_CACHING
    )
    seconds, done = timed(work)
    assert done.returncode == 0, done.stdout + done.stderr
    return {name: seconds}
