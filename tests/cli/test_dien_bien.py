"""Điện Biên 2025 from its tables to undo, counted through public questions alone."""

import csv
import importlib.util
import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from reform import BEFORE, DAY, PROPOSAL, Ask, Item, edges, nodes
from running import SCENARIO, TERRITORY, Orgraph

PROVINCE = "province-11"


def _load() -> ModuleType:
    name = "dien_bien_2025_for_cli"
    spec = importlib.util.spec_from_file_location(name, SCENARIO / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = _load()
ROWS = build.read_table()
NEW = build.read_new_communes()


@pytest.fixture
def applied(territory: Path, orgraph: Orgraph) -> Path:
    """Return the store with the reform applied as revision 2."""
    outcome = orgraph("apply", PROPOSAL, "--yes")
    assert outcome.code == 0, outcome.said
    return territory


def assert_follows_table(ask: Ask) -> None:
    """Check that the store says of the reform what the official table says."""
    counts = {
        day: ask("tally", PROVINCE, "--on", day)["counts"] for day in (BEFORE, DAY)
    }
    assert counts[BEFORE] == {"commune": 129, "district": 10}
    assert counts[DAY] == {"commune": 45}
    items = ask("diff", BEFORE, DAY)["items"]
    _assert_ended(items)
    _assert_began(items)
    _assert_successors(items)


def _assert_ended(items: list[Item]) -> None:
    """Check that every old commune and district ended on the day, and nothing else."""
    ended = nodes(items, "ended", "commune")
    assert {item["before"]["code"] for item in ended.values()} == {
        row.old.code for row in ROWS
    }
    assert len(ended) == 129
    districts = nodes(items, "ended", "district")
    assert {item["before"]["code"] for item in districts.values()} == {
        row.district.code for row in ROWS
    }
    assert len(districts) == 10
    for item in (*ended.values(), *districts.values()):
        assert (item["before"]["until"], item["after"]) == (DAY, None)
    parents = edges(items, "ended", "PART_OF")
    assert parents.keys() == ended.keys() | districts.keys()


def _assert_began(items: list[Item]) -> None:
    """Check the new communes: code, name, type, parent and basis of each."""
    began = nodes(items, "began", "commune")
    said = {
        item["after"]["code"]: (item["name"], item["after"]["facts"])
        for item in began.values()
    }
    assert said == {
        code: (
            new.name,
            {"type": new.type, "longitude": new.longitude, "latitude": new.latitude},
        )
        for code, new in NEW.items()
    }
    assert Counter(facts["type"] for _, facts in said.values()) == {
        "xã": 42,
        "phường": 3,
    }
    assert not nodes(items, "began", "district")
    parents = edges(items, "began", "PART_OF")
    assert parents.keys() == began.keys()
    assert {edge["target"] for edge in parents.values()} == {PROVINCE}
    assert edges(items, "began", "BASED_ON").keys() == began.keys()


def _assert_successors(items: list[Item]) -> None:
    """Check that each old commune has the one whole successor of its table row."""
    code_of = {
        node: item["before"]["code"] if item["before"] else item["after"]["code"]
        for item in items
        if (node := item.get("node"))
    }
    lineage = edges(items, "began", "SUCCEEDED_BY")
    found = {
        code_of[source]: (code_of[edge["target"]], edge["after"]["facts"]["part"])
        for source, edge in lineage.items()
    }
    assert found == {row.old.code: (row.new.code, "whole") for row in ROWS}


def test_store_follows_official_table(applied: Path, ask: Ask) -> None:
    """Applied, the reform is row for row that of the official table."""
    assert applied.is_file()
    assert_follows_table(ask)


def test_every_commune_names_its_successor(applied: Path, ask: Ask) -> None:
    """An old commune shows its one successor, a new one its sources, found by code."""
    assert applied.is_file()
    for row in ROWS[::10]:
        old = ask("show", f"commune-{row.old.code}", "--on", DAY)
        assert not old["lives"]
        (successor,) = old["successors"]
        assert successor["name"] == NEW[row.new.code].name
        living = ask("find", row.new.code, "--on", DAY)["items"]
        assert [item["name"] for item in living] == [NEW[row.new.code].name]
        new = ask("show", living[0]["id"], "--on", DAY)
        assert sorted(source["id"] for source in new["predecessors"]) == sorted(
            f"commune-{other.old.code}" for other in ROWS if other.new == row.new
        )


@pytest.mark.parametrize("left_out", [0, 64, 128])
def test_checks_notice_a_missing_row(
    territory: Path, folder: Path, orgraph: Orgraph, ask: Ask, left_out: int
) -> None:
    """The same checks fail when one row of the table is not carried out."""
    assert territory.is_file()
    groups = Counter(row.new for row in ROWS)
    place = next(i for i in range(left_out, -1, -1) if groups[ROWS[i].new] > 2)
    rows = [row for i, row in enumerate(ROWS) if i != place]
    (folder / "less.yaml").write_text(build.proposal(rows, NEW), encoding="utf-8")
    assert orgraph("apply", "less.yaml", "--yes").code == 0
    with pytest.raises(AssertionError):
        assert_follows_table(ask)


def test_checks_notice_a_wrong_successor(
    territory: Path, folder: Path, orgraph: Orgraph, ask: Ask
) -> None:
    """The same checks fail when one commune goes to another new commune."""
    assert territory.is_file()
    groups = Counter(row.new for row in ROWS)
    taken = {row.new.code for row in ROWS}
    place = next(
        i
        for i, row in enumerate(ROWS)
        if groups[row.new] > 2 and row.old.code not in taken
    )
    other = next(row.new for row in ROWS if row.new != ROWS[place].new)
    rows = [r._replace(new=other) if i == place else r for i, r in enumerate(ROWS)]
    (folder / "other.yaml").write_text(build.proposal(rows, NEW), encoding="utf-8")
    assert orgraph("apply", "other.yaml", "--yes").code == 0
    with pytest.raises(AssertionError):
        assert_follows_table(ask)


def test_plan_has_no_change_too_many(
    territory: Path, folder: Path, orgraph: Orgraph
) -> None:
    """The plan has 497 changes, and beside them those of the basis document alone."""
    assert territory.is_file()
    assert orgraph("simulate", PROPOSAL, "--plan", "plan.json").code == 0
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    rows = [after or before for before, after in plan["changes"]]
    kinds = Counter(row[0] if len(row) == 6 else row[1] for row in rows)
    assert kinds.pop("BASED_ON") == 45
    assert kinds.pop("document") == 1
    assert kinds == {
        "commune": 129 + 45,
        "district": 10,
        "PART_OF": 184,
        "SUCCEEDED_BY": 129,
    }
    assert kinds.total() == 497
    assert kinds["commune"] + kinds["district"] == 184


def test_report_counts_what_became_of_all(territory: Path, ask: Ask) -> None:
    """The report names what began and ended, and nothing moved: the rest is net."""
    assert territory.is_file()
    report = ask("simulate", str(PROPOSAL))
    assert report["ok"]
    assert report["totals"] == {
        "before": {"commune": 129, "district": 10},
        "after": {"commune": 45},
    }
    assert Counter(node.partition("-")[0] for node in report["ended"]) == {
        "commune": 129,
        "district": 10,
    }
    assert len(report["began"]) == 45
    assert report["moved"] == report["revised"] == report["passing"] == []
    assert report["documents"] == ["document-1661-nq-ubtvqh15-2025-06-16"]
    assert report["unplanned"] == 0
    assert report["dependents"] == {
        "PART_OF": {"followed": 0, "ended": 10, "united": 0, "kept": 0, "asked": 0}
    }
    blocking = [f for f in report["findings"] if f["severity"] != "info"]
    assert blocking == []
    mergers = [unit for unit in report["units"] if unit["sources"]]
    assert len(mergers) == 45
    assert sum(len(unit["sources"]) for unit in mergers) == 129


def test_undo_gives_back_every_row(applied: Path, orgraph: Orgraph, ask: Ask) -> None:
    """Undone, no row differs from before, on no day, and the audit finds no fault."""
    assert applied.is_file()
    assert orgraph("undo", "--yes").code == 0
    assert ask("diff", "1", "3")["items"] == []
    assert ask("diff", BEFORE, DAY)["items"] == []
    assert ask("tally", PROVINCE, "--on", DAY)["counts"] == {
        "commune": 129,
        "district": 10,
    }
    assert ask("check", "--on", DAY)["ok"]
    numbers = [(i["number"], i["rows"]) for i in ask("history")["items"]]
    assert numbers == [(3, 543), (2, 543), (1, 279)]


def test_applied_again_after_undo(applied: Path, orgraph: Orgraph, ask: Ask) -> None:
    """After undo the same proposal goes through again, to the same rows."""
    assert applied.is_file()
    assert orgraph("undo", "--yes").code == 0
    assert orgraph("apply", PROPOSAL, "--yes").code == 0
    assert ask("diff", "2", "4")["items"] == []
    assert_follows_table(ask)


def test_order_of_steps_does_not_matter(
    applied: Path, folder: Path, made: Callable[..., Path], orgraph: Orgraph, ask: Ask
) -> None:
    """Merged first and the tier ended last, the rows are the same but for the step."""
    tier_first = ask("diff", "1", "2", "--store", str(applied))["items"]
    shutil.copy(made(*TERRITORY), folder / "other.db")
    text = build.proposal(ROWS, NEW, "merge-first")
    (folder / "other.yaml").write_text(text, encoding="utf-8")
    code = orgraph("apply", "other.yaml", "--yes", "--store", "other.db").code
    assert code == 0
    merge_first = ask("diff", "1", "2", "--store", "other.db")["items"]
    assert tier_first != merge_first
    assert _without_steps(tier_first) == _without_steps(merge_first)


def _without_steps(items: list[Item]) -> list[Item]:
    for item in items:
        if item["kind"] == "SUCCEEDED_BY":
            del item["after"]["facts"]["step"]
    return items


def test_the_text_says_the_same(applied: Path, orgraph: Orgraph) -> None:
    """In text, tally and show give the figures and the successor that JSON gives."""
    assert applied.is_file()
    told = orgraph("tally", "province:11", "--on", DAY).out
    assert re.search(r"commune +45\n", told)
    assert "district" not in told
    shown = orgraph("show", "commune-03157").out
    assert "commune-03160-2025-07-01  Xã Mường Nhé" in shown


def test_crosswalk_is_the_official_table(applied: Path, orgraph: Orgraph) -> None:
    """The crosswalk of the reform has the rows of the official table, and no other."""
    assert applied.is_file()
    days = ["--from", BEFORE, "--to", DAY, "--kind", "commune"]
    outcome = orgraph("crosswalk", *days, "--format", "csv")
    assert outcome.code == 0
    found = [
        tuple(row[c] for c in ("from_code", "from_name", "to_code", "to_name", "part"))
        for row in csv.DictReader(outcome.out.splitlines())
    ]
    names = {code: new.name for code, new in NEW.items()}
    assert sorted(found) == sorted(
        (row.old.code, row.old.name, row.new.code, names[row.new.code], "whole")
        for row in ROWS
    )


def test_lineage_is_the_official_table(applied: Path, ask: Ask) -> None:
    """A code means the old commune before the reform and the new one from it on."""
    assert applied.is_file()
    for row in ROWS[::10]:
        old = ask("lineage", f"code:{row.old.code}", "--on", BEFORE)
        (step,) = old["successors"]
        assert (step["code"], step["on"], step["part"]) == (row.new.code, DAY, "whole")
        assert step["basis"]["number"] == "1661/NQ-UBTVQH15"
        new = ask("lineage", f"code:{row.new.code}", "--on", DAY)
        assert new["node"] == step["id"]
        sources = sorted(other.old.code for other in ROWS if other.new == row.new)
        assert sorted(step["code"] for step in new["predecessors"]) == sources
