"""What the tests of the command line share: how its answers are held."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

SCENARIO = Path(__file__).resolve().parents[2] / "scenarios" / "dien_bien_2025"
TERRITORY = ("nodes.csv", "edges.csv")
ORGANISATION = ("organisation_nodes.csv", "organisation_edges.csv")


class Outcome(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The document that it printed."""
        document: dict[str, Any] = json.loads(self.out)
        return document

    @property
    def said(self) -> str:
        """All that it printed, whichever way."""
        return self.out + self.err


Orgraph = Callable[..., Outcome]
