"""Appointing: who may hold a post, from when, and beside what."""

import pytest
from harness import NewStore, filled, proposed

from orgraph.operations.admission import _bounds
from orgraph.operations.appoint import Appoint
from orgraph.proposal.models import step_to_plain

GIVEN = """\
nodes:
  - {id: b, kind: body}
  - {id: p, kind: person, parent: b}
  - {id: chair, kind: post, role: chair, parent: b}
"""


def test_until_is_written_as_it_is_read() -> None:
    """The last day of an appointment keeps its form in the plain data of a plan."""
    data = {"op": "appoint", "person": "p", "post": "c", "until": "2026-01-01"}
    assert step_to_plain(Appoint.model_validate(data)) == data


def test_a_post_of_one_step_is_filled_by_the_next(new_store: NewStore) -> None:
    """A post that is founded in a proposal can be filled in it, by its label."""
    store = filled(new_store("territory"), GIVEN)
    steps = """\
  - op: found_unit
    new: {kind: post, name: Clerk, facts: {role: clerk}}
    under: b
    as: clerk
  - {op: appoint, person: p, post: clerk}
"""
    plan = store.plan(proposed(steps))
    assert not plan.refused
    assert [c.key[0] for c in plan.changes if c.key[0] == "HOLDS"] == ["HOLDS"]


@pytest.mark.parametrize(("until", "codes"), [("01", []), ("02", ["TIME01"])])
def test_a_later_term_is_in_the_way_only_of_what_reaches_into_it(
    new_store: NewStore, until: str, codes: list[str]
) -> None:
    """A person who takes the post on a later day may hold it up to that day."""
    later = "edges: [{kind: HOLDS, source: p, target: chair, since: 2025-12-01}]\n"
    store = filled(new_store("territory"), GIVEN + later)
    step = f"{{op: appoint, person: p, post: chair, until: 2025-12-{until}}}"
    plan = store.plan(proposed(f"  - {step}\n"))
    assert [finding.code for finding in plan.findings if finding.blocks] == codes


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_month_or_a_year_is_a_bound(said: str, first: str, last: str) -> None:
    """What is known to the month or the year may be any day of it."""
    bounds = _bounds(said)
    assert bounds is not None
    assert [day.isoformat() for day in bounds] == [first, last]
