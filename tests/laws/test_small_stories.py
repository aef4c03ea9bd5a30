"""Stories that random reorganisations came upon, in their smallest form."""

from datetime import date

import pytest
from towns import blocking, done, edge, filled, found, new, node, planned

from orgraph.model import Span

LATER = date(2030, 1, 1)
DAY = "2021-01-01"


def codes(found_codes: list[str]) -> set[str]:
    """Return the codes of what blocks a plan."""
    return {text.split()[0] for text in found_codes}


def test_united_edge_is_not_laid_over_a_later_one() -> None:
    """Where an edge would be lengthened over one of a later day, that is in the way."""
    store = filled(
        node("m1", "municipality"),
        node("m2", "municipality"),
        node("b1", "body"),
        edge("COVERS", "b1", "m1"),
        edge("COVERS", "b1", "m2", until=date(2022, 1, 1)),
        edge("COVERS", "b1", "m2", since=LATER),
    )
    plan = planned(store, DAY, {"op": "absorb_units", "sources": ["m1"], "into": "m2"})
    assert codes(blocking(plan)) == {"TIME01"}


@pytest.mark.parametrize(
    "step",
    [
        found("department", "t2", "s1", staff=4),
        {"op": "move_unit", "unit": "t1", "to": "s1"},
        {"op": "set_facts", "unit": "t3", "facts": {"staff": 4}},
    ],
    ids=["found_unit", "move_unit", "set_facts"],
)
def test_figure_is_not_hidden_two_levels_above(step: dict[str, object]) -> None:
    """A figure that stands two levels above is kept as one that stands right above."""
    store = filled(
        node("p", "province"),
        node("a1", "agency", staff=50),
        node("s1", "sub_department"),
        node("t1", "department", staff=5),
        node("t3", "department"),
        edge("UNDER", "a1", "p"),
        edge("UNDER", "s1", "a1"),
        edge("UNDER", "t3", "s1"),
        pack="vietnam",
    )
    assert codes(blocking(planned(store, DAY, step))) == {"SUM01"}


def test_known_figure_is_not_hidden_by_an_unknown_one() -> None:
    """A unit's own figure isn't hidden by a finer one that isn't known either."""
    store = filled(node("m1", "municipality", people=7))
    step = found("locality", "l1", "m1", people=None)
    assert codes(blocking(planned(store, DAY, step))) == {"SUM01"}


@pytest.mark.parametrize("answer", ["end", {"to": "b3"}], ids=["end", "to"])
def test_answer_by_kind_where_there_is_no_parent_to_go_to(answer: object) -> None:
    """Where dependents would come under a parent that isn't there, a kind answers."""
    store = filled(
        node("b1", "body"),
        node("b2", "body"),
        node("b3", "body"),
        edge("UNDER", "b2", "b1"),
    )
    step = {"op": "close_unit", "unit": "b1", "answers": {"body": answer}}
    assert blocking(planned(store, DAY, step)) == []


def test_unit_founded_and_ended_on_one_day_keeps_its_id() -> None:
    """An id is taken for ever, though its bearer lived on no day."""
    store = filled(node("st", "state"), node("r1", "region"))
    done(store, DAY, found("region", "r2", "st"))
    done(store, DAY, {"op": "absorb_units", "sources": ["r2"], "into": "r1"})
    assert store.nodes(["r2"], Span.day(date(2021, 1, 1))) == []
    plan = planned(store, "2022-01-01", found("region", "r2", "st"))
    assert codes(blocking(plan)) == {"ID01"}


def test_merger_of_units_that_hide_a_figure_below() -> None:
    """A municipality with a figure of its own isn't merged with one of localities."""
    store = filled(
        node("m1", "municipality", people=5),
        node("m2", "municipality"),
        node("l1", "locality", people=4),
        edge("PART_OF", "l1", "m2"),
    )
    step = {
        "op": "merge_units",
        "sources": ["m1", "m2"],
        "into": new("municipality", "m3"),
    }
    assert codes(blocking(planned(store, DAY, step))) == {"SUM01"}


@pytest.mark.parametrize("to", ["b3", "b4"], ids=["grandchild", "great-grandchild"])
def test_circle_is_refused_before_it_is_counted(to: str) -> None:
    """A body that would come below itself is refused, whatever else is judged."""
    store = filled(
        node("m1", "municipality", type="town", people=1),
        node("b1", "body"),
        node("b2", "body"),
        node("b3", "body"),
        node("b4", "body"),
        edge("COVERS", "b1", "m1"),
        edge("UNDER", "b2", "b1"),
        edge("UNDER", "b3", "b2"),
        edge("UNDER", "b4", "b3"),
    )
    step = {"op": "close_unit", "unit": "b1", "answers": {"body": {"to": to}}}
    assert codes(blocking(planned(store, DAY, step))) == {"PARENT02"}
