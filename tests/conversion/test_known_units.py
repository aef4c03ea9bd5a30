"""The old units of a table are those that the store has, under the names it has."""

from datetime import date
from pathlib import Path

import pytest
from drafting import codes, drafted, steps
from towns import done, edge, filled, node

from orgraph.conversion.notes import Basis
from orgraph.model import FOREVER
from orgraph.proposal import read_proposal_text
from orgraph.stores import MemoryStore

NEW = "9,Elm,whole"


def municipality(code: str, name: str, until: date = FOREVER) -> list[object]:
    """Return the rows of a municipality that the only district has."""
    row = node(f"m{code}", "municipality", until=until, people=5)
    return [
        row._replace(name=name, code=code),
        edge("PART_OF", row.id, "d", until=until),
    ]


@pytest.fixture
def store() -> MemoryStore:
    """Return a district with Ash (1), Fir (2), Hoà (3) and Oak (4), which ended."""
    rows = [
        *municipality("1", "Ash"),
        *municipality("2", "Fir"),
        *municipality("3", "Hoà"),
        *municipality("4", "Oak", until=date(2024, 1, 1)),
    ]
    return filled(node("s", "state"), node("d", "district"),
                  edge("PART_OF", "d", "s"), *rows)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "found", "words"),
    [
        ("2,Fir", [], ""),
        ("2,FIR", [], ""),
        ("7,Fig", [("UNIT01", "error", 3)], "No municipality has the code 7 on 2025"),
        ("4,Oak", [("UNIT01", "error", 3)], "No municipality has the code 4 on 2025"),
        ("3,Hòa", [("DRAFT30", "info", 3)], "3 is Hòa here and Hoà in the store."),
        ("2,Figs", [("DRAFT30", "warning", 3)], "2 is Figs here and Fir in the store."),
        ("2,Hoà", [("DRAFT30", "error", 3)], "2 is Hoà here and Fir in the store."),
    ],
)
def test_a_unit_of_the_store(
    tmp_path: Path,
    store: MemoryStore,
    row: str,
    found: list[tuple[str, str, int]],
    words: str,
) -> None:
    """A code that nobody has on the day is refused, and one of another unit's name."""
    made = drafted(tmp_path, [f"1,Ash,{NEW}", f"{row},{NEW}"], store=store)
    assert codes(made) == found
    assert all(words in item.finding.message for item in made.findings)
    assert made.refused == any(severity == "error" for _, severity, _ in found)
    assert not drafted(tmp_path, [f"1,Ash,{NEW}", f"{row},{NEW}"]).findings


def test_what_the_store_knows_is_said(tmp_path: Path, store: MemoryStore) -> None:
    """The cure names whose code it was, and which code the name has."""
    rows = [f"4,Oak,{NEW}", f"2,Hoà,{NEW}"]
    ended, strange = drafted(tmp_path, rows, store=store).findings
    assert "Oak (m4), which ended on 2024-01-01" in (ended.finding.hint or "")
    assert strange.finding.hint == "In the store Hoà is 3."


def test_all_is_looked_up_beside_what_else_is_wrong(
    tmp_path: Path, store: MemoryStore
) -> None:
    """A row that lacks something, or has no reading, doesn't hide an unknown code."""
    rows = ["7,Fig,9,,whole", "8,Bay,9,Elm,gone", f"2,Hoà,{NEW}"]
    made = drafted(tmp_path, rows, store=store)
    assert codes(made) == [
        ("DRAFT02", "error", 2),
        ("UNIT01", "error", 2),
        ("DRAFT01", "error", 3),
        ("DRAFT30", "error", 4),
    ]


def test_units_named_by_ids(tmp_path: Path, store: MemoryStore) -> None:
    """With --refs the ids are looked up that the draft will name."""
    rows = [f"1,Ash,{NEW}", f"7,Fir,{NEW}"]
    made = drafted(tmp_path, rows, store=store, refs="m{code}")
    assert codes(made) == [("UNIT01", "error", 3)]
    assert "No unit has the id or label m7" in made.findings[0].finding.message


def test_the_names_of_the_day_count(tmp_path: Path, store: MemoryStore) -> None:
    """A unit renamed before the day has its new name; one renamed later its old one."""
    done(store, "2024-06-01", {"op": "rename_unit", "unit": "m1", "name": "Rue"})
    done(store, "2025-06-01", {"op": "rename_unit", "unit": "m2", "name": "Yew"})
    made = drafted(tmp_path, [f"1,Rue,{NEW}", f"2,Fir,{NEW}"], store=store)
    assert codes(made) == []
    assert steps(made)[0]["op"] == "merge_units"


def test_few_statements(tmp_path: Path, store: MemoryStore) -> None:
    """However many rows a table has, the store is asked as often."""
    asked: list[int] = []
    own = store.with_codes

    def counted(wanted: object, on: object) -> object:
        asked.append(1)
        return own(wanted, on)  # type: ignore[arg-type]

    store.with_codes = counted  # type: ignore[method-assign,assignment]
    few = [f"{code},Ash {code},{NEW}" for code in range(10, 14)]
    drafted(tmp_path, few, store=store)
    number = len(asked)
    asked.clear()
    many = [f"{code},Ash {code},{NEW}" for code in range(10, 200)]
    drafted(tmp_path, many, store=store)
    assert len(asked) == number


@pytest.mark.parametrize("taken", ["elm", "elm_council"])
def test_a_label_is_never_an_id_of_the_store(tmp_path: Path, taken: str) -> None:
    """Nor is the label of what covers the new unit: a plan would refuse either."""
    here = filled(node("s", "state"), node("d", "district"), edge("PART_OF", "d", "s"),
                  *municipality("1", "Ash"), *municipality("2", "Fir"),
                  node(taken, "household"))  # type: ignore[arg-type]  # fmt: skip
    made = drafted(tmp_path, [f"1,Ash,{NEW}", f"2,Fir,{NEW}"], store=here)
    (step,) = steps(made)
    assert step["as"] == "elm_9"


def test_a_label_that_parsers_read_in_different_ways_is_quoted(tmp_path: Path) -> None:
    """Yes, no, on and off are names of places somewhere; a number is a text, too."""
    rows = ["1,Ash,9,Yes,whole", "2,Fir,9,Yes,whole"]
    basis = Basis("Assembly", "1679", "2024-12-01")
    made = drafted(tmp_path, rows, basis=basis)
    (text,) = made.texts
    proposal = read_proposal_text(text.text, "drafted")
    assert proposal.steps[0].labels() == ["yes"]
    assert proposal.basis is not None
    assert proposal.basis.number == "1679"
