"""A file that is no workbook, or none that can be read, is refused in one sentence."""

import csv
import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from books import HEAD, TOWN, book, load_file, problems
from loading import NODES, empty
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from orgraph.errors import InputError
from orgraph.importers import load_tables, package
from orgraph.importers.workbook import Workbook
from orgraph.model import Span

GOOD = [HEAD, ("007", "Ash", "2020")]
SHEET = "xl/worksheets/sheet1.xml"


def good(folder: Path) -> bytes:
    """Return the bytes of a workbook that can be read."""
    book(folder / "good.xlsx", S=GOOD)
    return (folder / "good.xlsx").read_bytes()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """Return a workbook of which one part is another, or isn't there."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            found = old.read(name)
            written = change(found) if name == part else found
            if written is not None:
                new.writestr(name, written)
    return made.getvalue()


def bomb(data: bytes) -> bytes:
    """Return a small workbook with a sheet of some megabytes."""
    rows = b"<row><c><v>1</v></c></row>" * 100_000 + b"</sheetData>"
    return changed(data, SHEET, lambda text: text.replace(b"</sheetData>", rows))


def far_apart(data: bytes) -> bytes:
    """Return a workbook with a value in the last cell that there can be."""
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return changed(data, SHEET, lambda text: text.replace(b"</sheetData>", cell))


def doctype(text: bytes) -> bytes:
    """Return XML that declares an entity."""
    return (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + text.split(b"?>")[-1]
    )


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LOCKED = OLD + "EncryptedPackage".encode("utf-16-le")
CURE = "open it in a spreadsheet program and save it as .xlsx"
BROKEN = f"the workbook is broken and can't be read; {CURE}"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _: b"", "the file is empty"),
        (lambda _: NODES.encode(), f"this is not an XLSX workbook; {CURE}"),
        (lambda _: OLD, f"this is an old workbook (.xls); {CURE}"),
        (lambda _: LOCKED, "the workbook is protected by a password; save it without"),
        (lambda data: data[: len(data) // 2], BROKEN),
        (lambda data: data[:30] + b"x" * 200 + data[230:], BROKEN),
        (lambda data: changed(data, "xl/workbook.xml", lambda _: None), "not an XLSX"),
        (lambda data: changed(data, "xl/workbook.xml", lambda _: b"<a"), BROKEN),
        (lambda data: changed(data, SHEET, lambda _: None), BROKEN),
        (lambda data: changed(data, SHEET, lambda t: t[:-40]), BROKEN),
        (lambda data: changed(data, SHEET, doctype), BROKEN),
        (lambda data: changed(data, "xl/workbook.xml", doctype), BROKEN),
        (far_apart, "a sheet reaches over 1,048,576 rows and 16,384 columns"),
    ],
)
def test_what_is_no_workbook(
    tmp_path: Path, make: Callable[[bytes], bytes], words: str
) -> None:
    """Each gives one sentence that names the file and the cure."""
    (tmp_path / "t.xlsx").write_bytes(make(good(tmp_path)))
    for mapping in (TOWN, None):
        (sentence,) = problems(tmp_path, None, mapping)
        assert sentence.startswith("t.xlsx:"), sentence
        assert words in sentence, sentence


def test_a_bomb_isnt_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a workbook unpacks to is counted as it is read, whatever it says of it."""
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 1 << 20)
    (tmp_path / "t.xlsx").write_bytes(bomb(good(tmp_path)))
    (sentence,) = problems(tmp_path, None)
    assert "bytes when it is unpacked" in sentence
    strings = changed(good(tmp_path), "xl/styles.xml", lambda t: t + b" " * (2 << 20))
    (tmp_path / "t.xlsx").write_bytes(strings)
    (sentence,) = problems(tmp_path, None)
    assert "bytes when it is unpacked" in sentence


def test_days_since_1904(tmp_path: Path) -> None:
    """A workbook that counts its days from 1904 has the same days."""
    lines = [HEAD, ("007", "Ash", "x")]
    made = book(tmp_path / "t.xlsx", S=lines)
    made.epoch = CALENDAR_MAC_1904
    made["S"]["C2"] = date(2020, 7, 1)
    made.save(tmp_path / "t.xlsx")
    store = load_file(tmp_path, "t.xlsx")
    (row,) = store.nodes(["m-007"], Span.always())
    assert row.since == date(2020, 7, 1)


def test_damaged_workbooks(tmp_path: Path) -> None:
    """Whatever bytes of a workbook are others, it is read or refused in a sentence."""
    data, drawn = good(tmp_path), random.Random(7)  # noqa: S311 - not for secrecy
    said: list[str] = []
    for _ in range(150):
        spoilt = bytearray(data)
        for _ in range(drawn.randrange(1, 6)):
            spoilt[drawn.randrange(len(spoilt))] = drawn.randrange(256)
        (tmp_path / "t.xlsx").write_bytes(bytes(spoilt))
        try:
            load_file(tmp_path, "t.xlsx")
        except InputError as error:
            said += error.problems
    assert len(said) > 50
    assert all("t.xlsx" in problem for problem in said)


def test_tables_in_sheets(tmp_path: Path) -> None:
    """Without a mapping each sheet is a table in the columns of an import."""
    lines = list(csv.reader(NODES.splitlines()))
    edges = [["source", "target", "since"], ["m", "district=North", "2000-01-01"]]
    book(tmp_path / "t.xlsx", nodes=lines, PART_OF=edges, _about=[["Hello"]], Empty=[])
    store = empty()
    load_tables(store, [tmp_path / "t.xlsx"])
    assert len(list(store.all_ids())) == len(lines) - 1
    (row,) = store.edges(["m"], ["PART_OF"], "out", Span.always())
    assert row.target == "d"
    assert Workbook(tmp_path / "t.xlsx").tables == ["nodes", "PART_OF", "Empty"]


def test_a_cell_that_shows_an_error_hides_no_other(tmp_path: Path) -> None:
    """Of a row with a broken formula the other cells are read, mapped or not."""
    lines = [("id", "kind", "name", "since", "people"),
             ("m", "municipalit", "Ash", "=1/0", "many"),
             ("=NA()", "municipality", "Oak", "2000-13", 5)]  # fmt: skip
    found = problems(tmp_path, lines, None)
    assert [line.partition(": ")[0] for line in found] == [
        f"t.xlsx:S!{cell}" for cell in ("B2", "D2", "E2", "A3", "D3")
    ]
    found = problems(tmp_path, [HEAD, ("=NA()", "Ash", "x"), ("007", "=1/0", "x")])
    assert [line.partition(": ")[0] for line in found] == [
        f"t.xlsx:S!{cell}" for cell in ("A2", "C2", "B3", "C3")
    ]


@pytest.mark.parametrize(
    ("title", "lines", "expected"),
    [
        ("A", [], "t.xlsx: A: the sheet is empty; its first row names the columns"),
        ("A", [["id", "kind"]], "t.xlsx: no sheet has a row below its header"),
        ("A", [["id", "id", "kind"]], "t.xlsx:A!A1: the column id stands twice"),
        ("A", [["x"], [1]], "t.xlsx:A!A1: this is neither a table of nodes (id, kind"),
        ("body", [["id", "nam"], ["b", "B"]], "t.xlsx:body!B1: there is no column or"),
        ("bdy", [["id"], ["b"]], "t.xlsx:bdy!A2: there is no kind bdy; did you mean"),
        (
            "body",
            [["id", "code", "since"], ["b", 7, 2000]],
            "t.xlsx:body!B2: code: 7 ",
        ),
        ("body", [["id", "since"], ["b", "1/2/2000"]], "t.xlsx:body!B2: since: '1/2/2"),
        ("body", [["id"], ["B"]], "t.xlsx:body!A2: the id 'B' has capital letters"),
    ],
)
def test_wrong_sheets(
    tmp_path: Path, title: str, lines: list[list[object]], expected: str
) -> None:
    """A sheet that is no table of an import is refused with the cell."""
    book(tmp_path / "t.xlsx", **{title: lines})
    first = problems(tmp_path, None, None)[0]
    assert first.startswith(expected), first
