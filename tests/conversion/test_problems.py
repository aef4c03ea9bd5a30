"""What is wrong with a table is found, with its code and line, and refused if grave."""

import re
from pathlib import Path
from typing import Any

import pytest
from drafting import HEAD, codes, drafted

from orgraph.engine.codes import codes as all_codes

WIDE = f"{HEAD},tier_code,tier_name,old_upper,old_upper_name,group,group_name"
VN: dict[str, Any] = {"pack": "vietnam", "kind": "commune"}
XA = "Nhập toàn bộ"


def _wide(old: str, name: str, new: str, *more: str) -> str:
    """Return a row whole to a new unit: tier 1 in upper A of group A, or as said."""
    said = dict(zip(("tier", "upper", "group"), more, strict=False))
    tier, upper = said.get("tier", "T1"), said.get("upper", "A")
    group = said.get("group", "A")
    return (
        f"{old},{name},{new},New {new},whole,{tier},Tier {tier},{upper},Upper {upper},"
        f"{group},Group {group}"
    )


def _alone(code: str, rows: list[str], line: int, severity: str = "error") -> Any:  # noqa: ANN401
    return pytest.param(rows, (code, severity, line), id=f"{code}-{line}")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        _alone("DRAFT01", ["1,Ash,2,Elm,swallowed", "3,Fir,2,Elm,whole"], 2),
        _alone("DRAFT02", ["1,Ash,2,Elm,whole", ",Fir,2,Elm,whole"], 3),
        _alone("DRAFT02", ["1,Ash,2,Elm,whole", "3,Fir,2,,whole"], 3),
        _alone("DRAFT03", ["1,Ash,2,Elm,part", "1,Oak,3,Fir,part"], 3),
        _alone("DRAFT03", ["1,Ash,2,Elm,whole", "3,Fir,2,Oak,whole"], 3),
        _alone(
            "DRAFT04",
            ["3,Fir,2,Thụy,whole", "4,Oak,2,Thuỵ,whole", "5,Yew,2,Thụy,whole"],
            3,
            "warning",
        ),
        _alone(
            "DRAFT04",
            ["1,Ash,2,New Elm,whole", "3,Fir,2,new Elm,whole", "4,Yew,2,New Elm,whole"],
            3,
            "info",
        ),
        _alone("DRAFT09", ["1,Ash,2,Elm,part", "1,Ash,3,Fir,part"] * 2, 4),
        _alone("DRAFT15", ["1,A,2,Elm,part of the area"] * 1
               + ["1,A,3,Fir,part of the area"], 2),
        _alone("DRAFT17", ["1,Ash,2,Elm,part", "3,Fir,2,Elm,whole"], 2),
        _alone("DRAFT18", ["1,Ash,2,Elm,whole", "1,Ash,3,Fir,part"], 3),
        _alone("DRAFT19", ["1,Ash,1,Ash,unchanged", "1,Ash,2,Elm,renamed"], 3),
        _alone("DRAFT19", ["1,Ash,2,Elm,renamed", "3,Fir,2,Elm,renamed"], 3),
        _alone("DRAFT20", ["1,Ash,1,Elm,unchanged"], 2, "warning"),
        _alone("DRAFT20", ["1,Ash,1,Ash,renamed", "3,Fir,3,Oak,renamed"], 2, "warning"),
        _alone("DRAFT17", ["1,Ash,1,Ash,the rest", "3,Fir,3,Yew,renamed"], 2),
        _alone("DRAFT18", ["1,Ash,1,Ash,unchanged", "1,Ash,2,Elm,part",
               "3,Fir,2,Elm,whole"], 2, "warning"),
        _alone("DRAFT28", ["1,Ash,2,Elm,", "3,Fir,2,Elm,whole"], 2, "warning"),
        _alone("DRAFT29", ["1,Ash,2,Elm,whole"], 2, "warning"),
        _alone("DRAFT26", ["1,Ash,1,Ash,unchanged"], 2, "warning"),
    ],
)  # fmt: skip
def test_one_fault(
    tmp_path: Path, rows: list[str], expected: tuple[str, str, int]
) -> None:
    """A table with one fault has one finding of its code, at its line."""
    done = drafted(tmp_path, rows)
    assert expected in codes(done)
    assert {code for code, _, _ in codes(done)} == {expected[0]}
    assert done.refused == (expected[1] == "error")
    assert bool(done.texts) == (not done.refused and expected[0] != "DRAFT26")


def test_an_empty_cell_hides_nothing(tmp_path: Path) -> None:
    """All that is wrong with rows is told at once, and so is what isn't judged yet."""
    rows = [
        "1,Ash,9,,whole",
        ",Fir,9,Elm,swallowed",
        "3,Oak,9,Elm,part",
        "3,Yew,8,Box,part",
        "4,Bay,8,Box,gone",
        "5,Rue,7,Gum,",
    ]
    units = "code,name,type\n9,Elm,village\n8,Fig,\n6,Ivy,\n"
    done = drafted(tmp_path, rows, units=units)
    assert codes(done) == [
        ("DRAFT02", "error", 2),
        ("DRAFT01", "error", 3),
        ("DRAFT02", "error", 3),
        ("DRAFT03", "error", 5),
        ("DRAFT10", "error", 5),
        ("DRAFT01", "error", 6),
        ("DRAFT10", "error", 7),
        ("DRAFT21", "error", 2),
        ("DRAFT28", "warning", 7),
        ("DRAFT10", "warning", 4),
    ]
    assert not done.judged
    assert drafted(tmp_path, ["1,Ash,9,Elm,whole", "2,Fir,9,Elm,whole"]).judged


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                _wide("1", "Ash", "9"),
                _wide("2", "Oak", "9"),
                _wide("3", "ash", "9"),
            ],
            ("DRAFT05", "warning", 4),
        ),
        (
            [
                _wide("1", "Ash", "9"),
                _wide("2", "Oak", "9"),
                _wide("3", "Fir", "9", "T1", "B"),
            ],
            ("DRAFT06", "error", 4),
        ),
        (
            [
                _wide("1", "Ash", "9"),
                _wide("2", "Oak", "9"),
                _wide("3", "Fir", "8", "T1", "A", "B"),
                _wide("4", "Yew", "8", "T1", "A", "B"),
                _wide("5", "Elm", "8", "T1", "A", "A"),
            ],
            ("DRAFT06", "error", 6),
        ),
        (
            [_wide("1", "Ash (2)", "9"), _wide("2", "Oak (2)", "9")],
            ("DRAFT08", "warning", 2),
        ),
    ],
)
def test_faults_of_units_above(
    tmp_path: Path, rows: list[str], expected: tuple[str, str, int]
) -> None:
    """Codes of one name, a unit in two units above, and numbers in names are found."""
    done = drafted(tmp_path, rows, WIDE, grouped=True)
    assert codes(done) == [expected]


def test_a_row_without_its_group(tmp_path: Path) -> None:
    """A row whose unit above isn't said is refused: its tier would end everywhere."""
    rows = [_wide("1", "Ash", "9"), _wide("2", "Oak", "9", "T1", "A", "")]
    done = drafted(tmp_path, rows, WIDE, grouped=True, abolish="district")
    assert codes(done) == [("DRAFT02", "error", 3)]


@pytest.mark.parametrize(
    ("name", "severity"),
    [("Xa Ea Kly", "warning"), ("Ea Kly", "warning"), ("xã Ea Kly", None)],
)
def test_type_words(tmp_path: Path, name: str, severity: str | None) -> None:
    """A type word that is misspelt or missing is told; capitals don't matter."""
    rows = [f"1,{name},3,Xã Elm,{XA}", f"2,Xã Fir,3,Xã Elm,{XA}"]
    found = [("DRAFT07", severity, 2)] if severity else []
    assert codes(drafted(tmp_path, rows, **VN)) == found


def test_another_type_that_is_the_same(tmp_path: Path) -> None:
    """A note that tells of another type stands beside two names of one type."""
    rows = ["1,Xã Ash,1,Xã Elm,another type and name"]
    assert codes(drafted(tmp_path, rows, **VN)) == [("DRAFT20", "warning", 2)]


def test_a_note_that_is_misspelt(tmp_path: Path) -> None:
    """A note with a slip in its accents is read, and told."""
    rows = ["1,Xã Ash,3,Xã Elm,Nhâp toàn bộ", f"2,Xã Fir,3,Xã Elm,{XA}"]
    done = drafted(tmp_path, rows, **VN)
    assert codes(done) == [("DRAFT11", "warning", 2)]
    assert len(done.texts) == 1


def test_the_other_code_of_a_name_is_a_hint(tmp_path: Path) -> None:
    """A row under a mistyped code is told the code that its name has elsewhere."""
    rows = [
        _wide("1", "Ash", "9").replace("whole", "part"),
        _wide("2", "Oak", "9"),
        _wide("2", "Ash", "8").replace("whole", "part"),
    ]
    done = drafted(tmp_path, rows, WIDE)
    named = [f.finding for f in done.findings if f.finding.code == "DRAFT03"]
    assert len(named) == 1
    assert re.search(r"Ash is 1 in .*table\.csv:2", named[0].hint)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("code,name\n9,Elm\n", []),
        ("code,name\n9,Elm\n8,Oak\n", [("DRAFT10", "warning", 3)]),
        ("code,name\n8,Elm\n", [("DRAFT10", "error", 2), ("DRAFT10", "warning", 2)]),
        ("code,name\n9,Oak\n", [("DRAFT10", "error", 2)]),
        ("code,name\n9,Elm\n9,Elm\n", [("DRAFT10", "error", 3)]),
        ("code,name,type\n9,Elm,village\n", [("DRAFT21", "error", 2)]),
        ("code,name,type\n9,Elm,Town\n", []),
        ("code,name,type\n9,Elm,Tówn\n", [("DRAFT21", "warning", 2)]),
    ],
)
def test_the_table_of_new_units(
    tmp_path: Path, units: str, expected: list[tuple[str, str, int]]
) -> None:
    """Codes, names and types of the new units are compared with their own table."""
    rows = ["1,Ash,9,Elm,whole", "2,Fir,9,Elm,whole"]
    assert codes(drafted(tmp_path, rows, units=units)) == expected


def test_hanging_together_across_groups(tmp_path: Path) -> None:
    """A unit whose parts go to two groups can't be in two proposals."""
    head = f"{HEAD},group"
    rows = ["1,Ash,2,Elm,part,A", "1,Ash,3,Fir,part,B", "4,Oak,2,Elm,whole,A"]
    found = codes(drafted(tmp_path, rows, head, grouped=True))
    assert ("DRAFT12", "error", 2) in found


def test_codes_in_a_circle(tmp_path: Path) -> None:
    """Units that swap their codes can't be named by them; ids can name them."""
    rows = [
        "1,Ash,2,Elm,whole",
        "3,Fir,2,Elm,whole",
        "2,Oak,1,Yew,whole",
        "4,Box,1,Yew,whole",
    ]
    assert codes(drafted(tmp_path, rows)) == [("DRAFT13", "error", 4)]
    assert codes(drafted(tmp_path, rows, refs="{kind}-{code}")) == []


def test_a_code_that_passes_on_orders_the_steps(tmp_path: Path) -> None:
    """What ends the bearer of a code comes before what gives the code to another."""
    rows = [
        "7,Ash,2,Elm,whole",
        "3,Fir,2,Elm,whole",
        "2,Oak,9,Yew,whole",
        "4,Box,9,Yew,whole",
    ]
    done = drafted(tmp_path, rows)
    assert codes(done) == []
    text = done.texts[0].text
    assert text.index("name: Yew") < text.index("name: Elm")


def test_a_code_that_passes_to_another_group(tmp_path: Path) -> None:
    """Proposals of two groups are applied in any order, so codes stay in theirs."""
    head = f"{HEAD},group"
    rows = [
        "7,Ash,2,Elm,whole,A",
        "3,Fir,2,Elm,whole,A",
        "2,Oak,9,Yew,whole,B",
        "4,Box,9,Yew,whole,B",
    ]
    found = codes(drafted(tmp_path, rows, head, grouped=True))
    assert {code for code, _, _ in found} == {"DRAFT13"}


def test_a_code_of_a_unit_that_lives_on(tmp_path: Path) -> None:
    """A new unit can't get the code of a unit that lives on in the same step."""
    rows = ["2,Oak,2,Elm,part", "3,Fir,2,Elm,whole", "2,Oak,8,Oak,the rest"]
    assert codes(drafted(tmp_path, rows)) == [("DRAFT14", "error", 2)]
    assert codes(drafted(tmp_path, rows, refs="{kind}-{code}")) == []
    apart = ["7,Ash,2,Elm,whole", "3,Fir,2,Elm,whole", "2,Oak,8,Oak,unchanged"]
    text = drafted(tmp_path, apart).texts[0].text
    assert text.index("rename_unit") < text.index("merge_units")


UPPER = (
    "old_code,old_name,new_code,new_name\nA,Upper A,C,Upper C\nB,Upper B,C,Upper C\n"
)


def test_units_above_come_first(tmp_path: Path) -> None:
    """The units above are merged first, and the tier ends in the new one."""
    rows = [
        _wide("1", "Ash", "9", "T1", "A", "C"),
        _wide("2", "Oak", "9", "T2", "B", "C"),
    ]
    choices: dict[str, Any] = {"grouped": True, "upper": UPPER, "upper_kind": "region"}
    done = drafted(tmp_path, rows, WIDE, abolish="district", **choices)
    assert codes(done) == []
    text = done.texts[0].text
    assert text.index("region:A, region:B") < text.index("abolish_tier")
    assert "within: region_upper_c\n" in text
    assert text.startswith('# Drafted from table.csv.\ntitle: "Upper C: 2 municip')


def test_units_above_that_are_divided(tmp_path: Path) -> None:
    """A unit above that goes to two can't be in the proposals of both."""
    upper = UPPER + "E,Upper E,C,Upper C\nE,Upper E,D,Upper D\n"
    rows = [
        _wide("1", "Ash", "9", "T1", "A", "C"),
        _wide("2", "Oak", "8", "T2", "E", "D"),
    ]
    choices: dict[str, Any] = {"grouped": True, "upper": upper}
    done = drafted(tmp_path, rows, WIDE, upper_kind="region", **choices)
    assert ("DRAFT12", "error", 2) in codes(done)


def test_units_above_whose_codes_pass_on(tmp_path: Path) -> None:
    """A unit above can't get a code of another proposal's, unless ids name them."""
    upper = "old_code,old_name,new_code,new_name\nA,East,B,East\nB,North,C,North\n"
    rows = [
        _wide("1", "Ash", "9", "T1", "A", "B"),
        _wide("2", "Oak", "9", "T1", "A", "B"),
    ]
    choices: dict[str, Any] = {"grouped": True, "upper": upper, "upper_kind": "region"}
    found = codes(drafted(tmp_path, rows, WIDE, **choices))
    assert found == [("DRAFT13", "error", 2)]
    by_id = drafted(tmp_path, rows, WIDE, refs="{kind}-{code}", **choices)
    assert not by_id.refused


@pytest.mark.parametrize(("group", "upper"), [("D", "A"), ("C", "E")])
def test_units_above_that_differ(tmp_path: Path, group: str, upper: str) -> None:
    """Groups that aren't new units above, and rows that go elsewhere, are refused."""
    more = "E,Upper E,F,Upper E\n"
    rows = [
        _wide("1", "Ash", "9", "T1", upper, group),
        _wide("2", "Oak", "9", "T1", upper, group),
    ]
    choices: dict[str, Any] = {"grouped": True, "upper": UPPER + more}
    done = drafted(tmp_path, rows, WIDE, upper_kind="region", **choices)
    assert {code for code, _, _ in codes(done)} == {"DRAFT22"}
    assert done.refused


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("next week", "DRAFT23"),
        ('"Assembly, 8/2024, 2024-12-01"', "DRAFT24"),
        ('"Assembly, 7/2024, 2024-12-01"', None),
    ],
)
def test_documents(tmp_path: Path, said: str, code: str | None) -> None:
    """A proposal rests on one document that can be read."""
    rows = [
        '1,Ash,9,Elm,whole,"Assembly, 7/2024, 2024-12-01"',
        f"2,Fir,9,Elm,whole,{said}",
    ]
    done = drafted(tmp_path, rows, f"{HEAD},paper", columns={"basis": "paper"})
    assert [found for found, _, _ in codes(done)] == ([code] if code else [])
    if code is None:
        basis = "basis: {issuer: Assembly, number: 7/2024, date: 2024-12-01}"
        assert basis.replace("7/2024", '"7/2024"') in done.texts[0].text


def test_two_units_above_without_a_word(tmp_path: Path) -> None:
    """A new unit of two districts that live on needs a word on where it comes."""
    rows = [_wide("1", "Ash", "9", "T1"), _wide("2", "Oak", "9", "T2")]
    assert codes(drafted(tmp_path, rows, WIDE)) == [("DRAFT27", "warning", 2)]
    assert codes(drafted(tmp_path, rows, WIDE, abolish="district")) == []


def test_every_code_of_a_draft_is_tested() -> None:
    """No code of a draft is without a test in this folder."""
    folder = Path(__file__).parent
    said = "".join(
        path.read_text(encoding="utf-8") for path in folder.glob("test_*.py")
    )
    own = {code for code in all_codes() if code.startswith("DRAFT")}
    assert own
    assert {code for code in own if f'"{code}"' not in said} == set()
