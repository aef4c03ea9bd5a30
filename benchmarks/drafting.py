"""What drafting a whole country costs: 10,571 rows, as a cold process."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from .ground import Ground
from .measure import timed
from .table import Result, at_most

COUNTRY = Path(__file__).resolve().parent.parent / "scenarios" / "vietnam_2025"
PROPOSALS = 34
LIMIT = 3.0


def drafting(ground: Ground) -> Iterator[Result]:
    """Draft the proposals of July 2025, with everything that is found in the table."""
    command = [
        *(str(Path(sys.executable).with_name("orgraph")), "draft"),
        *(str(COUNTRY / "table.csv"), "--effective", "2025-07-01"),
        *("--pack", "vietnam", "--abolish", "district", "--unknown-shares"),
        *("--group-by", "new_province_code"),
        *("--upper", str(COUNTRY / "provinces.csv")),
        *("--units", str(COUNTRY / "new_communes.csv"), "--basis-column", "decree"),
        *("-o", str(ground.folder / "drafts")),
    ]

    def run() -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, check=False, capture_output=True)

    series = []
    for _ in range(ground.rounds):
        seconds, done = timed(run)
        assert done.returncode == 0, done.stderr
        series.append(seconds)
    written = list((ground.folder / "drafts").glob("*.yaml"))
    assert len(written) == PROPOSALS
    what = "orgraph draft of the whole country, 10,571 rows, cold"
    yield at_most("draft", what, median(series), LIMIT, unit="s")
