"""The command line: `orgraph`."""

import os
import sys


def main() -> None:
    """Run the command line and exit with its code.

    0 done, 1 refused by findings, 2 can't be read or wrong usage, 3 stale, 4 store
    unavailable.
    """
    # Pydantic looks for plugins in all that is installed, which takes 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from .run import run

    sys.exit(run())
