"""Changes and plans survive being written as JSON and read again."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from towns import edge, filled, found, node, planned

from orgraph.change import (
    Change,
    canonical_json,
    change_to_plain,
    changes_from_plain,
    digest,
    ordered,
    row_from_plain,
    row_to_plain,
)
from orgraph.errors import InputError
from orgraph.model import EdgeRow, NodeRow, same_content
from orgraph.plan import Plan

SAME = settings(derandomize=True, deadline=None, database=None, max_examples=150)
TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=8)
DAY = st.dates()
REV = st.just(0)
WHOLE = st.integers(-(10**15), 10**15)
FACTS = st.dictionaries(TEXT, st.none() | st.booleans() | WHOLE | TEXT, max_size=3)
NODES = st.builds(NodeRow, TEXT, TEXT, DAY, DAY, TEXT, st.none() | TEXT, FACTS, REV)
EDGES = st.builds(EdgeRow, TEXT, TEXT, TEXT, DAY, DAY, FACTS, REV)
ROWS = NODES | EDGES


@SAME
@given(row=ROWS)
def test_row(row: NodeRow | EdgeRow) -> None:
    """A row is the same after JSON, kind of row and types of facts included."""
    again = row_from_plain(json.loads(json.dumps(row_to_plain(row))))
    assert type(again) is type(row)
    assert again == row
    assert [type(v) for v in again.facts.values()] == [
        type(v) for v in row.facts.values()
    ]


@SAME
@given(row=ROWS, rev=st.integers(1, 9))
def test_revision_is_not_part_of_what_a_row_says(
    row: NodeRow | EdgeRow, rev: int
) -> None:
    """Rows of two revisions say the same, and are written the same."""
    other = row._replace(rev=rev)
    assert same_content(row, other)
    assert row_to_plain(row) == row_to_plain(other)
    assert not same_content(row, None)


@SAME
@given(before=st.none() | NODES, after=NODES)
def test_change(before: NodeRow | None, after: NodeRow) -> None:
    """A change is the same after JSON, and the inverse of its inverse."""
    if before is not None:
        before = before._replace(id=after.id, since=after.since)
    change = Change(after.key, before, after)
    plain = json.loads(json.dumps([change_to_plain(change)]))
    assert changes_from_plain(plain) == (change,)
    back = change.inverse()
    assert (back.before, back.after) == (after, before)
    assert back.inverse() == change
    assert changes_from_plain([change_to_plain(back)]) == (back,)


def test_change_without_sides() -> None:
    """A change of nothing into nothing is refused."""
    with pytest.raises(ValueError, match="has neither side"):
        changes_from_plain([[None, None]])
    with pytest.raises(ValueError, match="has neither side"):
        _ = Change(("a", date(2020, 1, 1)), None, None).row


@SAME
@given(rows=st.lists(ROWS, max_size=6, unique_by=lambda row: row.key), data=st.data())
def test_order_of_changes(rows: list[NodeRow | EdgeRow], data: st.DataObject) -> None:
    """Changes have one order, in whatever order they come: nodes, then edges."""
    changes = [Change(row.key, None, row) for row in rows]
    mixed = data.draw(st.permutations(changes))
    found = ordered(mixed)
    assert found == ordered(changes)
    kinds = [isinstance(change.row, NodeRow) for change in found]
    assert kinds == sorted(kinds, reverse=True)


def lines(*items: list[Any]) -> list[str]:
    """Return items as the lines that are hashed."""
    return [canonical_json(item) for item in items]


@SAME
@given(facts=FACTS)
def test_canonical_json_has_one_form(facts: dict[str, Any]) -> None:
    """The order in which facts were given makes no difference to a hash."""
    turned = dict(reversed(facts.items()))
    assert canonical_json(turned) == canonical_json(facts)
    assert json.loads(canonical_json(facts)) == facts
    assert digest("t", turned, lines([turned])) == digest("t", facts, lines([facts]))


def test_digest_tells_apart_what_differs() -> None:
    """The tag, the data, and the cut between items are part of a hash."""
    hashes = {
        digest("a", {}),
        digest("b", {}),
        digest("a", {"x": 1}),
        digest("a", {"x": True}),
        digest("a", {"x": "1"}),
        digest("a", {}, lines([])),
        digest("a", {}, lines(["x", "y"])),
        digest("a", {}, lines(["x"], ["y"])),
    }
    assert len(hashes) == 8


@pytest.fixture
def plan() -> Plan:
    """Return a plan with changes of both kinds of row, findings and dependents."""
    store = filled(
        node("st", "state"),
        node("m1", "municipality", type="town", people=3),
        node("m2", "municipality", people=None),
        node("b1", "body"),
        edge("PART_OF", "m1", "st"),
        edge("PART_OF", "m2", "st"),
        edge("COVERS", "b1", "m1"),
    )
    absorb = {"op": "absorb_units", "sources": ["m2"], "into": "m1"}
    founding = found("region", "r1", "st", type='"Đ"')
    return planned(store, "2021-01-01", founding, absorb)


def test_plan(plan: Plan) -> None:
    """A plan is the same after JSON, and is written the same again."""
    text = plan.to_json()
    again = Plan.from_json(text)
    assert again == plan
    assert again.to_json() == text
    assert plan.changes
    assert plan.findings
    assert plan.dependents


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"base": 1', '"base": 2', "was changed after it was made"),
        ("Đ", "E", "was changed after it was made"),
        ("orgraph.plan/1", "orgraph.plan/9", "this is orgraph.plan/9"),
        ('"digest"', '"other"', "not a plan that orgraph wrote"),
        ("{", "[", "not a plan that orgraph wrote"),
    ],
)
def test_plan_that_was_edited(plan: Plan, old: str, new: str, says: str) -> None:
    """A plan that was changed by hand isn't read."""
    text = plan.to_json()
    assert old in text
    with pytest.raises(InputError, match=says):
        Plan.from_json(text.replace(old, new))


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", "1", '{"digest": 1}', "[" * 9999]
)
def test_text_that_is_no_plan(text: str) -> None:
    """Any other text is refused in a sentence."""
    with pytest.raises(InputError, match="not a plan that orgraph wrote"):
        Plan.from_json(text)
