"""Says what a command took: its seconds, the most memory it held, and what it printed.

`python peak.py COMMAND…` is a process of its own, because a child counts what its
parent held when it began: below a benchmark that holds a graph, every command would
seem to hold one. This process holds hardly anything.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from time import perf_counter
from typing import NamedTuple


class Usage(NamedTuple):
    """What a command took: seconds, those of its processor, and its peak in bytes."""

    seconds: float
    cpu: float
    peak: int
    printed: str


def measured(command: Sequence[str], *, may_refuse: bool = False) -> Usage:
    """Run a command that must succeed, or find faults, and return what it took."""
    helper = [sys.executable, __file__, *command]
    done = subprocess.run(helper, check=False, capture_output=True, text=True)
    assert done.returncode in {0, int(may_refuse)}, done.stderr
    return Usage(**json.loads(done.stdout))


def main() -> int:
    """Run the command, pass its errors on, and print the usage as JSON."""
    start = perf_counter()
    done = subprocess.run(sys.argv[1:], check=False, stdout=subprocess.PIPE, text=True)
    seconds = perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps(Usage(seconds, cpu, peak * unit, done.stdout)._asdict()))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
