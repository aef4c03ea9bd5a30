"""Lineage of one unit: through reforms, both ways, whole and part, in order of time."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness import NewStore, pack_named
from towns import STAMP, START, done, edge, filled, new, node, undone

from orgraph.errors import InputError
from orgraph.model import FOREVER, EdgeRow, FactValue, NodeRow, Row
from orgraph.proposal import Proposal
from orgraph.queries import Lineage, lineage, name_node
from orgraph.queries.lineage import Step
from orgraph.stores import SqliteStore, Store

D20, D21, D22, D23 = (date(year, 1, 1) for year in range(2020, 2024))


def unit(id_: str, since: date = START, until: date = FOREVER) -> NodeRow:
    """Return a municipality."""
    return node(id_, "municipality", since, until)


def gave(
    source: str, target: str, on: date, part: str = "part", **facts: FactValue
) -> EdgeRow:
    """Return an event of lineage."""
    return edge("SUCCEEDED_BY", source, target, on, part=part, **facts)


def told(steps: Iterable[Step]) -> list[tuple[str, str, str | None, str | None]]:
    """Return of each step the unit, the day, the part and what it came through."""
    return [(step.id, step.on, step.part, step.via) for step in steps]


def asked(*rows: Row, of: str) -> Lineage:
    """Return the lineage of a unit in a store of these rows."""
    return lineage(filled(*rows), of)


def district(store: Store, *units: NodeRow) -> Store:
    """Fill a store with a state, a district, and municipalities in it."""
    rows = [node("s", "state"), node("d", "district"), *units]
    under = [edge("PART_OF", row.id, "d") for row in units]
    store.bulk_load(rows, [edge("PART_OF", "d", "s"), *under])
    return store


def merge(into: str, *sources: str) -> dict[str, Any]:
    """Return the step that merges units into a new one."""
    return {
        "op": "merge_units",
        "sources": list(sources),
        "into": new("municipality", into),
    }


def test_three_reforms_by_plans(new_store: NewStore) -> None:
    """Through merger, absorption and merger all steps are kept, both ways, in order."""
    store = new_store("territory")
    people = {"a": 10, "b": 20, "c": 5, "e": 1}
    district(
        store,
        *(unit(i)._replace(facts={"people": n}) for i, n in people.items()),
    )
    first = done(store, "2020-01-01", merge("x", "a", "b"))
    done(store, "2021-01-01", {"op": "absorb_units", "sources": ["x"], "into": "c"})
    done(store, "2022-01-01", merge("z", "c", "e"))
    answer = lineage(store, "a")
    assert told(answer.successors) == [
        ("x", "2020-01-01", "whole", None),
        ("c", "2021-01-01", "whole", "x"),
        ("z", "2022-01-01", "whole", "c"),
    ]
    assert answer.predecessors == ()
    assert [step.amounts for step in answer.successors] == [
        {"people": 10},
        {"people": 30},
        {"people": 35},
    ]
    assert [step.until for step in answer.successors] == [
        "2021-01-01",
        "2022-01-01",
        None,
    ]
    assert (answer.successors[0].revision, answer.until) == (first, "2020-01-01")
    assert told(lineage(store, "z").predecessors) == [
        ("c", "2022-01-01", "whole", None),
        ("e", "2022-01-01", "whole", None),
        ("x", "2021-01-01", "whole", "c"),
        ("a", "2020-01-01", "whole", "x"),
        ("b", "2020-01-01", "whole", "x"),
    ]
    assert {step.overall for step in lineage(store, "z").predecessors} == {"whole"}


def test_what_is_taken_back_is_no_lineage(new_store: NewStore) -> None:
    """A merger that was undone leaves no step, and one done again has its own."""
    store = district(new_store("territory"), *(unit(i) for i in "abc"))
    number = done(store, "2020-01-01", merge("x", "a", "b"))
    undone(store, number)
    answer = lineage(store, "a")
    assert (answer.successors, answer.until) == ((), None)
    again = done(store, "2020-01-01", merge("y", "a", "b"))
    done(store, "2020-01-01", merge("z", "y", "c"))
    for number in (again + 1, again, again + 3, again + 2):
        undone(store, number)
    assert [step.id for step in lineage(store, "a").successors] == ["y", "z"]
    for number in (again + 5, again + 4):
        undone(store, number)
    assert lineage(store, "a").successors == ()
    again = done(store, "2020-01-01", merge("v", "a", "b"))
    (step,) = lineage(store, "a").successors
    assert (step.id, step.revision) == ("v", again)


def test_basis_and_title(new_store: NewStore) -> None:
    """A step names the document of its revision, and has the title."""
    store = district(new_store("territory"), *(unit(i) for i in "abc"))
    basis = {"issuer": "Assembly", "number": "7/2020", "date": "2019-12-01"}
    for day, step, rest in (
        ("2020-01-01", merge("x", "a", "b"), {"basis": basis}),
        ("2021-01-01", merge("y", "x", "c"), {}),
    ):
        data = {"title": f"Reform of {day}", "effective": day, "steps": [step], **rest}
        store.commit(store.plan(Proposal.model_validate(data)), stamp=STAMP)
    first, second = lineage(store, "a").successors
    assert (first.basis, first.title) == (basis, "Reform of 2020-01-01")
    assert (second.basis, second.title) == (None, "Reform of 2021-01-01")


def test_two_mergers_of_one_day_and_proposal(new_store: NewStore) -> None:
    """A+B→X and X+C→Y on one day are followed in the order of their steps."""
    store = district(new_store("territory"), *(unit(i) for i in "abc"))
    done(store, "2020-01-01", merge("x", "a", "b"), merge("y", "x", "c"))
    answer = lineage(store, "a")
    assert told(answer.successors) == [
        ("x", "2020-01-01", "whole", None),
        ("y", "2020-01-01", "whole", "x"),
    ]
    assert answer.successors[0].until == "2020-01-01"
    assert {step.id for step in lineage(store, "y").predecessors} == {*"abcx"}
    assert told(lineage(store, "x").successors) == [("y", "2020-01-01", "whole", None)]


def test_steps_of_a_day_decide_the_order() -> None:
    """On one day what was given in an earlier step isn't part of what came later."""
    units = [unit(i) for i in "abc"]
    later = (gave("a", "b", D20, step=1), gave("b", "c", D20, step=2))
    earlier = (gave("a", "b", D20, step=2), gave("b", "c", D20, step=1))
    at_once = (gave("a", "b", D20, step=1), gave("b", "c", D20, step=1))
    reached = [
        [step.id for step in asked(*units, *events, of="a").successors]
        for events in (later, earlier, at_once)
    ]
    assert reached == [["b", "c"], ["b"], ["b"]]
    back = [
        [step.id for step in asked(*units, *events, of="c").predecessors]
        for events in (later, earlier, at_once)
    ]
    assert back == [["b", "a"], ["b"], ["b"]]


def test_what_began_on_a_day_received_before_it_gave() -> None:
    """Rows without steps: what a unit gives on its first day came to it on that day."""
    rows = [
        *(unit(i) for i in "abc"),
        unit("x", D20, D20),
        unit("y", D20),
        gave("a", "x", D20, "whole"),
        gave("b", "x", D20, "whole"),
        gave("x", "y", D20, "whole"),
        gave("c", "y", D20, "whole"),
    ]
    assert [step.id for step in asked(*rows, of="a").successors] == ["x", "y"]
    assert [step.id for step in asked(*rows, of="y").predecessors] == [*"xabc"]


def test_what_ended_on_a_day_gave_what_it_received() -> None:
    """Rows without steps: what came to a unit on its last day it gave on that day."""
    rows = [
        *(unit(i, until=D20) for i in "zma"),
        unit("y", D20),
        gave("z", "m", D20, "whole"),
        gave("m", "a", D20, "whole"),
        gave("a", "y", D20, "whole"),
    ]
    assert [step.id for step in asked(*rows, of="z").successors] == ["m", "a", "y"]
    assert [step.id for step in asked(*rows, of="y").predecessors] == ["a", "m", "z"]


def test_split_into_parts() -> None:
    """A split gives parts; what passes wholly after it is still a part overall."""
    rows = [
        unit("a", until=D20),
        unit("b", D20, D22),
        unit("c", D20),
        unit("e", D22),
        gave("a", "b", D20, people=7, area_m2=None),
        gave("a", "c", D20, people=3),
        gave("b", "e", D22, "whole", people=8),
    ]
    answer = asked(*rows, of="a")
    assert told(answer.successors) == [
        ("b", "2020-01-01", "part", None),
        ("c", "2020-01-01", "part", None),
        ("e", "2022-01-01", "whole", "b"),
    ]
    assert [step.overall for step in answer.successors] == ["part", "part", "part"]
    assert answer.successors[0].amounts == {"area_m2": None, "people": 7}
    back = asked(*rows, of="e").predecessors
    assert [(step.id, step.overall) for step in back] == [("b", "whole"), ("a", "part")]


def test_a_unit_that_lives_on_after_giving_a_part() -> None:
    """Who gives a part and lives on has that successor, and no end."""
    rows = [unit("a"), unit("b"), gave("a", "b", D20, people=2)]
    answer = asked(*rows, of="a")
    assert (answer.until, told(answer.successors)) == (
        None,
        [("b", "2020-01-01", "part", None)],
    )


def test_parts_flow_both_ways() -> None:
    """What came back later is a successor; what was given before isn't followed."""
    rows = [
        *(unit(i) for i in "abcefg"),
        gave("b", "c", date(2019, 6, 1)),
        gave("a", "b", D20),
        gave("a", "e", D21),
        gave("b", "a", D22),
        gave("a", "f", D23),
        gave("b", "g", D23),
    ]
    answer = asked(*rows, of="a")
    assert told(answer.successors) == [
        ("b", "2020-01-01", "part", None),
        ("e", "2021-01-01", "part", None),
        ("a", "2022-01-01", "part", "b"),
        ("f", "2023-01-01", "part", None),
        ("g", "2023-01-01", "part", "b"),
    ]
    assert told(answer.predecessors) == [
        ("b", "2022-01-01", "part", None),
        ("a", "2020-01-01", "part", "b"),
    ]
    assert [s.id for s in asked(*rows, of="c").predecessors] == ["b"]
    assert [s.id for s in asked(*rows, of="e").predecessors] == ["a"]


def test_parts_exchanged_in_one_step() -> None:
    """Two units that give to each other at once don't get their own back by it."""
    rows = [unit("a"), unit("b"), gave("a", "b", D20), gave("b", "a", D20)]
    answer = asked(*rows, of="a")
    assert [step.id for step in answer.successors] == ["b"]
    assert [step.id for step in answer.predecessors] == ["b"]


def test_several_ways_to_one_unit() -> None:
    """Where ways meet again every step stands once; the first way sets the time."""
    rows = [
        *(unit(i) for i in "abcef"),
        gave("a", "b", D20),
        gave("a", "c", D20),
        gave("b", "e", D21),
        gave("c", "e", D22),
        gave("e", "f", date(2021, 6, 1)),
    ]
    assert told(asked(*rows, of="a").successors) == [
        ("b", "2020-01-01", "part", None),
        ("c", "2020-01-01", "part", None),
        ("e", "2021-01-01", "part", "b"),
        ("f", "2021-06-01", "part", "e"),
        ("e", "2022-01-01", "part", "c"),
    ]


def test_a_shorter_way_may_be_the_later_one() -> None:
    """A unit reached early by many steps and late by one is followed from early on."""
    rows = [
        *(unit(i) for i in "abcef"),
        gave("a", "e", D23),
        gave("a", "b", D20),
        gave("b", "c", D21),
        gave("c", "e", D22),
        gave("e", "f", date(2022, 6, 1)),
    ]
    assert "f" in {step.id for step in asked(*rows, of="a").successors}
    assert "a" in {step.id for step in asked(*rows, of="f").predecessors}


def test_part_that_is_not_said() -> None:
    """A row that doesn't say whether it is of the whole is neither whole nor part."""
    rows = [
        *(unit(i) for i in "abcf"),
        edge("SUCCEEDED_BY", "a", "b", D20),
        gave("b", "c", D21, "whole"),
        gave("b", "f", D22),
    ]
    steps = asked(*rows, of="a").successors
    assert [(step.part, step.overall) for step in steps] == [
        (None, None),
        ("whole", None),
        ("part", "part"),
    ]


def test_names_are_those_of_the_day() -> None:
    """A successor has the name it took its place under, a source the one it had."""
    rows = [
        unit("a", until=D20)._replace(name="Ash", code="1"),
        unit("a", D20, D21)._replace(name="Ashes", code="2"),
        unit("b", until=D21)._replace(name="Birch", code="3"),
        unit("b", D21, D22)._replace(name="Birchwood", code="4"),
        unit("b", D22)._replace(name="Wood", code="5"),
        gave("a", "b", D21, "whole"),
    ]
    (step,) = asked(*rows, of="a").successors
    assert (step.name, step.code, step.kind) == ("Birchwood", "4", "municipality")
    (step,) = asked(*rows, of="b").predecessors
    assert (step.name, step.code, step.until) == ("Ashes", "2", "2021-01-01")
    answer = asked(*rows, of="b")
    assert (answer.name, answer.code, answer.since) == ("Wood", "5", "2019-01-01")


def test_a_code_that_another_unit_bears_now() -> None:
    """New Hải Hòa bears the code of old Hải Hòa and got none of it."""
    store = filled(
        unit("old", until=D20)._replace(name="Hải Hòa", code="42"),
        unit("north", D20)._replace(name="Bắc", code="7"),
        unit("other", until=D20)._replace(name="Khác", code="9"),
        unit("new", D20)._replace(name="Hải Hòa", code="42"),
        gave("old", "north", D20, "whole"),
        gave("other", "new", D20, "whole"),
    )
    for text in ("code:42", "municipality:42", "Hải Hòa", "hai hoa"):
        with pytest.raises(InputError) as caught:
            name_node(store, text, None)
        assert caught.value.problems[1:] == (
            "  new  municipality  Hải Hòa  2020-01-01 to …",
            "  old  municipality  Hải Hòa  2019-01-01 to 2020-01-01",
        )
        assert name_node(store, text, date(2019, 12, 31)) == "old"
        assert name_node(store, text, D20) == "new"
    assert [step.id for step in lineage(store, "old").successors] == ["north"]
    assert [step.id for step in lineage(store, "new").predecessors] == ["other"]
    assert name_node(store, "code:9", None) == "other"


def test_a_date_known_to_the_year() -> None:
    """A step is shown with the precision that its date has."""
    rows = [unit("a"), unit("b"), gave("a", "b", D20, since_precision="year")]
    (step,) = asked(*rows, of="a").successors
    assert (step.on, step.amounts) == ("2020", {})


def test_a_unit_that_is_restored() -> None:
    """What is given back is followed like any part, whatever else its row says."""
    rows = [
        unit("old", until=D20),
        unit("x"),
        unit("again", D22),
        gave("old", "x", D20, "whole", people=4),
        gave("x", "again", D22, people=4, restores="old"),
    ]
    steps = asked(*rows, of="old").successors
    assert told(steps)[1] == ("again", "2022-01-01", "part", "x")
    assert steps[1].amounts == {"people": 4}
    assert [step.id for step in asked(*rows, of="again").predecessors] == ["x", "old"]


def test_of_nothing() -> None:
    """What never was has no lineage."""
    with pytest.raises(InputError, match="there is no node b"):
        asked(unit("a"), of="b")


def test_json() -> None:
    """As JSON an answer has its format, the unit, and each step with all fields."""
    rows = [unit("a", until=D20), unit("b"), gave("a", "b", D20, "whole", people=None)]
    assert asked(*rows, of="a").to_plain() == {
        "format": "orgraph.lineage/1",
        "node": "a",
        "kind": "municipality",
        "name": "A",
        "code": None,
        "since": "2019-01-01",
        "until": "2020-01-01",
        "successors": [
            {
                "id": "b",
                "kind": "municipality",
                "name": "B",
                "code": None,
                "on": "2020-01-01",
                "until": None,
                "part": "whole",
                "overall": "whole",
                "via": None,
                "amounts": {"people": None},
                "all_of": (),
                "basis": None,
                "title": "Bulk load",
                "revision": 1,
            }
        ],
        "predecessors": [],
    }


def test_statements_do_not_grow(tmp_path: Path) -> None:
    """A level costs as many statements for a thousand units as for ten."""
    counts = []
    for size in (10, 1000):
        sources = [unit(f"m{number}", until=D20) for number in range(size)]
        events = [gave(source.id, "x", D20, "whole") for source in sources]
        with SqliteStore(tmp_path / f"{size}.db", create=pack_named("territory")) as s:
            s.bulk_load(
                [unit("x", D20, D21), unit("y", D21), *sources],
                [gave("x", "y", D21, "whole"), *events],
            )
            s.statements = []
            assert len(lineage(s, "y").predecessors) == size + 1
            counts.append(len(s.statements))
    assert counts[0] == counts[1]
    assert counts[0] < 20
