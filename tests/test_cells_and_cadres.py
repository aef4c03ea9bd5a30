"""The scenarios of cells and cadres: their figures by bare rows, and their reports."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from golden import FOLDER, golden, golden_scenarios, main, stale
from harness import STAMP, Scenario, built, pack_named, read_scenario, rows, start

from orgraph.engine import audit
from orgraph.model import FOREVER, EdgeRow, Key, NodeRow, Row
from orgraph.stores.memory import MemoryStore

NAMES = [scenario.path.stem for scenario in golden_scenarios()]
Rows = Mapping[Key, Row]


def _scenario(name: str) -> Scenario:
    return read_scenario(FOLDER / f"{name}.yaml")


def _applied(name: str) -> MemoryStore:
    """Return the store of a scenario with its proposal committed."""
    scenario = _scenario(name)
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    assert scenario.apply is not None
    store.commit(store.plan(scenario.apply), stamp=STAMP)
    return store


def _living(found: Rows, kind: str) -> dict[str, NodeRow]:
    return {
        row.id: row
        for row in found.values()
        if isinstance(row, NodeRow) and row.kind == kind and row.until == FOREVER
    }


def _edges(found: Rows, kind: str, on: str = "9999-12-30") -> list[EdgeRow]:
    return [
        row
        for row in found.values()
        if isinstance(row, EdgeRow)
        and row.kind == kind
        and str(row.since) <= on < str(row.until)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_reports_are_golden(name: str) -> None:
    """The committed reports and answers are what is made now, byte for byte."""
    made = golden(FOLDER / f"{name}.yaml")
    committed = {file: (FOLDER / file).read_bytes() for file in made}
    assert committed == {file: text.encode() for file, text in made.items()}


def test_a_changed_report_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a report is another, or one too many, --check says so."""
    for file in FOLDER.glob("coal.report.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "coal.yaml").write_bytes((FOLDER / "coal.yaml").read_bytes())
    (tmp_path / "old.report.txt").touch()
    (tmp_path / "coal.report.txt").write_text("Nothing.\n", encoding="utf-8")
    monkeypatch.setattr("golden.FOLDER", tmp_path)
    made = golden(FOLDER / "coal.yaml")
    monkeypatch.setattr("golden.golden", lambda _: made)
    monkeypatch.setattr("golden.golden_scenarios", lambda: [_scenario("coal")])
    assert main(["--check"]) == 1
    said = capsys.readouterr().out
    assert "coal.report.txt is stale" in said
    assert "old.report.txt is stale" in said
    assert "coal.report.json" not in said
    assert main([]) == 0
    assert list(stale()) == []
    assert not (tmp_path / "old.report.txt").exists()


@pytest.mark.parametrize(
    "name", ["border_guard", "coal", "five_districts", "luc_hon", "muong_nhe"]
)
def test_a_built_world_is_always_the_same(name: str) -> None:
    """A world is made without chance: a second one is the same, to the last edge."""
    fresh: Callable[[str, str], Any] = built.__wrapped__
    assert fresh(FOLDER.name, name) == fresh(FOLDER.name, name)


def test_real_places_bear_their_names_and_codes() -> None:
    """Each province, district and commune is one of the tables, by code and name."""
    known = set()
    for table in ("dien_bien_2025", "quang_ninh_2025"):
        text = (FOLDER.parent / table / "nodes.csv").read_text(encoding="utf-8")
        known |= {tuple(line.split(",")[1:4]) for line in text.splitlines()}
    named = Counter[str]()
    for name in NAMES:
        for row in _scenario(name).rows:
            if isinstance(row, NodeRow) and row.kind in {"commune", "district"}:
                assert (row.kind, row.name, row.code) in known
                named[row.kind] += 1
    assert min(named.values()) > 20


def test_muong_cha_has_six_villages_in_three_communes() -> None:
    """The six villages are those that are published, four of them in Mường Tùng."""
    found = rows(_applied("muong_cha"))
    villages = _living(found, "village")
    assert sorted(row.name for row in villages.values()) == [
        "Huoi Diet", "Huoi Ha", "Huoi It", "Nam Cang 1", "Nam Cang 2", "Nam Pien",
    ]  # fmt: skip
    inside = Counter(e.target for e in _edges(found, "PART_OF") if e.source in villages)
    assert sorted(inside.values()) == [1, 1, 4]
    home = {e.source: e.target for e in _edges(found, "LIVES_IN")}
    members = _living(found, "member")
    lived = {
        home[e.target] for e in _edges(found, "OF_HOUSEHOLD") if e.source in members
    }
    assert lived == set(villages)


def test_muong_nhe_ends_with_huoi_khon_2() -> None:
    """By bare rows there are 115 villages; the last cell of all is Huổi Khon 2's."""
    found = rows(_applied("muong_nhe"))
    villages = _living(found, "village")
    assert len(villages) == 115
    cells = _living(found, "cell")
    alone = Counter(e.source for e in _edges(found, "COVERS") if e.source in cells)
    own = {
        e.target: e.since
        for e in _edges(found, "COVERS")
        if alone[e.source] == 1 and e.target in villages
    }
    assert set(own) == set(villages)
    last = max(own.values())
    assert str(last)[:7] == "2023-03"
    assert [villages[v].name for v in own if own[v] == last] == ["Huổi Khon 2"]
    late = {v for v, since in own.items() if str(since) > "2021-01-01"}
    homes = {e.target for e in _edges(found, "PART_OF") if e.source in late}
    assert (len(late), len(homes)) == (11, 5)


def test_joint_cells_only_ever_fall() -> None:
    """In each of the five districts they fall, to none by the end of 2025."""
    found = rows(_applied("five_districts"))
    cells = {row.id for row in found.values() if isinstance(row, NodeRow)}
    quarters = [
        f"{y}-{m}" for y in range(2021, 2026) for m in ("03-31", "06-30", "12-31")
    ]
    above = {
        e.source: e.target
        for e in _edges(found, "UNDER", "2021-03-31")
        if e.source in cells
    }
    series: dict[str, list[int]] = {}
    for on in quarters:
        counts = Counter(e.source for e in _edges(found, "COVERS", on))
        joint = Counter(above[c] for c, n in counts.items() if n > 1 and c in above)
        for unit in ("dc-096", "dc-097", "dc-101", "dc-102", "dc-103"):
            series.setdefault(unit, []).append(joint[unit])
    for numbers in series.values():
        assert numbers == sorted(numbers, reverse=True)
        assert numbers[0] in {5, 7, 8}
        assert numbers[-1] == 0
    assert not series["dc-096"][quarters.index("2023-03-31")]
    assert series["dc-103"][quarters.index("2025-06-30")]


def test_villages_without_their_own_cell_are_as_many_as_published() -> None:
    """By bare rows they are 74 at first, 11 of them in Mường Nhé, and 5 after 2023."""
    found = rows(_applied("five_districts"))
    above = {e.source: e.target for e in _edges(found, "PART_OF", "2021-01-01")}
    villages = _living(found, "village")
    lacking: dict[str, Counter[str]] = {}
    for on in ("2021-01-01", "2023-12-31", "2025-12-31"):
        places = Counter(e.source for e in _edges(found, "COVERS", on))
        own = {e.target for e in _edges(found, "COVERS", on) if places[e.source] == 1}
        lacking[on] = Counter(above[above[v]] for v in villages if v not in own)
    assert [sum(some.values()) for some in lacking.values()] == [74, 5, 0]
    assert lacking["2021-01-01"]["district-096"] == 11


def test_all_secretaries_of_quarters_head_them() -> None:
    """The golden answers of the coal scenario show it of the ward's four quarters."""
    text = (FOLDER / "coal.answers.txt").read_text(encoding="utf-8")
    _, ward = text.split("$ orgraph concurrency gc-ward")
    assert "4 of 4 holders of secretary (cell) (100.0 %)" in ward


def test_the_border_guard_is_where_it_is_published_to_be() -> None:
    """24 communes, 5 district committees and 95 villages, each once."""
    found = rows(_applied("border_guard"))
    posts, seats = _living(found, "post"), _edges(found, "SEAT_IN")
    seconded = {e.target for e in _edges(found, "HOLDS") if e.facts.get("form")}
    by_role = {
        role: [e.target for e in seats if posts[e.source].facts["role"] == role
               and e.source in seconded]
        for role in ("deputy_secretary", "committee_member")
    }  # fmt: skip
    committees = _living(found, "grassroots_committee")
    assert sorted(by_role["deputy_secretary"]) == sorted(committees)
    assert len(committees) == 24
    districts = {
        e.source for e in _edges(found, "COVERS") if e.target[:9] == "district-"
    }
    assert sorted(by_role["committee_member"]) == sorted(districts)
    assert len(districts) == 5
    attended = {e.target for e in _edges(found, "ATTENDS")}
    villages = _living(found, "village")
    places = {e.target for e in _edges(found, "COVERS") if e.source in attended} & set(
        villages
    )
    assert places == set(villages)
    assert len(places) == 95


def test_eleven_of_twelve_coal_units_are_led_by_the_secretary() -> None:
    """That is 91.7 % of units, and in the ward all secretaries are heads."""
    store = _applied("coal")
    found = rows(store)
    posts = _living(found, "post")
    unit = {e.source: e.target for e in _edges(found, "SEAT_IN")}
    holder = {e.target: e.source for e in _edges(found, "HOLDS")}
    led = {(unit[p], row.facts["role"]): holder[p] for p, row in posts.items()}
    covers = [e for e in _edges(found, "COVERS") if (e.source, "secretary") in led]
    shares = {}
    for kind in ("department", "village"):
        pairs = [e for e in covers if e.target in _living(found, kind)]
        same = [e for e in pairs if led[e.source, "secretary"] == led[e.target, "head"]]
        shares[kind] = len(same), len(pairs), round(100 * len(same) / len(pairs), 1)
    assert shares == {"department": (11, 12, 91.7), "village": (4, 4, 100.0)}
    apart = [
        f.subject for f in audit(store, _scenario("coal").day) if f.code == "COMBINE02"
    ]
    assert apart == ["c-12"]


def test_luc_hon_has_more_than_320_members_in_21_cells() -> None:
    """The commune goes from 320 to more than that, more than 15 a cell."""
    given = _scenario("luc_hon").rows
    people = [r for r in given if isinstance(r, NodeRow) and r.kind == "member"]
    assert len(people) == 320
    found = rows(_applied("luc_hon"))
    cells = Counter(e.target for e in _edges(found, "MEMBER_OF"))
    assert (len(cells), cells.total()) == (21, 321)
    assert cells.total() / len(cells) > 15


def test_the_repair_changes_who_goes_where_and_nothing_else() -> None:
    """The refused chain and its repair start from the same rows; the law is quoted."""
    refused, repaired = map(_scenario, ("native_in_a_chain", "native_goes_elsewhere"))
    assert refused.rows == repaired.rows
    store = MemoryStore(pack_named(refused.pack))
    start(refused, store)
    assert refused.apply is not None
    assert repaired.apply is not None
    (blocking,) = (f for f in store.plan(refused.apply).findings if f.blocks)
    assert blocking.source is not None
    assert blocking.source.document == "Regulation 65-QĐ/TW (2022)"
    assert not store.plan(repaired.apply).refused
