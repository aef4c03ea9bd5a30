"""How large units are, against sums by hand and against what the findings want."""

import re

import pytest
from harness import (
    SCENARIOS,
    Scenario,
    pack_named,
    read_scenario,
    scenarios,
    start,
)
from towns import edge, filled, new, node, planned

from orgraph.reports import Report, build_report
from orgraph.reports.sheets import report_tables
from orgraph.stores import MemoryStore

JUDGED = [
    one
    for one in scenarios()
    if one.apply is not None
    and one.path.parent.name in {"formed_too_small", "below_standard"}
]
SMALL = {"STANDARD01", "FORMED01"}


def sizes(report: Report) -> dict[str, tuple[object, object]]:
    """Return the sides of every size."""
    return {
        one.unit: (
            None if one.before is None else dict(one.before),
            None if one.after is None else dict(one.after),
        )
        for one in report.sizes
    }


def test_sizes_of_a_merger_and_of_those_who_move() -> None:
    """Sums of what is below, before and after, for those that the plan makes other."""
    store = filled(
        node("p", "provincial_committee"),
        *(node(name, "cell") for name in "abcd"),
        *(edge("UNDER", name, "p") for name in "abcd"),
        *(node(f"m{n}", "member") for n in range(12)),
        *(edge("MEMBER_OF", f"m{n}", "abcd"[n % 4]) for n in range(12)),
        pack="vietnam",
    )
    steps = (
        {"op": "merge_units", "sources": ["a", "b"], "into": new("cell", "n")},
        {"op": "transfer_members", "members": ["m2"], "to": "d"},
    )
    report = build_report(planned(store, "2025-01-01", *steps), store)
    assert sizes(report) == {
        "a": ({"member": 3}, None),
        "b": ({"member": 3}, None),
        "n": (None, {"member": 6}),
        "c": ({"member": 3}, {"member": 2}),
        "d": ({"member": 3}, {"member": 4}),
    }


def test_unknown_stays_unknown() -> None:
    """A sum with an unknown in it is unknown; one that nobody carries isn't there."""
    store = filled(
        node("s", "state"),
        node("a", "municipality", people=5, households=None),
        node("b", "municipality", people=7, households=2),
        edge("PART_OF", "a", "s"),
        edge("PART_OF", "b", "s"),
    )
    step = {"op": "absorb_units", "sources": ["a"], "into": "b"}
    report = build_report(planned(store, "2025-01-01", step), store)
    assert sizes(report) == {
        "a": ({"people": 5, "households": None}, None),
        "b": ({"people": 7, "households": 2}, {"people": 12, "households": None}),
    }


def test_heads_that_nobody_recorded_are_not_none() -> None:
    """Where no household is recorded none is said; where some are, 0 is a number."""
    rows = [
        node("p", "province"),
        *(node(name, "commune", people=5_000) for name in "abc"),
        *(edge("PART_OF", name, "p") for name in "abc"),
    ]
    step = {"op": "merge_units", "sources": ["a", "b"], "into": new("commune", "n")}
    store = filled(*rows, pack="vietnam")
    report = build_report(planned(store, "2025-07-01", step), store)
    assert sizes(report) == {
        "a": ({"people": 5_000}, None),
        "b": ({"people": 5_000}, None),
        "n": (None, {"people": 10_000}),
    }
    (sheet,) = (table for table in report_tables(report) if table.title == "Sizes")
    assert {row[3] for row in sheet.rows} == {"people"}
    # One in a commune that the plan leaves alone: in the whole they are recorded.
    rows += [
        node("v", "village"),
        node("h", "household"),
        edge("PART_OF", "v", "c"),
        edge("LIVES_IN", "h", "v"),
    ]
    store = filled(*rows, pack="vietnam")
    report = build_report(planned(store, "2025-07-01", step), store)
    assert sizes(report)["n"] == (None, {"people": 10_000, "household": 0})


@pytest.mark.parametrize("scenario", JUDGED, ids=lambda one: one.path.stem)
def test_what_is_wanted_is_what_findings_want(scenario: Scenario) -> None:
    """A figure that a finding says is wanted stands at the unit, and no smaller one."""
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    report = build_report(store.plan(scenario.apply), store)
    known = {one.unit: one for one in report.sizes}
    found = [f for f in report.findings if f.code in SMALL and f.state != "resolved"]
    # Of which class it isn't known what stands at the unit isn't known either.
    found = [f for f in found if "the mildest that may hold" not in f.message]
    for finding in found:
        if finding.subject in known and finding.state == "new":
            wants = finding.message.rsplit(" wants ", 1)[1]
            number = int(re.findall(r"[\d,]*\d", wants)[0].replace(",", ""))
            wanted = {one.at_least for one in known[finding.subject].wanted}
            assert number in wanted
    small = {finding.subject for finding in found}
    for unit, one in known.items():
        for aim in one.wanted:
            value = (one.after or {}).get(aim.fact)
            if isinstance(value, int) and value < aim.at_least and not aim.any_of:
                assert unit in small


def test_the_scenarios_judge_something() -> None:
    """The test above meets figures that are wanted."""
    assert len(JUDGED) > 10
    path = SCENARIOS / "rules" / "formed_too_small" / "ward_city.yaml"
    scenario = read_scenario(path)
    assert scenario.apply is not None
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    report = build_report(store.plan(scenario.apply), store)
    wanted = {(w.fact, w.at_least) for one in report.sizes for w in one.wanted}
    assert wanted == {("people", 45_000), ("area_m2", 5_500_000)}


@pytest.mark.parametrize(
    ("step", "unit", "criterion", "standard"),
    [
        ({"op": "rename_unit", "unit": "c", "name": "C!"}, "c", False, True),
        ({"op": "move_unit", "unit": "c", "to": "q"}, "c", False, True),
        ({"op": "absorb_units", "sources": ["a"], "into": "b"}, "b", True, True),
        # Of three and more the criteria ask nothing; who lived before is judged still.
        ({"op": "absorb_units", "sources": ["a", "c"], "into": "b"}, "b", False, True),
        (
            {
                "op": "merge_units",
                "sources": ["a", "b"],
                "into": new("commune", "n", type="xã"),
            },
            "n",
            True,
            False,
        ),
    ],
)
def test_every_unit_has_what_is_wanted_of_it(
    step: dict[str, object], unit: str, *, criterion: bool, standard: bool
) -> None:
    """A unit renamed, moved or absorbed into has its standard, as has one that ends."""
    about = {"type": "xã", "mountainous": True, "people": 3_000, "area_m2": 60_000_000}
    store = filled(
        *(node(name, "province") for name in "pq"),
        *(node(name, "commune", **about) for name in "abc"),
        *(edge("PART_OF", name, "p") for name in "abc"),
        pack="vietnam",
    )
    report = build_report(planned(store, "2025-07-01", step), store)
    (size,) = (one for one in report.sizes if one.unit == unit)
    wanted = {(one.fact, one.at_least) for one in size.wanted}
    # Resolution 76/2025: people as before, area twice as much; 1211/2016 the standard.
    assert (("area_m2", 100_000_000) in wanted) is criterion
    assert (("area_m2", 50_000_000) in wanted) is standard
    for ended in (one for one in report.sizes if one.after is None):
        was = {(one.fact, one.at_least) for one in ended.wanted}
        assert was == {("people", 5_000), ("area_m2", 50_000_000)}
