"""What the tests of Điện Biên 2025 share: its days, and how a diff is sorted."""

from collections.abc import Callable, Iterable
from typing import Any

from running import SCENARIO

PROPOSAL = SCENARIO / "proposal.yaml"
BEFORE, DAY = "2025-06-30", "2025-07-01"
Item = dict[str, Any]
Ask = Callable[..., Item]


def nodes(items: Iterable[Item], what: str, kind: str) -> dict[str, Item]:
    """Return the nodes of a kind to which something happened, by id."""
    return {
        item["node"]: item
        for item in items
        if (item["what"], item["kind"]) == (what, kind) and "node" in item
    }


def edges(items: Iterable[Item], what: str, kind: str) -> dict[str, Item]:
    """Return edges by their source; each has one of a kind here."""
    found = [item for item in items if (item["what"], item["kind"]) == (what, kind)]
    by_source = {item["source"]: item for item in found}
    assert len(by_source) == len(found), f"a source has two {kind} that {what}"
    return by_source
