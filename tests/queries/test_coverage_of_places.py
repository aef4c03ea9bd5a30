"""Villages by state, below each unit and by tag, against rows read one by one."""

from collections import Counter
from datetime import date

import pytest
from harness import NewStore
from provinces import DAY, Oracle, province
from test_regions import SEEDS, TOPS, loaded
from towns import edge, filled, node

from orgraph.errors import InputError
from orgraph.model import FactValue
from orgraph.queries import coverage, coverage_series, white_villages
from orgraph.stores import MemoryStore, Store

STATES = ("own", "without_members", "without_cell", "joint", "unrecorded")


@pytest.fixture(params=SEEDS)
def drawn(request: pytest.FixtureRequest, new_store: NewStore) -> tuple[Store, Oracle]:
    """Return a store with a province, and its oracle."""
    rows = province(request.param)
    return loaded(new_store, rows), Oracle(rows)


def _states(oracle: Oracle, villages: list[str]) -> dict[str, int]:
    found = Counter(map(oracle.state, villages))
    return {state: found[state] for state in STATES}


def test_villages_are_counted_below_each_unit(drawn: tuple[Store, Oracle]) -> None:
    """The region, and every unit between it and its villages, has its own counts."""
    store, oracle = drawn
    for top in TOPS:
        villages = oracle.of_kind("village", top)
        found = coverage(store, top, DAY)
        assert found.states == _states(oracle, villages)
        for item in found.items:
            below = [v for v in villages if item.id in oracle.above(v)]
            assert item.states == _states(oracle, below), item.id
        units = {item.id for item in found.items}
        if top is None:
            assert units == {unit for v in villages for unit in oracle.above(v)} - {
                *villages
            }
        else:
            assert not units & (oracle.above(top) - {top})


def _land() -> MemoryStore:
    """Return two communes with three villages; one cell of its own begins in 2023."""
    rows = [node("pr", "province"), node("co1", "commune"), node("co2", "commune")]
    rows += [node("v1", "village", border=True), node("v2", "village", border=False)]
    edges = [edge("PART_OF", co, "pr") for co in ("co1", "co2")]
    for village, commune in (("v1", "co1"), ("v2", "co1"), ("v3", "co2")):
        edges.append(edge("PART_OF", village, commune))
    begun = date(2023, 3, 1)
    rows += [node("v3", "village"), node("c", "cell", since=begun)]
    rows.append(node("m", "member", since=begun))
    edges += [edge("COVERS", "c", "v1", since=begun)]
    edges += [edge("MEMBER_OF", "m", "c", since=begun)]
    return filled(*rows, *edges, pack="vietnam")


def test_what_is_not_known_of_a_tag_is_counted_apart() -> None:
    """A village of which nobody said whether it lies at the border is in neither."""
    found = coverage(_land(), "pr", date(2024, 1, 1))

    assert sum(found.tags["border"].values()) == 1
    assert found.tags["border"]["own"] == 1
    assert found.unknown["border"] == 1
    assert found.unknown["island"] == 3


def test_a_tag_of_the_commune_counts_where_a_village_says_nothing() -> None:
    """It does for what says nothing, not for what says no or that it isn't known.

    What the province says doesn't, and what is granted by name isn't inherited.
    """
    villages: dict[str, dict[str, FactValue]] = {
        "silent": {},
        "says": {"border": True},
        "denies": {"border": False},
        "open": {"border": None},
    }
    store = filled(
        node("pr", "province", island=True),
        node("co", "commune", border=True, specially_difficult=True, religious=None),
        node("dry", "commune", border=False),
        edge("PART_OF", "co", "pr"),
        edge("PART_OF", "dry", "pr"),
        *(node(name, "village", **facts) for name, facts in villages.items()),
        *(edge("PART_OF", name, "co") for name in villages),
        node("inland", "village"),
        edge("PART_OF", "inland", "dry"),
        pack="vietnam",
    )
    for top, inherited in (("pr", 1), ("co", 1), ("silent", 1), ("says", 0)):
        found = coverage(store, top, date(2024, 1, 1))
        assert found.inherited["border"] == inherited, top
    found = coverage(store, "pr", date(2024, 1, 1))
    assert sum(found.tags["border"].values()) == 2
    assert found.unknown["border"] == 1
    for tag in ("island", "religious", "specially_difficult"):
        assert (sum(found.tags[tag].values()), found.unknown[tag]) == (0, 5), tag
    (item,) = (item for item in found.items if item.id == "co")
    assert sum(item.tags["border"].values()) == 2
    assert found.to_plain()["inherited"]["border"] == 1
    assert item.to_plain()["inherited"]["border"] == 1


def test_only_units_of_one_kind_are_listed_if_wanted() -> None:
    """The region's own counts stay those of all its villages."""
    found = coverage(_land(), "pr", date(2024, 1, 1), "commune")

    assert [item.id for item in found.items] == ["co1", "co2"]
    assert sum(found.states.values()) == 3
    with pytest.raises(InputError, match="no kind 'hamlet'"):
        coverage(_land(), "pr", date(2024, 1, 1), "hamlet")


def test_a_series_follows_the_states_over_days() -> None:
    """The cell that began in March 2023 is there from then on."""
    days = [date(year, 3, 1) for year in (2022, 2023, 2024)]
    found = coverage_series(_land(), "pr", days)

    assert [day.states["own"] for day in found.days] == [0, 1, 1]
    assert [day.states["without_cell"] for day in found.days] == [3, 2, 2]


def test_each_day_of_a_series_is_told_as_that_day_is() -> None:
    """With its units and tags, and what their counts are of."""
    store, days = _land(), [date(2022, 3, 1), date(2024, 1, 1)]
    for by, units in ((None, ["pr", "co1", "co2"]), ("commune", ["co1", "co2"])):
        told = coverage_series(store, "pr", days, by).to_plain()["items"]
        assert [[unit["id"] for unit in day["items"]] for day in told] == [units] * 2
        for day, said in zip(days, told, strict=True):
            alone = coverage(store, "pr", day, by).to_plain()
            assert said == {
                key: alone[key] for key in alone.keys() - {"format", "node"}
            }
            assert (said["places"], said["tagged"]["border"]) == (3, 1)
            (co1,) = (unit for unit in said["items"] if unit["id"] == "co1")
            assert (co1["places"], co1["tagged"]["border"]) == (2, 1)
            assert (co1["unknown"]["border"], co1["unknown"]["island"]) == (0, 2)


def test_days_on_which_a_unit_does_not_live_are_left_out() -> None:
    """A series of a commune begins with the commune; of no day at all it is refused."""
    store = filled(node("co", "commune", since=date(2020, 1, 1)), pack="vietnam")

    found = coverage_series(store, "co", [date(2019, 1, 1), date(2021, 1, 1)])

    assert [day.on.year for day in found.days] == [2021]
    with pytest.raises(InputError, match="lives on no day asked about"):
        coverage_series(store, "co", [date(2019, 1, 1)])


def test_what_a_committee_leads() -> None:
    """One village led by a body is its own, with members or none; one of two is not."""
    rows = [node("pr", "province"), node("co", "commune"), edge("PART_OF", "co", "pr")]
    rows += [node("pc", "provincial_committee"), node("lone", "cell")]
    villages = ("alone", "quiet", "both", "two", "outside")
    for village in villages:
        rows += [node(village, "village"), edge("PART_OF", village, "co")]
    leads = {"g1": ["alone"], "g2": ["quiet"], "g3": ["both", "two"], "g4": ["outside"]}
    for body, ground in leads.items():
        rows += [node(body, "grassroots_committee"), edge("UNDER", body, "pc")]
        rows += [edge("COVERS", body, village) for village in ground]
        rows += [node(f"{body}c", "cell"), edge("UNDER", f"{body}c", body)]
    rows += [node("s", "sectional_committee"), edge("UNDER", "s", "g1")]
    rows += [edge("UNDER", "lone", "s"), edge("COVERS", "g4", "co")]
    for number, cell in enumerate(("lone", "g3c", "g4c")):
        rows += [node(f"m{number}", "member"), edge("MEMBER_OF", f"m{number}", cell)]
    store = filled(*rows, pack="vietnam")

    items = white_villages(store, None, DAY).items
    white = {item.id: (item.state, item.cells) for item in items}
    assert white == {
        "quiet": ("unrecorded", ("g2",)),
        "both": ("without_cell", ()),
        "two": ("without_cell", ()),
        "outside": ("without_cell", ()),
    }
    assert coverage(store, "pr", DAY).states["own"] == 1
