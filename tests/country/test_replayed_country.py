"""The real table of 1 July 2025, replayed as it is: counted on the reopened store."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from replayed import AFTER, BEFORE, FOLDER, Asked, ask, build, counted, official, replay

import orgraph
from orgraph.stores import Store

pytestmark = pytest.mark.slow

NAMES = {row["new_code"]: row["new_province"] for row in official()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the tables of the country and its proposals."""
    folder = tmp_path_factory.mktemp("country")
    build().write(folder)
    return folder


@pytest.fixture(scope="module")
def country(built: Path) -> Iterator[Store]:
    """Return the reopened store of the replayed country."""
    replay(built, built / "country.db")
    with orgraph.open(str(built / "country.db")) as store:
        yield store


@pytest.fixture(scope="module")
def asked(country: Store) -> Asked:
    """Return what became of every commune."""
    return ask(country)


def test_the_country_is_what_the_official_list_counts(asked: Asked) -> None:
    """All 34 rows of the list, in every column."""
    found = counted(asked, NAMES)
    assert sorted(found.values(), key=lambda row: row["new_code"]) == official()


def test_what_there_is_before_and_after(country: Store) -> None:
    """63 provinces become 34, 696 districts end, and 10,036 communes become 3,321."""
    sides = []
    for day in (BEFORE, AFTER):
        pairs = orgraph.crosswalk(country, day, day, "province").pairs
        roots = [pair.from_.id for pair in pairs if pair.from_]
        counts: Counter[str] = Counter(province=len(roots))
        for root in roots:
            counts.update(orgraph.tally(country, root, day).counts)
        sides.append(counts)
    assert sides[0] == {"province": 63, "district": 696, "commune": 10_036}
    assert sides[1] == {"province": 34, "commune": 3_321}


def test_every_old_unit_ended_once_or_lives_on(asked: Asked, country: Store) -> None:
    """Each has a successor, or is its own; 440 are split, 140 new units are of one."""
    targets = Counter(pair.from_.id for pair in asked.pairs if pair.from_)
    sources = Counter(pair.to.id for pair in asked.pairs if pair.to)
    assert all(pair.from_ and pair.to for pair in asked.pairs)
    assert Counter(targets.values()) == {1: 9_601, 2: 368, 3: 55, 4: 16, 5: 1}
    assert Counter(sources.values())[1] == 140
    lives = {pair.to.id for pair in asked.pairs if pair.to}
    for pair in asked.pairs:
        if pair.part == "unchanged":
            assert pair.from_
            assert pair.from_.id in lives
            continue
        assert pair.from_
        ended = orgraph.lineage(country, pair.from_.id)
        assert ended.until == (None if pair.from_.id in lives else "2025-07-01")
        assert {step.on for step in ended.successors} == {"2025-07-01"}


@pytest.mark.parametrize(
    ("unit", "successors"),
    [
        ("commune:00634", {"00622", "00634", "00637", "09556", "09886"}),
        ("commune:18796", {"18754", "18823", "18832"}),
        ("commune:06799", {"06799", "06886"}),
    ],
)
def test_units_that_were_split(country: Store, unit: str, successors: set[str]) -> None:
    """Đại Mỗ went to five, Kỳ Lợi to three, and old Hải Hòa to two."""
    found = orgraph.lineage(country, unit.replace(":", "-"))
    assert {step.code for step in found.successors} == successors
    assert {step.part for step in found.successors} == {"part"}
    assert all(step.basis for step in found.successors)


def test_the_namesake_gets_none_of_the_people(country: Store) -> None:
    """Old Hải Hòa's people all went to Hải Lạng; the new Hải Hòa has its code alone."""
    steps = orgraph.lineage(country, "commune-06799").successors
    people = {step.id: (step.all_of, step.amounts.get("people")) for step in steps}
    assert people == {
        "commune-06799-2025-07-01": ((), 0),
        "commune-06886-2025-07-01": (("people",), None),
    }


def test_the_area_goes_to_one_and_the_people_to_three(country: Store) -> None:
    """Kỳ Lợi's area went whole to Vũng Áng; how its people were divided is unknown."""
    steps = orgraph.lineage(country, "commune-18796").successors
    assert {step.code: step.amounts for step in steps} == {
        "18754": {"area_m2": 0, "people": None},
        "18823": {"area_m2": None, "people": None},
        "18832": {"area_m2": 0, "people": None},
    }
    assert [step.code for step in steps if step.all_of == ("area_m2",)] == ["18823"]


def test_questions_are_answered_for_both_days(country: Store) -> None:
    """The chain of a commune has a district before the reform, and none after it."""
    before = orgraph.chain(country, "commune-00634", BEFORE).chain
    after = orgraph.chain(country, "commune-00637-2025-07-01", AFTER).chain
    assert [link.kind for link in before] == ["commune", "district", "province"]
    assert [link.kind for link in after] == ["commune", "province"]
    eve = AFTER - timedelta(days=1)
    assert orgraph.tally(country, "province-22", eve).counts["commune"] == 171
    assert orgraph.tally(country, "province-22", AFTER).counts == {"commune": 54}


def test_quang_ninh_hangs_together_as_the_table_says(asked: Asked) -> None:
    """12 of its communes are split, 11 in two and one in three."""
    targets = Counter(
        pair.from_.id
        for pair in asked.pairs
        if pair.from_ and pair.to and asked.above[pair.to.id] == "province-22"
    )
    assert Counter(targets.values()) == {1: 159, 2: 11, 3: 1}


def test_all_of_it_can_be_taken_back(built: Path, tmp_path: Path) -> None:
    """The reform of a province with splits is undone: nobody's place is another's."""
    replay(built, tmp_path / "hanoi.db", only="01")
    with orgraph.open(str(tmp_path / "hanoi.db")) as store:
        store.commit(store.plan(orgraph.undo_proposal(store)))
        pairs = orgraph.crosswalk(store, BEFORE, date(2026, 1, 1), "commune").pairs
        assert {pair.part for pair in pairs} == {"unchanged"}
        assert len(pairs) == 10_036


def test_a_changed_row_of_the_table_is_seen(tmp_path: Path) -> None:
    """Old Hải Hòa sent whole to Hải Lạng: one split less, and one row of lineage."""
    text = (FOLDER / "table.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    (row, other) = [row for row in rows if row["old_code"] == "06799"]
    assert (row["new_code"], other["new_code"]) == ("06799", "06886")
    rows.remove(row)
    other["note"] = "Nhập toàn bộ"
    folder = tmp_path / "scenario"
    folder.mkdir()
    for path in FOLDER.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerows(rows)
    build().write(tmp_path, folder)
    replay(tmp_path, tmp_path / "qn.db", only="22")
    with orgraph.open(str(tmp_path / "qn.db")) as store:
        pairs = orgraph.crosswalk(store, BEFORE, AFTER, "commune").pairs
        own = [p for p in pairs if p.to and p.to.id.endswith(AFTER.isoformat())]
        targets = Counter(p.from_.id for p in own if p.from_)
        (mine,) = [row for row in official() if row["new_code"] == "22"]
        splits, edges = sum(n > 1 for n in targets.values()), len(own) + 1
        assert splits == int(mine["split_old_communes"]) - 1
        assert edges == int(mine["edges"]) - 1  # Cái Chiên is not in them: unchanged
