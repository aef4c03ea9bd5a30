"""A schema pack: what an organisation and its territory are made of, as data."""

from .kinds import (
    EVENTS,
    EdgeKind,
    End,
    Event,
    FactKind,
    Fate,
    NodeKind,
    Source,
    Threshold,
)
from .loader import load_pack, pack_from_data, pack_names
from .models import Pack

__all__ = [
    "EVENTS",
    "EdgeKind",
    "End",
    "Event",
    "FactKind",
    "Fate",
    "NodeKind",
    "Pack",
    "Source",
    "Threshold",
    "load_pack",
    "pack_from_data",
    "pack_names",
]
