"""Steps on people and posts read as often for forty of them as for two."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from files import recorded
from harness import filled, lenient, proposed

from orgraph.reports import build_report
from orgraph.stores.sqlite import SqliteStore

PAIRS = 40
STEPS: dict[str, Callable[[int], dict[str, Any]]] = {
    "appoint": lambda n: {"person": f"c{n}", "post": f"vacant{n}"},
    "relieve": lambda n: {"person": f"a{n}", "post": f"sec{n}"},
    "combine_posts": lambda n: {
        "person": f"a{n}",
        "posts": [f"sec{n}", f"aide{n}", f"head{n}"],
        "relieves": [f"b{n}"],
    },
    "separate_posts": lambda n: {
        "person": f"a{n}",
        "keeps": [f"sec{n}"],
        "gives": {f"aide{n}": f"c{n}"},
    },
    "rotate_cadres": lambda n: {
        "moves": [
            {"person": f"b{n}", "from": f"head{n}", "to": f"vacant{n}"},
            {"person": f"c{n}", "to": f"head{n}"},
        ]
    },
    "admit_member": lambda n: {"candidate": f"q{n}", "to": f"x{n}"},
    "transfer_members": lambda n: {"members": [f"a{n}", f"c{n}"], "to": f"y{n}"},
    "remove_member": lambda n: {
        "member": f"a{n}",
        "ground": "withdrew",
        "by": f"x{n}",
        "reassign": {f"h{n}": f"c{n}", f"sec{n}": f"c{n}"},
    },
    "assign_charge": lambda n: {"person": f"c{n}", "to": [f"h{n}"], "instead": True},
    "second_officer": lambda n: {
        "officer": f"b{n}",
        "unit": f"k{n}",
        "new": {
            "id": f"second{n}",
            "kind": "post",
            "name": "Deputy",
            "facts": {"role": "deputy_secretary"},
        },
    },
}


def given() -> str:
    """Return pairs of cells with members, posts and charges, in YAML."""
    nodes: list[dict[str, object]] = [{"id": "pc", "kind": "provincial_committee"}]
    edges: list[dict[str, str]] = []
    for n in range(PAIRS):
        nodes += [{"id": f"{c}{n}", "kind": "cell", "parent": "pc"} for c in "xy"]
        nodes += [
            {"id": f"{m}{n}", "kind": "member", "parent": f"x{n}"} for m in "abcdef"
        ]
        nodes += [{"id": f"q{n}", "kind": "candidate"}]
        nodes += [{"id": f"guard{n}", "kind": "border_post"}]
        nodes += [{"id": f"z{n}", "kind": "commune", "island": True}]
        nodes += [{"id": f"k{n}", "kind": "direct_committee", "parent": "pc"}]
        nodes += [{"id": f"lead{n}", "kind": "executive_committee", "parent": f"k{n}"}]
        nodes += [{"id": f"{h}{n}", "kind": "household"} for h in ("h", "home")]
        posts = {"sec": "secretary", "head": "head", "aide": "other", "vacant": "other"}
        nodes += [
            {"id": f"{post}{n}", "kind": "post", "role": role, "parent": f"x{n}"}
            for post, role in posts.items()
        ]
        joined = [
            ("COVERS", "x", "guard"),
            ("COVERS", "k", "z"),
            ("HOLDS", "a", "sec"),
            ("HOLDS", "b", "head"),
            ("HOLDS", "a", "aide"),
            ("IN_CHARGE_OF", "a", "h"),
            ("OF_HOUSEHOLD", "c", "home"),
            ("OF_HOUSEHOLD", "q", "home"),
            ("ATTENDS", "q", "x"),
            ("ATTENDS", "a", "y"),
            ("PLANNED_FOR", "d", "sec"),
        ]
        edges += [
            {"kind": kind, "source": f"{one}{n}", "target": f"{other}{n}"}
            for kind, one, other in joined
        ]
    return json.dumps({"nodes": nodes, "edges": edges})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    """Return a store with the pairs."""
    path: Path = tmp_path_factory.mktemp("people") / "people.db"
    made = SqliteStore(path, create=lenient("vietnam"))
    filled(made, given())
    return made


@pytest.mark.parametrize("op", STEPS)
def test_statements_do_not_grow_with_steps(op: str, store: SqliteStore) -> None:
    """A plan of forty steps, and its report, run no more statements than of two.

    Around the people of several steps all is read ahead, which one alone doesn't need.
    """
    ran = recorded(store)
    counts = []
    for steps in (2, PAIRS):
        ran.clear()
        each = [json.dumps({"op": op, **STEPS[op](n)}) for n in range(steps)]
        plan = store.plan(proposed("".join(f"  - {step}\n" for step in each)))
        assert not plan.refused, plan.findings
        build_report(plan, store)
        counts.append(len(ran))
    assert counts[1] <= counts[0]
