"""The command line: `orgraph`."""

import os
import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command line and exit with its code.

    0 done, 1 refused by findings, 2 can't be read or wrong usage, 3 stale, 4 store
    unavailable.
    """
    # Pydantic looks for plugins in all that is installed, which takes 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from .run import run

    signal.signal(signal.SIGTERM, _end)
    sys.exit(run())


def _end(number: int, _: FrameType | None) -> None:
    """End as after Ctrl-C: what was begun is cleared away, though without a word."""
    sys.exit(128 + number)
