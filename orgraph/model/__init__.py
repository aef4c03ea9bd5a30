"""The words everything else is said in: days, ids, facts and the two kinds of row."""

from .days import (
    BEGINNING,
    FOREVER,
    Span,
    last_day,
    parse_day,
    parse_since,
    shown_day,
)
from .facts import Facts, FactValue, fold, normalise_text
from .ids import default_id, id_problem, slug
from .rows import (
    IN,
    OUT,
    Direction,
    EdgeKey,
    EdgeRow,
    Key,
    NodeKey,
    NodeRow,
    Row,
    continues,
    same_content,
    united,
)

__all__ = [
    "BEGINNING",
    "FOREVER",
    "IN",
    "OUT",
    "Direction",
    "EdgeKey",
    "EdgeRow",
    "FactValue",
    "Facts",
    "Key",
    "NodeKey",
    "NodeRow",
    "Row",
    "Span",
    "continues",
    "default_id",
    "fold",
    "id_problem",
    "last_day",
    "normalise_text",
    "parse_day",
    "parse_since",
    "same_content",
    "shown_day",
    "slug",
    "united",
]
