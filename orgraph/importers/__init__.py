"""Imports: tables of nodes and edges, checked as a whole and loaded as one revision."""

from .gather import Told
from .load import Loaded, load_tables
from .mapping import read_mapping
from .one_sheet import read_one_sheet
from .package import LARGEST_UNPACKED, MOST_CELLS
from .rows import Options
from .tables import Table, read_table
from .template import blanks
from .template_book import empty_workbook
from .workbook import is_workbook

__all__ = [
    "LARGEST_UNPACKED",
    "MOST_CELLS",
    "Loaded",
    "Options",
    "Table",
    "Told",
    "blanks",
    "empty_workbook",
    "is_workbook",
    "load_tables",
    "read_mapping",
    "read_one_sheet",
    "read_table",
]
