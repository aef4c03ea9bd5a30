"""Removing: whatever isn't reassigned is named, however much it is."""

from datetime import date

from harness import NewStore, filled, proposed

from orgraph.engine import undo_proposal
from orgraph.plan import Plan
from orgraph.queries import history, show
from orgraph.reports import build_report, render

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: m, kind: member, parent: c, official: true}
""" + "".join(f"  - {{id: h{n}, kind: household}}\n" for n in range(8))
EDGES = "edges:\n" + "".join(
    f"  - {{kind: IN_CHARGE_OF, source: m, target: h{n}}}\n" for n in range(8)
)


def test_many_charges_are_counted(new_store: NewStore) -> None:
    """Of eight households that nobody takes five are named and three counted."""
    store = filled(new_store("vietnam"), GIVEN + EDGES)
    plan = store.plan(proposed("  - {op: remove_member, member: m, ground: died}"))
    (found,) = [f for f in plan.findings if f.code == "REMOVE06"]
    assert "h0, h1, h2, h3, h4 and 3 more" in found.message
    assert not plan.refused


def test_ground_and_who_decided_are_told(new_store: NewStore) -> None:
    """The report, `show` and `history` of the member say both, by ids, till undone.

    They stand on the membership that ended, and nothing more is said of the person.
    """
    store = filled(new_store("vietnam without limits"), GIVEN)
    step = "  - {op: remove_member, member: m, ground: withdrew, by: pc}"
    plan = store.plan(proposed(step))
    for told in (plan, Plan.from_json(plan.to_json())):
        report = build_report(told, store)
        said = {"person": "m", "group": "c", "ground": "withdrew", "by": "pc"}
        assert report.to_plain()["removed"] == [said]
        assert "m of c: withdrew, decided by pc" in render(report, "text")
    store.commit(plan)
    until = {"group": "c", "until": "2025-01-01", "ground": "withdrew", "by": "pc"}
    shown = show(store, "m", date(2025, 6, 1))
    assert shown["removed"] == [{**until, "revision": 2}]
    assert history(store, "m")["items"][0]["removed"] == [until]
    assert "removed" not in history(store, "c")["items"][0]
    store.commit(store.plan(undo_proposal(store)))
    assert show(store, "m", date(2025, 6, 1))["removed"] == []
    assert build_report(store.plan(undo_proposal(store)), store).removed


def test_a_death_is_told_as_nobody_s_decision(new_store: NewStore) -> None:
    """Whoever is named for it, no row, report nor question says that it was decided."""
    store = filled(new_store("vietnam"), GIVEN)
    for by in ("", ", by: pc"):
        plan = store.plan(
            proposed(f"  - {{op: remove_member, member: m, ground: died{by}}}")
        )
        report = build_report(plan, store)
        assert report.to_plain()["removed"][0]["by"] is None
        assert "m of c: died, which nobody decides" in render(report, "text")
    store.commit(plan)
    (removed,) = show(store, "m", date(2025, 6, 1))["removed"]
    assert (removed["ground"], removed["by"]) == ("died", None)
