"""The rows of the table, by the name that --only takes, in the order they are run.

The copy comes last: it fills the memory.
"""

from collections.abc import Callable, Iterator

from .asking import ask
from .auditing import check, totals
from .cadres import cadres
from .committing import commit, undo
from .drafting import drafting
from .ground import Ground
from .loading import imports, load
from .papers import papers
from .peopling import people
from .planning import copy, plan, statements
from .provincial import reform
from .reforming import as_of, crosswalk
from .replaying import component, replay
from .startup import startup
from .synthesis import synthesis
from .table import Result
from .workbooks import workbooks

ROWS: dict[str, Callable[[Ground], Iterator[Result]]] = {
    "plan": plan,
    "commit": commit,
    "undo": undo,
    "chain": ask,
    "cadres": cadres,
    "totals": totals,
    "reform": reform,
    "people": people,
    "check": check,
    "component": component,
    "replay": replay,
    "as-of": as_of,
    "crosswalk": crosswalk,
    "statements": statements,
    "startup": startup,
    "draft": drafting,
    "load": load,
    "import": imports,
    "workbook": workbooks,
    "papers": papers,
    "synth": synthesis,
    "copy": copy,
}
