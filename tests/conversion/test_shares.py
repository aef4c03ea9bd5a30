"""What goes with a part is what the note tells; the rest is asked, given or unknown."""

from pathlib import Path
from typing import Any

import pytest
from drafting import FACTS, codes, drafted, steps

AREA, AREA_AND_PEOPLE = "part of the area", '"part of the area, all of the people"'


def _shares(done: Any) -> list[Any]:  # noqa: ANN401 - a draft
    """Return the shares of the one split, by target."""
    (step,) = steps(done)
    return [target["shares"] for target in step["targets"]]


def _rows(*notes: str) -> list[str]:
    return [f"1,Ash,{n},New {n},{note}" for n, note in enumerate(notes, 1)]


@pytest.mark.parametrize(
    ("notes", "shares"),
    [
        (("part", "part"), ["ask", "ask"]),
        (
            (AREA, AREA_AND_PEOPLE),
            [
                {"area_m2": "ask", "people": "none"},
                {"area_m2": "ask", "people": "all"},
            ],
        ),
        (
            ("Nhập một phần", "Nhập một phần diện tích"),
            [
                {"area_m2": "ask", "people": "all"},
                {"area_m2": "ask", "people": "none"},
            ],
        ),
        (
            ("part", "part", AREA),
            ["ask", "ask", {"area_m2": "ask", "people": "none"}],
        ),
        (
            ("part of the people", "all of the area", "part of the people"),
            [
                {"area_m2": "none", "people": "ask"},
                {"area_m2": "all", "people": "ask"},
                {"area_m2": "none", "people": "ask"},
            ],
        ),
        (
            ("part of the people", AREA),
            [
                {"area_m2": "none", "people": "all"},
                {"area_m2": "all", "people": "none"},
            ],
        ),
    ],
)
def test_shares_by_notes(tmp_path: Path, notes: tuple[str, ...], shares: Any) -> None:  # noqa: ANN401
    """A note says all, none or a part; the only one that has any has all of it."""
    assert _shares(drafted(tmp_path, _rows(*notes))) == shares


def test_open_shares_may_be_unknown(tmp_path: Path) -> None:
    """Stated as unknown, what is open is unknown, and what a note tells stays."""
    measures = FACTS._replace(gap="unknown")
    done = drafted(tmp_path, _rows(AREA, AREA_AND_PEOPLE), measures=measures)
    assert _shares(done) == [
        {"area_m2": "unknown", "people": "none"},
        {"area_m2": "unknown", "people": "all"},
    ]
    done = drafted(tmp_path, _rows("part", "part"), measures=measures)
    assert _shares(done) == ["unknown", "unknown"]


def test_the_rest_has_no_share(tmp_path: Path) -> None:
    """Of a unit that lives on nothing is concluded: the rest may have people too."""
    rows = [f"1,Ash,8,Elm,{AREA}", "1,Ash,9,Fir,part", "1,Ash,1,Ash,the rest"]
    (step,) = steps(drafted(tmp_path, rows))[:1]
    assert [target["shares"] for target in step["targets"]] == [
        {"area_m2": "ask", "people": "none"},
        "ask",
    ]


def test_several_facts_of_one_measure(tmp_path: Path) -> None:
    """Households go with the people where they are named as such."""
    facts = {**FACTS.facts, "people": ("people", "households")}
    done = drafted(tmp_path, _rows(AREA, "part"), measures=FACTS._replace(facts=facts))
    assert _shares(done) == [
        {"area_m2": "ask", "households": "none", "people": "none"},
        {"area_m2": "ask", "households": "all", "people": "all"},
    ]


def test_a_parts_file_fills_the_gaps(tmp_path: Path) -> None:
    """Parts and shares of a file go into the step; what it leaves out is asked."""
    parts = (
        "old,new,part,people,area_m2\n"
        "1,1,village-1,1200,\n"
        "1,1,village-2,,1/3\n"
        "1,2,village-3,,\n"
    )
    (step,) = steps(drafted(tmp_path, _rows("part", "part"), parts=parts))
    assert [(t["parts"], t["shares"]) for t in step["targets"]] == [
        (["village-1", "village-2"], {"area_m2": "1/3", "people": "1200"}),
        (["village-3"], "ask"),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,9,,5", "1 → 9 is no row of the table"),
        ("2,1,,5", "2 → 1 is no part in the table"),
        ("1,1,,half", "half"),
        ("1,1,,3/2", "3/2"),
        ("1,1,,-4", "-4"),
    ],
)
def test_wrong_parts(tmp_path: Path, row: str, said: str) -> None:
    """A row of the parts file that fits nothing is refused where it stands."""
    rows = [*_rows("part", "part"), "2,Birch,1,New 1,whole"]
    done = drafted(tmp_path, rows, parts=f"old,new,part,people\n{row}\n")
    assert codes(done) == [("DRAFT16", "error", 2)]
    assert said in done.findings[0].finding.message
    assert done.texts == ()


def test_parts_that_contradict(tmp_path: Path) -> None:
    """Two shares of one fact on one way are refused."""
    parts = "old,new,part,people\n1,1,a,5\n1,1,b,6\n"
    done = drafted(tmp_path, _rows("part", "part"), parts=parts)
    assert codes(done) == [("DRAFT16", "error", 3)]


@pytest.mark.parametrize(("people", "faults"), [("5", 1), ("all", 0)])
def test_parts_that_contradict_a_note(tmp_path: Path, people: str, faults: int) -> None:
    """What the note of a row says goes, no other file can say otherwise."""
    parts = f"old,new,part,people\n1,1,a,{people}\n"
    done = drafted(tmp_path, _rows(AREA_AND_PEOPLE, AREA), parts=parts)
    assert codes(done) == [("DRAFT16", "error", 2)] * faults


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        ((AREA, AREA), "none of the people"),
        ((AREA_AND_PEOPLE, AREA_AND_PEOPLE), "all of the people goes to 2"),
        (("part", AREA_AND_PEOPLE), "all of the people goes to one"),
        (("all of the people", "part of the people"), "none of the area"),
    ],
)
def test_notes_that_contradict(
    tmp_path: Path, notes: tuple[str, ...], said: str
) -> None:
    """Notes of one unit that can't add up to the whole are refused."""
    done = drafted(tmp_path, _rows(*notes))
    assert {code for code, _, _ in codes(done)} == {"DRAFT15"}
    assert any(said in found.finding.message for found in done.findings)
