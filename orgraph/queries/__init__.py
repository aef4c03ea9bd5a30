"""The questions: who is above whom, how many are below, what was and what changed."""

from .chain import Chain, chain
from .crosswalk import Crosswalk, crosswalk
from .diff import diff_days, diff_revisions
from .history import history
from .library import Library
from .lineage import Lineage, lineage
from .names import find_nodes, name_node
from .show import show
from .spells import Spell, spells
from .tally import Tally, tally

__all__ = [
    "Chain",
    "Crosswalk",
    "Library",
    "Lineage",
    "Spell",
    "Tally",
    "chain",
    "crosswalk",
    "diff_days",
    "diff_revisions",
    "find_nodes",
    "history",
    "lineage",
    "name_node",
    "show",
    "spells",
    "tally",
]
