"""Charges: what a plan takes away is said, by the tier that the unit stands on."""

import pytest
from harness import filled, pack_named, proposed

from orgraph.rules.charge_cover import NOBODY, OTHER_TIER
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: dc, kind: direct_committee, type: district, parent: pc}
  - {id: g, kind: grassroots_committee, parent: dc}
  - {id: h, kind: grassroots_committee, parent: dc}
  - {id: c, kind: cell, parent: g}
  - {id: k, kind: cell, parent: g}
  - {id: top, kind: post, role: committee_member, parent: pc}
  - {id: mid, kind: post, role: committee_member, parent: dc}
  - {id: high, kind: member}
  - {id: low, kind: member}
  - {id: some, kind: member}
  - {id: house, kind: household}
  - {id: home, kind: household}
edges:
  - {kind: IN_CHARGE_OF, source: some, target: house}
  - {kind: HOLDS, source: high, target: top}
  - {kind: HOLDS, source: low, target: mid}
  - {kind: IN_CHARGE_OF, source: high, target: g}
  - {kind: IN_CHARGE_OF, source: low, target: c}
  - {kind: IN_CHARGE_OF, source: high, target: k}
"""
CODES = {NOBODY.code, OTHER_TIER.code}
SPLIT = (
    "{op: split_unit, source: c, targets: ["
    "{new: {id: c1, kind: cell, name: A}, parts: [low]}, "
    "{new: {id: c2, kind: cell, name: B}, parts: []}]}"
)
MERGED = "{op: merge_units, sources: [%s], into: {id: n, kind: %s, name: N}}"


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        (MERGED % ("g, h", "grassroots_committee"), []),
        (MERGED % ("c, k", "cell"), []),
        ("{op: absorb_units, sources: [c], into: k}", []),
        ("{op: absorb_units, sources: [k], into: c}", []),
        ("{op: rename_unit, unit: h, name: Other}", []),
        ("{op: transfer_parts, from: c, to: k, parts: [low]}", [("CHARGE01", "c")]),
        (
            "{op: remove_member, member: high, ground: died}",
            [("CHARGE01", "g"), ("CHARGE01", "k")],
        ),
        (
            "{op: remove_member, member: some, ground: died}",
            [("CHARGE01", "house")],
        ),
        ("{op: relieve, person: high, post: top}", [("CHARGE02", "g")]),
        (
            SPLIT,
            [("CHARGE01", "c2")],
        ),
        ("{op: relieve, person: low, post: mid}", [("CHARGE02", "c")]),
    ],
)
def test_charges_that_follow(step: str, wanted: list[tuple[str, str]]) -> None:
    """A charge that follows keeps its unit covered, and one that goes leaves a gap."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    found = store.plan(proposed(f"  - {step}\n")).findings
    assert [(f.code, f.subject) for f in found if f.code in CODES] == wanted, found


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "In charge of c is low, who holds no post in a committee directly"),
        (
            "  - {kind: IN_CHARGE_OF, source: some, target: c}\n",
            "In charge of c are low and some, of whom none holds a post in a comm",
        ),
    ],
)
def test_all_who_are_in_charge_are_spoken_of(more: str, said: str) -> None:
    """Of several people none holds the post, and the sentence is one of several."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN + more)
    step = "{op: relieve, person: low, post: mid}"
    found = store.plan(proposed(f"  - {step}\n")).findings
    (message,) = (f.message for f in found if f.code == OTHER_TIER.code)
    assert message.startswith(said)
    assert message.endswith("wants one who does.")
