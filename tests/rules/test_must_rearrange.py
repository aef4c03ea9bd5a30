"""Who must be rearranged: by the law of the day, at a cost that doesn't grow."""

from datetime import date

import pytest
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.rules import Reach
from orgraph.rules.must_rearrange import MustRearrange
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: p, kind: province, region: red_river_delta}
"""
COMMUNE = (
    "  - {{id: c{n}, kind: commune, type: xã, mountainous: false, island: false, "
    "people: {people}, area_m2: {area}, parent: p}}\n"
)
PERCENTS = {
    # By hand from the resolutions: percents of 8,000 people and 30 km², or of 16,000
    # and 21 km²: both below the first, or area below the second and people the third.
    date(2023, 7, 11): (8_000, 30_000_000, None),
    date(2023, 7, 12): (8_000, 30_000_000, (70, 20, 300)),
    date(2025, 4, 13): (8_000, 30_000_000, (70, 20, 300)),
    date(2025, 4, 14): (8_000, 30_000_000, None),
    date(2026, 1, 1): (16_000, 21_000_000, (100, 0, 0)),
}


@pytest.mark.parametrize("day", PERCENTS)
def test_agrees_with_plain_arithmetic(day: date) -> None:
    """Of a grid of sizes those are found that plain arithmetic finds."""
    sizes = [
        (people, area)
        for people in (1, 5_599, 5_600, 15_999, 16_000, 23_999, 24_000)
        for area in (1, 5_999_999, 6_000_000, 20_999_999, 21_000_000, 30_000_000)
    ]
    given = GIVEN + "".join(
        COMMUNE.format(n=n, people=people, area=area)
        for n, (people, area) in enumerate(sizes)
    )
    store = filled(MemoryStore(pack_named("vietnam")), given)
    view = Snapshot(store, day)
    nodes = [f"c{n}" for n in range(len(sizes))]
    reach = Reach.within(view, nodes, [])
    found = [f for f in MustRearrange().check(view, reach) if f.severity == "warning"]
    people, area, percents = PERCENTS[day]
    wanted = set()
    if percents:
        both, low, many = percents
        for node, (p, a) in zip(nodes, sizes, strict=True):
            small = p * 100 < both * people and a * 100 < both * area
            narrow = a * 100 < low * area and p * 100 < many * people
            if small or narrow:
                wanted.add(node)
    assert {finding.subject for finding in found} == wanted
    assert len(wanted) == 0 or 0 < len(wanted) < len(sizes)


def test_quotes_the_resolution_and_who_is_exempt() -> None:
    """A finding gives its source, and who the law exempts."""
    given = GIVEN + COMMUNE.format(n=0, people=1, area=1)
    view = Snapshot(filled(MemoryStore(pack_named("vietnam")), given), date(2024, 1, 1))
    found = list(MustRearrange().check(view, Reach.within(view, ["c0"], [])))
    assert {str(f.source) for f in found} == {"Resolution 35/2023/UBTVQH15"}
    assert all("boundary stable since 1945" in f.hint for f in found)
