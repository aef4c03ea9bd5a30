"""Proposals side by side on small graphs, against what is worked out by hand."""

from collections.abc import Mapping
from typing import Any

import pytest
from towns import Step, done, edge, filled, new, node

from orgraph import compare_proposals
from orgraph.errors import StaleError
from orgraph.model import Row
from orgraph.proposal import Proposal
from orgraph.reports import Comparison
from orgraph.reports.compare_rows import sections
from orgraph.stores import MemoryStore

DAY = "2030-06-01"


def rows() -> list[Row]:
    """Return two states: s with municipalities a and b, t with c; people in bodies."""
    return [
        node("s", "state"),
        node("t", "state"),
        node("d", "district"),
        node("e", "district"),
        edge("PART_OF", "d", "s"),
        edge("PART_OF", "e", "t"),
        node("a", "municipality", people=100, area_m2=5, type="rural"),
        node("b", "municipality", people=200, area_m2=4, type="rural"),
        node("c", "municipality", people=300, area_m2=3, type="rural"),
        edge("PART_OF", "a", "d"),
        edge("PART_OF", "b", "d"),
        edge("PART_OF", "c", "e"),
        *(node(name, "body") for name in ("o", "p", "q")),
        edge("UNDER", "o", "p"),
        *(node(name, "person") for name in "xyz"),
        edge("MEMBER_OF", "x", "o"),
        edge("MEMBER_OF", "y", "o"),
        edge("MEMBER_OF", "z", "p"),
    ]


MERGE = {
    "op": "merge_units",
    "sources": ["a", "b"],
    "into": new("municipality", "m", type="rural"),
}
SPLIT = {
    "op": "split_unit",
    "source": "c",
    "targets": [
        {
            "new": new("municipality", "c1", type="rural"),
            "shares": {"people": 100, "area_m2": 1},
        },
        {
            "new": new("municipality", "c2", type="rural"),
            "shares": {"people": 200, "area_m2": 2},
        },
    ],
}
CLOSE = {"op": "close_unit", "unit": "nowhere"}


def proposals(day: str = DAY, **steps: Step) -> Mapping[str, Proposal]:
    """Return proposals of one step each."""
    return {
        name: Proposal.model_validate(
            {"title": name, "effective": day, "steps": [step]}
        )
        for name, step in steps.items()
    }


def compared(**steps: Step) -> Comparison:
    """Return the comparison of proposals of one step each."""
    return compare_proposals(filled(*rows()), proposals(**steps))


def test_what_is_formed_of_one_is_not_united() -> None:
    """A merger unites; a split begins and ends units, and unites none."""
    merged, split = compared(merge=MERGE, split=SPLIT).alternatives
    assert merged.units == {
        "began": {"municipality": 1},
        "ended": {"municipality": 2},
        "moved": {},
        "revised": {},
        "united": {"municipality": 1},
    }
    assert split.units["began"] == {"municipality": 2}
    assert split.units["united"] == {}


def test_all_are_counted_below_the_same_roots() -> None:
    """What one proposal leaves alone is counted in its column as it stays."""
    merged, split = compared(merge=MERGE, split=SPLIT).alternatives
    assert merged.totals == {
        "before": {"district": 2, "municipality": 3},
        "after": {"district": 2, "municipality": 2},
    }
    assert split.totals["after"] == {"district": 2, "municipality": 4}
    for one in (merged, split):
        assert one.facts == {
            "area_m2": {"before": 12, "after": 12},
            "people": {"before": 600, "after": 600},
        }
    (alone,) = compared(merge=MERGE).alternatives
    assert alone.totals["before"] == {"district": 1, "municipality": 2}
    assert alone.facts["people"] == {"before": 300, "after": 300}


def test_people_below_what_moves_are_counted() -> None:
    """Two people are below the body that moves, three below the one that goes along."""
    move = {"op": "move_unit", "unit": "o", "to": "q"}
    above = {"op": "move_unit", "unit": "p", "to": "q"}
    merged, moved, higher = compared(merge=MERGE, o=move, p=above).alternatives
    assert [one.people for one in (merged, moved, higher)] == [
        {},
        {"person": 2},
        {"person": 3},
    ]
    assert moved.units["moved"] == {"body": 1}


def test_all_are_judged_by_the_same_units() -> None:
    """What one proposal forms is judged in its column, and not in another's."""
    comparison = compared(merge=MERGE, split=SPLIT)
    merged, split = (one.standards for one in comparison.alternatives)
    assert merged.keys() == split.keys() == {"town-formed"}
    assert merged["town-formed"].met == ("m",)
    assert split["town-formed"].broken == ("c1", "c2")
    assert {s.id for s in comparison.standards} == {"town-formed"}


def test_the_order_is_that_of_the_names() -> None:
    """Columns stand as they were named, and rows don't follow them."""
    forth, back = compared(a=MERGE, b=SPLIT), compared(b=SPLIT, a=MERGE)
    assert [one.name for one in forth.alternatives] == ["a", "b"]
    assert [one.name for one in back.alternatives] == ["b", "a"]
    assert [r.name for s in sections(forth) for r in s.rows] == [
        r.name for s in sections(back) for r in s.rows
    ]
    assert forth.alternatives == back.alternatives[::-1]


def test_rows_say_where_proposals_differ() -> None:
    """A row differs where the cells aren't all the same."""
    found = {
        row.name: row.differs
        for section in sections(compared(merge=MERGE, close=CLOSE))
        for row in section.rows
        if section.title == "proposal"
    }
    assert found == {
        "verdict": True,
        "effective": False,
        "steps": False,
        "changes": True,
    }


def test_a_head_that_moves_meanwhile_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where a revision comes between two plans they aren't compared."""
    import orgraph.reports.compare as module

    store = filled(*rows())
    plan = module.make_plan

    def disturbed(reader: MemoryStore, proposal: Proposal) -> Any:  # noqa: ANN401
        made = plan(reader, proposal)
        if proposal.title == "merge":
            done(store, DAY, {"op": "rename_unit", "unit": "t", "name": "T2"})
        return made

    monkeypatch.setattr(module, "make_plan", disturbed)
    with pytest.raises(StaleError, match="compare them again"):
        compare_proposals(store, proposals(merge=MERGE, split=SPLIT))


def test_a_refused_one_has_its_reasons() -> None:
    """A refused proposal has nothing of what it would do, and says why."""
    merged, refused = compared(merge=MERGE, close=CLOSE).alternatives
    assert (merged.refused, refused.refused) == (False, True)
    assert [found.code for found in refused.blocking] == ["UNIT01"]
    assert refused.changes == 0
    assert merged.blocking == ()
    assert refused.totals["before"] == merged.totals["before"]


def test_json_says_all_of_it() -> None:
    """The document has its format, and each proposal with every field."""
    plain = compared(merge=MERGE, split=SPLIT).to_plain()
    assert (plain["format"], plain["base"], plain["ok"]) == (
        "orgraph.compare/1",
        1,
        False,
    )
    first = plain["proposals"][0]
    assert (first["name"], first["title"], first["effective"]) == (
        "merge",
        "merge",
        DAY,
    )
    assert first["standards"]["town-formed"] == {
        "met": ["m"],
        "broken": [],
        "unknown": [],
    }
    assert plain["standards"][0]["rule"] == "formed_too_small"
