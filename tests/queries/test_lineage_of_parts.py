"""Lineage and the crosswalk of units that gave parts away, and of one restored."""

from datetime import date

import pytest
from harness import NewStore
from test_lineage import district, merge, told, unit
from towns import done, new

from orgraph.queries import crosswalk, lineage
from orgraph.stores import Store

SPLIT = {
    "op": "reorganise_units",
    "new": [{**new("municipality", "x"), "as": "x"}],
    "edges": [
        {"from": "a", "to": "x", "shares": {"people": "all", "area_m2": "unknown"}},
        {"from": "b", "to": "x", "whole": True},
    ],
    "keep": ["a"],
}


def restored(given_by: str | None) -> dict[str, object]:
    """Return the step that restores b as b2, with a giver or without."""
    giver = {"from": given_by, "shares": "none"} if given_by else {"under": "d"}
    return {
        "op": "restore_unit",
        "unit": {**new("municipality", "b2"), "restores": "b"},
        **giver,
    }


@pytest.fixture
def store(new_store: NewStore) -> Store:
    """Return a store in which b went to x, and a gave x all its people."""
    store = district(new_store("territory"), unit("a"), unit("b"))
    done(store, date(2020, 1, 1), SPLIT)
    return store


def test_a_part_says_of_what_everything_went(store: Store) -> None:
    """All of the people may go with a part, though how many there are isn't known."""
    (step,) = lineage(store, "a").successors
    assert (step.id, step.part, step.all_of) == ("x", "part", ("people",))
    assert "people" not in step.amounts


@pytest.mark.parametrize("giver", ["x", None])
def test_a_restored_unit_has_its_place_again(store: Store, giver: str | None) -> None:
    """It is a successor of what it restores, and of the unit that gave it its parts."""
    done(store, date(2022, 1, 1), restored(giver))
    found = lineage(store, "b")
    ways = [("x", "2020-01-01", "whole", None)]
    ways += [("b2", "2022-01-01", "restored", None)]
    ways += [("b2", "2022-01-01", "part", "x")] if giver else []
    assert sorted(told(found.successors)) == sorted(ways)
    assert {step.overall for step in found.successors if step.id == "b2"} == {"part"}
    pairs = crosswalk(store, date(2019, 1, 1), date(2023, 1, 1), "municipality").pairs
    of_b = {p.to.id: p.part for p in pairs if p.from_ and p.to and p.from_.id == "b"}
    assert of_b == {"x": "part" if giver else "whole", "b2": "part"}


def test_a_restored_unit_may_be_merged_and_followed(store: Store) -> None:
    """What was restored goes on in what it is merged into later."""
    done(store, date(2022, 1, 1), restored("x"))
    done(store, date(2023, 1, 1), merge("y", "b2", "a"))
    assert "y" in {step.id for step in lineage(store, "b").successors}
