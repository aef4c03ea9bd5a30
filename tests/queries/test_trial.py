"""Everybody is tried as if alone, though others hold the post for the time being."""

from collections.abc import Collection
from datetime import date
from random import Random

import pytest
from harness import filled, pack_named
from test_eligible import cadres, codes, compared

from orgraph.draft import Draft
from orgraph.engine.ruling import Touched, rule_findings
from orgraph.findings import Finding
from orgraph.model import FOREVER, EdgeRow, NodeRow
from orgraph.queries import Sought, eligible, trial
from orgraph.stores import MemoryStore

DAY = date(2025, 7, 1)
PEOPLE = tuple(f"m{n}" for n in range(5))


def world(seed: int) -> MemoryStore:
    """Return a store in which some hold the post asked about in any form."""
    draw = Random(seed)  # noqa: S311 - drawn from a seed, not for secrecy
    rows = cadres(seed)
    forms: list[str | None] = ["acting", "acting", "reinforcement", None]
    for person in draw.sample(PEOPLE, draw.randint(1, 3)):
        form = draw.choice(forms)
        # One at most holds it for good.
        forms = [one for one in forms if one or form]
        since = date(draw.randint(2015, 2024), draw.choice((1, 7)), 1)
        facts = {"form": form} if form else {}
        rows.append(EdgeRow("HOLDS", person, "s0", since, FOREVER, facts))
    store = MemoryStore(pack_named("vietnam"))
    store.bulk_load(
        [row for row in rows if isinstance(row, NodeRow)],
        [row for row in rows if isinstance(row, EdgeRow)],
    )
    return store


@pytest.mark.parametrize("seed", range(40))
def test_all_are_told_as_each_alone_and_as_a_plan_tells(seed: int) -> None:
    """Whoever else is asked about, what stands against somebody stays the same."""
    store = world(seed)
    for on in (DAY, date(2023, 1, 1)):
        alone = [
            item
            for person in PEOPLE
            for item in eligible(store, "s0", on, Sought((person,))).items
        ]
        told = eligible(store, "s0", on, Sought(PEOPLE)).items
        assert sorted(told, key=lambda item: item.person) == alone
        near = eligible(store, "s0", on).items
        reasons = {item.person: item.reasons for item in alone}
        assert all(item.reasons == reasons[item.person] for item in near)
        assert compared(store, ["s0"], on, Sought(PEOPLE)) >= len(PEOPLE) - 1


GIVEN = """\
since: 2010-01-01
nodes:
  - {id: p, kind: province}
  - {id: x, kind: commune, parent: p}
  - {id: pc, kind: provincial_committee}
  - {id: dx, kind: direct_committee, parent: pc}
  - {id: c, kind: cell, parent: dx}
  - {id: chair, kind: post, role: chair, rank: commune, parent: x}
  - {id: m1, kind: member, service_end: "2045-01-01", parent: c}
  - {id: m2, kind: member, service_end: "2045-01-01", parent: c}
  - {id: m3, kind: member, service_end: "2045-01-01", parent: c}
edges:
  - {kind: COVERS, source: dx, target: x}
  - {kind: NATIVE_OF, source: m1, target: x}
  - {kind: NATIVE_OF, source: m3, target: x}
  - {kind: HOLDS, source: m1, target: chair, since: 2022-06-01, form: acting}
  - {kind: PLANNED_FOR, source: m1, target: chair, since: 2022-01-01}
  - {kind: PLANNED_FOR, source: m2, target: chair, since: 2022-01-01}
  - {kind: PLANNED_FOR, source: m3, target: chair, since: 2022-01-01}
"""


def test_who_acts_in_the_commune_of_their_birth_is_not_eligible_to_lead_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That others are asked about takes nothing away; only who acts is tried apart."""
    runs: list[Touched] = []

    def counted(draft: Draft, touched: Touched, only: Collection[str]) -> list[Finding]:
        runs.append(touched)
        return rule_findings(draft, touched, only)

    monkeypatch.setattr(trial, "rule_findings", counted)
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    for sought in (Sought(), Sought(("m1", "m2")), Sought(("m1", "m2", "m3"))):
        runs.clear()
        found = {i.person: i for i in eligible(store, "chair", DAY, sought).items}
        assert (found["m1"].standing, "NATIVE01" in codes(found["m1"])) == (
            "not_eligible",
            True,
        )
        assert len(runs) == 2, "the rules run for who acts, and for all others"
