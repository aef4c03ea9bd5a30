"""How a group is led: whatever touches it has it judged, and only what bears on it."""

from datetime import date

import pytest
from harness import applied, filled, pack_named, proposed

from orgraph.engine import audit
from orgraph.pack import load_pack, pack_from_data
from orgraph.rules.cell_leadership import WRONGLY_LED
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: qc, kind: direct_committee, parent: pc}
  - {id: c, kind: cell, parent: pc}
  - {id: e, kind: executive_committee, parent: c}
  - {id: s, kind: post, role: secretary, parent: c}
""" + "".join(
    f"  - {{id: m{n}, kind: member, official: true, parent: c}}\n" for n in range(9)
)
FOUND = "{{op: found_unit, new: {{id: {0}, name: N, facts: {{{2}}}}}, under: {1}}}"


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        ("{op: move_unit, unit: c, to: qc}", []),
        ("{op: close_unit, unit: e}", ["0 executive committees"]),
        (FOUND.format("f, kind: executive_committee", "c", ""), ["2 executive"]),
        (FOUND.format("t, kind: post", "e", "role: secretary"), ["2 posts of secr"]),
        (FOUND.format("t, kind: post", "e", "role: deputy_secretary"), []),
        ("{op: set_facts, unit: m0, facts: {official: false}}", ["1 executive"]),
    ],
)
def test_whatever_bears_on_a_group(step: str, wanted: list[str]) -> None:
    """A leading body, a post or a member that changes has the cell judged."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    found = store.plan(proposed(f"  - {step}\n")).findings
    said = [f.message for f in found if f.code == WRONGLY_LED.code and f.state == "new"]
    assert len(said) == len(wanted), found
    assert all(word in message for word, message in zip(wanted, said, strict=True))


def test_who_leads_may_have_a_seat_that_nobody_is_said_to_hold() -> None:
    """With holders the secretary is the eighth; without them it may be one of seven."""
    seats = "".join(
        f"  - {{id: u{n}, kind: post, role: committee_member, parent: e}}\n"
        for n in range(7)
    )
    held = "edges:\n  - {kind: HOLDS, source: m0, target: s}\n"
    step = "  - {op: set_facts, unit: m0, facts: {gender: male}}\n"
    for more, found in ((seats, False), (seats + held, True)):
        store = filled(MemoryStore(pack_named("vietnam")), GIVEN + more)
        said = [f.message for f in store.plan(proposed(step)).findings]
        assert any("8 seats with s" in message for message in said) == found, said
        assert any("seats" in message for message in said) == found, said


def test_a_pack_without_the_word_has_no_such_rule() -> None:
    """Where the pack doesn't say which kind of body leads, nothing is found."""
    data = load_pack("vietnam").data
    people = {key: word for key, word in data["people"].items() if key != "lead"}
    store = filled(MemoryStore(pack_from_data({**data, "people": people})), GIVEN)
    plan = store.plan(proposed("  - {op: close_unit, unit: e}\n"))
    assert not [f for f in plan.findings if f.code == WRONGLY_LED.code]


def test_what_nobody_recorded_is_not_missing() -> None:
    """Without posts anywhere nothing is said; beside one that has some it's unknown."""
    lines = GIVEN.splitlines(keepends=True)
    bare = "".join(line for line in lines if "post" not in line)
    step = "  - {op: set_facts, unit: m0, facts: {gender: male}}\n"
    beside = "".join(
        f"  - {{id: {node}, kind: {kind}, parent: {above}}}\n"
        for node, kind, above in (("d", "cell", "pc"), ("t", "post", "d"))
    )
    above = "  - {id: t, kind: post, parent: pc}\n"
    for more, wanted in (("", set()), (above, set()), (beside, {"LEAD03"})):
        store = filled(MemoryStore(pack_named("vietnam")), bare + more)
        plan = store.plan(proposed(step))
        assert {f.code for f in plan.findings} == wanted, more
        audited = {f.code for f in audit(store, date(2025, 1, 1)) if f.subject == "c"}
        assert audited == wanted, more


TWO = """\
nodes:
  - {id: p, kind: province}
  - {id: v, kind: village, parent: p}
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: d, kind: cell, parent: pc}
  - {id: cs, kind: post, role: secretary, parent: c}
  - {id: ds, kind: post, role: secretary, parent: d}
""" + "".join(
    f"  - {{id: m{n}, kind: member, official: true, parent: {'cd'[n % 2]}}}\n"
    for n in range(8)
)
NEW = "{id: n, kind: cell, name: N"
FOUNDED = (
    f"{{op: found_cell, cell: {NEW}}}, under: pc, serves: [v], members: [m0, m2]}}"
)
POST = (
    "{op: found_unit, new: {id: s, kind: post, name: S, facts: {role: secretary}}, "
    "under: n}"
)
UNITED = f"{{op: merge_units, sources: [c, d], into: {NEW}}}, answers: %s}}"
ENDED, ONE = "{cs: ends_with, ds: ends_with}", "{ds: ends_with}"
PARTED = (
    "{op: split_unit, source: c, keep_source: true, targets: [{new: "
    f"{NEW}}}, parts: [m0, m2]}}]}}"
)
BARE = "0 posts of secretary"


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ([FOUNDED], [("LEAD03", f"N (n) begins with {BARE}, though others below pc")]),
        ([FOUNDED, POST, "{op: appoint, person: m0, post: s}"], []),
        ([UNITED % ENDED], [("LEAD01", f"N (n) has {BARE}; a cell wants at least 1")]),
        ([UNITED % ONE], []),
        ([PARTED], [("LEAD01", f"N (n) has {BARE}; a cell wants at least 1")]),
    ],
)
def test_a_cell_that_the_plan_forms(
    steps: list[str], wanted: list[tuple[str, str]]
) -> None:
    """Without a secretary it is found; out of cells that had one it lacks one."""
    store = filled(MemoryStore(pack_named("vietnam")), TWO)
    plan = store.plan(proposed("".join(f"  - {step}\n" for step in steps)))
    found = [f for f in plan.findings if f.subject == "n" and f.code[:4] == "LEAD"]
    assert [f.code for f in found] == [code for code, _ in wanted], plan.findings
    for finding, (_, said) in zip(found, wanted, strict=True):
        assert said in finding.message
        if finding.code == "LEAD03":
            assert "with found_unit, and fill them with appoint" in finding.hint
            assert "was ever recorded" not in finding.message


def test_a_secretary_who_was_never_there_is_missed_when_the_one_beside_leaves() -> None:
    """That somebody held a post beside it tells that holders are recorded."""
    given = """
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: d, kind: cell, parent: pc}
  - {id: s, kind: post, role: secretary, parent: c}
  - {id: t, kind: post, role: secretary, parent: d}
""" + "".join(
        f"  - {{id: {c}{n}, kind: member, official: true, parent: {c}}}\n"
        for c in "cd"
        for n in range(3)
    )
    holds = "edges: [{kind: HOLDS, source: d0, target: t, form: full}]\n"
    store = filled(MemoryStore(pack_named("vietnam")), given + holds)
    applied(store, "  - {op: relieve, person: d0, post: t}\n")
    found = audit(store, date(2025, 1, 1))
    assert [f.subject for f in found if f.code == WRONGLY_LED.code] == ["c", "d"]
