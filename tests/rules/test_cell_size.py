"""The size of a group: plain counting agrees, and a merger above it reads nobody."""

from datetime import date
from itertools import product

import pytest
from harness import applied, filled, lenient, pack_named, proposed

from orgraph.draft import Snapshot
from orgraph.engine import audit
from orgraph.pack import load_pack, pack_from_data
from orgraph.plan import Plan
from orgraph.rules import Reach
from orgraph.rules.cell_size import NOT_JUDGED, TOO_SMALL, CellSize
from orgraph.rules.undecided import CURE
from orgraph.stores.memory import MemoryStore

ABOVE = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: g1, kind: grassroots_committee, type: commune, parent: pc}
  - {id: g2, kind: grassroots_committee, type: commune, parent: pc}
"""
MERGER = (
    "  - {op: merge_units, sources: [g1, g2], into: "
    "{kind: grassroots_committee, name: N, facts: {type: commune}}}\n"
)


def test_agrees_with_plain_counting() -> None:
    """Of cells of every make-up those are found that counting by hand finds."""
    makes = [
        m for n in range(1, 5) for m in product(("true", "false", '"?"'), repeat=n)
    ]
    given, few, unsure = ABOVE, set(), set()
    for number, make in enumerate(makes):
        cell = f"c{number:03}"
        given += f"  - {{id: {cell}, kind: cell, parent: g1}}\n"
        for place, official in enumerate(make):
            given += f"  - {{id: {cell}-{place}, kind: member, parent: {cell}, "
            given += f"official: {official}}}\n"
        sure = make.count("true")
        if sure + make.count('"?"') < 3:
            few.add(cell)
        elif sure < 3:
            unsure.add(cell)
    view = Snapshot(filled(MemoryStore(pack_named("vietnam")), given), date(2024, 1, 1))
    cells = [f"c{number:03}" for number in range(len(makes))]
    found = list(CellSize().check(view, Reach.within(view, cells, [])))
    assert {f.subject for f in found if f.code == TOO_SMALL.code} == few
    assert {f.subject for f in found if f.code == NOT_JUDGED.code} == unsure
    assert few
    assert unsure


def test_merger_above_reads_no_member(monkeypatch: pytest.MonkeyPatch) -> None:
    """When committees merge, no member of their cells is read, nor counted anew."""
    given = ABOVE
    for number in range(20):
        given += f"  - {{id: c{number}, kind: cell, parent: g{number % 2 + 1}}}\n"
        given += f"  - {{id: m{number}, kind: member, parent: c{number}}}\n"
    store = filled(MemoryStore(pack_named("vietnam")), given)
    asked: set[str] = set()
    kinds: set[str] = set()
    nodes, edges = store.nodes, store.edges
    monkeypatch.setattr(
        store, "nodes", lambda ids, on: asked.update(ids) or nodes(ids, on)
    )
    monkeypatch.setattr(
        store,
        "edges",
        lambda ids, of, way, on: kinds.update(of) or edges(ids, of, way, on),
    )
    plan = store.plan(proposed(MERGER))
    assert {f.code for f in plan.findings} == {"FORM01"}
    assert {f"c{number}" for number in range(20)} <= asked
    assert not {node for node in asked if node.startswith("m")}
    assert "MEMBER_OF" not in kinds


def test_number_is_the_packs() -> None:
    """Another number in the pack is another limit; one that is unconfirmed is off."""
    data = load_pack("vietnam").data
    given = ABOVE + "  - {id: c, kind: cell, parent: g1}\n"
    given += "  - {id: m, kind: member, official: true, parent: c}\n"
    for change, wanted in (
        ({"at_least": 1}, 0),
        ({"at_least": 2}, 1),
        ({"unconfirmed": True}, 0),
        ({"until": "2020-01-01"}, 0),
        ({"severity": "info"}, 1),
    ):
        limits = [
            {**limit, **change} if limit["id"] == "cell-size" else limit
            for limit in data["limits"]
        ]
        pack = pack_from_data({**data, "limits": limits})
        view = Snapshot(filled(MemoryStore(pack), given), date(2024, 1, 1))
        found = list(CellSize().check(view, Reach.within(view, ["c"], [])))
        assert len(found) == wanted, change
        assert all(f.severity == change.get("severity", "error") for f in found)


DEATHS = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: d, kind: cell, parent: pc}
  - {id: a1, kind: member, parent: c, official: true}
  - {id: a2, kind: member, parent: c, official: true}
  - {id: a3, kind: member, parent: c, official: true}
  - {id: b1, kind: member, parent: d, official: true}
  - {id: b2, kind: member, parent: d, official: true}
  - {id: b3, kind: member, parent: d, official: true}
  - {id: b4, kind: member, parent: d, official: true}
"""
GUEST = "edges:\n  - {kind: ATTENDS, source: b4, target: c}\n"
DIES = "  - {{op: remove_member, member: {}, ground: died}}\n"
GOES = "  - {op: transfer_members, members: [a1], to: d}\n"


def _said(plan: Plan, state: str) -> list[tuple[str, str]]:
    """Return the subject and severity of what is said of sizes."""
    found = [f for f in plan.findings if f.code == TOO_SMALL.code]
    return [(f.subject, f.severity) for f in found if f.state == state]


def test_a_death_is_known_on_any_day() -> None:
    """A cell that a death made too small is warned of later, too, and by a second."""
    store = filled(MemoryStore(pack_named("vietnam")), DEATHS)
    applied(store, DIES.format("a3"), "2025-03-01")
    audited = [f for f in audit(store, date(2025, 6, 1)) if f.code == TOO_SMALL.code]
    assert [(f.subject, f.severity) for f in audited] == [("c", "warning")]
    second = store.plan(proposed(DIES.format("a2"), "2025-06-01"))
    assert _said(second, "existing") == [("c", "warning")]
    assert not second.refused
    leaves = store.plan(proposed(GOES, "2025-06-01"))
    assert _said(leaves, "new") == [("c", "error")]


def test_a_death_excuses_no_decision() -> None:
    """A cell from which a member was sent away stays in breach whoever dies."""
    store = filled(MemoryStore(lenient("vietnam")), DEATHS)
    applied(store, GOES, "2025-03-01")
    dies = store.plan(proposed(DIES.format("a2"), "2025-06-01"))
    assert _said(dies, "existing") == [("c", "warning")]
    limit = next(f for f in dies.findings if f.code == TOO_SMALL.code)
    assert limit.hint != CURE


def test_who_attends_may_die_too() -> None:
    """A guest counts for the cell, and the guest's death is nobody's decision."""
    given = DEATHS.replace(
        "  - {id: a3, kind: member, parent: c, official: true}\n", ""
    )
    store = filled(MemoryStore(pack_named("vietnam")), given + GUEST)
    for ground, wanted in (("died", "warning"), ("withdrew, by: pc", "error")):
        step = DIES.format("b4").replace("died", ground)
        plan = store.plan(proposed(step, "2025-06-01"))
        assert _said(plan, "new") == [("c", wanted)], ground
    applied(store, DIES.format("b4"), "2025-06-01")
    audited = [f for f in audit(store, date(2026, 1, 1)) if f.code == TOO_SMALL.code]
    assert [(f.subject, f.severity) for f in audited] == [("c", "warning")]


TWO = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: g, kind: grassroots_committee, type: commune, parent: pc}
  - {id: h, kind: direct_committee, type: commune, parent: pc}
  - {id: i, kind: grassroots_committee, type: commune, parent: pc}
  - {id: k1, kind: cell, parent: g}
  - {id: k2, kind: cell, parent: g}
  - {id: k3, kind: cell, parent: h}
  - {id: k4, kind: cell, parent: h}
  - {id: k5, kind: cell, parent: i}
"""
PEOPLE = "".join(
    f"  - {{id: {cell}{n}, kind: member, official: true, parent: {cell}}}\n"
    for cell, number in (("k1", 3), ("k2", 1))
    for n in range(number)
)


def small(store: MemoryStore, day: date) -> set[str]:
    """Return the groups that an audit finds to be too small."""
    return {f.subject for f in audit(store, day) if f.code == TOO_SMALL.code}


def test_lost_its_last_member_is_said_on_every_later_day() -> None:
    """A cell whose last member died is too small on that day and on later ones."""
    store = filled(MemoryStore(lenient("vietnam")), TWO + PEOPLE)
    applied(store, "  - {op: remove_member, member: k20, ground: died}\n")
    days = [date(2025, 1, 1), date(2025, 1, 2), date(2030, 1, 1)]
    assert [small(store, day) for day in days] == [{"k2"}] * 3


MERGED = "{kind: grassroots_committee, name: N, facts: {type: commune}}"


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        ("{op: move_unit, unit: k4, to: g}", {"k4"}),
        ("{op: move_unit, unit: k1, to: h}", {"k3", "k4"}),
        ("{op: move_unit, unit: g, to: h}", {"k3", "k4"}),
        ("{op: transfer_members, members: [k10], to: k3}", {"k4"}),
        (f"{{op: merge_units, sources: [g, i], into: {MERGED}}}", {"k5"}),
    ],
)
def test_brought_beside_people_is_said_to_be_empty(step: str, shown: set[str]) -> None:
    """What comes beside people is found by plan and audit; alone it refuses nothing."""
    steps, day = f"  - {step}\n", date(2025, 1, 1)
    strict = filled(MemoryStore(pack_named("vietnam")), TWO + PEOPLE)
    store = filled(MemoryStore(lenient("vietnam")), TWO + PEOPLE)
    warned = {
        f.subject
        for f in strict.plan(proposed(steps)).findings
        if f.code == TOO_SMALL.code and f.state == "new" and f.severity == "warning"
    }
    assert warned == shown
    before = small(store, day)
    assert before == {"k2"}
    plan = applied(store, steps)
    new = {
        f.subject
        for f in plan.findings
        if f.code == TOO_SMALL.code and f.state == "new"
    }
    assert shown <= new
    for later in (day, date(2026, 1, 1)):
        assert small(store, later) == before | new


def test_organisations_without_people_are_not_empty() -> None:
    """Where nobody is recorded, neither a plan nor an audit says whom cells lack."""
    store = filled(MemoryStore(pack_named("vietnam")), TWO)
    assert not applied(store, "  - {op: move_unit, unit: k4, to: g}\n").findings
    assert small(store, date(2026, 1, 1)) == set()
