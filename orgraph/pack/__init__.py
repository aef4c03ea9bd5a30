"""A schema pack: what an organisation and its territory are made of, as data."""

from .asked import Asked, Ending, Figure, Freeze, MergerType, Reduction, Threshold
from .kinds import (
    EVENTS,
    EdgeKind,
    End,
    Event,
    FactKind,
    Fate,
    NodeKind,
    Source,
)
from .limits import LIMITING, Combination, Held, Limit
from .loader import load_pack, pack_from_data, pack_names
from .mirrors import Becomes, Mirror, United
from .models import Pack
from .people import People
from .versions import OtherVersionError, other_pack, stored_pack
from .words import Places

__all__ = [
    "EVENTS",
    "LIMITING",
    "Asked",
    "Becomes",
    "Combination",
    "EdgeKind",
    "End",
    "Ending",
    "Event",
    "FactKind",
    "Fate",
    "Figure",
    "Freeze",
    "Held",
    "Limit",
    "MergerType",
    "Mirror",
    "NodeKind",
    "OtherVersionError",
    "Pack",
    "People",
    "Places",
    "Reduction",
    "Source",
    "Threshold",
    "United",
    "load_pack",
    "other_pack",
    "pack_from_data",
    "pack_names",
    "stored_pack",
]
