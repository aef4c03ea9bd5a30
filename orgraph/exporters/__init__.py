"""Exports: a region or all of a store, on a day or on all, as files for others.

Tables and JSON are read again by `orgraph import`; GraphML is for graph programs.
"""

from .document import FORMAT, write_document
from .extract import Extract
from .graphml import to_networkx, write_graphml
from .tables import write_tables
from .workbook import Written, write_workbook

__all__ = [
    "FORMAT",
    "Extract",
    "Written",
    "to_networkx",
    "write_document",
    "write_graphml",
    "write_tables",
    "write_workbook",
]
