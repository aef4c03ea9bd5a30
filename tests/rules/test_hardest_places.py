"""Hard places and ranks: whatever is assigned on one day, against plain Python."""

from itertools import product

import pytest
from harness import filled, pack_named, proposed

from orgraph.pack import Pack, pack_from_data
from orgraph.rules.hardest_places import LOWER_RANK
from orgraph.stores.memory import MemoryStore

RANKS = ("province", "district", "commune")
GIVEN = """\
nodes:
  - {id: p, kind: province}
  - {id: x, kind: commune, specially_difficult: true, parent: p}
  - {id: y, kind: commune, specially_difficult: false, parent: p}
  - {id: pc, kind: provincial_committee}
  - {id: post-province, kind: post, rank: province, parent: pc}
  - {id: post-district, kind: post, rank: district, parent: pc}
  - {id: post-commune, kind: post, rank: commune, parent: pc}
  - {id: province, kind: member}
  - {id: district, kind: member}
  - {id: commune, kind: member}
edges:
  - {kind: HOLDS, source: province, target: post-province}
  - {kind: HOLDS, source: district, target: post-district}
  - {kind: HOLDS, source: commune, target: post-commune}
"""


def _switched_on() -> Pack:
    """Return the pack with what is unconfirmed of hard places in force."""
    data = dict(pack_named("vietnam").data)
    data["limits"] = [
        {**one, "unconfirmed": False}
        for one in data["limits"]
        if one["by"] == "hardest_places"
    ]
    return pack_from_data(data)


def _found(pack: Pack, *charges: tuple[str, str]) -> list[str]:
    steps = "".join(
        f"  - {{op: assign_charge, person: {who}, to: [{where}]}}\n"
        for who, where in charges
    )
    plan = filled(MemoryStore(pack), GIVEN).plan(proposed(steps))
    return [f.subject for f in plan.findings if f.code == LOWER_RANK.code]


@pytest.mark.parametrize(("hard", "easy"), [*product(RANKS, RANKS)])
def test_every_two_ranks(hard: str, easy: str) -> None:
    """The hard commune is found just where its rank comes later in the order."""
    lower = RANKS.index(hard) > RANKS.index(easy)
    assert _found(_switched_on(), (hard, "x"), (easy, "y")) == ["x"] * lower


def test_the_highest_of_several_counts() -> None:
    """Where one of high rank is in charge beside one of low rank, the place has it."""
    pack = _switched_on()
    assert not _found(pack, ("commune", "x"), ("province", "x"), ("district", "y"))
    assert _found(pack, ("district", "x"), ("commune", "y"), ("province", "y")) == ["x"]


def test_it_is_off_while_no_text_says_so() -> None:
    """As the pack ships, nothing is found."""
    assert not _found(pack_named("vietnam"), ("commune", "x"), ("province", "y"))
