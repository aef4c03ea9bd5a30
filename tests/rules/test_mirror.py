"""The mirror of a day: plan and audit agree, and the words are the pack's."""

from datetime import date
from pathlib import Path

from harness import filled, pack_named, proposed

from orgraph.engine import audit
from orgraph.pack import load_pack, pack_from_data
from orgraph.rules.mirror import BODIES_STAY, COVERS_NOTHING, UNCOVERED, UNITS_STAY
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: m1, kind: municipality, type: rural, parent: s}
  - {id: m2, kind: municipality, type: rural, parent: s}
  - {id: b1, kind: body, type: council}
  - {id: b2, kind: body, type: council}
edges:
  - {kind: COVERS, source: b1, target: m1}
  - {kind: COVERS, source: b2, target: m2}
"""
MERGED = "{id: n, kind: municipality, name: N, facts: {type: rural}}"
STEPS = {
    f"  - {{op: merge_units, sources: [m1, m2], into: {MERGED}}}\n": "MIRROR01",
    "  - {op: absorb_units, sources: [m1], into: m2}\n": "MIRROR01",
    "  - {op: absorb_units, sources: [b1], into: b2}\n": "MIRROR02",
    "  - {op: close_unit, unit: m1}\n": "MIRROR03",
    "  - {op: close_unit, unit: b1}\n": "MIRROR04",
}
DISTRICTS = """\
nodes:
  - {id: p, kind: province, type: tỉnh}
  - {id: d1, kind: district, type: huyện, parent: p}
  - {id: d2, kind: district, type: huyện, parent: p}
  - {id: pc, kind: provincial_committee}
  - {id: c1, kind: direct_committee, type: district, parent: pc}
  - {id: c2, kind: direct_committee, type: district, parent: pc}
edges:
  - {kind: COVERS, source: c1, target: d1}
  - {kind: COVERS, source: c2, target: d2}
"""
DAY = "2025-05-01"
CODES = {code.code for code in (BODIES_STAY, UNITS_STAY, COVERS_NOTHING, UNCOVERED)}


def test_plan_and_audit_of_the_day_say_the_same() -> None:
    """What a plan warns of the audit of its day finds, and that of the next not."""
    for step, code in STEPS.items():
        store = filled(MemoryStore(pack_named("territory")), GIVEN)
        plan = store.plan(proposed(step, DAY))
        found = {(f.code, f.subject) for f in plan.findings if f.code in CODES}
        assert {name for name, _ in found} == {code}, step
        store.commit(plan)
        for day, expected in {date(2025, 5, 1): found, date(2025, 5, 2): set()}.items():
            audited = {(f.code, f.subject) for f in audit(store, day)}
            assert {pair for pair in audited if pair[0] in CODES} == expected, step


def test_a_covering_that_ended_earlier_on_the_day_counts_when_its_unit_ends() -> None:
    """The first of two plans of a day ends the covering, the second what it covered."""
    given = GIVEN.replace("target: m1}", f"target: m1, until: {DAY}}}")
    store = filled(MemoryStore(pack_named("territory")), given)
    plan = store.plan(proposed("  - {op: close_unit, unit: m1}\n", DAY))
    assert {(f.code, f.subject) for f in plan.findings} == {("MIRROR03", "b1")}
    store.commit(plan)
    audited = {(f.code, f.subject) for f in audit(store, date.fromisoformat(DAY))}
    assert ("MIRROR03", "b1") in audited


def test_a_warning_blocks_nothing() -> None:
    """Territory and its bodies are arranged by different papers: one may come first."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    for step in STEPS:
        assert not store.plan(proposed(step, DAY)).refused, step


def test_a_pack_without_mirrors_has_no_such_rule() -> None:
    """Where the pack doesn't say what follows what, nothing is found."""
    data = {k: v for k, v in load_pack("territory").data.items() if k != "mirrors"}
    for step in STEPS:
        store = filled(MemoryStore(pack_from_data(data)), GIVEN)
        assert not CODES & {f.code for f in store.plan(proposed(step, DAY)).findings}


def test_the_draft_is_advised_only_where_the_pack_says_what_bodies_become() -> None:
    """Else nothing could be drafted, and the bodies are rearranged by hand."""
    data = load_pack("vietnam").data
    mute = [{k: v for k, v in one.items() if k != "becomes"} for one in data["mirrors"]]
    mirrors = [one for one in mute if one["unit"] == "district"]
    for own, said in ((data, "draft --mirror"), ({**data, "mirrors": mirrors}, "hand")):
        store = filled(MemoryStore(pack_from_data(own)), DISTRICTS)
        step = "  - {op: absorb_units, sources: [d1], into: d2}\n"
        found = store.plan(proposed(step, DAY)).findings
        (hint,) = (one.hint for one in found if one.code == "MIRROR01")
        assert said in hint


def test_no_word_of_a_country_is_in_the_rule() -> None:
    """The rule names no kind: another pack has the same one by its own words."""
    import orgraph.rules.mirror as rule

    text = Path(str(rule.__file__)).read_text(encoding="utf-8")
    kinds = {*load_pack("vietnam").nodes, *load_pack("territory").nodes} - {"body"}
    assert not [kind for kind in sorted(kinds) if kind in text]
