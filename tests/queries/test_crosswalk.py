"""The crosswalk of a kind: every unit of one day, and who has its place on another."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness import NewStore, pack_named
from towns import START, done, edge, filled, found, new, node

from orgraph.errors import InputError
from orgraph.model import FOREVER, EdgeRow, FactValue, NodeRow, Row
from orgraph.queries import Crosswalk, crosswalk
from orgraph.queries.crosswalk import Pair
from orgraph.stores import SqliteStore

BEFORE = date(2019, 12, 31)
D20, D21, D22 = (date(year, 1, 1) for year in range(2020, 2023))
Shown = tuple[str | None, str | None, str | None]


def unit(id_: str, since: date = START, until: date = FOREVER) -> NodeRow:
    """Return a municipality."""
    return node(id_, "municipality", since, until)


def gave(
    source: str, target: str, on: date, part: str = "part", **facts: FactValue
) -> EdgeRow:
    """Return an event of lineage."""
    return edge("SUCCEEDED_BY", source, target, on, part=part, **facts)


def table(*rows: Row, first: date = BEFORE, second: date = D22) -> Crosswalk:
    """Return the crosswalk of municipalities in a store of these rows."""
    return crosswalk(filled(*rows), first, second, "municipality")


def shown(answer: Crosswalk) -> list[Shown]:
    """Return of each pair the two units, and the part."""
    return [(p.from_ and p.from_.id, p.to and p.to.id, p.part) for p in answer.pairs]


def pair(answer: Crosswalk, source: str, target: str) -> Pair:
    """Return one pair of a table."""
    (only,) = (
        p
        for p in answer.pairs
        if p.from_ and p.to and (p.from_.id, p.to.id) == (source, target)
    )
    return only


def test_a_reform_by_plans(new_store: NewStore) -> None:
    """Merged, absorbed, unchanged, closed and founded: each unit is in the table."""
    store = new_store("territory")
    units = [*(unit(i) for i in "abcefgh")]
    under = [edge("PART_OF", row.id, "d") for row in units]
    rows = [node("s", "state"), node("d", "district"), *units]
    store.bulk_load(rows, [edge("PART_OF", "d", "s"), *under])
    merge = {"op": "merge_units", "sources": ["a", "b"]}
    merged = {**merge, "into": new("municipality", "x")}
    absorb = {"op": "absorb_units", "sources": ["e"], "into": "f"}
    close = {"op": "close_unit", "unit": "g"}
    rename = {"op": "rename_unit", "unit": "h", "name": "H2"}
    founding = found("municipality", "y", "d")
    done(store, "2020-01-01", merged, absorb, close, rename, founding)
    answer = crosswalk(store, BEFORE, D20, "municipality")
    assert shown(answer) == [
        ("a", "x", "whole"),
        ("b", "x", "whole"),
        ("c", "c", "unchanged"),
        ("e", "f", "whole"),
        ("f", "f", "whole"),
        ("g", None, None),
        ("h", "h", "unchanged"),
        (None, "y", None),
    ]
    renamed = pair(answer, "h", "h")
    assert renamed.from_
    assert renamed.to
    assert (renamed.from_.name, renamed.to.name) == ("H", "H2")
    assert answer.counts() == {
        "from": 7,
        "to": 5,
        "rows": 8,
        "unchanged": 2,
        "whole": 4,
        "part": 0,
        "unknown": 0,
        "without_to": 1,
        "without_from": 1,
    }
    days = [(p.steps, p.first, p.last) for p in answer.pairs]
    assert days[0] == (1, D20, D20)
    assert days[4] == (0, None, None)
    assert days[5] == (None, None, None)


def test_the_days_decide() -> None:
    """What takes effect on a day is part of it; what lies outside isn't followed."""
    rows = [
        unit("a", until=D20),
        unit("b", D20, D22),
        unit("c", D22),
        gave("a", "b", D20, "whole"),
        gave("b", "c", D22, "whole"),
    ]
    days = {"before": BEFORE, "20": D20, "21": D21, "22": D22}
    tables = {
        f"{one} {other}": shown(table(*rows, first=days[one], second=days[other]))
        for one, other in (
            ("before", "before"),
            ("before", "20"),
            ("20", "21"),
            ("21", "22"),
            ("before", "22"),
        )
    }
    assert tables == {
        "before before": [("a", "a", "unchanged")],
        "before 20": [("a", "b", "whole")],
        "20 21": [("b", "b", "unchanged")],
        "21 22": [("b", "c", "whole")],
        "before 22": [("a", "c", "whole")],
    }


def test_the_other_way() -> None:
    """From a later day to an earlier one the same pairs are given, turned round."""
    rows = [
        unit("a", until=D20),
        unit("b", until=D20),
        unit("x", D20),
        unit("y", D20),
        gave("a", "x", D20, "whole"),
    ]
    back = table(*rows, first=D20, second=BEFORE)
    assert shown(back) == [("x", "a", "whole"), ("y", None, None), (None, "b", None)]
    assert (back.from_, back.to) == (D20, BEFORE)


def test_parts_and_what_remains() -> None:
    """Who gives a part keeps a part; who takes it has both; a way by a part is one."""
    rows = [
        unit("a"),
        unit("b", until=D22),
        unit("x", D22),
        gave("a", "b", D20, people=3),
        gave("b", "x", D22, "whole", people=9),
    ]
    answer = table(*rows)
    assert shown(answer) == [
        ("a", "a", "part"),
        ("a", "x", "part"),
        ("b", "x", "whole"),
    ]
    through = pair(answer, "a", "x")
    assert (through.steps, through.first, through.last) == (2, D20, D22)


def test_parts_that_meet_again() -> None:
    """Who has all the parts of a unit has the whole of it, by whichever ways."""
    rows = [
        unit("a", until=D20),
        unit("p", D20, D22),
        unit("q", D20, D22),
        unit("z", D22),
        gave("a", "p", D20),
        gave("a", "q", D20),
        gave("p", "z", D22, "whole"),
        gave("q", "z", D22, "whole"),
    ]
    assert shown(table(*rows)) == [("a", "z", "whole")]
    assert shown(table(*rows, first=D21)) == [
        ("p", "z", "whole"),
        ("q", "z", "whole"),
    ]
    lost = [unit("r", D20, D22), gave("a", "r", D20)]  # it ends without a successor
    assert shown(table(*rows, *lost)) == [("a", "z", "part")]


def test_whole_after_a_part_was_given() -> None:
    """A unit that gave a part and then went over wholly is there with a part only."""
    rows = [
        unit("a", until=D22),
        unit("b"),
        unit("x", D22),
        gave("a", "b", D20),
        gave("a", "x", D22, "whole"),
    ]
    assert shown(table(*rows)) == [
        ("a", "b", "part"),
        ("a", "x", "part"),
        ("b", "b", "whole"),
    ]
    assert shown(table(*rows, first=D21))[0] == ("a", "x", "whole")


def test_parts_that_came_back() -> None:
    """What was given before something came isn't part of what came."""
    rows = [
        *(unit(i) for i in "abc"),
        gave("b", "c", date(2020, 6, 1)),
        gave("a", "b", D21),
        gave("b", "a", D22),
    ]
    answer = table(*rows)
    assert shown(answer) == [
        ("a", "a", "part"),
        ("a", "b", "part"),
        ("b", "a", "part"),
        ("b", "b", "part"),
        ("b", "c", "part"),
        ("c", "c", "whole"),
    ]
    assert pair(answer, "a", "a").steps == 0


def test_amounts() -> None:
    """An amount is told while it is known to be the unit's own, and else left out."""
    rows = [
        unit("a", until=D20),
        unit("b", until=D21),
        unit("c"),
        unit("x", D20, D21),
        unit("y", D21),
        unit("z"),
        gave("a", "x", D20, "part", people=7, households=None),
        gave("a", "c", D20, "part", people=3),
        gave("x", "y", D21, "whole", people=7, households=None),
        gave("b", "y", D21, "whole", people=20),
        gave("y", "z", D22, "part", people=4),
    ]
    assert pair(table(*rows, second=D20), "a", "x").amounts == {
        "people": 7,
        "households": None,
    }
    until_21 = table(*rows, second=D21)
    assert pair(until_21, "a", "y").amounts == {"people": 7, "households": None}
    assert pair(until_21, "b", "y").amounts == {"people": 20}
    assert pair(until_21, "a", "c").amounts == {"people": 3}
    assert pair(until_21, "z", "z").amounts is None
    until_22 = table(*rows)
    assert pair(until_22, "a", "z").amounts is None
    assert pair(until_22, "a", "y").amounts is None
    assert pair(until_22, "a", "c").amounts == {"people": 3}


def test_amounts_of_several_ways_are_added() -> None:
    """What came in two parts by ways that are known is their sum; unknown absorbs."""
    rows = [
        unit("a", until=D20),
        unit("b", D20, D21),
        unit("c", D20, D21),
        unit("x", D21),
        gave("a", "b", D20, people=7, area_m2=1, households=2),
        gave("a", "c", D20, people=3, area_m2=None),
        gave("b", "x", D21, "whole"),
        gave("c", "x", D21, "whole"),
    ]
    both = pair(table(*rows), "a", "x")
    assert both.amounts == {"people": 10, "area_m2": None}
    assert (both.part, both.steps, both.first, both.last) == ("whole", 2, D20, D21)


def test_amounts_of_what_was_mixed() -> None:
    """A unit that took others before it gave gives what nobody can tell apart."""
    rows = [
        unit("a", until=D20),
        unit("b", until=D21),
        unit("x", D21),
        gave("a", "b", D20, "whole", people=5),
        gave("b", "x", D21, "whole", people=12),
    ]
    answer = table(*rows)
    assert pair(answer, "a", "x").amounts == {"people": 5}
    assert pair(answer, "b", "x").amounts is None


def test_other_kinds_are_followed() -> None:
    """A district that becomes a municipality stands beside the municipalities."""
    rows = [
        node("d", "district", until=D20),
        node("e", "district"),
        unit("m", until=D20),
        unit("x", D20),
        node("l", "locality", until=D20),
        gave("m", "x", D20, "whole"),
        gave("d", "x", D20, "whole"),
        gave("l", "m", D20, "whole"),
    ]
    store = filled(*rows)
    answer = crosswalk(store, BEFORE, D20, "municipality")
    assert shown(answer) == [
        ("d", "x", "whole"),
        ("l", "x", "whole"),
        ("m", "x", "whole"),
    ]
    assert [p.from_.kind for p in answer.pairs if p.from_] == [
        "district",
        "locality",
        "municipality",
    ]
    assert (answer.counts()["from"], answer.counts()["to"]) == (1, 1)
    districts = crosswalk(store, BEFORE, D20, "district")
    assert shown(districts) == [("d", "x", "whole"), ("e", "e", "unchanged")]


def test_what_came_and_went_between() -> None:
    """A unit that lived only between the days is passed through, or not told at all."""
    rows = [
        unit("a", until=D20),
        unit("x", D20, D21),
        unit("y", D20, D21),
        unit("z", D21),
        gave("a", "x", D20, "whole"),
        gave("x", "z", D21, "whole"),
        gave("y", "z", D21, "whole"),
    ]
    assert shown(table(*rows)) == [("a", "z", "whole")]
    assert shown(table(*rows[1:4], *rows[5:])) == [(None, "z", None)]


def test_part_that_is_not_said() -> None:
    """Where a row doesn't say whether it is of the whole, neither does the table."""
    rows = [unit("a", until=D20), unit("b", D20), edge("SUCCEEDED_BY", "a", "b", D20)]
    answer = table(*rows)
    assert shown(answer) == [("a", "b", None)]
    assert answer.counts()["unknown"] == 1
    assert answer.to_csv().splitlines()[1].split(",")[8] == "?"


def test_csv() -> None:
    """The table has a row for each pair; formulas are disarmed, unknown is a ?."""
    rows = [
        unit("a", until=D20)._replace(name='=HYPERLINK("x")', code="+1"),
        unit("b", until=D20)._replace(name="Hải, Hòa", code="02"),
        unit("c", until=D20)._replace(name="-"),
        unit("x", D20)._replace(name="@x"),
        gave("a", "x", D20, "whole", people=7, households=None),
        gave("b", "x", D20, "part", people=0),
        unit("y", D20),
    ]
    text = table(*rows).to_csv()
    head, *lines = csv.reader(io.StringIO(text))
    assert head == [
        *("from_id", "from_code", "from_name", "from_kind"),
        *("to_id", "to_code", "to_name", "to_kind"),
        *("part", "steps", "first", "last"),
        *("area_m2", "households", "people"),
    ]
    kind, day = "municipality", "2020-01-01"
    to = ["x", "", "'@x", kind]
    first = ["a", "'+1", '\'=HYPERLINK("x")', kind, *to]
    assert lines == [
        [*first, "whole", "1", day, day, "", "?", "7"],
        ["b", "02", "Hải, Hòa", kind, *to, "part", "1", day, day, "", "", "0"],
        ["c", "", "'-", kind, *[""] * 11],
        [*[""] * 4, "y", "", "Y", kind, *[""] * 7],
    ]


def test_json() -> None:
    """As JSON a pair has its two sides, and amounts of which unknown is null."""
    rows = [
        unit("a", until=D20)._replace(code="1"),
        unit("x", D20),
        gave("a", "x", D20, "whole", people=None),
    ]
    document = table(*rows).to_plain()
    (item,) = document["items"]
    assert item == {
        "from": {"id": "a", "kind": "municipality", "code": "1", "name": "A"},
        "to": {"id": "x", "kind": "municipality", "code": None, "name": "X"},
        "part": "whole",
        "steps": 1,
        "first": "2020-01-01",
        "last": "2020-01-01",
        "amounts": {"people": None},
    }
    assert (document["format"], document["from"], document["to"]) == (
        "orgraph.crosswalk/1",
        "2019-12-31",
        "2022-01-01",
    )
    assert document["facts"] == ["area_m2", "households", "people"]


def test_unknown_kind() -> None:
    """A kind that the pack hasn't is refused with the nearest."""
    with pytest.raises(InputError, match="did you mean municipality"):
        crosswalk(filled(), BEFORE, D20, "municipalty")


def test_people_stay_masked() -> None:
    """A table of people shows no names unless asked to."""
    store = filled(node("p", "person")._replace(name="Jane"))
    for names, name in ((False, "•••"), (True, "Jane")):
        (only,) = crosswalk(store, BEFORE, D20, "person", names=names).pairs
        assert only.from_
        assert only.from_.name == name


def test_statements_do_not_grow(tmp_path: Path) -> None:
    """A thousand units take as many statements as ten."""
    counts: list[Any] = []
    for size in (10, 1000):
        path = tmp_path / f"{size}.db"
        ids = [f"m{number}" for number in range(size)]
        sources = [unit(id_, until=D20) for id_ in ids]
        events = [gave(id_, f"x{id_[-1]}", D20, "whole") for id_ in ids]
        targets = [unit(f"x{digit}", D20) for digit in range(10)]
        with SqliteStore(path, create=pack_named("territory")) as store:
            store.bulk_load([*sources, *targets], events)
            store.statements = []
            answer = crosswalk(store, BEFORE, D20, "municipality")
            assert len(answer.pairs) == size
            counts.append(len(store.statements))
    assert counts[0] == counts[1] < 20


def test_amounts_of_what_another_kind_brought() -> None:
    """What a unit of another kind brought isn't taken for the giver's own amount."""
    rows = [
        node("d", "district", until=D21),
        node("l", "locality", until=D20),
        unit("x", D21),
        gave("l", "d", D20, "whole", people=4),
        gave("d", "x", D21, people=9),
    ]
    store = filled(*rows)
    answer = crosswalk(store, BEFORE, D22, "district")
    assert pair(answer, "d", "x").amounts is None
    assert pair(crosswalk(store, D20, D22, "district"), "d", "x").amounts == {
        "people": 9
    }


def test_amounts_of_what_went_wholly_to_two() -> None:
    """What is said to go wholly to two at once has no amount that can be told."""
    rows = [
        unit("a", until=D20),
        unit("b", D20, D21),
        unit("x", D21),
        unit("y", D21),
        gave("a", "b", D20, "whole", people=4),
        gave("b", "x", D21, "whole"),
        gave("b", "y", D21, "whole"),
    ]
    assert {p.amounts and p.amounts["people"] for p in table(*rows).pairs} == {None}
