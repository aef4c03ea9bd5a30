"""The command line: `orgraph`."""

import sys


def main() -> None:
    """Run the command line and exit with its code.

    0 done, 1 refused by findings, 2 can't be read or wrong usage, 3 stale, 4 store
    unavailable.
    """
    from .run import run

    sys.exit(run())
