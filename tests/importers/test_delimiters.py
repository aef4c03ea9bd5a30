"""A CSV file with commas, semicolons or tabs is the same table, as its header says."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from books import TOWN, load_file, problems
from hypothesis import given
from hypothesis import strategies as st
from loading import load, refused

from orgraph.conversion.notes import load_words
from orgraph.conversion.tables import read_conversion
from orgraph.importers.delimiters import delimiter_of
from orgraph.model import Span

UNITS = """\
id,kind,name,code,since,people
s,state,"Land; of, many\t",,2000,
m,municipality,"Ash
",7,2000,
n,municipality,Elm,8,2000,{people}
"""
BEGINS = ["", "sep={}\r\n", '"sep={}"\n', "SEP={}\n"]
three = pytest.mark.parametrize(
    "delimiter", [",", ";", "\t"], ids=["comma", "semi", "tab"]
)


def saved(text: str, delimiter: str, begin: str = "") -> str:
    """Return a table as a spreadsheet saves it with another delimiter."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(csv.reader(io.StringIO(text)))
    return begin.format(delimiter) + out.getvalue()


@three
@pytest.mark.parametrize("begin", BEGINS, ids=["plain", "sep", "quoted", "capitals"])
def test_any_delimiter(tmp_path: Path, delimiter: str, begin: str) -> None:
    """Cells are the same whatever is between them, with or without a line sep=;."""
    text = "\ufeff" + saved(UNITS.format(people=4), delimiter, begin)
    store, loaded = load(tmp_path, text)
    assert loaded.counts == {"municipality": 2, "state": 1}
    names = [row.name for row in store.nodes(["m", "s"], Span.always())]
    assert sorted(names) == ["Ash", "Land; of, many"]


@three
@pytest.mark.parametrize(("begin", "line"), [("", 5), ("sep={}\n", 6)])
def test_places_of_faults(
    tmp_path: Path, delimiter: str, begin: str, line: int
) -> None:
    """A fault is on its line of the file, which sep=; is one of."""
    (found,) = refused(tmp_path, saved(UNITS.format(people=-1), delimiter, begin))
    assert found.startswith(f"a.csv:{line}: people is -1")


@three
@pytest.mark.parametrize("begin", BEGINS[:2], ids=["plain", "sep"])
@pytest.mark.parametrize("above", [0, 2])
def test_by_a_mapping(tmp_path: Path, delimiter: str, begin: str, above: int) -> None:
    """The header is on the row that a mapping says, whatever stands above it."""
    rows = [["TOWNS, of; the, South"], []][:above]
    rows += [["No", "Name", "From"], ["7", "Ash; Elm", "2020"], ["8", "Fir, 9", "2021"]]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    text = begin.format(delimiter) + out.getvalue()
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    said = TOWN.replace("[[tables]]\n", f"[[tables]]\nheader = {above + 1}\n", 1)
    store = load_file(tmp_path, "t.csv", said)
    found = sorted(store.nodes(["m-007", "m-008"], Span.always()))
    assert [(row.name, row.since) for row in found] == [
        ("Ash; Elm", date(2020, 1, 1)),
        ("Fir, 9", date(2021, 1, 1)),
    ]
    (tmp_path / "t.csv").write_text(text.replace("2021", "2o21"), encoding="utf-8")
    (told,) = problems(tmp_path, None, said, "t.csv")
    assert told.startswith(f"t.csv:{above + 3 + bool(begin)}: From: ")


@three
def test_to_draft_from(tmp_path: Path, delimiter: str) -> None:
    """A conversion table has its fields, too."""
    text = (
        "old_code,old_name,new_code,new_name,note\n"
        '1,Ash,9,Elm,"part of the area, all of the people"\n'
    )
    (tmp_path / "t.csv").write_text(saved(text, delimiter), encoding="utf-8")
    (line,) = read_conversion(tmp_path / "t.csv", load_words()).lines
    assert line[1:6] == ("1", "Ash", "9", "Elm", "part of the area, all of the people")
    assert str(line.place) == f"{tmp_path}/t.csv:2"


HEADERS = st.lists(st.text('ab,;\t "\n', max_size=6), min_size=2, max_size=5)


@given(
    delimiter=st.sampled_from(",;\t"),
    headers=HEADERS,
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_what_is_in_quotes_is_no_delimiter(
    delimiter: str, headers: list[str], quoting: int
) -> None:
    """Where headers stand in quotes, whatever is in them, the delimiter is found."""
    out = io.StringIO(newline="")
    lines = [["x", *headers], ["1;2;3;4;5;6", "1,2,3,4,5,6", "1\t2\t3\t4\t5\t6"]]
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(lines)
    assert delimiter_of(out.getvalue()) == delimiter


@pytest.mark.parametrize("text", ["", "one\na;b\n", '"a;b"\n1;2\n', "a|b\n1;2\n"])
def test_a_header_without_any_is_one_column(text: str) -> None:
    """Nothing but the header says what the delimiter is."""
    assert delimiter_of(text) == ","
