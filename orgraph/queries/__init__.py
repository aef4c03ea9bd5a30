"""The questions: who is above whom, who is missing, what is below, what changed."""

from .candidates import Sought
from .chain import Chain, chain
from .charges import ChargeChain, charge_chain
from .concurrency import Concurrency, concurrency
from .coverage import Coverage, Series, coverage, coverage_series
from .crosswalk import Crosswalk, crosswalk
from .diff import diff_days, diff_revisions
from .eligible import Eligible, eligible
from .history import history
from .library import Library, called
from .lineage import Lineage, lineage
from .names import Life, find_nodes, lives, name_node
from .path import Path, path
from .places import JointCells, WhiteVillages, joint_cells, white_villages
from .show import show
from .span import Spans, span
from .spells import Spell, spells
from .tally import Tally, tally
from .uncovered import Uncovered, uncovered
from .vacancies import vacancies
from .vacancy import Vacancies

__all__ = [
    "Chain",
    "ChargeChain",
    "Concurrency",
    "Coverage",
    "Crosswalk",
    "Eligible",
    "JointCells",
    "Library",
    "Life",
    "Lineage",
    "Path",
    "Series",
    "Sought",
    "Spans",
    "Spell",
    "Tally",
    "Uncovered",
    "Vacancies",
    "WhiteVillages",
    "called",
    "chain",
    "charge_chain",
    "concurrency",
    "coverage",
    "coverage_series",
    "crosswalk",
    "diff_days",
    "diff_revisions",
    "eligible",
    "find_nodes",
    "history",
    "joint_cells",
    "lineage",
    "lives",
    "name_node",
    "path",
    "show",
    "span",
    "spells",
    "tally",
    "uncovered",
    "vacancies",
    "white_villages",
]
