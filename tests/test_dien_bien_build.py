"""The script of the Điện Biên scenario, and the tables that stand beside it."""

import csv
import importlib.util
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from orgraph.pack import load_pack

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "scenarios" / "dien_bien_2025"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "dien_bien_2025_build", FOLDER / "build.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = _load()


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parsed(text: str) -> dict[str, Any]:
    """Read YAML with every scalar as the text that stands there."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - builds nothing but text


def _steps(rows: list[Any], order: str = "tier-first") -> list[dict[str, Any]]:
    text = build.proposal(rows, build.read_new_communes(), order)
    steps: list[dict[str, Any]] = _parsed(text)["steps"]
    return steps


@pytest.mark.parametrize("name", ["nodes.csv", "edges.csv", "proposal.yaml"])
def test_committed_files_are_what_the_script_writes(name: str) -> None:
    """The committed files are what the script writes, byte for byte."""
    assert (FOLDER / name).read_bytes() == build.generated()[name].encode()


def test_check_names_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --check the exit code is 0 while all is fresh, and 1 with the stale name."""
    assert build.main(["--check"]) == 0
    for name, text in build.generated().items():
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "edges.csv").write_text("kind\n", encoding="utf-8")
    assert build.stale(tmp_path) == ["edges.csv"]
    monkeypatch.setattr(build, "stale", lambda: ["edges.csv"])
    assert build.main(["--check"]) == 1
    assert "edges.csv is stale" in capsys.readouterr().out


def test_there_are_129_communes_in_10_districts() -> None:
    """The tables hold the province, its 10 districts and their 129 communes."""
    kinds = Counter(row["kind"] for row in _table("nodes.csv"))
    assert kinds == {"province": 1, "district": 10, "commune": 129}
    targets = Counter(row["target"].split("-")[0] for row in _table("edges.csv"))
    assert targets == {"province": 10, "district": 129}


def test_every_commune_is_merged_once() -> None:
    """The tier ends first, and then 45 mergers take every commune exactly once."""
    steps = _parsed((FOLDER / "proposal.yaml").read_text(encoding="utf-8"))["steps"]
    assert steps[0] == {
        "op": "abolish_tier",
        "kind": "district",
        "within": "province-11",
    }
    mergers = steps[1:]
    assert len(mergers) == 45
    assert {step["op"] for step in mergers} == {"merge_units"}
    taken = [source for step in mergers for source in step["sources"]]
    codes = [r["code"] for r in _table("nodes.csv") if r["kind"] == "commune"]
    assert sorted(taken) == sorted(f"code:{code}" for code in codes)
    types = Counter(step["into"]["facts"]["type"] for step in mergers)
    assert types == {"xã": 42, "phường": 3}
    assert len({step["as"] for step in mergers}) == 45


def test_the_head_cites_the_resolution() -> None:
    """The proposal takes effect on 1 July 2025 and cites its resolution."""
    proposal = _parsed((FOLDER / "proposal.yaml").read_text(encoding="utf-8"))
    assert proposal["effective"] == "2025-07-01"
    assert proposal["basis"] == {
        "issuer": "UBTVQH15",
        "number": "1661/NQ-UBTVQH15",
        "date": "2025-06-16",
    }


def test_codes_are_quoted() -> None:
    """Every code of a new commune stands in quotes, so that it stays text."""
    text = (FOLDER / "proposal.yaml").read_text(encoding="utf-8")
    assert text.count('code: "0') == 45
    assert yaml.safe_load(text)["steps"][1]["into"]["code"] == "03127"


def test_merged_first_eight_steps_say_what_they_come_under() -> None:
    """In the other order the tier ends last, and 8 mergers say what they are under."""
    rows = build.read_table()
    first, other = _steps(rows), _steps(rows, "merge-first")
    assert other[-1] == first[0]
    under = [step.pop("under") for step in other if "under" in step]
    assert under == ["province-11"] * 8
    assert other[:-1] == first[1:]


def test_other_order_is_written_where_asked(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The other order goes to the path given, or else to the console."""
    path = tmp_path / "other.yaml"
    assert build.main(["--order", "merge-first", "--output", str(path)]) == 0
    assert build.main(["--order", "merge-first"]) == 0
    assert path.read_bytes() == capsysbinary.readouterr().out
    assert build.main(["--check"]) == 0


def test_one_row_less_changes_the_counts() -> None:
    """Without one row of a merger of three there is one commune and one source less."""
    rows = build.read_table()
    (gone,) = [row for row in rows if row.old.code == "03157"]
    rows.remove(gone)
    nodes = list(csv.DictReader(build.node_table(rows).splitlines()))
    assert Counter(row["kind"] for row in nodes)["commune"] == 128
    assert len(build.edge_table(rows).splitlines()) == 1 + 138
    mergers = _steps(rows)[1:]
    assert len(mergers) == 45
    assert sum(len(step["sources"]) for step in mergers) == 128
    title = _parsed(build.proposal(rows, build.read_new_communes()))["title"]
    assert "from 128 communes to 45" in title


def test_names_are_nfc() -> None:
    """Every name of the tables is in NFC, whatever the list it came from."""
    for row in _table("nodes.csv"):
        assert unicodedata.is_normalized("NFC", row["name"])


@pytest.mark.parametrize(
    ("kind", "name", "type_"),
    [
        ("commune", "Thi trấn Tuần Giáo", "thị trấn"),
        ("commune", "xã Mường Nhé", "xã"),
        ("district", "Thị Xã Mường Lay", "thị xã"),
    ],
)
def test_slips_in_a_prefix_are_read(kind: str, name: str, type_: str) -> None:
    """A missing accent or another capital in a prefix doesn't hide the type."""
    assert build.unit_type(kind, name) == type_


def test_a_name_without_a_type_is_refused() -> None:
    """A name that doesn't begin with a type is refused, not guessed."""
    with pytest.raises(ValueError, match="doesn't begin with a type of commune"):
        build.unit_type("commune", "Mường Nhé")


def test_a_part_is_refused(tmp_path: Path) -> None:
    """A row that isn't a whole merger can't be said by this script, and is refused."""
    table = tmp_path / "table.csv"
    text = build.TABLE.read_text(encoding="utf-8")
    table.write_text(text.replace("toàn bộ", "một phần", 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"03127.*not a whole merger"):
        build.read_table(table)


def test_the_organisation_fits_the_pack_and_the_territory() -> None:
    """Every hand-made row joins what exists, as the pack allows, within both lives."""
    pack = load_pack(str(ROOT / "schema" / "vietnam"))
    nodes = _table("nodes.csv") + _table("organisation_nodes.csv")
    known = {row["id"]: row for row in nodes}
    assert len(known) == len(nodes)
    for row in _table("organisation_edges.csv"):
        source, target = known[row["source"]], known[row["target"]]
        assert pack.may_join(row["kind"], source["kind"], target["kind"]), row
        for end in (source, target):
            assert row["since"] >= end["since"], row
            if end["until"] and row["kind"] != pack.lineage:
                assert "" < row["until"] <= end["until"], row


def test_the_proposal_asks_nothing_of_the_organisation() -> None:
    """What stands on the territory settles without an answer when it is reorganised."""
    pack = load_pack(str(ROOT / "schema" / "vietnam"))
    kinds = {row["id"]: row["kind"] for row in _table("nodes.csv")}
    for row in _table("organisation_edges.csv"):
        edge = pack.edges[row["kind"]]
        if kinds.get(row["target"]) == "commune":
            assert edge.default_fate("merged", "target") in {"follow", "keep"}
        if kinds.get(row["target"]) == "district":
            assert edge.default_fate("tier_abolished", "target") == "end"
