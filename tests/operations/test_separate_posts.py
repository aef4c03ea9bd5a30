"""Separating posts takes back what combining them did."""

from harness import NewStore, applied, filled, rows
from test_combine_posts import GIVEN


def test_it_takes_a_combination_back(new_store: NewStore) -> None:
    """What is combined and separated on one day gives the rows that were before."""
    store = filled(new_store("territory"), GIVEN)
    before = rows(store)
    both = "person: p, posts: [chair, clerk], relieves: [q]"
    applied(store, f"  - {{op: combine_posts, {both}}}")
    assert rows(store) != before
    each = "person: p, keeps: [chair], gives: {clerk: q}"
    applied(store, f"  - {{op: separate_posts, {each}}}")
    assert rows(store) == before
