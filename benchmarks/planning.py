"""What planning a merger costs: by the change, by the size of the graph, by a copy.

A plan reads the file through the store's cache, as in a process that stays open; the
report's view model is part of it, and the drawing of a report isn't.
"""

import gc
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import networkx as nx

from orgraph.reports import build_report

from . import graph, merger
from .ground import Ground, note
from .measure import alternate, timed, worked
from .table import Result, at_least, at_most, said, size_name
from .trios import TRIOS

PROVINCE = 480_000
"""From as many nodes on a copy is compared, and up to so many it fits into memory."""
MOST_COPIED = 1_000_000


def plan(ground: Ground) -> Iterator[Result]:
    """Plan the merger, run the rules and build the report: the same on every size.

    The sizes take turns; the time by the change counts the rows that the plan changes.
    """
    plans = [merger.checked_plan(ground.store(size)) for size in ground.sizes]
    (changes,) = {len(plan.changes) for plan in plans}
    sides = [partial(_planned, ground, size) for size in ground.sizes]
    series = alternate(3 * ground.rounds, *sides)
    for size in ground.sizes:
        micros = series.seconds(str(size)) / changes * 1e6
        best = series.best(str(size)) / changes * 1e6
        what = f"plan, rules and report, by change, {size_name(size)} nodes"
        yield at_most(
            "plan",
            what,
            micros,
            40,
            unit="µs",
            note=f"{changes} changes, best {best:.1f}",
        )
    if len(ground.sizes) > 1:
        ratio = series.ratio([str(ground.large)], [str(ground.small)])
        what = f"the same at {size_name(ground.large)} by {size_name(ground.small)}"
        yield at_most("plan", what, ratio, 1.3)


def copy(ground: Ground) -> Iterator[Result]:
    """Plan the merger beside copying the same graph in networkx.

    The copy is `MultiDiGraph.copy()` of all nodes and edges with their facts as
    attributes: what a program does that tries a change on a copy of a graph in memory.
    The collector of cycles works as it does in any program; what the copy takes while
    it rests stands beside that.
    """
    for size in [size for size in ground.sizes if size <= MOST_COPIED]:
        ground.store(size)
        seconds, whole = timed(partial(_networkx, size))
        note(f"made the networkx graph of {size_name(size)} nodes, {seconds:.1f} s")
        rounds = ground.rounds if size <= 100_000 else 3
        series = alternate(
            rounds, partial(_planned, ground, size), partial(_copied, whole)
        )
        ratio = series.ratio(["copy"], [str(size)])
        what = f"copy of {size_name(size)} nodes in networkx, by that plan"
        rested = series.ratio(["rested"], [str(size)])
        shown = f"{series.seconds('copy'):.2f} s; collector at rest {rested:.3g} ×"
        if size >= PROVINCE:
            yield at_least("copy", what, ratio, 500, shown)
        else:
            yield said("copy", what, ratio, f"{ratio:.3g} × ({shown})")


def statements(ground: Ground) -> Iterator[Result]:
    """Count the statements of a plan with few dependents and with many."""
    store = ground.store(ground.small)
    counts = []
    for dependents in (min(TRIOS), max(TRIOS)):
        store.statements = []
        merger.checked_plan(store, dependents)
        counts.append(len(store.statements))
        store.statements = None
    few, many = counts
    what = f"statements of a plan, {TRIOS[0]} and {TRIOS[-1]:,} dependents"
    shown = f"{few} and {many}"
    yield Result("statements", what, many / few, shown, "equal", few == many)


def _planned(ground: Ground, size: int) -> Mapping[str, float]:
    store, proposal = ground.store(size), merger.proposal()

    def work() -> None:
        build_report(store.plan(proposal), store)

    return {str(size): worked(work)[0]}


def _networkx(size: int) -> Any:  # noqa: ANN401 - networkx has no types
    whole = nx.MultiDiGraph()
    whole.add_nodes_from((row.id, row._asdict()) for row in graph.nodes(size))
    whole.add_edges_from(
        (row.source, row.target, row.kind, row._asdict()) for row in graph.edges(size)
    )
    assert len(whole) == size
    return whole


def _copied(whole: Any) -> Mapping[str, float]:  # noqa: ANN401 - the same
    seconds, copied = worked(whole.copy)
    assert len(copied) == len(whole)
    del copied
    gc.disable()
    rested, copied = worked(whole.copy)
    gc.enable()
    assert len(copied) == len(whole)
    return {"copy": seconds, "rested": rested}
