"""The sections of a report on small graphs, against what is worked out by hand."""

import json
from datetime import date
from typing import Any

import pytest
from towns import Step, edge, filled, new, node, planned

from orgraph.model import FactValue, Row
from orgraph.plan import Plan
from orgraph.reports import Report, build_report, render
from orgraph.stores import MemoryStore

DAY = "2025-01-01"


def rows() -> list[Row]:
    """Return a state s with districts d and e, and municipalities a, b in d, c in e.

    Body o covers a; posts p and q are in o, held by x and y; z is a member of o.
    """
    return [
        node("s", "state"),
        node("d", "district"),
        node("e", "district"),
        edge("PART_OF", "d", "s"),
        edge("PART_OF", "e", "s"),
        node("a", "municipality", people=100, type="rural", area_m2=5),
        node("b", "municipality", people=200, type="rural", area_m2=7),
        node("c", "municipality", people=300, type="rural"),
        edge("PART_OF", "a", "d"),
        edge("PART_OF", "b", "d"),
        edge("PART_OF", "c", "e"),
        node("o", "body"),
        node("o2", "body"),
        edge("COVERS", "o", "a"),
        node("p", "post", role="deputy"),
        node("q", "post", role="clerk"),
        edge("SEAT_IN", "p", "o"),
        edge("SEAT_IN", "q", "o"),
        *(node(name, "person") for name in "xyz"),
        edge("HOLDS", "x", "p"),
        edge("HOLDS", "y", "q"),
        *(edge("MEMBER_OF", name, "o") for name in "xyz"),
        edge("IN_CHARGE_OF", "z", "b"),
    ]


def reported(*steps: Step, extra: list[Row] | None = None) -> Report:
    """Return the report of steps on the day."""
    return _both(filled(*rows(), *(extra or [])), *steps)[0]


def _both(store: MemoryStore, *steps: Step) -> tuple[Report, Plan]:
    plan = planned(store, DAY, *steps)
    return build_report(plan, store), plan


def merge(**facts: FactValue) -> Step:
    """Return the step that merges a and b into m."""
    return {
        "op": "merge_units",
        "sources": ["a", "b"],
        "into": new("municipality", "m", type="rural", **facts),
    }


def units(report: Report) -> dict[str, tuple[str | None, str | None]]:
    """Return the parents before and after of every unit named."""
    return {
        unit.id: (
            unit.before.parent if unit.before else "-",
            unit.after.parent if unit.after else "-",
        )
        for unit in report.units
    }


def test_a_merger() -> None:
    """A merger: what ended and began, its units with their parents, and figures."""
    report = reported(merge())
    assert report.ok
    assert (report.ended, report.began) == (("a", "b"), ("m",))
    assert (report.moved, report.revised, report.passing) == ((), (), ())
    assert report.totals == {
        "before": {"district": 2, "municipality": 3},
        "after": {"district": 2, "municipality": 2},
    }
    assert report.conservation == {
        "people": {"before": 600, "after": 600},
        "area_m2": {"before": 12, "after": 12},
    }
    assert units(report) == {
        "a": ("d", "-"),
        "b": ("d", "-"),
        "m": ("-", "d"),
        "d": ("s", "s"),
        "s": (None, None),
    }
    (merged,) = [unit for unit in report.units if unit.id == "m"]
    assert merged.sources == ("a", "b")
    assert merged.after is not None
    assert merged.after.facts == {"type": "rural", "people": 300, "area_m2": 12}
    by_id = {unit.id: unit for unit in report.units}
    assert by_id["a"].successors == ("m",)
    counts = {
        kind: {w: n for w, n in c.items() if n} for kind, c in report.dependents.items()
    }
    assert counts["COVERS"] == {"followed": 1}
    assert counts["IN_CHARGE_OF"] == {"followed": 1}


def test_unknown_absorbs() -> None:
    """Where a figure below is unknown the sum is unknown, before and after."""
    extra: list[Row] = [
        node("f", "municipality", people=None),
        edge("PART_OF", "f", "e"),
    ]
    report = reported(merge(), extra=extra)
    assert report.conservation["people"] == {"before": None, "after": None}


def test_a_move_is_net() -> None:
    """A unit moved away and back has not moved; one that was moved once has."""
    there = {"op": "move_unit", "unit": "a", "to": "e"}
    back = {"op": "move_unit", "unit": "a", "to": "d"}
    assert reported(there).moved == ("a",)
    rename = {"op": "rename_unit", "unit": "c", "name": "Sea"}
    both = reported(there, back, rename)
    assert (both.moved, both.revised) == ((), ("c",))


def test_what_follows_has_not_moved() -> None:
    """What came under its unit's successor followed it, and is not listed as moved."""
    extra: list[Row] = [node("l", "locality"), edge("PART_OF", "l", "a")]
    report = reported(merge(), extra=extra)
    assert report.moved == ()
    assert report.dependents["PART_OF"]["followed"] == 1


def test_a_revision_of_a_unit() -> None:
    """A new name, code or type revises a unit and moves, begins and ends nothing."""
    report = reported({"op": "rename_unit", "unit": "a", "name": "Ash", "code": "7"})
    assert (report.revised, report.moved, report.began, report.ended) == (
        ("a",),
        (),
        (),
        (),
    )
    by_id = {unit.id: unit for unit in report.units}
    before, after = by_id["a"].before, by_id["a"].after
    assert before is not None
    assert after is not None
    assert (before.name, before.code) == ("A", None)
    assert (after.name, after.code) == ("Ash", "7")
    assert units(report).keys() == {"a", "d", "s"}


def test_founded_and_ended_on_the_day() -> None:
    """What is founded and merged away on one day passes: it neither began nor ended."""
    founded = {
        "op": "found_unit",
        "new": new("municipality", "n", type="rural", people=1),
        "under": "d",
    }
    merged = {
        "op": "merge_units",
        "sources": ["n", "a"],
        "into": new("municipality", "m", type="rural"),
    }
    founded["new"]["name"], founded["new"]["code"] = "Nhon", "07"
    report = reported(founded, merged)
    assert report.passing == ("n",)
    (passed,) = (unit for unit in report.units if unit.id == "n")
    assert (passed.name, passed.before, passed.after) == ("Nhon", None, None)
    assert "+ municipality 07 Nhon" in render(report, "text")
    assert (report.began, report.ended) == (("m",), ("a",))
    assert report.conservation["people"] == {"before": 600, "after": 601}


def test_people_whose_chain_differs() -> None:
    """Each person whose own unit changes is listed with the chain before and after."""
    step = {"op": "close_unit", "unit": "o", "answers": {"person": {"to": "o2"}}}
    report = reported(step)
    assert [(p.id, p.before, p.after) for p in report.people] == [
        ("x", ("o",), ("o2",)),
        ("y", ("o",), ("o2",)),
        ("z", ("o",), ("o2",)),
    ]
    assert report.affected == {"person": 3}


def test_the_surplus_list() -> None:
    """Who held a post that ends is listed with it, and who keeps it isn't."""
    report = reported({"op": "close_unit", "unit": "p"})
    lost = {"person": "x", "post": "p", "role": "deputy", "unit": "o"}
    assert report.surplus == (lost,)
    assert report.people == ()
    assert report.affected == {}
    both = reported(
        {"op": "close_unit", "unit": "o", "answers": {"person": {"to": "o2"}}}
    )
    assert [(h["person"], h["post"]) for h in both.surplus] == [("x", "p"), ("y", "q")]


def test_two_roots_are_added() -> None:
    """Totals are of all roots touched, and of none that isn't."""
    extra: list[Row] = [
        node("t", "state"),
        node("g", "district"),
        edge("PART_OF", "g", "t"),
        node("h", "municipality", people=50),
        edge("PART_OF", "h", "g"),
    ]
    only = reported(merge(), extra=extra)
    assert only.totals["before"] == {"district": 2, "municipality": 3}
    rename = {"op": "rename_unit", "unit": "h", "name": "Hill"}
    both = reported(merge(), rename, extra=extra)
    assert both.totals["before"] == {"district": 3, "municipality": 4}
    assert both.conservation["people"] == {"before": 650, "after": 650}


def test_basis_and_documents() -> None:
    """The basis is repeated, and the document that it founds is no unit that began."""
    store = filled(*rows())
    from orgraph.proposal import Proposal

    data = {
        "title": "T",
        "effective": DAY,
        "basis": {"issuer": "Q", "number": "7/2024", "date": "2024-12-01"},
        "steps": [merge()],
    }
    plan = store.plan(Proposal.model_validate(data))
    report = build_report(plan, store)
    assert report.basis == data["basis"]
    assert report.documents == ("document-7-2024-2024-12-01",)
    assert report.began == ("m",)


def test_refused() -> None:
    """A report of what is refused says so, and shows what could be planned."""
    refused = {"op": "close_unit", "unit": "nobody"}
    report = reported(refused, merge())
    assert not report.ok
    assert report.began == ("m",)
    assert report.unplanned == 0
    follows = reported(
        {"op": "found_unit", "new": new("twon", "t")},
        {"op": "rename_unit", "unit": "t", "name": "T2"},
    )
    assert follows.unplanned == 1


def test_a_report_does_not_depend_on_the_draft() -> None:
    """A plan that was written and read again gives the same report."""
    store = filled(*rows())
    steps: tuple[Step, ...] = (
        merge(),
        {"op": "move_unit", "unit": "c", "to": "d"},
        {"op": "close_unit", "unit": "p"},
    )
    report, plan = _both(store, *steps)
    again = build_report(Plan.from_json(plan.to_json()), store)
    assert again.to_plain() == report.to_plain()


def test_json_is_the_report() -> None:
    """JSON has every key of the contract, and nothing that depends on the clock."""
    report = reported(merge())
    document: dict[str, Any] = json.loads(render(report, "json"))
    assert document == report.to_plain()
    assert list(document)[:5] == ["format", "title", "effective", "base", "basis"]
    assert set(document["dependents"]["COVERS"]) == {
        "followed",
        "ended",
        "united",
        "kept",
        "asked",
    }
    assert date.today().isoformat() not in render(report, "json")  # noqa: DTZ011
    assert render(report, "json") == render(reported(merge()), "json")


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_rows_does_not_matter(order: int) -> None:
    """The report is the same whichever way the rows were written."""
    store = filled(*rows()[::order])
    report, _ = _both(store, merge())
    assert report.to_plain() == reported(merge()).to_plain()


def test_an_undo_shows_what_comes_back() -> None:
    """The report of an undo names what begins again and what ends."""
    store = filled(*rows())
    store.commit(planned(store, DAY, merge()))
    report, _ = _both(store, {"op": "undo", "revision": 2})
    assert (report.began, report.ended) == (("a", "b"), ("m",))
    assert report.conservation["people"] == {"before": 600, "after": 600}


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_how_dependents_are_counted_stands_with_them(form: str) -> None:
    """What covers a unit that ends, and ends in the next step, is counted once."""
    united = {"op": "merge_units", "sources": ["o", "o2"], "into": new("body", "n")}
    report = reported(merge(), united)
    assert sum(report.dependents["COVERS"].values()) == 1
    assert "What several steps pass on is counted once" in render(report, form)
    renamed = reported({"op": "rename_unit", "unit": "s", "name": "State"})
    assert "is counted once" not in render(renamed, form)
