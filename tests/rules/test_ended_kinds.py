"""A kind that the law has ended: an audit names each of its units, from the day on."""

import csv
from datetime import date

from harness import pack_named
from synthetic_provinces import FOLDERS, SCENARIOS

from orgraph.engine import audit
from orgraph.importers import load_tables
from orgraph.rules.ended_kinds import GONE
from orgraph.stores.memory import MemoryStore

SOURCE = "Resolution 76/2025/UBTVQH15 and the provincial resolutions of 2025-06-16"
FOLDER = SCENARIOS / FOLDERS["quang-ninh"]


def test_an_audit_names_each_district_from_the_day_on() -> None:
    """All that the table of nodes calls a district, and none of them the day before."""
    store = MemoryStore(pack_named("vietnam"))
    load_tables(store, [FOLDER / "nodes.csv", FOLDER / "edges.csv"])
    with (FOLDER / "nodes.csv").open(encoding="utf-8", newline="") as file:
        rows = [r["id"] for r in csv.DictReader(file) if r["kind"] == "district"]
    assert len(rows) == 13
    for day, expected in ((date(2025, 6, 30), []), (date(2025, 7, 2), sorted(rows))):
        found = [f for f in audit(store, day) if f.code == GONE.code]
        assert sorted(f.subject for f in found) == expected
        assert {(f.severity, str(f.source)) for f in found} <= {("error", SOURCE)}
