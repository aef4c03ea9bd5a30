"""The draft: pending changes over a lazy view of a store."""

from .draft import Draft
from .reader import Reader, Revision, TallyRow
from .snapshot import Snapshot
from .view import View

__all__ = ["Draft", "Reader", "Revision", "Snapshot", "TallyRow", "View"]
