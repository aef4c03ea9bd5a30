"""The command line: `orgraph`."""

import gc
import os
import signal
import sys
from types import FrameType

OBJECTS = 10_000
"""So many new objects let Python's collector look for cycles; by default 700 do."""


def main() -> None:
    """Run the command line and exit with its code.

    0 done, 1 refused by findings, 2 can't be read or wrong usage, 3 stale, 4 store
    unavailable.
    """
    # Pydantic looks for plugins in all that is installed, which takes 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What modules make lives on: looking at it after every 700 objects takes 40 ms.
    gc.set_threshold(OBJECTS)
    from .run import run

    signal.signal(signal.SIGTERM, _end)
    code = run()
    # What is left goes with the process: taking it apart first takes 100 ms.
    gc.freeze()
    sys.exit(code)


def _end(number: int, _: FrameType | None) -> None:
    """End as after Ctrl-C: what was begun is cleared away, though without a word."""
    sys.exit(128 + number)
