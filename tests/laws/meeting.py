"""What the naive model knows of dependents that come together in one unit.

Nobody attends the cell that is their own, and of posts that the pack asks about a unit
has one of a role.
"""

from collections.abc import Mapping
from typing import Any

from state import Refused, Run, State

Fates = dict[Run, tuple[str, tuple[str, str] | None]]


def kept_apart(edges: Mapping[str, Any], state: State, day: int, fates: Fates) -> Fates:
    """Return the fates with every edge ended that an edge of another kind replaces."""
    now = dict(fates)
    for kind, edge in edges.items():
        other = edge.get("apart_from")
        if other is None:
            continue
        stay = [r for r in _in_force(state, day) if r not in fates]
        own = {joins for run, (_, joins) in fates.items() if run.kind == other}
        own |= {run[1:3] for run in stay if run.kind == other}
        for run, (_, joins) in fates.items():
            if run.kind == kind and joins in own:
                now[run] = ("end", None)
        for run in stay:
            if run.kind == kind and run[1:3] in own:
                now[run] = ("end", None)
    return now


def check_roles(edges: Mapping[str, Any], state: State, day: int, fates: Fates) -> None:
    """Of a role that may be only once nobody comes to where one is already."""
    for kind, edge in edges.items():
        fact = edge.get("unique_by")
        if fact is None:
            continue
        coming = {
            joins for run, (_, joins) in fates.items() if run.kind == kind and joins
        }
        there = {
            run[1:3]
            for run in _in_force(state, day)
            if run.kind == kind and run not in fates
        }
        for post, unit in coming:
            role = _says(state, post, day, fact)
            others = {
                one
                for one, at in coming | there
                if at == unit and _says(state, one, day, fact) == role
            }
            if role is not None and len(others) > 1 and _asked(edge, fact, role):
                raise Refused("ASK03")


def _says(state: State, node: str, day: int, fact: str) -> Any:  # noqa: ANN401 - a fact
    """Return a fact of a node; None of one that begins later."""
    return state.facts(node, day).get(fact) if state.lives_on(node, day) else None


def _asked(edge: Mapping[str, Any], fact: str, role: object) -> bool:
    for case in edge.get("same_cases", ()):
        if case["where"] == {fact: role}:
            return bool(case["then"] == "ask")
    return bool(edge.get("on_same", "keep_all") == "ask")


def _in_force(state: State, day: int) -> list[Run]:
    return [run for run in state.runs() if run.since <= day < run.until]
