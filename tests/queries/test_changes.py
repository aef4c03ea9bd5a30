"""Diff and history on a small graph, against what is worked out by hand."""

from datetime import date
from typing import Any

import pytest
from towns import done, edge, filled, found, node, undone

from orgraph.errors import InputError
from orgraph.queries import diff_days, diff_revisions, history
from orgraph.stores import MemoryStore

DAY = "2025-01-01"


@pytest.fixture
def store() -> MemoryStore:
    """Return two municipalities in a district, and a third revision of one of them.

    Revision 2 renames a on 2025-01-01, 3 founds c on 2026-01-01, 4 takes 2 back.
    """
    made = filled(
        node("s", "state"),
        node("d", "district"),
        edge("PART_OF", "d", "s"),
        node("a", "municipality", type="rural"),
        edge("PART_OF", "a", "d"),
        node("x", "person"),
    )
    done(made, DAY, {"op": "rename_unit", "unit": "a", "name": "Ash"})
    done(made, "2026-01-01", found("municipality", "c", "d", type="rural"))
    undone(made, 2)
    return made


def lines(document: dict[str, Any]) -> list[str]:
    """Return the differences as lines."""
    return [
        " ".join(
            str(item[key])
            for key in ("what", "kind", "node", "source", "target", "name")
            if key in item
        )
        for item in document["items"]
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (0, 0, []),
        (1, 1, []),
        (
            0,
            1,
            [
                "written municipality a A",
                "written district d D",
                "written state s S",
                "written person x •••",
                "written PART_OF a d",
                "written PART_OF d s",
            ],
        ),
        (1, 2, ["changed municipality a A", "written municipality a Ash"]),
        (2, 1, ["changed municipality a A", "taken away municipality a Ash"]),
        (2, 3, ["written municipality c C", "written PART_OF c d"]),
        (1, 4, ["written municipality c C", "written PART_OF c d"]),
        (4, 1, ["taken away municipality c C", "taken away PART_OF c d"]),
        (3, 4, ["changed municipality a A", "taken away municipality a Ash"]),
    ],
)
def test_between_revisions(
    store: MemoryStore, first: int, second: int, expected: list[str]
) -> None:
    """Between revisions rows differ that were written and not taken back again."""
    document = diff_revisions(store, first, second)
    assert (document["from"], document["to"]) == (first, second)
    assert lines(document) == expected


def test_sides_of_a_row(store: MemoryStore) -> None:
    """A difference has what the row said before and after."""
    changed, written = diff_revisions(store, 1, 2)["items"]
    assert changed["before"] == {
        "since": "2019-01-01",
        "until": None,
        "name": "A",
        "code": None,
        "facts": {"type": "rural"},
    }
    assert changed["after"] == {**changed["before"], "until": "2025-01-01"}
    assert (changed["changed"], written["changed"]) == (["until"], [])
    assert written["before"] is None
    assert (written["after"]["since"], written["after"]["name"]) == (
        "2025-01-01",
        "Ash",
    )


@pytest.mark.parametrize("number", [-1, 5, 10**9])
def test_a_revision_that_there_is_not(store: MemoryStore, number: int) -> None:
    """A revision beyond the head is refused, and the head is named."""
    with pytest.raises(InputError, match=f"no revision {number}; the head is 4"):
        diff_revisions(store, 1, number)
    with pytest.raises(InputError, match=f"no revision {number}; the head is 4"):
        diff_revisions(store, number, 1)


def dated() -> MemoryStore:
    """Return nodes and edges that begin, change and end on days of their own."""
    d2021, d2022, d2023 = (date(year, 1, 1) for year in (2021, 2022, 2023))
    return filled(
        node("s", "state"),
        node("d", "district"),
        edge("PART_OF", "d", "s"),
        node("a", "municipality", until=d2022, type="rural"),
        node("a", "municipality", since=d2022, type="town"),
        edge("PART_OF", "a", "d", until=d2021),
        edge("PART_OF", "a", "s", d2021),
        node("b", "body", since=d2021, until=d2023),
        node("x", "person", until=d2022),
        edge("IN_CHARGE_OF", "x", "a", until=d2021),
        edge("IN_CHARGE_OF", "x", "a", d2021, d2022, form="acting"),
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2020-01-01", "2020-12-31", []),
        ("2021-01-01", "2021-12-31", []),
        (
            "2020-12-31",
            "2021-01-01",
            [
                "revised IN_CHARGE_OF x a",
                "ended PART_OF a d",
                "began PART_OF a s",
                "began body b B",
            ],
        ),
        (
            "2021-12-31",
            "2022-01-01",
            [
                "ended IN_CHARGE_OF x a",
                "revised municipality a A",
                "ended person x •••",
            ],
        ),
        ("2022-12-31", "2023-01-01", ["ended body b B"]),
        ("2020-12-31", "2024-01-01", None),
    ],
)
def test_between_days(first: str, second: str, expected: list[str] | None) -> None:
    """Between days differs what is in force on one and not, or not so, on another."""
    store = dated()
    document = diff_days(store, date.fromisoformat(first), date.fromisoformat(second))
    assert (document["from"], document["to"]) == (first, second)
    if expected is None:
        assert "body b" not in " ".join(lines(document))
        expected = [
            "ended IN_CHARGE_OF x a",
            "ended PART_OF a d",
            "began PART_OF a s",
            "revised municipality a A",
            "ended person x •••",
        ]
    assert sorted(lines(document)) == sorted(expected)


def test_what_is_said_otherwise() -> None:
    """A difference names the fields and facts that changed, of an edge as of a node."""
    store = filled(
        node("s", "state"),
        node("m", "municipality", type="rural", people=7, area_m2=1),
        edge("PART_OF", "m", "s"),
    )
    facts = {"people": None, "households": 2, "area_m2": 1}
    done(store, DAY, {"op": "set_facts", "unit": "m", "facts": {**facts, "people": 8}})
    again = {"op": "rename_unit", "unit": "m", "name": "Elm", "code": "E"}
    done(store, DAY, again, {"op": "set_facts", "unit": "m", "facts": facts})
    (item,) = diff_revisions(store, 2, 3)["items"]
    assert item["changed"] == ["name", "code", "facts.people"]
    days = (date(2024, 12, 31), date(2025, 1, 1))
    (item,) = diff_days(store, *days)["items"]
    assert item["changed"] == ["name", "code", "facts.households", "facts.people"]
    (item,) = [
        i
        for i in diff_days(dated(), date(2020, 1, 1), date(2021, 6, 1))["items"]
        if i["kind"] == "IN_CHARGE_OF"
    ]
    assert item["changed"] == ["facts.form"]


@pytest.mark.parametrize("fields", [("name",), ("code",), ("name", "code")], ids=str)
def test_a_changed_name_is_masked_on_both_sides(fields: tuple[str, ...]) -> None:
    """That a person has another name or code is said, and neither of the two."""
    store = filled(node("x", "person")._replace(code="X7"))
    called = {"name": "X"} | {what: f"another {what}" for what in fields}
    done(store, DAY, {"op": "rename_unit", "unit": "x", **called})
    (item,) = diff_days(store, date(2024, 1, 1), date(2025, 1, 1))["items"]
    assert item["changed"] == [*fields]
    for side in (item["before"], item["after"]):
        assert (side["name"], side["code"]) == ("•••", "•••")


def test_backwards(store: MemoryStore) -> None:
    """Asked the other way round, what began ended, and sides are exchanged."""
    days = (date(2025, 12, 31), date(2026, 1, 1))
    forward = diff_days(store, *days)["items"]
    backward = diff_days(store, *days[::-1])["items"]
    turned = {"began": "ended", "ended": "began", "revised": "revised"}
    assert [
        {
            **item,
            "what": turned[item["what"]],
            "before": item["after"],
            "after": item["before"],
        }
        for item in forward
    ] == backward


def test_names_in_a_diff(store: MemoryStore) -> None:
    """People's names are only in a diff that was asked for with them."""
    (person,) = [
        i for i in diff_revisions(store, 0, 1)["items"] if i["kind"] == "person"
    ]
    assert person["name"] == person["after"]["name"] == "•••"
    named = diff_revisions(store, 0, 1, names=True)["items"]
    assert [i["name"] for i in named if i["kind"] == "person"] == ["X"]
    days = (date(2018, 1, 1), date(2020, 1, 1))
    assert "•••" not in str(diff_days(store, *days, names=True))


def test_history_of_all(store: MemoryStore) -> None:
    """Every revision is listed, the last first, without its proposal."""
    document = history(store)
    assert document["head"] == 4
    assert [item["number"] for item in document["items"]] == [4, 3, 2, 1]
    assert [item["effective"] for item in document["items"]][:3] == [
        DAY,
        "2026-01-01",
        DAY,
    ]
    assert "proposal" not in document["items"][0]
    assert "node" not in document


@pytest.mark.parametrize(
    ("node_", "numbers"),
    [("a", [4, 2, 1]), ("c", [3]), ("d", [3, 1]), ("s", [1]), ("nobody", [])],
)
def test_history_of_a_node(store: MemoryStore, node_: str, numbers: list[int]) -> None:
    """The history of a node has what wrote its rows or edges, or took them away."""
    document = history(store, node_)
    assert document["node"] == node_
    assert [item["number"] for item in document["items"]] == numbers


def test_history_up_to_a_limit(store: MemoryStore) -> None:
    """The latest are given where there are more than the limit."""
    assert [i["number"] for i in history(store, limit=2)["items"]] == [4, 3]
    assert [i["number"] for i in history(store, "a", limit=2)["items"]] == [4, 2]
