"""Spellings are compared as lists differ, and never further."""

import pytest

from orgraph.conversion.spelling import TypedName, label, tone_key, typed_name

TYPES = ("xã", "phường", "thị trấn", "đặc khu")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Bình", "Hoà Bình"),
        ("Xã Điềm Thụy", "Xã Điềm Thuỵ"),
        ("Nguyễn Uý", "Nguyễn Úy"),
        ("Thị Xã", "Thị xã"),
        ("Hòa", "Ho\u0300a"),
    ],
)
def test_same_name(one: str, other: str) -> None:
    """Case, the place of a tone mark and the form of Unicode make no other name."""
    assert tone_key(one) == tone_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hoa"), ("Hòa", "Hóa"), ("Tân", "Tấn"), ("Dồn", "Đồn"), ("Lâm", "Lăm")],
)
def test_other_name(one: str, other: str) -> None:
    """Another tone or letter makes another name."""
    assert tone_key(one) != tone_key(other)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Phường Hà Tu", TypedName("phường", "Hà Tu", exact=True)),
        ("xã Vạn Phú", TypedName("xã", "Vạn Phú", exact=True)),
        ("Thị Trấn Yên Minh", TypedName("thị trấn", "Yên Minh", exact=True)),
        ("Thi trấn Ngan Dừa", TypedName("thị trấn", "Ngan Dừa", exact=False)),
        ("Xa Ea Kly", TypedName("xã", "Ea Kly", exact=False)),
        ("Xuân Phước", TypedName(None, "Xuân Phước", exact=True)),
        ("Xã", TypedName(None, "Xã", exact=True)),
    ],
)
def test_type_of_a_name(name: str, typed: TypedName) -> None:
    """A name is split after its type, and slips are known to be slips."""
    assert typed_name(name, TYPES) == typed


def test_the_longest_type_wins() -> None:
    """Where one type begins with another, the longer one is read."""
    assert typed_name("Khu phố 3", ("khu", "khu phố")).type == "khu phố"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Phường Hà Tu", "ha_tu"),
        ("Đặc khu Bạch Long Vĩ", "bach_long_vi"),
        ("Phường 15", "phuong_15"),
        ("Xã Đạ Huoai 3", "da_huoai_3"),
        ("3/2", "unit_c1"),
        ("Xã " + "rất dài " * 20, ("rat_dai_" * 20)[:47]),
    ],
)
def test_labels(name: str, word: str) -> None:
    """A label is the name without its type, in letters that a step can use."""
    assert label(name, TYPES, "C1") == word
