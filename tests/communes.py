"""Communes with villages, cells and members, where scenarios are too small."""

from pathlib import Path

from harness import filled, pack_named, proposed

from orgraph.plan import Plan
from orgraph.stores.sqlite import SqliteStore


def commune(members: int, *, homes: bool = False) -> str:
    """Return a commune with villages v0 … v3, as a scenario's `given` in YAML.

    Cell c0 serves v0 and has this many members, m0-0, m0-1 …, and so on; c3 is joint
    and serves v3 and v4. With `homes` all live in the village with their number.
    """
    lines = [
        "nodes:",
        "  - {id: pc, kind: provincial_committee}",
        "  - {id: gc, kind: grassroots_committee, parent: pc}",
        "  - {id: xa, kind: commune, type: xã, border: true, island: false}",
    ]
    edges = []
    for n in range(5):
        facts = "type: bản, households: 120"
        lines.append(f"  - {{id: v{n}, kind: village, {facts}, parent: xa}}")
    for n in range(4):
        joint = str(n == 3).lower()
        lines.append(f"  - {{id: c{n}, kind: cell, joint: {joint}, parent: gc}}")
        edges.append(f"  - {{kind: COVERS, source: c{n}, target: v{n}}}")
        for m in range(members):
            node = f"{n}-{m}"
            lines.append(
                f"  - {{id: m{node}, kind: member, official: true, parent: c{n}}}"
            )
            if homes:
                lines.append(f"  - {{id: h{node}, kind: household, parent: v{n}}}")
                ends = f"source: m{node}, target: h{node}"
                edges.append(f"  - {{kind: OF_HOUSEHOLD, {ends}}}")
    edges.append("  - {kind: COVERS, source: c3, target: v4}")
    return "\n".join([*lines, "edges:", *edges])


def planned(path: Path, given: str, steps: str) -> tuple[Plan, int]:
    """Return the plan of steps on a new store, and how many statements it took."""
    with SqliteStore(path, create=pack_named("vietnam without limits")) as store:
        filled(store, given)
        store.statements = []
        return store.plan(proposed(steps)), len(store.statements)
