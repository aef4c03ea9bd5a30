"""Admitting: the candidate ends, the member begins, and heads are counted."""

from harness import NewStore, applied, filled

from orgraph.draft.steps import tally_on
from orgraph.model import parse_day
from orgraph.queries.lineage import lineage

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: m, kind: member, parent: c, official: true}
  - {id: q, kind: candidate, name: Nguyễn Văn A}
"""


def test_an_id_holds_no_name(new_store: NewStore) -> None:
    """The id of a member is made of the candidate's id, and not of the name."""
    store = filled(new_store("vietnam"), GIVEN)
    plan = applied(store, "  - {op: admit_member, candidate: q, to: c}")
    ids = {key for change in plan.changes for key in change.key[:3]}
    assert "member-q-2025-01-01" in ids
    assert not any("nguy" in str(one).lower() for one in ids)


def test_the_cell_counts_one_more(new_store: NewStore) -> None:
    """What is counted below the cell and above it grows by the member."""
    store = filled(new_store("vietnam"), GIVEN)
    applied(store, "  - {op: admit_member, candidate: q, to: c}")
    for unit in ("c", "pc"):
        found = [
            tally_on(store, [unit], parse_day(day))[unit]["count:member"]
            for day in ("2024-12-31", "2025-01-01")
        ]
        assert found == [1, 2]


def test_a_member_was_the_candidate(new_store: NewStore) -> None:
    """Who asks what became of the candidate is told of the member."""
    store = filled(new_store("vietnam"), GIVEN)
    applied(store, "  - {op: admit_member, candidate: q, to: c, id: m7}")
    found = lineage(store, "q").to_plain()
    assert [one["id"] for one in found["successors"]] == ["m7"]
