"""A proposal as plain data: in JSON, normalised, and read back as the same one."""

import pytest
from test_reading import GOOD, HEAD, problems

from orgraph.errors import InputError
from orgraph.proposal import Proposal, read_proposal_text
from orgraph.proposal.read import to_json


def test_json_is_read_too() -> None:
    """What to_json writes is read back as the same proposal, with its marks."""
    proposal = read_proposal_text(GOOD)
    text = to_json(proposal)
    assert read_proposal_text(text) == proposal
    assert "merge_units" in problems(text.replace("merge_units", "merge_unit"))[0]


@pytest.mark.parametrize(
    "step",
    [
        "undo: 3",
        "op: undo\n    revision: 3",
        "op: rename_unit\n    unit: xã Mường Nhé\n    name: Xã  Mường Nhé",
        "op: found_unit\n    new: {kind: village, name: 'no', facts: {people: '?'}}",
        "op: found_unit\n    new: {kind: village, name: A, facts: {people: unknown}}",
        "op: close_unit\n    unit: a\n    answers: {post: {to: b}, c: end}",
    ],
)
def test_plain_data_is_read_back(step: str) -> None:
    """A proposal that was written as plain data is read back as the same one."""
    proposal = read_proposal_text(f"{HEAD}  - {step}\n")
    again = Proposal.model_validate(proposal.to_plain())
    assert again.to_plain() == proposal.to_plain()
    assert read_proposal_text(to_json(proposal)).to_plain() == proposal.to_plain()


def test_an_unknown_fact_is_null() -> None:
    """`?`, `unknown` and null all say that a fact is unknown, never that it is text."""
    for word in ("'?'", "unknown", "~", "null"):
        new = f"{{kind: k, name: A, facts: {{p: {word}}}}}"
        text = f"{HEAD}  - op: found_unit\n    new: {new}\n"
        (step,) = read_proposal_text(text).to_plain()["steps"]
        assert step["new"]["facts"] == {"p": None}, word


def test_text_is_normalised() -> None:
    """Names are kept in NFC and without outer spaces, however they were typed."""
    decomposed = "Hu\u031b\u0300ng  "
    text = f"{HEAD}  - op: rename_unit\n    unit: a\n    name: '{decomposed}'\n"
    (step,) = read_proposal_text(text).to_plain()["steps"]
    assert step["name"] == "H\u1eebng"


def test_a_plan_is_no_proposal() -> None:
    """A plan that is given for a proposal is said to be one."""
    with pytest.raises(InputError, match="is a plan"):
        read_proposal_text('{"format": "orgraph.plan/1", "changes": []}', "p.json")


def test_a_title_may_speak_of_plans() -> None:
    """A proposal that only mentions the format of a plan is a proposal."""
    text = GOOD.replace("A merger", "Read orgraph.plan/1 again")
    assert read_proposal_text(text).title == "Read orgraph.plan/1 again"
