"""The report as a workbook: each section's sheet says what the report says."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
from golden import FOLDER, golden_scenarios
from harness import SCENARIOS, pack_named, read_scenario, start
from openpyxl import load_workbook

from orgraph.language import language
from orgraph.reports import Report, build_report, rendered
from orgraph.stores.memory import MemoryStore

SHOWN = [
    *(str(scenario.path.relative_to(SCENARIOS)) for scenario in golden_scenarios()),
    *(
        str(path.relative_to(SCENARIOS))
        for path in sorted((SCENARIOS / "cases").glob("*.yaml"))
    ),
]
Rows = list[dict[str, Any]]


@cache
def reported(name: str) -> Report:
    """Return the report of a scenario."""
    scenario = read_scenario(SCENARIOS / name)
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    assert scenario.apply is not None
    return build_report(store.plan(scenario.apply), store)


@cache
def read(name: str) -> Mapping[str, Rows]:
    """Return the sheets of a scenario's report, each row by its headings."""
    data = rendered(reported(name), "xlsx")
    assert isinstance(data, bytes)
    found = {}
    for sheet in load_workbook(io.BytesIO(data)):
        heading, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(heading, row, strict=True)) for row in rows]
    return found


def said(name: str) -> str:
    """Return all that is said in the sheets of a scenario's report."""
    return "\n".join(
        str(cell)
        for rows in read(name).values()
        for row in rows
        for cell in row.values()
    )


def leaves(data: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield every text of a JSON document, but not the keys."""
    if isinstance(data, Mapping):
        for value in data.values():
            yield from leaves(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from leaves(value)
    elif isinstance(data, str) and data:
        yield data


@pytest.mark.parametrize("name", SHOWN)
def test_everything_in_a_report_is_in_the_workbook(name: str) -> None:
    """Each id, name, code and sentence of the report in JSON is found in a sheet."""
    plain = reported(name).to_plain()
    labels = {kind: node.label for kind, node in reported(name).pack.nodes.items()}
    text = said(name)
    del plain["format"]
    for leaf in leaves(plain):
        assert labels.get(leaf, leaf) in text, leaf


@pytest.mark.parametrize("name", [f"{FOLDER.name}/five_districts.yaml"])
def test_sheets_by_what_the_report_counts(name: str) -> None:
    """A sheet has a row for each thing, and figures add up to those of the report."""
    sheets, plain = read(name), reported(name).to_plain()
    for title, key in (
        ("Findings", "findings"),
        ("Surplus", "surplus"),
        ("Who became what", "lineage"),
        ("Chains that change", "chains"),
    ):
        assert len(sheets.get(title, ())) == len(plain[key]), title
    counts = {row["kind"]: row for row in sheets["Counts below the roots"]}
    for side in ("before", "after"):
        assert {k: r[side] for k, r in counts.items() if r[side]} == {
            kind: n for kind, n in plain["totals"][side].items() if n
        }
    for row in counts.values():
        assert row["change"] == row["after"] - row["before"]
    dependents = Counter()
    for row in sheets["Dependents"]:
        for word in ("followed", "ended", "united", "kept", "asked"):
            dependents[row["edge"], word] += row[word]
    assert +dependents == Counter(
        {
            (edge, word): n
            for edge, words in plain["dependents"].items()
            for word, n in words.items()
            if n
        }
    )
    units = Counter(
        word
        for row in sheets["Units"]
        for word in row["what"].split(", ")
        if word != "unchanged"
    )
    assert units == {
        word: len(plain[word])
        for word in ("began", "ended", "moved", "revised")
        if plain[word]
    }


def test_the_summary_says_the_day_and_the_verdict() -> None:
    """The summary has the effective day as a day, the verdict, and what it rests on."""
    name = "cases/basis_founds_a_document.yaml"
    values = {row["what"]: row["value"] for row in read(name)["Summary"]}
    report = reported(name)
    assert values["effective"] == datetime.combine(
        date.fromisoformat(report.effective), datetime.min.time()
    )
    assert values["verdict"] == "nothing blocks it"
    assert report.basis is not None
    assert values["basis: number"] == report.basis["number"]
    assert values["basis: date"].date() == date.fromisoformat(report.basis["date"])
    name = "cases/six_faults_at_once.yaml"
    (verdict,) = [r["value"] for r in read(name)["Summary"] if r["what"] == "verdict"]
    found = reported(name).to_plain()["findings"]
    blocking = [f for f in found if (f["severity"], f["state"]) == ("error", "new")]
    assert verdict == f"refused by {len(blocking)} findings"


def test_unknown_is_said_and_absent_is_empty() -> None:
    """A fact that isn't known is the word, one that isn't there nothing."""
    sheets = read("cases/figures_at_two_levels.yaml")
    plain = reported("cases/figures_at_two_levels.yaml").to_plain()
    by_key = {(row["id"], row["fact"]): row for row in sheets["Facts"]}
    for unit in plain["units"]:
        for side in ("before", "after"):
            for fact, value in (unit[side] or {"facts": {}})["facts"].items():
                shown = by_key[unit["id"], fact][side]
                assert shown == ("unknown" if value is None else value)


def test_names_of_people_are_not_in_a_workbook() -> None:
    """Whoever is named in the graph is an id in the sheets."""
    name = f"{FOLDER.name}/cycle_of_three.yaml"
    scenario = read_scenario(SCENARIOS / name)
    people = {
        row.name
        for row in scenario.rows
        if row[1] == "member" and row[4] != row[0] and row[4]
    }
    text = said(name)
    assert not any(person in text for person in people)


@pytest.mark.parametrize("name", SHOWN)
def test_a_column_of_names_has_names_alone(name: str) -> None:
    """What has no name of its own in the report, such as people, has none there."""
    report = reported(name)
    names = {side.name for u in report.units for side in (u.before, u.after) if side}
    for title in ("Chains that change", "Posts left vacant", "Nobody in charge"):
        for row in read(name).get(title, ()):
            said = {
                row[key] for key in ("name", "its name", "unit's name") if key in row
            }
            assert said - {None} <= names, title


def test_a_workbook_in_vietnamese() -> None:
    """Its words, its days and the names of its sheets are Vietnamese; names stay."""
    name = "cases/commune_with_its_committee.yaml"
    data = rendered(reported(name), "xlsx", language("vi"))
    assert isinstance(data, bytes)
    book = load_workbook(io.BytesIO(data))
    assert len(book.sheetnames) == len(read(name))
    assert "Chuỗi cấp trên thay đổi" in book.sheetnames
    assert all(len(title) <= 31 for title in book.sheetnames)
    rows = {row[0].value: row[1] for row in book["Tóm tắt"].iter_rows()}
    assert rows["kết luận"].value == "không có gì cản trở"
    assert rows["ngày có hiệu lực"].is_date
    assert rows["ngày có hiệu lực"].number_format == "d/m/yyyy"
    values = {cell.value for row in book["Đơn vị"].iter_rows() for cell in row}
    assert {"Xã Ba", "bắt đầu"} <= values
