"""How units stand to thresholds, held to what the rules find in the same reach."""

from collections.abc import Iterator

import pytest
from harness import Scenario, pack_named, scenarios, start
from towns import edge, filled, node, planned

from orgraph.engine.ruling import touch
from orgraph.rules import Reach, rules
from orgraph.rules.standing import Standing, standings
from orgraph.stores.memory import MemoryStore

JUDGING = ("below_standard", "must_rearrange", "formed_too_small")
FOLDERS = ("cells_and_cadres/", *(f"rules/{rule}/" for rule in JUDGING))
JUDGED = [
    scenario
    for scenario in scenarios()
    if scenario.name.startswith(FOLDERS) and scenario.apply is not None
]


def sides(scenario: Scenario) -> Iterator[tuple[list[Standing], list]]:
    """Yield what is said of standings and what the rules find, before and after."""
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    assert scenario.apply is not None
    plan = store.plan(scenario.apply)
    assert plan.draft is not None
    touched = touch(plan.changes)
    for view, edges in (
        (plan.draft.base, touched.before),
        (plan.draft, touched.after),
    ):
        reach = Reach.within(view, touched.nodes, edges)
        found = [f for name in JUDGING for f in rules()[name].check(view, reach)]
        yield list(standings(view, reach)), found


@pytest.mark.parametrize("scenario", JUDGED, ids=lambda scenario: scenario.name)
def test_what_is_broken_is_what_the_rules_find(scenario: Scenario) -> None:
    """Broken are the units of which rules have findings; unknown what they name so."""
    for stood, found in sides(scenario):
        broken = {(s.threshold.id, unit) for s in stood for unit in s.broken}
        assert broken == {
            (f.about.split()[0], f.subject) for f in found if f.severity != "info"
        } | {
            (f.about.split()[0], f.subject)
            for f in found
            if f.severity == "info" and not f.units and f.about
        }
        unknown = {unit for s in stood for unit in s.unknown}
        named = {unit for f in found for unit in f.units}
        assert unknown <= named
        assert named <= unknown | {unit for _, unit in broken}
        for s in stood:
            assert not {*s.met} & {*s.broken, *s.unknown}
            assert not {*s.broken} & {*s.unknown}


def test_the_scenarios_have_all_of_them() -> None:
    """Among these scenarios there are units that meet, that break, and unknown ones."""
    words = {
        word
        for scenario in JUDGED
        for stood, _ in sides(scenario)
        for s in stood
        for word in ("met", "broken", "unknown")
        if getattr(s, word)
    }
    assert words == {"met", "broken", "unknown"}


def test_towns_by_their_people() -> None:
    """Towns of 1,000 people or more meet the standard; others aren't meant by it."""
    figures = {"a": 999, "b": 1000, "c": 5000, "u": None}
    towns = [
        node(name, "municipality", type="town", people=people)
        for name, people in figures.items()
    ]
    rural = node("r", "municipality", type="rural", people=10)
    rows = [node("s", "state"), node("d", "district"), edge("PART_OF", "d", "s")]
    store = filled(
        *rows,
        *towns,
        rural,
        *(edge("PART_OF", row.id, "d") for row in (*towns, rural)),
    )
    renamed = {"op": "rename_unit", "unit": "d", "name": "D2"}
    plan = planned(store, "2025-01-01", renamed)
    assert plan.draft is not None
    reach = Reach.within(plan.draft, [*figures, "r", "nowhere"], [])
    (found,) = [
        s for s in standings(plan.draft, reach) if s.threshold.id == "town-people"
    ]
    assert (found.met, found.broken, found.unknown) == (("b", "c"), ("a",), ("u",))
