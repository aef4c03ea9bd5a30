"""Hard places and ranks: whatever is assigned and in force, against plain Python."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import product
from random import Random

import pytest
from harness import filled, pack_named, proposed

from orgraph.engine import audit
from orgraph.model import Direction, EdgeRow, Span
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


# Charges that are in force already

PEOPLE = [f"{rank}{n}" for rank in RANKS for n in (1, 2)] + ["nobody1"]
COMMUNES = [f"{land}{n}" for land in "ab" for n in range(4)]
HARD = {commune: int(commune[1]) % 2 == 0 for commune in COMMUNES}
Charges = set[tuple[str, str]]


def _standing(charges: Charges) -> str:
    """Return two provinces of two hard and two easier communes, with these charges."""
    nodes = ["{id: a, kind: province}", "{id: b, kind: province}"]
    nodes += [
        f"{{id: {commune}, kind: commune, parent: {commune[0]}, "
        f"specially_difficult: {str(hard).lower()}}}"
        for commune, hard in HARD.items()
    ]
    nodes.append("{id: pc, kind: provincial_committee}")
    edges = []
    for person in PEOPLE:
        nodes.append(f"{{id: {person}, kind: member}}")
        if (rank := person[:-1]) in RANKS:
            seat = f"kind: post, rank: {rank}, parent: pc"
            nodes.append(f"{{id: post-{person}, {seat}}}")
            edges.append(f"{{kind: HOLDS, source: {person}, target: post-{person}}}")
    edges += [
        f"{{kind: IN_CHARGE_OF, source: {person}, target: {commune}}}"
        for person, commune in sorted(charges)
    ]
    lists = (("nodes", nodes), ("edges", edges))
    return "".join(
        f"{name}:\n" + "".join(f"  - {line}\n" for line in lines)
        for name, lines in lists
    )


def _place(charges: Charges, commune: str) -> int | None:
    """Return the highest rank in charge, by its place in order."""
    ranks = [person[:-1] for person, charged in charges if charged == commune]
    return min((RANKS.index(rank) for rank in ranks if rank in RANKS), default=None)


def _lower(charges: Charges) -> set[str]:
    """Return the hard communes that have a lower rank than an easier one beside."""
    found = set()
    for hard, easy in product(COMMUNES, COMMUNES):
        if HARD[hard] and not HARD[easy] and hard[0] == easy[0]:
            low, high = _place(charges, hard), _place(charges, easy)
            if low is not None and high is not None and low > high:
                found.add(hard)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_what_is_assigned_is_compared_with_what_is_in_force(seed: int) -> None:
    """New is what only the plan's charges bring about, whichever they are."""
    draw = Random(seed)  # noqa: S311 - drawn from a seed, not for secrecy
    before = {
        (person, commune)
        for commune in COMMUNES
        for person in draw.sample(PEOPLE, draw.choice([0, 1, 1, 2]))
    }
    after, steps = set(before), ""
    changed = draw.sample(COMMUNES, 2)
    for commune in changed:
        there = {one for one in before if one[1] == commune}
        person = draw.choice([p for p in PEOPLE if (p, commune) not in there])
        instead = bool(there) and draw.random() < 0.7
        after -= there if instead else set()
        after.add((person, commune))
        steps += f"  - {{op: assign_charge, person: {person}, to: [{commune}]"
        steps += ", instead: true}\n" if instead else "}\n"
    plan = filled(MemoryStore(_switched_on()), _standing(before)).plan(proposed(steps))
    assert not plan.refused, plan.findings
    said = [f for f in plan.findings if f.code == LOWER_RANK.code]
    new, gone = _lower(after) - _lower(before), _lower(before) - _lower(after)
    assert {f.subject for f in said if f.state == "new"} == new
    assert {f.subject for f in said if f.state == "resolved"} == gone
    untouched = _lower({one for one in before if one[1] not in changed})
    assert untouched.isdisjoint(f.subject for f in said), "of no concern to the plan"


def test_of_units_below_another_nothing_is_read() -> None:
    """The cost follows the units beside those whose charges change."""
    asked: set[str] = set()

    class Watched(MemoryStore):
        def edges(
            self,
            ids: Collection[str],
            kinds: Sequence[str],
            direction: Direction,
            on: Span,
        ) -> list[EdgeRow]:
            asked.update(ids)
            return super().edges(ids, kinds, direction, on)

    charges = {("district1", "a0"), ("province1", "b1"), ("commune1", "b0")}
    store = filled(Watched(_switched_on()), _standing(charges))
    asked.clear()
    step = "  - {op: assign_charge, person: province2, to: [a1]}\n"
    found = store.plan(proposed(step)).findings
    assert [f.subject for f in found if f.code == LOWER_RANK.code] == ["a0"]
    assert asked.issuperset({"a0", "a1"})
    assert asked.isdisjoint({"b0", "b1", "b", "province1", "commune1"})


def test_an_audit_names_what_is_in_force() -> None:
    """However long ago the charges began."""
    charges = {("district1", "a0"), ("province1", "b1"), ("commune1", "b0")}
    store = filled(MemoryStore(_switched_on()), _standing(charges))
    found = [f for f in audit(store, date(2025, 6, 1)) if f.code == LOWER_RANK.code]
    assert [f.subject for f in found] == ["b0"]
