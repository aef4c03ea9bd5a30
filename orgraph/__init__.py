"""orgraph: plan, check, apply and take back reorganisations, on one dated graph.

In docs/examples/company:

>>> from datetime import date
>>> import orgraph
>>> store = orgraph.MemoryStore(orgraph.load_pack("."))
>>> loaded = orgraph.load_tables(store, ["nodes.csv", "edges.csv"])
>>> plan = store.plan(orgraph.read_proposal("proposal.yaml"))
>>> report = orgraph.build_report(plan, store)
>>> report.ended, report.began
(('lead-south', 'north', 'south'), ('field-sales',))
>>> if not plan.refused:
...     revision = store.commit(plan)

Each name here has an example in its docstring, for help(orgraph.chain). They go on from
the loaded `store`, before anything was committed, with `day = date(2025, 12, 31)`.
A store in a file, or on a server: `with orgraph.open("orgraph.db") as store: …`

Names are loaded when they are first used, so that starting up stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .engine import audit, undo_proposal
    from .engine.replay import replay
    from .errors import (
        InputError,
        OrgraphError,
        RefusedError,
        StaleError,
        StoreError,
    )
    from .exporters import Extract, to_networkx, write_document, write_tables
    from .findings import Finding, Findings
    from .importers import load_tables
    from .pack import Pack, load_pack
    from .plan import Plan
    from .proposal import Proposal, read_proposal
    from .proposal.timeline import opened_timeline
    from .queries import (
        Sought,
        chain,
        concurrency,
        crosswalk,
        eligible,
        joint_cells,
        lineage,
        path,
        span,
        tally,
        uncovered,
        vacancies,
        white_villages,
    )
    from .reports import Comparison, Report, build_report, compare_proposals
    from .stores import MemoryStore, Store
    from .stores import create_store as create
    from .stores import open_store as open

_PLACES = {
    "Comparison": ("reports", "Comparison"),
    "Extract": ("exporters", "Extract"),
    "Finding": ("findings", "Finding"),
    "Findings": ("findings", "Findings"),
    "InputError": ("errors", "InputError"),
    "MemoryStore": ("stores", "MemoryStore"),
    "OrgraphError": ("errors", "OrgraphError"),
    "Pack": ("pack", "Pack"),
    "Plan": ("plan", "Plan"),
    "Proposal": ("proposal", "Proposal"),
    "RefusedError": ("errors", "RefusedError"),
    "Report": ("reports", "Report"),
    "StaleError": ("errors", "StaleError"),
    "Sought": ("queries", "Sought"),
    "Store": ("stores", "Store"),
    "StoreError": ("errors", "StoreError"),
    "audit": ("engine", "audit"),
    "build_report": ("reports", "build_report"),
    "chain": ("queries", "chain"),
    "compare_proposals": ("reports", "compare_proposals"),
    "concurrency": ("queries", "concurrency"),
    "create": ("stores", "create_store"),
    "crosswalk": ("queries", "crosswalk"),
    "eligible": ("queries", "eligible"),
    "joint_cells": ("queries", "joint_cells"),
    "lineage": ("queries", "lineage"),
    "load_pack": ("pack", "load_pack"),
    "load_tables": ("importers", "load_tables"),
    "open": ("stores", "open_store"),
    "opened_timeline": ("proposal.timeline", "opened_timeline"),
    "path": ("queries", "path"),
    "read_proposal": ("proposal", "read_proposal"),
    "replay": ("engine.replay", "replay"),
    "span": ("queries", "span"),
    "tally": ("queries", "tally"),
    "to_networkx": ("exporters", "to_networkx"),
    "uncovered": ("queries", "uncovered"),
    "undo_proposal": ("engine", "undo_proposal"),
    "vacancies": ("queries", "vacancies"),
    "white_villages": ("queries", "white_villages"),
    "write_document": ("exporters", "write_document"),
    "write_tables": ("exporters", "write_tables"),
}

__all__ = [
    "Comparison",
    "Extract",
    "Finding",
    "Findings",
    "InputError",
    "MemoryStore",
    "OrgraphError",
    "Pack",
    "Plan",
    "Proposal",
    "RefusedError",
    "Report",
    "Sought",
    "StaleError",
    "Store",
    "StoreError",
    "audit",
    "build_report",
    "chain",
    "compare_proposals",
    "concurrency",
    "create",
    "crosswalk",
    "eligible",
    "joint_cells",
    "lineage",
    "load_pack",
    "load_tables",
    "open",
    "opened_timeline",
    "path",
    "read_proposal",
    "replay",
    "span",
    "tally",
    "to_networkx",
    "uncovered",
    "undo_proposal",
    "vacancies",
    "white_villages",
    "write_document",
    "write_tables",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the façade names
    """Load a public name where it is first used."""
    if name not in _PLACES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    module, attribute = _PLACES[name]
    return getattr(import_module(f".{module}", __name__), attribute)
