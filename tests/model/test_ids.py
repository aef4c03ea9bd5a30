"""Ids: what may name a node, and the names that are made."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgraph.model import default_id, id_problem, slug

SAME = settings(derandomize=True, deadline=None, database=None, max_examples=200)
DAY = date(2025, 7, 1)


@pytest.mark.parametrize(
    "text", ["a", "0", "_", "06652", "a.b:c-d_e", "commune:06652", "x" * 128]
)
def test_good_ids(text: str) -> None:
    """Small letters, digits and four signs make an id."""
    assert id_problem(text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "an id is empty"),
        ("code:06652", "begins with code:"),
        ("x" * 129, "is longer than 128 characters"),
        ("Commune-1", "has capital letters; write commune-1"),
        ("xã", r"holds '\xe3'"),
        ("a b", "holds ' '"),
        ("-a", "begin with a letter"),
        (".a", "begin with a letter"),
        ("a\n", r"holds '\n'"),
        ("٣", "ids are made of a-z"),
    ],
)
def test_bad_ids(text: str, says: str) -> None:
    """What is wrong with an id is said in one sentence."""
    problem = id_problem(text)
    assert problem is not None
    assert says in problem
    assert "\n" not in problem


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Phường Hà Tu", "phuong-ha-tu"),
        ("Xã Đắk Ơ", "xa-dak-o"),
        ("  A -- B  ", "a-b"),
        ("1679/NQ-UBTVQH15", "1679-nq-ubtvqh15"),
        ("***", "unnamed"),
        ("名前", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_slug(text: str, made: str) -> None:
    """A slug is what ASCII keeps of a name."""
    assert slug(text) == made


@SAME
@given(text=st.text())
def test_slug_is_always_part_of_an_id(text: str) -> None:
    """Whatever the name, its slug can stand in an id."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert slug(slug(text)) == slug(text)


@SAME
@given(code=st.none() | st.text(), name=st.text(max_size=300))
def test_default_id_is_an_id(code: str | None, name: str) -> None:
    """A default id is an id, with room for a number where it is taken."""
    made = default_id("municipality", code, name, DAY)
    assert id_problem(f"{made}-9999") is None
    assert made.endswith("-2025-07-01")


def test_default_id_prefers_the_code() -> None:
    """A default id is made of the code, or where there is none, of the name."""
    assert default_id("commune", "06652", "Hà Tu", DAY) == "commune-06652-2025-07-01"
    assert default_id("commune", None, "Hà Tu", DAY) == "commune-ha-tu-2025-07-01"
    assert default_id("commune", "", "Hà Tu", DAY) == "commune-ha-tu-2025-07-01"
