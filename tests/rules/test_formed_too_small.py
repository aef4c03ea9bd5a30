"""Criteria of units that are formed: once in an audit, and only on their day."""

from datetime import date
from itertools import product

import pytest
from harness import applied, filled, pack_named, proposed

from orgraph.engine import audit
from orgraph.rules.formed_too_small import NOT_JUDGED, TOO_SMALL, FormedTooSmall
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: m1, kind: municipality, type: rural, people: 9, area_m2: 1, parent: s}
  - {id: m2, kind: municipality, type: rural, people: 9, area_m2: 1, parent: s}
  - {id: m3, kind: municipality, type: rural, people: 9, area_m2: 1, parent: s}
"""
WAIVED = """\
  - {op: absorb_units, sources: [m1], into: m2}
waivers: [{code: FORMED01, subject: m2, basis: A treaty}]
"""


def test_is_found_once_and_on_the_day_only() -> None:
    """The audit of the day finds what the plan found; a day later nobody is formed."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    plan = applied(store, WAIVED, "2030-03-01")
    assert [f.code for f in plan.findings if f.waived] == [TOO_SMALL.code]
    for day, times in ((date(2030, 3, 1), 1), (date(2030, 3, 2), 0)):
        found = [f for f in audit(store, day) if f.code == TOO_SMALL.code]
        assert len(found) == times, day
    assert FormedTooSmall.name() == "formed_too_small"


def test_three_in_steps_are_three() -> None:
    """Two absorbed one after the other in one plan make a merger of three."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    plan = applied(
        store,
        "  - {op: absorb_units, sources: [m1], into: m2}\n"
        "  - {op: absorb_units, sources: [m3], into: m2}\n",
        "2030-03-01",
    )
    assert TOO_SMALL.code not in {finding.code for finding in plan.findings}


def _merged(unit: str, sources: str) -> str:
    into = f"{{id: {unit}, kind: municipality, name: New, facts: {{type: rural}}}}"
    return f"  - {{op: merge_units, sources: [{sources}], into: {into}}}\n"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (_merged("x", "m1, m2"), _merged("y", "x, m3")),
        (
            "  - {op: absorb_units, sources: [m3], into: m2}\n",
            "  - {op: absorb_units, sources: [m2], into: m1}\n",
        ),
    ],
    ids=["merged", "absorbed"],
)
def test_three_through_one_that_passes_are_three(first: str, then: str) -> None:
    """What is formed and goes on within the day hides none that it was formed of."""
    waived = "waivers: [{code: FORMED01, subject: SUBJECT, basis: A treaty}]\n"
    for revisions in (
        [first + then],
        [first + waived.replace("SUBJECT", "x" if "x" in first else "m2"), then],
    ):
        store = filled(MemoryStore(pack_named("territory")), GIVEN)
        for steps in revisions:
            plan = applied(store, steps, "2030-03-01")
        found = {f.code for f in plan.findings if f.state == "new" and not f.waived}
        assert TOO_SMALL.code not in found
        assert TOO_SMALL.code not in {f.code for f in audit(store, date(2030, 3, 1))}


def test_parts_through_one_that_passes_are_no_merger() -> None:
    """Parts of two that live on make no merger of three with one that ends."""
    steps = """\
  - op: reorganise_units
    new:
      - {id: x, kind: municipality, name: New, facts: {type: rural}, under: s}
    edges:
      - {from: m1, to: x, shares: {people: 4, area_m2: none}}
      - {from: m2, to: x, shares: {people: 4, area_m2: none}}
    keep: [m1, m2]
"""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    found = store.plan(proposed(steps + _merged("y", "x, m3"), "2030-03-01")).findings
    assert {f.subject for f in found if f.code == TOO_SMALL.code} == {"y"}


def test_each_thing_unknown_is_a_finding_that_names_all_its_units() -> None:
    """What isn't known of wards and of communes of a province are two findings."""
    given = ["nodes:", "  - {id: p, kind: province, name: Tỉnh, type: tỉnh}"]
    steps = []
    for (of, type_), number in product((("c", "xã"), ("w", "phường")), range(7)):
        gives, takes = f"{of}-{number}-a", f"{of}-{number}-b"
        given += [
            f"  - {{id: {unit}, kind: commune, type: {type_}, people: {people}, "
            "area_m2: 90000000, parent: p}"
            for unit, people in ((gives, 9000), (takes, 6001))
        ]
        steps.append(f"  - {{op: absorb_units, sources: [{gives}], into: {takes}}}\n")
    store = filled(MemoryStore(pack_named("vietnam")), "\n".join(given) + "\n")
    plan = applied(store, "".join(steps), "2025-07-01")
    for found in (plan.findings, tuple(audit(store, date(2025, 7, 1)))):
        assert len({one.key for one in found}) == len(found)
        units = {
            one.about: one.model_dump(mode="json")["units"]
            for one in found
            if one.code == NOT_JUDGED.code
        }
        assert units == {
            "unknown:commune:mountainous": [f"c-{n}-b" for n in range(7)],
            "unknown:commune:province.border/province.mountainous": [
                f"w-{n}-b" for n in range(7)
            ],
        }
