r"""How rows are written in the cells of a table, for what reads and what writes one.

Empty is absent and `?` is unknown. A text that would be taken for one of them, or that
begins with a backslash, has a backslash in front: `\` alone is the empty text, `\?` a
question mark. A fact that is called like a column has `fact:` in front.
"""

from .model import FactValue

NODE_COLUMNS = ("id", "kind", "name", "code", "since", "until")
EDGE_COLUMNS = ("kind", "source", "target", "since", "until")
LARGEST_CELL = 1_000_000
UNKNOWN = "?"


class CellError(ValueError):
    """What is wrong with one cell, in a sentence."""


_OWN = {*NODE_COLUMNS, *EDGE_COLUMNS}
_FACT = "fact:"
_ESCAPE = "\\"


def fact_column(name: str) -> str:
    """Return the column in which a fact stands."""
    return f"{_FACT}{name}" if name in _OWN else name


def plain_column(column: str) -> str:
    """Return a column as fact_column writes it: with `fact:` only where it must be."""
    name = column.removeprefix(_FACT)
    return column if name in _OWN else name


def fact_name(column: str) -> str:
    """Return the fact that stands in a column."""
    return column.removeprefix(_FACT)


def fact_cell(value: FactValue) -> str:
    """Return the cell that says a fact's value."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    escaped = value in {"", UNKNOWN} or value.startswith(_ESCAPE)
    return f"{_ESCAPE}{value}" if escaped else value


def cell_text(cell: str) -> str:
    """Return the text that a cell says which is neither empty nor `?`."""
    return cell.removeprefix(_ESCAPE)
