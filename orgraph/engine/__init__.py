"""The engine: plans a proposal, commits a plan, audits a store."""

from .audit import audit
from .commit import Stamp, Transaction, append, commit
from .planning import form_findings, make_plan
from .undoing import undo_proposal

__all__ = [
    "Stamp",
    "Transaction",
    "append",
    "audit",
    "commit",
    "form_findings",
    "make_plan",
    "undo_proposal",
]
