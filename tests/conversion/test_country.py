"""The official table of 2025, whole: what it holds, and what is drafted from it."""

import csv
import importlib.util
import re
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

import orgraph
from orgraph.conversion import Drafted, load_words, read_conversion
from orgraph.conversion.components import Component, components

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "scenarios" / "vietnam_2025"
PEOPLE_AND_AREA = ("people", "area_m2")


@cache
def _build() -> ModuleType:
    name = "vietnam_2025_build"
    spec = importlib.util.spec_from_file_location(name, FOLDER / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@cache
def _country() -> Any:  # noqa: ANN401 - of the script
    return _build().read_country()


@cache
def _drafted() -> Drafted:
    drafted: Drafted = _build().proposals(_country())
    return drafted


@cache
def _components() -> list[Component]:
    return components(_country().edges)


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _steps() -> dict[str, list[dict[str, Any]]]:
    """Return the steps of each proposal, by the code of the new province."""
    return {
        text.code: yaml.load(text.text, yaml.CBaseLoader)["steps"]  # noqa: S506 - builds nothing but text
        for text in _drafted().texts
    }


def _groups_by_hand() -> list[tuple[set[str], set[str]]]:
    """Join old and new codes without a graph library: old and new units by group."""
    parent: dict[str, str] = {}

    def top(unit: str) -> str:
        while parent.setdefault(unit, unit) != unit:
            unit = parent[unit]
        return unit

    for row in _rows("table.csv"):
        parent[top(f"o{row['old_code']}")] = top(f"n{row['new_code']}")
    groups: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for unit in [*parent]:
        groups[top(unit)][unit.startswith("n")].add(unit[1:])
    return [*groups.values()]


def test_components_are_those_found_by_hand() -> None:
    """3,031 components, 122 of them many to many, the largest of 283 and 75 units."""
    sizes = Counter((len(c.olds), len(c.news)) for c in _components())
    by_hand = Counter((len(old), len(new)) for old, new in _groups_by_hand())
    assert sizes == by_hand
    assert sizes.total() == 3031
    many = {size: n for size, n in sizes.items() if min(size) > 1}
    assert sum(many.values()) == 122
    assert max(many) == (283, 75)


def test_splits_and_single_sources() -> None:
    """440 old units go to several new ones; 140 new ones come of a single old one."""
    edges = _country().edges
    targets = Counter(Counter(edge.old for edge in edges).values())
    assert targets == {1: 9601, 2: 368, 3: 55, 4: 16, 5: 1}
    sources = Counter(Counter(edge.new for edge in edges).values())
    assert (sources[1], max(sources), sources[max(sources)]) == (140, 14, 1)


def test_components_of_one_province() -> None:
    """In Quảng Ninh 43 components: 34 mergers, 8 many to many, and Cái Chiên."""
    own = [c for c in _components() if c.first.line.group == "22"]
    shapes = Counter((len(c.olds) > 1, len(c.news) > 1) for c in own)
    assert shapes == {(True, False): 34, (True, True): 8, (False, False): 1}
    (alone,) = [c for c in own if len(c.olds) == 1]
    assert alone.first.line.old_name == "Xã Cái Chiên"
    targets = Counter(edge.old for c in own for edge in c.edges)
    assert Counter(targets.values()) == {1: 159, 2: 11, 3: 1}


def test_no_component_crosses_a_province() -> None:
    """What hangs together is in one new province."""
    assert all(len({e.line.group for e in c.edges}) == 1 for c in _components())


def test_counts_are_those_of_the_list() -> None:
    """The counts by new province are those that the official list gives."""
    assert _build().differences(_country()) == []


def test_a_wrong_count_is_named(tmp_path: Path) -> None:
    """A list with another count is found to differ, in a sentence."""
    text = (FOLDER / "by_province.csv").read_text(encoding="utf-8")
    wrong = text.replace("22,Tỉnh Quảng Ninh,1,171", "22,Tỉnh Quảng Ninh,1,172")
    (tmp_path / "by_province.csv").write_text(wrong, encoding="utf-8")
    (said,) = _build().differences(_country(), tmp_path)
    assert said == "Tỉnh Quảng Ninh: old_communes is 171, not 172"


def test_every_note_is_read() -> None:
    """Each note of the table has a reading, and one is misspelt."""
    words = load_words()
    notes = {row["note"] for row in _rows("table.csv")}
    assert len(notes) == 19
    slips = [note for note in notes if not words.read(note)[1]]
    assert [words.read(note)[0] is not None for note in notes] == [True] * 19
    assert slips == ["Nhâp một phần diện tích"]


def test_what_is_found_in_the_table() -> None:
    """The table's known slips are found, and no error."""
    found = _drafted().findings
    counts = Counter((f.finding.code, f.finding.severity) for f in found)
    assert counts == {
        ("DRAFT04", "info"): 49,  # districts: Thị xã, Thị Xã
        ("DRAFT04", "warning"): 1,  # Điềm Thụy, Điềm Thuỵ
        ("DRAFT07", "warning"): 5,  # Ngan Dừa, Quảng Trị, and three without a type
        ("DRAFT11", "warning"): 1,
    }


def test_each_row_of_the_table_is_in_a_step() -> None:
    """Steps read back give the rows of the table, but for what stays as it is."""
    rows = Counter((r["old_code"], r["new_code"]) for r in _rows("table.csv"))
    found: Counter[tuple[str, str]] = Counter()
    for steps in _steps().values():
        labels = {}
        for step in steps:
            news = [*step.get("new", []), step.get("into", {})]
            news = [step["new"]] if step["op"] == "found_unit" else news
            for new in news:
                word = new.get("as") or step.get("as") if new else None
                labels[word] = new.get("code")
        for step in steps:
            if step["op"] == "merge_units" and step["into"]["kind"] == "commune":
                pairs = [(source, step["as"]) for source in step["sources"]]
            elif step["op"] == "reorganise_units":
                pairs = [(edge["from"], edge["to"]) for edge in step["edges"]]
            elif step["op"] == "close_unit":
                pairs = [(step["unit"].replace(":", ":D"), step["successors"][0])]
            else:
                continue
            for source, label in pairs:
                found[source.partition(":")[2], labels[label]] += 1
    left = rows - found
    assert found - rows == Counter()
    # 127 unchanged, 2 renamed, 2 and Thổ Châu of another type, 3 that live on in part
    assert all(old == new for old, new in left)
    assert left.total() == 135


def test_operations_of_the_country() -> None:
    """23 provinces and 2,772 communes are merged, 122 groups are reorganised."""
    steps = [step for steps in _steps().values() for step in steps]
    kinds = Counter(
        (step["op"], step["into"]["kind"] if "into" in step else "") for step in steps
    )
    assert kinds == {
        ("abolish_tier", ""): 34,
        ("merge_units", "province"): 23,
        ("merge_units", "commune"): 2772,
        ("reorganise_units", ""): 122,
        ("found_unit", ""): 5,
        ("close_unit", ""): 5,
        ("change_type", ""): 4,
        ("rename_unit", ""): 3,
    }


def test_the_order_of_a_province() -> None:
    """Provinces are merged, island districts replaced, then the tier ends."""
    order = [step["op"] for step in _steps()["48"]]
    assert order[:4] == ["merge_units", "found_unit", "close_unit", "abolish_tier"]
    founded, tier = _steps()["48"][1], _steps()["48"][3]
    assert founded["under"] == tier["within"] == "province_da_nang"
    assert _steps()["22"][0]["within"] == "province:22"


def test_the_area_whole_and_the_people_divided() -> None:
    """Kỳ Lợi gives all its area to one, and its people to three in unknown shares."""
    edges = [
        edge
        for step in _steps()["42"]
        for edge in step.get("edges", ())
        if edge["from"] == "commune:18796"
    ]
    assert [(edge["to"], edge["shares"]) for edge in edges] == [
        ("song_tri", {"area_m2": "none", "people": "unknown"}),
        ("vung_ang", {"area_m2": "all", "people": "unknown"}),
        ("hoanh_son", {"area_m2": "none", "people": "unknown"}),
    ]


def test_people_who_go_wholly() -> None:
    """Old Hải Hòa gives all its people to Hải Lạng, and none to its namesake."""
    edges = [
        (edge["to"], edge["shares"])
        for step in _steps()["22"]
        for edge in step.get("edges", ())
        if edge["from"] == "commune:06799"
    ]
    assert edges == [
        ("hai_hoa", {"area_m2": "unknown", "people": "none"}),
        ("hai_lang", {"area_m2": "unknown", "people": "all"}),
    ]


def test_a_remainder_lives_on() -> None:
    """Phường 15 and Lai Uyên live on as what is left of them, under their new names."""
    steps = _steps()["79"]
    kept = [ref for step in steps for ref in step.get("keep", ())]
    assert kept == ["commune:25822", "commune:27007"]
    revised = {s["unit"]: s["name"] for s in steps if "name" in s}
    assert revised == {
        "commune:25822": "Xã Bàu Bàng",
        "commune:27007": "Phường Tân Sơn",
    }


def test_mistyped_rows_are_found(tmp_path: Path) -> None:
    """The slips of the official table, put back into this one, are all found."""
    text = (FOLDER / "table.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    for row in rows:
        if row[3] == "01651":
            row[3] = "01615"
        if row[3] == "02482":
            row[3] = "02485"
        if row[3] == "00556" and "Thuận An" in row[2]:
            row[3] = "00553"
        if row[3] in {"27691", "30781"}:
            row[8] = "01"
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    words = load_words()
    table = read_conversion(path, words, {"group": rows[0][0]})
    country = _country()._replace(table=table)
    found = _build().proposals(country).findings
    errors = {(f.finding.subject, f.finding.code) for f in found if f.is_error}
    assert {code for code, _ in errors} >= {"01615", "02485", "00553"}
    assert ("00553", "DRAFT03") in errors
    placed = {code for code, kind in errors if kind == "DRAFT06"}
    assert len(placed) >= 2


def test_units_before() -> None:
    """Before, there are 63 provinces, 696 districts, 10,035 communes and a coast."""
    tables = _build().units_before(_country())
    nodes = list(csv.DictReader(tables.nodes.splitlines()))
    kinds = Counter(row["kind"] for row in nodes)
    assert kinds == {"province": 63, "district": 696, "commune": 10_036}
    assert len({row["id"] for row in nodes}) == len(nodes)
    untyped = [row["id"] for row in nodes if not row["type"]]
    assert untyped == ["commune-x376"]
    for row in nodes:
        wanted = "?" if row["kind"] == "commune" else ""
        assert [row[fact] for fact in PEOPLE_AND_AREA] == [wanted] * 2
    edges = list(csv.DictReader(tables.edges.splitlines()))
    above = {row["source"]: row["target"] for row in edges}
    assert len(above) == len(edges) == 10_732
    assert above["district-318"] == "province-31"
    assert "commune-d318" not in above
    assert above["commune-x376"] == "district-376"


def test_a_draft_loads_the_graph_library_only_when_it_is_needed() -> None:
    """Reading tables needs no networkx, nor does asking for help."""
    code = (
        "import sys, orgraph.cli.app, orgraph.conversion; "
        "sys.exit('networkx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_the_country_is_applied(tmp_path: Path) -> None:
    """All 34 proposals apply, and give the units that the official list counts."""
    paths = _build().write(tmp_path)
    name = tmp_path / "country.db"
    with orgraph.create(str(name), "vietnam") as store:
        files = [tmp_path / "nodes.csv", tmp_path / "edges.csv"]
        orgraph.load_tables(store, files)
        for path in paths:
            plan = store.plan(orgraph.read_proposal(path))
            assert not plan.refused, path.name
            store.commit(plan)
        found = orgraph.audit(store, _build().EFFECTIVE)
        assert {finding.severity for finding in found} == {"info"}
    with sqlite3.connect(name) as database:
        assert _counted(database) == {
            row["new_code"]: tuple(int(row[name]) for name in COUNTED)
            for row in _rows("by_province.csv")
        }
        for kind, number in {"district": 0, "province": 34, "commune": 3321}.items():
            living = "SELECT count(*) FROM node WHERE kind = ? AND until > ?"
            assert database.execute(living, (kind, DAY)).fetchone() == (number,), kind
        assert _lineage(database) == {
            (row["old_code"].removeprefix("D"), row["new_code"]): _part(row["note"])
            for row in _rows("table.csv")
            if not LIVES_ON.match(row["note"])
        }


LIVES_ON = re.compile(r"Giữ nguyên|Đổi|Phần còn lại|Sắp xếp toàn bộ xã")


def _part(note: str) -> str:
    whole = note == "Nhập toàn bộ" or note.startswith("Sắp xếp toàn bộ huyện")
    return "whole" if whole else "part"


def _lineage(database: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Return who became whom below the provinces, by codes, whole or in part."""
    rows = database.execute(
        """
        SELECT DISTINCT o.code, n.code, json_extract(e.facts, '$.part')
        FROM edge AS e
        JOIN node AS o ON o.id = e.source
        JOIN node AS n ON n.id = e.target
        WHERE e.kind = 'SUCCEEDED_BY' AND o.kind <> 'province'
        """
    )
    return {(old, new): part for old, new, part in rows}


DAY = "2025-07-01"
COUNTED = ("new_communes", "xa", "phuong", "dac_khu")


def _counted(database: sqlite3.Connection) -> dict[str, tuple[int, ...]]:
    """Count the communes of each province and their types, by plain SQL."""
    rows = database.execute(
        """
        SELECT p.code, count(*), sum(t = 'xã'), sum(t = 'phường'), sum(t = 'đặc khu')
        FROM (SELECT *, json_extract(facts, '$.type') AS t FROM node) AS c
        JOIN edge AS e ON e.source = c.id AND e.kind = 'PART_OF'
        JOIN node AS p ON p.id = e.target AND p.kind = 'province'
        WHERE c.kind = 'commune' AND c.until > ?1 AND e.until > ?1 AND p.until > ?1
        GROUP BY p.code
        """,
        (DAY,),
    )
    return {code: tuple(counts) for code, *counts in rows}
