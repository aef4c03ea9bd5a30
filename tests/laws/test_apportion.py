"""Dividing an amount by shares: exact, by one law of rounding, or refused."""

import pytest
from dividing import divided
from hypothesis import example, given, settings
from hypothesis import strategies as st
from state import Refused

from orgraph.operations.apportion import apportion

SAME = settings(derandomize=True, deadline=None, database=None, max_examples=400)
LARGE = 10**15
LOWER = st.integers(1, 12) | st.integers(1, 10**9 - 1)
FRACTION = LOWER.flatmap(
    lambda lower: st.integers(0, lower).map(lambda upper: f"{upper}/{lower}")
)
SHARE = (
    st.integers(0, 12)
    | st.integers(0, LARGE)
    | FRACTION
    | st.sampled_from(["all", "none", "unknown"])
)
SHARES = st.lists(SHARE, min_size=1, max_size=6)
VALUE = st.none() | st.integers(0, 12) | st.integers(0, LARGE)
WEIGHTS = st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any)


def answer(value: int | None, shares: list[int | str], *, rest: bool) -> object:
    """Return what the engine divides, or None where it refuses."""
    try:
        return apportion(value, shares, rest=rest)
    except ValueError:
        return None


@SAME
@given(value=VALUE, shares=SHARES, rest=st.booleans())
@example(value=0, shares=["1/3"], rest=False)
@example(value=7, shares=["all", "unknown"], rest=False)
@example(value=None, shares=["all", "none"], rest=False)
@example(value=None, shares=["1/2", "1/2", 0], rest=False)
@example(value=None, shares=["0/7", 4], rest=True)
def test_divided_as_by_hand(
    value: int | None,
    shares: list[int | str],
    rest: bool,  # noqa: FBT001 - drawn
) -> None:
    """Whatever the shares, the engine gives or refuses what plain counting does."""
    try:
        expected: object = divided(value, shares, rest=rest)
    except Refused:
        expected = None
    assert answer(value, shares, rest=rest) == expected


@SAME
@given(value=st.integers(0, LARGE), weights=WEIGHTS, kept=st.integers(0, 50))
def test_fractions_lose_and_make_nothing(
    value: int, weights: list[int], kept: int
) -> None:
    """Each gets its exact part rounded down or up, and all parts make the whole."""
    total = sum(weights) + kept
    shares = [f"{weight}/{total}" for weight in weights]
    amounts, rest = apportion(value, shares, rest=bool(kept))
    assert sum(n for n in (*amounts, rest) if n is not None) == value
    for weight, amount in zip(weights, amounts, strict=True):
        assert amount is not None
        assert -total < amount * total - value * weight < total
    if not kept:
        assert rest == 0


@SAME
@given(value=st.integers(0, LARGE), weights=WEIGHTS)
def test_a_larger_remainder_is_served_first(value: int, weights: list[int]) -> None:
    """Who is rounded up lacked at least as much as who isn't; of equals the first."""
    total = sum(weights)
    amounts, _ = apportion(value, [f"{w}/{total}" for w in weights], rest=False)
    lacking = [value * weight % total for weight in weights]
    places = range(len(weights))
    up = [n for n in places if amounts[n] == value * weights[n] // total + 1]
    down = [n for n in places if n not in up]
    assert all((-lacking[a], a) < (-lacking[b], b) for a in up for b in down)
    assert all(lacking[place] for place in up)


@SAME
@given(
    amounts=st.lists(st.integers(0, LARGE), min_size=1, max_size=9),
    off=st.integers(-3, 3),
)
def test_amounts_are_given_as_they_are_said(amounts: list[int], off: int) -> None:
    """Amounts that make the whole are given so; one more or less is refused."""
    whole = max(sum(amounts) + off, 0)
    if whole == sum(amounts):
        assert apportion(whole, amounts, rest=False) == (amounts, 0)
        return
    with pytest.raises(ValueError, match=f"add up to {sum(amounts):,}, not to "):
        apportion(whole, amounts, rest=False)
    if whole > sum(amounts):
        assert apportion(whole, amounts, rest=True) == (amounts, whole - sum(amounts))


@pytest.mark.parametrize(
    ("value", "shares", "rest", "says"),
    [
        (9, ["1/3", "1/3"], False, "add up to 6, not to 9"),
        (10, ["1/3", "1/3"], False, "add up to 20/3, not to 10"),
        (1200, [700, 600], True, "add up to 1,300, which is more than 1,200"),
        (5, ["all", 1], True, "add up to 6, which is more than 5"),
        (5, ["all", "1/9", "unknown"], False, "add up to 50/9, not to 5"),
        (None, ["1/3", "1/3"], False, "add up to 2/3 of it, not to the whole"),
        (None, ["all", "1/9"], True, "add up to 10/9 of it, not to the whole"),
        (None, ["none"], False, "add up to 0 of it, not to the whole"),
        (None, ["all", 4], True, "is unknown, so its shares can't all be said"),
        (None, [4, 5], False, "is unknown, so its shares can't all be said"),
    ],
    ids=str,
)
def test_shares_that_do_not_add_up(
    value: int | None,
    shares: list[int | str],
    rest: bool,  # noqa: FBT001 - a case
    says: str,
) -> None:
    """What is refused is said with what the shares add up to."""
    with pytest.raises(ValueError, match=says):
        apportion(value, shares, rest=rest)


@pytest.mark.parametrize(
    ("value", "shares", "rest", "divides"),
    [
        (10, ["1/3", "1/3", "1/3"], False, ([4, 3, 3], 0)),
        (11, ["1/3", "1/3", "1/3"], False, ([4, 4, 3], 0)),
        (10, ["1/6", "1/2", "1/3"], False, ([2, 5, 3], 0)),
        (10, ["1/3"], True, ([3], 7)),
        (10, [4, "unknown"], True, ([4, None], None)),
        (None, ["1/3", "none"], True, ([None, 0], None)),
        (None, ["all", "none"], True, ([None, 0], 0)),
        (None, [4], True, ([4], None)),
    ],
    ids=str,
)
def test_shares_by_hand(
    value: int | None,
    shares: list[int | str],
    rest: bool,  # noqa: FBT001 - a case
    divides: object,
) -> None:
    """Small divisions, done by hand."""
    assert apportion(value, shares, rest=rest) == divides
