"""The laws of functions of the day: cut, sum and difference mean what they say."""

from hypothesis import given, settings
from hypothesis import strategies as st

from orgraph.draft.steps import Steps, cut, less, merge, merged, pulse
from orgraph.model import FOREVER

END = FOREVER.toordinal()
KEYS = ("a", "b")
DAY = st.integers(0, 12)
UNTIL = DAY | st.just(END)
STEPS = st.dictionaries(
    st.tuples(st.sampled_from(KEYS), DAY), st.integers(-3, 3), max_size=8
)
SAME = settings(derandomize=True, deadline=None, database=None, max_examples=200)


def at(steps: Steps, day: int) -> dict[str, int]:
    """Return what the function says on a day."""
    return {
        key: sum(
            n for (name, since), n in steps.items() if name == key and since <= day
        )
        for key in KEYS
    }


@SAME
@given(steps=STEPS, since=DAY, until=UNTIL, day=st.integers(0, 14))
def test_cut_is_the_same_inside_and_nothing_outside(
    steps: Steps, since: int, until: int, day: int
) -> None:
    """A function that is cut says the same in the span, and zero on all other days."""
    inside = since <= day < until
    expected = at(steps, day) if inside else dict.fromkeys(KEYS, 0)
    assert at(cut(steps, since, until), day) == expected


@SAME
@given(steps=STEPS, spans=st.lists(st.tuples(DAY, UNTIL), min_size=2, max_size=2))
def test_cut_twice_is_cut_to_what_is_common(
    steps: Steps, spans: list[tuple[int, int]]
) -> None:
    """To cut to one span and then to another is to cut to the days of both."""
    (a, b), (c, d) = spans
    twice, once = cut(cut(steps, a, b), c, d), cut(steps, max(a, c), min(b, d))
    assert less(twice, once) == {}


@SAME
@given(one=STEPS, other=STEPS, since=DAY, until=UNTIL)
def test_cut_of_a_sum_is_the_sum_of_the_cuts(
    one: Steps, other: Steps, since: int, until: int
) -> None:
    """It makes no difference whether functions are first cut or first added."""
    total = cut(merged(one, other), since, until)
    parts = merged(cut(one, since, until), cut(other, since, until))
    assert less(total, parts) == {}


@SAME
@given(one=STEPS, other=STEPS, day=st.integers(0, 14))
def test_sum_and_difference(one: Steps, other: Steps, day: int) -> None:
    """A sum adds on every day, a difference takes away, and its parts stay."""
    before = (dict(one), dict(other))
    total = at(merged(one, other), day)
    difference = at(less(one, other), day)
    for key in KEYS:
        assert total[key] == at(one, day)[key] + at(other, day)[key]
        assert difference[key] == at(one, day)[key] - at(other, day)[key]
    assert (one, other) == before
    assert less(merged(one, other), other) == {k: n for k, n in one.items() if n}


@SAME
@given(steps=STEPS, other=STEPS)
def test_merge_and_its_opposite(steps: Steps, other: Steps) -> None:
    """What is added in place and taken away again leaves no difference."""
    now = dict(steps)
    merge(now, other)
    merge(now, other, -1)
    assert less(now, steps) == {}


@SAME
@given(since=DAY, until=UNTIL, amount=st.integers(-2, 2), day=st.integers(0, 14))
def test_pulse(since: int, until: int, amount: int, day: int) -> None:
    """A pulse is its amount in the span, and zero on all other days."""
    steps: Steps = {}
    pulse(steps, "a", since, until, amount)
    assert at(steps, day)["a"] == (amount if since <= day < until else 0)
