"""Reads stores in the words of the naive model, and counts anew what is below units."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from state import State

from orgraph.model import FOREVER, OUT, EdgeRow, NodeRow, Row, Span
from orgraph.stores import Store


def all_rows(store: Store) -> list[Row]:
    """Return every row of a store with its revision, in an order of its own."""
    ids = list(store.all_ids())
    kinds = sorted(store.pack.edges)
    nodes = sorted(store.nodes(ids, Span.always()))
    return [*nodes, *sorted(store.edges(ids, kinds, OUT, Span.always()), key=str)]


def said_by(rows: Iterable[Row]) -> list[Row]:
    """Return rows without the revision that wrote them."""
    return [row._replace(rev=0) for row in rows]


def state_of(
    rows: Iterable[Row], days: Sequence[date], pack: Mapping[str, Any]
) -> State:
    """Return what rows say of each of the days, which are all that turn in them."""
    place = {day: number for number, day in enumerate([*days, FOREVER])}
    state = State(len(days))
    for row in rows:
        since, until = place[row.since], place[row.until]
        if isinstance(row, NodeRow):
            _, begins, ends = state.lives.get(row.id, (row.kind, since, until))
            state.lives[row.id] = (row.kind, min(begins, since), max(ends, until))
            for day in range(since, until):
                state.says[row.id, day] = (row.name, row.facts)
        elif row.kind == pack["lineage"]:
            amounts = {k: v for k, v in row.facts.items() if k not in {"part", "step"}}
            said = (row.facts["part"], tuple(sorted(amounts.items())))
            state.lineage.add((row.source, row.target, since, *said))
        else:
            ends = (row.kind, row.source, row.target)
            state.edges |= {(*ends, day) for day in range(since, until)}
    return state


def fresh_counts(
    rows: Iterable[Row], pack: Mapping[str, Any], day: date
) -> dict[str, dict[str, int]]:
    """Count what is below every unit on a day, from the rows alone.

    A unit carries a fact of its own unless something of a finer kind that has the fact
    is anywhere below it. Zeros are left out.
    """
    here = [row for row in rows if row.since <= day < row.until]
    living = {row.id: row for row in here if isinstance(row, NodeRow)}
    contains = {k for k, edge in pack["edges"].items() if edge.get("contains")}
    parents = {
        r.source: r.target
        for r in here
        if isinstance(r, EdgeRow) and r.kind in contains
    }
    above = {node: _above(node, parents) for node in living}
    carriers = {
        k: f["carried_by"] for k, f in pack["facts"].items() if "carried_by" in f
    }
    bearers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for node, row in living.items():
        for name, kinds in carriers.items():
            if name in row.facts and row.kind in kinds:
                for unit in above[node]:
                    bearers[unit][f"with:{name}:{row.kind}"] += 1
    found = defaultdict(Counter, {unit: Counter(n) for unit, n in bearers.items()})
    for node, row in living.items():
        own = Counter({f"count:{row.kind}": 1})
        for name, kinds in carriers.items():
            if name in row.facts and row.kind in kinds:
                finer = kinds[: kinds.index(row.kind)]
                if not any(bearers[node][f"with:{name}:{kind}"] for kind in finer):
                    value = row.facts[name]
                    key = f"unknown:{name}" if value is None else f"fact:{name}"
                    own[key] += 1 if value is None else int(value)
        for unit in above[node]:
            found[unit].update(own)
    return {u: {k: n for k, n in sorted(c.items()) if n} for u, c in found.items()}


def _above(node: str, parents: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    here = parents.get(node)
    while here is not None:
        assert here not in found, f"{here} is above itself"
        found.append(here)
        here = parents.get(here)
    return found
