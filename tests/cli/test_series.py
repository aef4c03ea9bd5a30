"""coverage as it is told: a table of units, or a series of days."""

from pathlib import Path

import pytest
from land import put
from running import Orgraph
from test_coverage import ON, tables


@pytest.fixture
def party(folder: Path, orgraph: Orgraph) -> Path:
    """Return a store with a commune, its villages and cells."""
    nodes, edges = tables()
    files = [put(folder, "n.csv", nodes), put(folder, "e.csv", edges)]
    outcome = orgraph("import", *files, "--pack", "vietnam")
    assert outcome.code == 0, outcome.err
    return folder / "orgraph.db"


def test_coverage_is_a_table_of_units(party: Path, orgraph: Orgraph) -> None:
    """All villages, those with each tag, then the commune that they are in."""
    assert party.is_file()
    lines = orgraph("coverage", "gc", *ON).out.splitlines()
    told = [" ".join(line.split()) for line in lines]
    assert told[0] == "2025-06-01 places own no members no cell joint unrecorded"
    assert told[1] == "all 40 1 1 35 3 0"
    assert told[2] == "border 0 0 0 0 0 0 (unknown of 40)"
    assert told[-1] == "commune Xã Đông 40 1 1 35 3 0"


def test_a_series_ends_on_its_last_day(party: Path, orgraph: Orgraph) -> None:
    """A year begins on the day and month of the first, and the last day is there."""
    assert party.is_file()
    told = orgraph("coverage", "gc", "--from", "2023-02-28", "--to", "2025-06-01")
    lines = told.out.splitlines()
    days = [line.split()[0] for line in lines[1:5]]
    assert days == ["2023-02-28", "2024-02-28", "2025-02-28", "2025-06-01"]
    assert lines[5].startswith("border, island, ")
    assert lines[5].endswith(": none (unknown of 40)")
    document = orgraph(
        *("coverage", "--from", "2024-01-31", "--to", "2024-04-01"),
        *("--every", "month", "--format", "json"),
    ).json
    assert [item["on"] for item in document["items"]] == [
        *("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-01"),
    ]


def test_a_series_lists_units_of_a_kind(party: Path, orgraph: Orgraph) -> None:
    """With --by each unit of the kind has its rows, below those of all and of tags."""
    assert party.is_file()
    asked = ("coverage", "gc", "--from", "2024-06-01", "--to", "2025-06-01")
    lines = orgraph(*asked, "--by", "commune").out.splitlines()
    told = [" ".join(line.split()) for line in lines]
    assert told[:-3] == [
        " ".join(ln.split()) for ln in orgraph(*asked).out.splitlines()
    ]
    assert told[-3] == "commune Xã Đông:"
    assert [line.split()[:2] for line in told[-2:]] == [
        ["2024-06-01", "40"],
        ["2025-06-01", "40"],
    ]


def test_a_series_follows_each_tag_that_a_village_has(
    folder: Path, orgraph: Orgraph
) -> None:
    """Such a tag has its rows, with what isn't known; of the others that is all."""
    nodes, edges = tables()
    lines = [f"{line}," for line in nodes.splitlines()]
    lines[0] += "border"
    for number, place in ((1, "v01"), (4, "v04")):
        village = f"{place},village,Thôn {number},"
        lines.remove(f"{village}2000,,,,,")
        lines.append(f"{village}2000,2024,,,,")
        lines.append(f"{village}2024,,,,,true")
    files = [
        put(folder, "n.csv", "\n".join(lines) + "\n"),
        put(folder, "e.csv", edges),
    ]
    outcome = orgraph("import", *files, "--pack", "vietnam")
    assert outcome.code == 0, outcome.err
    told = orgraph("coverage", "gc", "--from", "2023-06-01", "--to", "2025-06-01")
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    place = lines.index("border:")
    assert lines[place + 1 : place + 4] == [
        "2023-06-01 0 0 0 0 0 0 (unknown of 40)",
        "2024-06-01 2 0 0 1 1 0 (unknown of 38)",
        "2025-06-01 2 0 0 1 1 0 (unknown of 38)",
    ]
    assert lines[place + 4].endswith("specially_difficult: none (unknown of 40)")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--to", "2025-01-01"], "say with --from where it begins"),
        (["--from", "2025-01-01", "--to", "2024-01-01"], "comes before --from"),
        (["--from", "2025-01-01", *ON], "leave out --on"),
        (["--from", "2025-01-01", "--every", "week"], "month, quarter, year, not"),
        (["--from", "1900-01-01", "--every", "month"], "more than 400 days"),
        (["--every", "month"], "--every steps a series: say with --from where it"),
        (["--by", "hamlet"], "has no kind 'hamlet'"),
        (["--by", "village"], "no village is below a village; what it may be below is"),
        (["--by", "cell"], "is below a cell; what it may be below is: commune, "),
        (["nowhere"], "nowhere"),
    ],
)
def test_what_can_not_be_asked_is_said(
    party: Path, orgraph: Orgraph, given: list[str], said: str
) -> None:
    """A wrong use ends with 2 and one sentence."""
    assert party.is_file()
    outcome = orgraph("coverage", *given)
    assert outcome.code == 2
    assert said in outcome.err
