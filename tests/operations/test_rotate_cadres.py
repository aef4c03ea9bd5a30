"""Rotating: circles and chains of any length, whatever the order of the list."""

from itertools import permutations

import pytest
from harness import NewStore, applied, filled, proposed

from orgraph.model import FOREVER, OUT, EdgeRow, Span
from orgraph.operations.rotate_cadres import RotateCadres
from orgraph.proposal.models import step_to_plain
from orgraph.stores.base import Store

DAY = "2025-01-01"


def cadres(new_store: NewStore, number: int, posts: int) -> Store:
    """Return a store in which person n holds post n."""
    given = "nodes:\n  - {id: b, kind: body}\n"
    given += "".join(
        f"  - {{id: p{n}, kind: person, parent: b}}\n" for n in range(number)
    )
    given += "".join(
        f"  - {{id: c{n}, kind: post, role: clerk, parent: b}}\n" for n in range(posts)
    )
    given += "edges:\n" + "".join(
        f"  - {{kind: HOLDS, source: p{n}, target: c{n}}}\n" for n in range(number)
    )
    return filled(new_store("territory"), given)


def held(store: Store) -> dict[str, str]:
    """Return which post everybody holds after the plan, by bare rows."""
    people = [node for node in store.all_ids() if node.startswith("p")]
    rows: list[EdgeRow] = store.edges(people, ["HOLDS"], OUT, Span.always())
    return {row.source: row.target for row in rows if row.until == FOREVER}


def step(moves: list[tuple[str, str, str]], more: str = "") -> str:
    """Write a rotation in YAML."""
    said = ", ".join(f"{{person: {p}, from: {a}, to: {b}}}" for p, a, b in moves)
    return f"  - {{op: rotate_cadres, moves: [{said}]{more}}}"


@pytest.mark.parametrize("length", range(2, 9))
def test_a_circle_of_any_length(new_store: NewStore, length: int) -> None:
    """Everybody holds the next one's post, and nobody holds two, on any day."""
    store = cadres(new_store, length, length)
    moves = [(f"p{n}", f"c{n}", f"c{(n + 1) % length}") for n in range(length)]
    plan = applied(store, step(moves), DAY)
    assert not plan.findings
    assert held(store) == {f"p{n}": f"c{(n + 1) % length}" for n in range(length)}


def test_the_order_of_the_list_says_nothing(new_store: NewStore) -> None:
    """A chain of four is the same plan in each of its 24 orders."""
    store = cadres(new_store, 4, 5)
    moves = [(f"p{n}", f"c{n}", f"c{n + 1}") for n in range(4)]
    vacant = ", leaves_vacant: [c0]"
    plans = [
        store.plan(proposed(step(list(order), vacant))) for order in permutations(moves)
    ]
    assert not plans[0].refused
    assert all(plan.changes == plans[0].changes for plan in plans)
    assert all(plan.findings == plans[0].findings for plan in plans)


def test_the_plain_data_of_a_move() -> None:
    """The field `from` of a move keeps its name in the plain data of a plan."""
    data = {"op": "rotate_cadres", "moves": [{"person": "p", "from": "a", "to": "b"}]}
    assert step_to_plain(RotateCadres.model_validate(data)) == data


@pytest.mark.parametrize(
    ("code", "named", "refused", "cured"),
    [
        (
            "POST04",
            "without_post:",
            "moves: [{person: p0, from: c0, to: c1}], leaves_vacant: [c0]",
            (
                "moves: [{person: p0, from: c0, to: c1}], leaves_vacant: [c0], "
                "without_post: [p1]"
            ),
        ),
        (
            "POST05",
            "concurrent: true",
            "moves: [{person: p0, to: c2}]",
            "moves: [{person: p0, to: c2, concurrent: true}]",
        ),
    ],
)
def test_the_cure_of_a_refusal_is_named(
    new_store: NewStore, code: str, named: str, refused: str, cured: str
) -> None:
    """What the hint names is what makes the step one that is planned."""
    store = cadres(new_store, 2, 3)
    (found,) = store.plan(proposed(f"  - {{op: rotate_cadres, {refused}}}")).findings
    assert (found.code, named in found.hint) == (code, True)
    assert not store.plan(proposed(f"  - {{op: rotate_cadres, {cured}}}")).refused
