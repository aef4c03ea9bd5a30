"""The answers that a hint offers stand: none of them is refused whatever is meant."""

import pytest
from towns import Step, blocking, edge, filled, node, planned

from orgraph.model import Row

DAY = "2025-07-01"


def world() -> list[Row]:
    """Return two of each: committees, cells with a member, communes, villages."""
    found: list[Row] = [
        node("pc", "provincial_committee"),
        node("p", "province"),
        node("dc", "direct_committee"),
        edge("UNDER", "dc", "pc"),
    ]
    above = {
        "grassroots_committee": ("UNDER", "dc"),
        "cell": ("UNDER", "grassroots_committee"),
        "member": ("MEMBER_OF", "cell"),
        "commune": ("PART_OF", "p"),
        "village": ("PART_OF", "commune"),
        "household": ("LIVES_IN", "village"),
    }
    for kind, (by, upper) in above.items():
        for n in "12":
            up = f"{upper}{n}" if upper in above else upper
            found += [node(f"{kind}{n}", kind), edge(by, f"{kind}{n}", up)]
    return found


def offered(step: Step) -> dict[str, list[str]]:
    """Return what the hint offers for each kind that a step is asked about."""
    plan = planned(filled(*world(), pack="vietnam"), DAY, step)
    (hint,) = (str(f.hint) for f in plan.findings if f.code == "ASK01")
    said = hint.removeprefix("Add answers: {").removesuffix("}.")
    found = {}
    for answer in said.split(", "):
        kind, _, words = answer.partition(": ")
        *others, last = words.split(" | ")
        assert last == "{to: UNIT}", "what goes on to a unit can always be said"
        found[kind] = others
    return found


@pytest.mark.parametrize(
    ("unit", "asked"),
    [
        ("cell1", {"member": []}),
        ("village1", {"household": ["end"]}),
        ("commune1", {"village": ["ends_with"]}),
        ("grassroots_committee1", {"cell": ["ends_with", "parent"]}),
        ("pc", {"direct_committee": ["ends_with"]}),
    ],
)
def test_only_answers_that_may_stand_are_offered(
    unit: str, asked: dict[str, list[str]]
) -> None:
    """People don't end with a unit, and nothing comes where its edge can't lead."""
    assert offered({"op": "close_unit", "unit": unit}) == asked


@pytest.mark.parametrize("kind", ["cell", "village", "commune", "grassroots_committee"])
@pytest.mark.parametrize("successors", [[], ["2"]])
def test_what_is_offered_is_not_refused(kind: str, successors: list[str]) -> None:
    """Each answer of the hint may be given; at most it is asked on what is below."""
    step: Step = {
        "op": "close_unit",
        "unit": f"{kind}1",
        "successors": [f"{kind}{n}" for n in successors],
    }
    for dependents, words in offered(step).items():
        assert ("follow" in words) == bool(successors)
        for word in words:
            answered = {**step, "answers": {dependents: word}}
            plan = planned(filled(*world(), pack="vietnam"), DAY, answered)
            refused = {text for text in blocking(plan) if "ASK01" not in text}
            assert refused == set(), word


def test_a_successor_of_another_kind_is_not_offered_to_all() -> None:
    """What can't be joined to the successor isn't told that it may follow there."""
    step = {"op": "close_unit", "unit": "commune1", "successors": ["village2"]}
    assert offered(step) == {"village": ["ends_with"]}
