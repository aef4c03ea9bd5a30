"""How a group is led: whatever touches it has it judged, and only what bears on it."""

from datetime import date

import pytest
from harness import filled, pack_named, proposed

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
