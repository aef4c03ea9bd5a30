"""orgraph: plan, check, apply and take back reorganisations, on one dated graph.

    with orgraph.open("orgraph.db") as store:
        plan = store.plan(orgraph.read_proposal("proposal.yaml"))
        report = orgraph.build_report(plan, store)
        if not plan.refused:
            store.commit(plan)

Names are loaded when they are first used, so that starting up stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .engine import audit, undo_proposal
    from .errors import (
        InputError,
        OrgraphError,
        RefusedError,
        StaleError,
        StoreError,
    )
    from .findings import Finding
    from .importers import load_tables
    from .pack import Pack, load_pack
    from .plan import Plan
    from .proposal import Proposal, read_proposal
    from .queries import chain, crosswalk, lineage, tally
    from .reports import Report, build_report
    from .stores import MemoryStore, Store
    from .stores import create_store as create
    from .stores import open_store as open

_PLACES = {
    "Finding": ("findings", "Finding"),
    "InputError": ("errors", "InputError"),
    "MemoryStore": ("stores", "MemoryStore"),
    "OrgraphError": ("errors", "OrgraphError"),
    "Pack": ("pack", "Pack"),
    "Plan": ("plan", "Plan"),
    "Proposal": ("proposal", "Proposal"),
    "RefusedError": ("errors", "RefusedError"),
    "Report": ("reports", "Report"),
    "StaleError": ("errors", "StaleError"),
    "Store": ("stores", "Store"),
    "StoreError": ("errors", "StoreError"),
    "audit": ("engine", "audit"),
    "build_report": ("reports", "build_report"),
    "chain": ("queries", "chain"),
    "create": ("stores", "create_store"),
    "crosswalk": ("queries", "crosswalk"),
    "lineage": ("queries", "lineage"),
    "load_pack": ("pack", "load_pack"),
    "load_tables": ("importers", "load_tables"),
    "open": ("stores", "open_store"),
    "read_proposal": ("proposal", "read_proposal"),
    "tally": ("queries", "tally"),
    "undo_proposal": ("engine", "undo_proposal"),
}

__all__ = [
    "Finding",
    "InputError",
    "MemoryStore",
    "OrgraphError",
    "Pack",
    "Plan",
    "Proposal",
    "RefusedError",
    "Report",
    "StaleError",
    "Store",
    "StoreError",
    "audit",
    "build_report",
    "chain",
    "create",
    "crosswalk",
    "lineage",
    "load_pack",
    "load_tables",
    "open",
    "read_proposal",
    "tally",
    "undo_proposal",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the façade names
    """Load a public name where it is first used."""
    if name not in _PLACES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    module, attribute = _PLACES[name]
    return getattr(import_module(f".{module}", __name__), attribute)
