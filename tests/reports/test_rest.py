"""What stands beside the units of a report, and that trees come to the totals."""

from collections import Counter
from collections.abc import Iterable

import pytest
from harness import Scenario, scenarios
from page_reader import Reader
from shown_reports import beside, reported

from orgraph.reports import Report, render
from orgraph.reports.rest import MOST_NAMED
from orgraph.reports.trees import Level, When, tree_of

APPLIED = [
    one
    for one in scenarios()
    if one.apply is not None and one.path.parent.name in {"cases", "cells_and_cadres"}
]


def flat(report: Report, when: When) -> dict[tuple[str, str, bool], tuple[int, int]]:
    """Return how many there are of the rest, and how many are named."""
    return {
        (some.parent, some.kind, some.follow): (some.number, len(some.units))
        for some in report.rest[when]
    }


def test_brothers_and_sisters_are_counted_and_named() -> None:
    """Of each parent of what changes all children are there; what follows says so."""
    report = beside(50)
    municipality, locality = "municipality", "locality"
    # Of 50 towns two end, and of two more a village changes: those are in the tree.
    assert flat(report, "before") == {
        ("d", municipality, False): (46, MOST_NAMED),
        ("t00", locality, True): (2, 2),
        ("t01", locality, True): (3, 3),
        ("t02", locality, False): (3, 3),
        ("t03", locality, False): (2, 2),
    }
    assert flat(report, "after") == {
        ("d", municipality, False): (46, MOST_NAMED),
        ("n", locality, True): (5, 5),
        ("t02", locality, False): (3, 3),
        ("t03", locality, False): (2, 2),
    }


def test_the_page_folds_them() -> None:
    """Each is a folded line with its number and names, found by its id."""
    page = Reader(render(beside(50), "html"))
    lines = [one for one in page.all("li") if one.attributes.get("class") == "rest"]
    said = " ".join(" ".join(line.text.split()) for line in lines)
    assert "46 unchanged" in said
    assert "5 that follow" in said
    assert "and 16 more, not listed" in said
    assert any("t04" in (line.attributes["data-id"] or "").split() for line in lines)
    kinds = [one.attributes.get("data-kind") for one in page.all("ul")]
    assert kinds.count("50 municipalities") == kinds.count("49 municipalities") == 1


@pytest.mark.parametrize("scenario", APPLIED, ids=lambda one: one.path.stem)
@pytest.mark.parametrize("when", ["before", "after"])
def test_trees_come_to_the_totals(scenario: Scenario, when: When) -> None:
    """Of each kind as many are in a tree, or counted as elsewhere, as there are."""
    report = reported(scenario.path)
    tree = tree_of(report, when)
    found = Counter(dict(tree.elsewhere)) + _below(tree.roots)
    other = "after" if when == "before" else "before"
    for level in tree.roots:
        for branch in level.branches:
            there = getattr(branch.unit, other)
            found[level.kind] += there is not None and there.parent is not None
    units = {k for k, kind in report.pack.nodes.items() if kind.role == "unit"}
    totals = {kind: n for kind, n in report.totals[when].items() if kind in units}
    # What begins on a later day is in the tree, and isn't counted on this one.
    assert {kind: found[kind] for kind in totals} == totals


def _below(levels: Iterable[Level]) -> Counter[str]:
    found: Counter[str] = Counter()
    for level in levels:
        for branch in level.branches:
            for below in branch.children:
                found[below.kind] += below.number
            found += _below(branch.children)
    return found
