"""What drafting a whole country costs: 10,571 rows, as a cold process."""

from collections.abc import Iterator
from functools import partial

from .commands import ORGRAPH, run
from .country import EFFECTIVE, PROPOSALS, SCENARIO
from .ground import Ground
from .measure import alternate
from .table import Result, at_most

LIMIT = 3.0


def drafting(ground: Ground) -> Iterator[Result]:
    """Draft the proposals of July 2025, with everything that is found in the table."""
    command = [
        *(ORGRAPH, "draft", str(SCENARIO / "table.csv")),
        *("--effective", str(EFFECTIVE)),
        *("--pack", "vietnam", "--abolish", "district", "--unknown-shares"),
        *("--group-by", "new_province_code"),
        *("--upper", str(SCENARIO / "provinces.csv")),
        *("--units", str(SCENARIO / "new_communes.csv"), "--basis-column", "decree"),
        *("-o", str(ground.folder / "drafts")),
    ]
    series = alternate(ground.runs, partial(run, "draft", command))
    written = list((ground.folder / "drafts").glob("*.yaml"))
    assert len(written) == PROPOSALS
    what = "orgraph draft of the whole country, 10,571 rows, cold"
    yield at_most("draft", what, series.seconds("draft"), LIMIT, unit="s")
