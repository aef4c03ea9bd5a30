"""Faults of one proposal are told at once, whichever of its steps comes first."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from harness import SCENARIOS, Scenario, pack_named, read_scenario, start

from orgraph.stores.memory import MemoryStore

SIX = read_scenario(SCENARIOS / "cases" / "six_faults_at_once.yaml")
CODES = ["POST04", "GROUP09", "CADRES01", "UNIT03", "INCHARGE01", "ADMITTED01"]
NODES = [
    {"id": "m8", "kind": "member", "parent": "c1", "official": True},
    {"id": "m9", "kind": "member", "parent": "c2", "official": True},
    {"id": "d1", "kind": "post", "role": "deputy_secretary", "parent": "c1"},
    {"id": "d2", "kind": "post", "role": "deputy_secretary", "parent": "c2"},
]
EDGES = [
    {"kind": "HOLDS", "source": "m8", "target": "d1"},
    {"kind": "HOLDS", "source": "m9", "target": "d2"},
]
REMOVALS = [
    {
        "op": "remove_member",
        "member": "m8",
        "ground": "died",
        "reassign": {"d1": "m9"},
    },
    {"op": "remove_member", "member": "m7", "ground": "withdrew"},
]


def _told(steps: Sequence[Any], given: dict[str, Any]) -> Counter[str]:
    """Return how often each code is told of a proposal of these steps."""
    data = {**SIX.data, "given": given, "apply": {**SIX.data["apply"], "steps": steps}}
    scenario = Scenario(SIX.path, data)
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    assert scenario.apply
    return Counter(finding.code for finding in store.plan(scenario.apply).findings)


def test_six_faults_are_told_in_any_order() -> None:
    """Each is told once, from whichever step on the list is read, and backwards."""
    steps = list(SIX.data["apply"]["steps"])
    for way in (steps, steps[::-1]):
        for first in range(len(way)):
            told = _told([*way[first:], *way[:first]], dict(SIX.given))
            assert told == Counter(CODES), first


def test_removals_among_them_are_told_too() -> None:
    """A second full post by a removal is told, and a removal that nobody decided."""
    given = {
        **SIX.given,
        "nodes": [*SIX.given["nodes"], *NODES],
        "edges": [*SIX.given["edges"], *EDGES],
    }
    steps = [*SIX.data["apply"]["steps"], *REMOVALS]
    for way in (steps, steps[::-1]):
        assert _told(way, given) == Counter([*CODES, "POST05", "REMOVE08"])
