"""Quảng Ninh from 2019 to 2025: three real reorganisations on one timeline."""

import csv
import importlib.util
import json
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from orgraph.conversion.spelling import tone_key
from orgraph.importers import load_tables
from orgraph.model import Span
from orgraph.pack import load_pack
from orgraph.proposal import read_proposal
from orgraph.stores import MemoryStore

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
EARLIER = SCENARIOS / "quang_ninh_2020_2024"
LATER = SCENARIOS / "quang_ninh_2025"


def _load(folder: Path) -> ModuleType:
    name = f"{folder.name}_build"
    spec = importlib.util.spec_from_file_location(name, folder / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


earlier, later = _load(EARLIER), _load(LATER)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _replayed() -> tuple[MemoryStore, list[date]]:
    """Return a store in which the whole timeline was applied, and its days."""
    store = MemoryStore(load_pack("vietnam"))
    load_tables(store, [EARLIER / "nodes.csv", EARLIER / "edges.csv"])
    days = []
    for line in (EARLIER / "timeline.jsonl").read_text(encoding="utf-8").splitlines():
        proposal = read_proposal(EARLIER / json.loads(line)["proposal"])
        plan = store.plan(proposal)
        worst = [f for f in plan.findings if f.severity != "info"]
        assert [f.message for f in worst] == []
        store.commit(plan)
        days.append(proposal.effective)
    return store, days


def _living(day: date, kind: str) -> dict[str, Any]:
    """Return the units of a kind on a day, by id."""
    store, _ = _replayed()
    found = store.walk(["province-22"], ["PART_OF"], "in", Span.day(day))
    ids = {edge.source for edge in found}
    rows = store.nodes(sorted(ids), Span.day(day))
    return {row.id: row for row in rows if row.kind == kind}


def test_committed_files_are_what_the_scripts_write() -> None:
    """Both scripts write what is committed, byte for byte."""
    assert earlier.main(["--check"]) == 0
    assert later.main(["--check"]) == 0


def test_stale_files_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --check the exit code is 1 where a file is missing, and its name is said."""
    for name, text in later.generated().items():
        (tmp_path / name).write_bytes(text.encode())
    assert later.stale(tmp_path) == []
    (tmp_path / "edges.csv").unlink()
    assert later.stale(tmp_path) == ["edges.csv"]
    monkeypatch.setattr(earlier, "base", lambda: {"nodes.csv": "other"})
    assert earlier.main(["--check"]) == 1
    assert "nodes.csv is stale" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "districts", "types"),
    [
        ("2019-12-31", 14, {"xã": 111, "phường": 67, "thị trấn": 8}),
        ("2020-01-01", 13, {"xã": 98, "phường": 72, "thị trấn": 7}),
        ("2024-10-31", 13, {"xã": 98, "phường": 72, "thị trấn": 7}),
        ("2024-11-01", 13, {"xã": 91, "phường": 73, "thị trấn": 7}),
        ("2025-07-01", 0, {"xã": 22, "phường": 30, "đặc khu": 2}),
    ],
)
def test_counts_on_a_day(day: str, districts: int, types: dict[str, int]) -> None:
    """Each day has its number of districts, and of communes of each type."""
    on = date.fromisoformat(day)
    assert len(_living(on, "district")) == districts
    communes = _living(on, "commune").values()
    assert Counter(row.facts["type"] for row in communes) == types


def test_the_old_side_of_2025_is_what_the_timeline_gives() -> None:
    """Codes, names and districts are those of the 2025 table, but for tone marks.

    The lists write Hải Hoà and Hải Hòa.
    """
    store, _ = _replayed()
    day = date(2025, 6, 30)
    communes, districts = _living(day, "commune"), _living(day, "district")
    above = {
        edge.source: districts[edge.target]
        for edge in store.edges(sorted(communes), ["PART_OF"], "out", Span.day(day))
    }
    found = {
        (row.code, tone_key(row.name), above[row.id].code, tone_key(above[row.id].name))
        for row in communes.values()
    }
    assert found == {
        (
            row["old_code"],
            tone_key(row["old_name"]),
            row["old_district_code"],
            tone_key(row["old_district"]),
        )
        for row in _rows(LATER / "table.csv")
    }


def test_ids_go_on() -> None:
    """A unit that absorbs keeps its id; one that is merged anew has one of its day."""
    before = _living(date(2025, 6, 30), "commune")
    assert {row.id for row in before.values() if "-20" in row.id} == {
        "commune-06799-2024-11-01",
        "commune-06985-2024-11-01",
    }
    assert before["commune-07093"].name == "Phường Đức Chính"
    after = _living(date(2025, 7, 1), "commune")
    old = {row.id for row in after.values() if not row.id.endswith("2025-07-01")}
    assert {after[node].name for node in old} == {"Xã Cái Chiên"}
    assert after["commune-06799-2025-07-01"].name == "Xã Hải Hòa"


def test_where_the_people_of_a_namesake_went() -> None:
    """All people of Cộng Hòa are followed over Hải Hòa of 2024 to Hải Lạng of 2025."""
    store, _ = _replayed()
    ((first),) = store.edges(["commune-06799"], ["SUCCEEDED_BY"], "out", Span.always())
    assert first.target == "commune-06799-2024-11-01"
    later_ones = store.edges([first.target], ["SUCCEEDED_BY"], "out", Span.always())
    wholly = {edge.target: edge.facts.get("all_of") for edge in later_ones}
    assert wholly == {
        "commune-06799-2025-07-01": None,
        "commune-06886-2025-07-01": "people",
    }
    people = {edge.target: edge.facts.get("people") for edge in later_ones}
    assert people["commune-06799-2025-07-01"] == 0


def test_the_proposal_of_2025_applies_to_its_own_tables() -> None:
    """The proposal names units by codes, and so fits both stores: 171 become 54."""
    store = MemoryStore(load_pack("vietnam"))
    load_tables(store, [LATER / "nodes.csv", LATER / "edges.csv"])
    plan = store.plan(read_proposal(LATER / "proposal.yaml"))
    assert {f.severity for f in plan.findings} == {"info"}
    text = (LATER / "proposal.yaml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["steps"]
    assert Counter(step["op"] for step in steps) == {
        "abolish_tier": 1,
        "merge_units": 34,
        "reorganise_units": 8,
    }


def test_moves_that_differ_from_the_end_of_a_district(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list that moves other communes than those of the ended district is refused."""
    changes = _rows(EARLIER / "changes.csv")
    left = [
        row for row in changes if (row["event"], row["sources"]) != ("move", "07033")
    ]
    communes = _rows(EARLIER / "communes_2019.csv")
    tables = {"changes.csv": left, "communes_2019.csv": communes}
    monkeypatch.setattr(earlier, "_read", tables.__getitem__)
    assert earlier.main(["--check"]) == 2
    assert "district 204" in capsys.readouterr().err
