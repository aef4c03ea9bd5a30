"""An edge that is to follow lasts on; none is lost between two days."""

from datetime import date

from towns import done, edge, filled, node, planned

from orgraph.model import Span


def test_answer_follow_of_a_moved_unit_keeps_the_edge() -> None:
    """A body that covers a moved unit and is told to follow it covers it still."""
    store = filled(
        node("st", "state"),
        node("r1", "region"),
        node("r2", "region"),
        node("m1", "municipality"),
        node("b1", "body"),
        edge("PART_OF", "r1", "st"),
        edge("PART_OF", "r2", "st"),
        edge("PART_OF", "m1", "r1"),
        edge("COVERS", "b1", "m1", form="special"),
    )
    move = {"op": "move_unit", "unit": "m1", "to": "r2", "answers": {"b1": "follow"}}
    done(store, "2021-01-01", move)
    day = Span.day(date(2021, 1, 1))
    assert store.edges(["b1"], ["COVERS"], "out", day)


def test_edge_is_not_united_with_one_of_a_later_day() -> None:
    """A body that is recorded to cover the absorbing unit later stands in the way."""
    store = filled(
        node("st", "state"),
        node("m1", "municipality"),
        node("m2", "municipality"),
        node("b1", "body"),
        edge("PART_OF", "m1", "st"),
        edge("PART_OF", "m2", "st"),
        edge("COVERS", "b1", "m1"),
        edge("COVERS", "b1", "m2", since=date(2030, 1, 1)),
    )
    absorb = {"op": "absorb_units", "sources": ["m1"], "into": "m2"}
    plan = planned(store, "2021-01-01", absorb)
    assert {finding.code for finding in plan.findings if finding.blocks} == {"TIME01"}


def test_no_end_is_offered_to_what_must_be_somewhere() -> None:
    """A post and a cell must be in something; what is covered may be so by nobody."""
    store = filled(
        node("c", "grassroots_committee"),
        node("p", "post", role="deputy_secretary"),
        node("x", "cell"),
        node("v", "village"),
        edge("SEAT_IN", "p", "c"),
        edge("UNDER", "x", "c"),
        edge("COVERS", "c", "v"),
        node("d", "direct_committee"),
        edge("UNDER", "c", "d"),
        pack="vietnam",
    )
    new = {"kind": "grassroots_committee", "name": "Đảng bộ"}
    split = {
        "op": "split_unit",
        "source": "c",
        "targets": [{"new": {**new, "id": "c1"}}, {"new": {**new, "id": "c2"}}],
    }
    words = "ends_with | parent | {to: UNIT}"
    ground = "end | ends_with | {to: UNIT}"
    each = f"cell: {words}, post: {words}, village: {ground}"
    plan = planned(store, "2025-07-01", split)
    asked = [f.hint for f in plan.findings if f.code == "ASK01"]
    assert asked == [f"Add answers: {{{each}}}."]
