"""What a report says where parents are gained, lost or given back."""

from towns import done, edge, filled, new, node, planned

from orgraph.engine import undo_proposal
from orgraph.proposal import Proposal
from orgraph.reports import Report, build_report
from orgraph.reports.compare import compare_proposals
from orgraph.reports.compare_rows import notes
from orgraph.reports.html import html_of
from orgraph.reports.markdown import markdown_of
from orgraph.reports.text import text_of
from orgraph.stores import MemoryStore

DAY = "2021-01-01"


def town() -> MemoryStore:
    """Return two municipalities with a locality each, and a body under nothing."""
    return filled(
        node("st", "state"),
        node("m1", "municipality"),
        node("m2", "municipality"),
        node("l1", "locality"),
        node("b1", "body"),
        node("b2", "body"),
        edge("PART_OF", "m1", "st"),
        edge("PART_OF", "m2", "st"),
        edge("PART_OF", "l1", "m1"),
    )


def reported(store: MemoryStore, *steps: dict[str, object]) -> Report:
    """Return the report of a plan."""
    return build_report(planned(store, DAY, *steps), store)


def test_a_unit_that_comes_under_something_has_moved() -> None:
    """A body that gets a parent is said to move, and counts on both sides."""
    report = reported(town(), {"op": "move_unit", "unit": "b1", "to": "b2"})
    assert report.moved == ("b1",)
    assert report.totals == {"before": {"body": 1}, "after": {"body": 1}}
    assert report.roots == {"before": {"body": 1}, "after": {}}


def test_what_is_counted_and_is_a_root_is_said() -> None:
    """The counts below the roots say where a root of one side is among them."""
    said = "on one side alone is counted on both: before it is 1, after it is 0."
    come = reported(town(), {"op": "move_unit", "unit": "b1", "to": "b2"})
    for text in (text_of(come), markdown_of(come), html_of(come), come._repr_html_()):
        assert said in text
    assert come.to_plain()["roots_counted"] == {"before": {"body": 1}, "after": {}}
    steps = [{"op": "move_unit", "unit": "b1", "to": "b2"}]
    data = {"title": "A", "effective": DAY, "steps": steps}
    compared = compare_proposals(town(), {"a.yaml": Proposal.model_validate(data)})
    said = "What has nothing above it on one side alone is counted on both."
    assert notes(compared) == [said]
    moved = reported(town(), {"op": "move_unit", "unit": "l1", "to": "m2"})
    assert moved.roots == {"before": {}, "after": {}}
    assert "on one side alone" not in text_of(moved)


def test_what_returns_with_its_unit_has_not_moved() -> None:
    """What followed a merger has not moved, nor has it when that is undone."""
    store = town()
    merge = {
        "op": "merge_units",
        "sources": ["m1", "m2"],
        "into": new("municipality", "m3"),
    }
    assert reported(store, merge).moved == ()
    done(store, DAY, merge)
    plan = store.plan(undo_proposal(store))
    report = build_report(plan, store)
    assert (report.moved, report.began, report.ended) == ((), ("m1", "m2"), ("m3",))
