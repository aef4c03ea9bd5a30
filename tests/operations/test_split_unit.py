"""Splitting a unit: what can't be read, and what each of its targets gets."""

from fractions import Fraction
from random import Random

import pytest
from harness import NewStore, applied, filled, proposed

from orgraph.errors import InputError
from orgraph.model import NodeRow
from orgraph.operations.apportion import apportion
from orgraph.plan import Plan

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: m, kind: municipality, type: rural, people: PEOPLE, parent: s}
"""
NEW = "new: {kind: municipality, name: %s, facts: {type: rural}}"


def _steps(*targets: str, more: str = "") -> str:
    lines = [f"- op: split_unit\n  source: m\n{more}  targets:"]
    return "\n".join([*lines, *(f"    - {{{target}}}" for target in targets)])


def _people(plan: Plan) -> list[int | None]:
    """Return the people of the units that a plan founds, in the order of its steps."""
    rows = {
        change.row.name: change.row
        for change in plan.changes
        if isinstance(change.row, NodeRow) and change.before is None
    }
    return [rows[name].facts["people"] for name in sorted(rows)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("target", "place", "says"),
    [
        (
            "{new: {kind: x, name: A}, unit: b}",
            "7:7",
            "a new unit or a unit that exists",
        ),
        ("{parts: [b]}", "7:7", "a new unit or a unit that exists"),
        ("{unit: b, shares: 5}", "7:25", "name it, as in {people: 1200}"),
        ("{unit: b, shares: 4/3}", "7:25", "a fraction"),
        ("{unit: b, shares: {people: 4/3}}", "7:34", "a fraction"),
        ("{unit: b, shares: {people: 1/0}}", "7:34", "a fraction"),
        ("{unit: b, shares: {people: -1}}", "7:34", "from 0 to"),
        ("{unit: b, shares: {people: 1.5}}", "7:34", "whole number"),
        ("{unit: b, shares: {people: true}}", "7:34", "whole number"),
        ("{unit: b, shares: {people: most}}", "7:34", "all, none, unknown, ask"),
        ("{unit: b, shares: {people: unkown}}", "7:34", "did you mean unknown?"),
        ("{unit: b, shares: non}", "7:25", "did you mean none?"),
        ("{unit: b, shares: [all]}", "7:25", "a share is"),
        ("{unit: b, shares: {people: }}", "7:34", "a share is"),
        ("{unit: b, parts: l1}", "7:24", "a list is wanted"),
        ("{unit: b, share: all}", "7:17", "share"),
    ],
)
def test_unreadable_target(target: str, place: str, says: str) -> None:
    """What is wrong with the form of a target is said at its place."""
    step = (
        f"- op: split_unit\n  source: m\n  targets:\n    - {target}\n    - {{unit: c}}"
    )
    with pytest.raises(InputError) as error:
        proposed(step)
    (problem,) = error.value.problems
    assert problem.startswith(f"proposal.yaml:{place}: "), problem
    assert says in problem


def test_one_target_is_the_whole() -> None:
    """A unit that ends is split among two; one that lives on may give to one."""
    with pytest.raises(InputError, match=r"proposal\.yaml:4:.*two targets or more"):
        proposed(_steps("unit: b"))
    assert proposed(_steps("unit: b", more="  keep_source: true\n")).steps
    with pytest.raises(InputError, match=r"proposal\.yaml:7:.*targets"):
        proposed("- op: split_unit\n  source: m\n  keep_source: true\n  targets: []")


@pytest.mark.parametrize("people", [0, 1, 2, 3, 100, 8001, 10**15 + 1])
@pytest.mark.parametrize("parts", [2, 3, 7])
def test_equal_fractions(new_store: NewStore, people: int, parts: int) -> None:
    """Equal fractions differ by one at the most, the larger first, and add up."""
    store = filled(new_store("territory"), GIVEN.replace("PEOPLE", str(people)))
    targets = [f'{NEW % f"T{n}"}, shares: "1/{parts}"' for n in range(parts)]
    found = _people(applied(store, _steps(*targets)))
    even, more = divmod(people, parts)
    assert found == [even + 1] * more + [even] * (parts - more)


def test_any_fractions_add_up() -> None:
    """Whatever the fractions, nothing is lost, and none is off by one or more."""
    random = Random(7)  # noqa: S311 - the same on every run
    for _ in range(500):
        cuts = sorted(random.randrange(1, 97) for _ in range(random.randrange(1, 6)))
        sizes = [b - a for a, b in zip([0, *cuts], [*cuts, 97], strict=True)]
        whole = random.randrange(10**6)
        amounts, left = apportion(whole, [f"{n}/97" for n in sizes], rest=False)
        assert left == 0
        assert sum(amount or 0 for amount in amounts) == whole
        for amount, size in zip(amounts, sizes, strict=True):
            assert amount is not None
            assert abs(amount - Fraction(size * whole, 97)) < 1


def test_amounts_and_fractions_together() -> None:
    """An amount stays as it is said, and a fraction is one of the whole."""
    assert apportion(100, [25, "1/2", "1/4"], rest=False) == ([25, 50, 25], 0)
    assert apportion(100, [25, "1/3"], rest=True) == ([25, 33], 42)
    assert apportion(10, ["1/3", "1/3"], rest=True) == ([3, 3], 4)
    assert apportion(10, ["unknown", 4], rest=True) == ([None, 4], None)
    assert apportion(10, ["all", "none"], rest=True) == ([10, 0], 0)
    assert apportion(None, ["all", "none"], rest=True) == ([None, 0], 0)
    assert apportion(None, [4], rest=True) == ([4], None)


def test_what_is_asked_shows_with_the_first_gap() -> None:
    """A share that is marked as a gap has the right form, and can be read."""
    proposal = proposed(
        _steps("unit: b, shares: {people: ask}", "unit: c, shares: ask")
    )
    assert proposal.steps[0].op == "split_unit"
