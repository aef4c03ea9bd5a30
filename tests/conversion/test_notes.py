"""Notes of conversion tables are read as the official lists mean them."""

import re
from pathlib import Path

import pytest

from orgraph.conversion import load_words
from orgraph.conversion.notes import Basis
from orgraph.errors import InputError

WORDS = load_words()
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize(
    ("name", "passage", "quoted", "many"),
    [
        ("tutorial.md", r"with a note such(.*?)`draft`", r'"([^"]+)"', 2),
        ("tables.md", r"plain English ones:(.*?)What hangs", r"`([^`]+)`", 9),
    ],
)
def test_notes_that_documents_quote(
    name: str, passage: str, quoted: str, many: int
) -> None:
    """What a document gives as a note is read, as it is written there."""
    text = " ".join((DOCS / name).read_text(encoding="utf-8").split())
    (said,) = re.findall(passage, text)
    notes = re.findall(quoted, said)
    assert len(notes) == many
    for note in notes:
        meant, is_exact = WORDS.read(note)
        assert meant is not None, note
        assert is_exact, note


@pytest.mark.parametrize(
    ("text", "means", "area", "people"),
    [
        ("Nhập toàn bộ", "whole", None, None),
        ("whole", "whole", None, None),
        ("Nhập một phần", "part", "ask", "ask"),
        ("part", "part", "ask", "ask"),
        ("Nhập một phần diện tích", "part", "ask", "none"),
        ("part of the area", "part", "ask", "none"),
        ("Nhập một phần diện tích, toàn bộ dân số", "part", "ask", "all"),
        ("part of the area, all of the people", "part", "ask", "all"),
        ("Nhập một phần dân số", "part", "none", "ask"),
        ("part of the people", "part", "none", "ask"),
        ("Nhập toàn bộ diện tích", "part", "all", "ask"),
        ("Giữ nguyên", "same", None, None),
        ("unchanged", "same", None, None),
        ("Đổi tên", "same", None, None),
        ("renamed", "same", None, None),
        ("Đổi loại hình", "same", None, None),
        ("another type", "same", None, None),
        (
            "Phần còn lại sau khi tách một phần vào xã Canh Vinh",
            "rest",
            None,
            None,
        ),
        ("Đổi tên từ một phần Phường 15", "rest", None, None),
        (
            "Đổi tên, đổi loại hình từ một phần thị trấn Lai Uyên",
            "rest",
            None,
            None,
        ),
        (
            "Sắp xếp toàn bộ xã Thổ Châu thành đặc khu Thổ Châu",
            "same",
            None,
            None,
        ),
        (
            "Sắp xếp toàn bộ huyện Lý Sơn thành đặc khu Lý Sơn",
            "whole",
            None,
            None,
        ),
    ],
)
def test_what_a_note_means(
    text: str, means: str, area: str | None, people: str | None
) -> None:
    """Each note has its reading, of the unit and of its area and people."""
    note, exact = WORDS.read(text)
    assert note is not None
    assert exact
    assert note.means == means
    if means == "part":
        assert (note.share("area"), note.share("people")) == (area, people)


def test_what_changes_in_a_unit_that_lives_on() -> None:
    """Notes tell a new name, a new type, or neither; a rest may have either too."""
    said = {
        "Giữ nguyên": (),
        "Đổi tên": ("name",),
        "Đổi loại hình": ("name", "type"),
        "Phần còn lại sau khi tách một phần vào xã Canh Vinh": (),
        "Đổi tên từ một phần Phường 15": ("name",),
        "Đổi tên, đổi loại hình từ một phần thị trấn Lai Uyên": ("name", "type"),
        "Sắp xếp toàn bộ xã Thổ Châu thành đặc khu Thổ Châu": ("name", "type"),
    }
    for text, changes in said.items():
        note, _ = WORDS.read(text)
        assert note is not None
        assert note.changes == changes, text


def test_a_unit_of_the_tier_above() -> None:
    """A note on an island district says that the old unit is a district."""
    kinds = {}
    for what in ("huyện Lý Sơn", "xã Thổ Châu"):
        note, _ = WORDS.read(f"Sắp xếp toàn bộ {what} thành đặc khu X")
        assert note is not None
        kinds[what] = note.kind
    assert kinds == {"huyện Lý Sơn": "district", "xã Thổ Châu": None}


@pytest.mark.parametrize("text", ["Nhâp một phần diện tích", "nhap mot phan dien tich"])
def test_a_slip_is_read_and_told(text: str) -> None:
    """A note that differs in accents alone is read, and known not to be exact."""
    note, exact = WORDS.read(text)
    assert note is not None
    assert not exact
    assert note.share("people") == "none"


@pytest.mark.parametrize("text", ["Giữ NGUYÊN", "  giữ   nguyên ", "PART of the area"])
def test_case_and_spaces_do_not_matter(text: str) -> None:
    """Capitals and spaces make no other note."""
    assert WORDS.read(text)[1]


@pytest.mark.parametrize("text", ["Nhập", "Nhập toàn bộ dân số", "thành đặc khu", "x"])
def test_unknown_notes(text: str) -> None:
    """What has no reading is not guessed."""
    assert WORDS.read(text) == (None, False)


def test_own_words(tmp_path: Path) -> None:
    """A file of words adds notes, headers and facts, and may give notes anew."""
    path = tmp_path / "words.toml"
    path.write_text(
        '[columns]\nold_code = ["von"]\n[measures]\npeople = ["households"]\n'
        '[[notes]]\nwords = ["ganz", "part"]\nmeans = "whole"\n',
        encoding="utf-8",
    )
    words = load_words(path)
    for text in ("ganz", "part"):
        note, _ = words.read(text)
        assert note is not None
        assert note.means == "whole"
    assert "von" in words.columns["old_code"]
    assert words.measures["people"] == ("households",)
    assert WORDS.read("ganz")[0] is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[notes]]\nwords = []\nmeans = "whole"\n', "notes.0.words"),
        ('[[notes]]\nwords = ["x"]\nmeans = "half"\n', "notes.0.means"),
        ('[[nots]]\nwords = ["x"]\n', "nots"),
        ("[[notes", "words.toml"),
    ],
)
def test_wrong_words(tmp_path: Path, text: str, said: str) -> None:
    """A file of words that can't be read is refused, with the place."""
    path = tmp_path / "words.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_words(path)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        (
            "Số: 1656/NQ-UBTVQH15; Ngày: 16/06/2025",
            Basis("UBTVQH15", "1656/NQ-UBTVQH15", "2025-06-16"),
        ),
        (
            "UBTVQH15, 1656/NQ-UBTVQH15, 2025-06-16",
            Basis("UBTVQH15", "1656/NQ-UBTVQH15", "2025-06-16"),
        ),
        ("Số: 1656/NQ-UBTVQH15; Ngày: 31/06/2025", None),
        ("Số: 1656/NQ-UBTVQH15", None),
        ("Số: 1656; Ngày: 16/06/2025", None),
        ("", None),
    ],
)
def test_documents(text: str, basis: Basis | None) -> None:
    """A document is read with issuer, number and a day that exists, or not at all."""
    assert WORDS.decree(text) == basis
