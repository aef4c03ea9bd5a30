"""Imports: tables of nodes and edges, checked as a whole and loaded as one revision."""

from .load import Loaded, load_tables
from .rows import Options
from .tables import Table, read_table

__all__ = ["Loaded", "Options", "Table", "load_tables", "read_table"]
