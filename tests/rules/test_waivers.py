"""Waivers that were applied are remembered by the audit, as long as they stand."""

import pytest
from harness import STAMP, NewStore, filled

from orgraph.engine import audit, undo_proposal
from orgraph.engine.replay import applied_lines
from orgraph.model import parse_day
from orgraph.plan import Plan
from orgraph.proposal import read_proposal_text
from orgraph.proposal.timeline import Entry, proposal_digest
from orgraph.stores.base import Store

BASIS = "Resolution 35/2023/UBTVQH15"
PLAN = """\
title: An island
effective: 2025-07-01
steps:
  - op: found_unit
    new: {id: NAME, kind: commune, name: Xã Đảo, facts: FACTS}
    under: p
"""
OLD = "type: xã, mountainous: false, people: 900, area_m2: 1"
FACTS = f"{{{OLD}}}"
WAIVER = f"""\
waivers:
  - {{code: STANDARD01, subject: c, basis: "{BASIS}"}}
"""


@pytest.fixture
def store(new_store: NewStore) -> Store:
    """Return a province, and an island waived by revision 2 of what it lacks."""
    made = filled(new_store("vietnam"), "nodes: [{id: p, kind: province}]")
    apply(made, PLAN.replace("NAME", "c").replace("FACTS", FACTS) + WAIVER)
    return made


def apply(store: Store, text: str) -> None:
    """Plan and commit a proposal."""
    store.commit(store.plan(read_proposal_text(text)), stamp=STAMP)


def found(store: Store, on: str = "2025-08-01") -> dict[str, set[str | None]]:
    """Return the waivers of what is below its standard, by subject."""
    below: dict[str, set[str | None]] = {}
    for finding in audit(store, parse_day(on)):
        if finding.code == "STANDARD01":
            below.setdefault(finding.subject, set()).add(finding.waived)
    return below


def test_a_waived_breach_is_shown_as_waived(store: Store) -> None:
    """The audit names the basis and the revision that has it, also after others."""
    assert found(store) == {"c": {f"{BASIS} (revision 2)"}}
    head = "title: T\neffective: 2025-07-10\nsteps:\n"
    apply(store, head + "  - {op: rename_unit, unit: c, name: Xã Khác}\n")
    assert found(store) == {"c": {f"{BASIS} (revision 2)"}}


def test_an_old_breach_is_not_waived(new_store: NewStore) -> None:
    """What nobody waived is a fault; a waiver counts from its plan's day on."""
    nodes = ["{id: p, kind: province}"]
    nodes += [f"{{id: {name}, kind: commune, parent: p, {OLD}}}" for name in "de"]
    store = filled(new_store("vietnam"), f"nodes: [{', '.join(nodes)}]")
    assert found(store) == {"d": {None}, "e": {None}}
    step = "{op: rename_unit, unit: d, name: Xã Một}"
    head = f"title: T\neffective: 2025-07-01\nsteps: [{step}]\n"
    apply(store, head + WAIVER.replace("subject: c", "subject: d"))
    assert found(store) == {"d": {f"{BASIS} (revision 2)"}, "e": {None}}
    assert found(store, "2025-06-30") == {"d": {None}, "e": {None}}


def test_what_was_taken_back_waives_nothing(store: Store) -> None:
    """A waiver goes with its revision, and returns where the undo is undone."""
    for expected in ({}, {"c": {f"{BASIS} (revision 2)"}}, {}):
        store.commit(store.plan(undo_proposal(store)), stamp=STAMP)
        assert found(store) == expected


@pytest.mark.parametrize("subject", ["dao", "commune:01"])
def test_a_name_is_remembered_as_what_it_stood_for(
    new_store: NewStore, subject: str
) -> None:
    """A label means nothing later, and a code may pass on; the unit stays waived."""
    store = filled(new_store("vietnam"), "nodes: [{id: p, kind: province}]")
    named = PLAN.replace("{id: NAME,", '{as: dao, code: "01",')
    text = named.replace("FACTS", FACTS) + WAIVER.replace(
        "subject: c", f"subject: {subject}"
    )
    plan = store.plan(read_proposal_text(text))
    store.commit(Plan.from_json(plan.to_json()), stamp=STAMP)
    island = "commune-01-2025-07-01"
    head = "title: T\neffective: 2025-07-01\nsteps:\n"
    apply(store, head + f'  - {{op: rename_unit, unit: {island}, code: "02"}}\n')
    assert found(store) == {island: {f"{BASIS} (revision 2)"}}
    entry = Entry(
        1, plan.effective, proposal_digest(read_proposal_text(text).to_plain())
    )
    assert applied_lines(store, [entry]) == {1: 2}
