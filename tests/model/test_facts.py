"""Text: normalised where it enters, folded where it is looked for."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgraph.model import fold, normalise_text
from orgraph.model.facts import without

SAME = settings(derandomize=True, deadline=None, database=None, max_examples=200)


def test_text_is_composed_and_stripped() -> None:
    """Text is kept in composed form, without spaces around it."""
    decomposed = unicodedata.normalize("NFD", "Đắk Lắk")
    assert normalise_text(f"  {decomposed} ") == "Đắk Lắk"


@pytest.mark.parametrize(
    "sign", ["\n", "\t", "\x00", "\x7f", "\x85", "\u2028", "\u202e", "\u2066"]
)
def test_control_characters_are_refused(sign: str) -> None:
    """A control character in a text is refused, wherever it stands."""
    for text in (f"a{sign}b", f"{sign}a", f"a{sign}"):
        with pytest.raises(ValueError, match="holds a control character"):
            normalise_text(text)


def test_half_a_character_is_refused() -> None:
    """Half of a pair of surrogates is no text."""
    with pytest.raises(ValueError, match="holds half a character"):
        normalise_text("\ud83c")


@SAME
@given(text=st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    """What is normalised stays as it is."""
    try:
        once = normalise_text(text)
    except ValueError:
        return
    assert normalise_text(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Bình", "Hoà Bình"),
        ("HÒA BÌNH", "hoa binh"),
        ("Đắk Lắk", "dak lak"),
        ("Bà Rịa – Vũng Tàu", "ba ria vung tau"),
        ("Straße", "strasse"),
    ],
)
def test_names_are_found_however_they_are_typed(one: str, other: str) -> None:
    """Case, accents, dashes and the place of a tone mark make no difference."""
    assert fold(one) == fold(other)


@SAME
@given(text=st.text(alphabet=st.characters(codec="utf-8")))
def test_fold_is_done_once(text: str) -> None:
    """What is folded is found under itself."""
    assert fold(fold(text)) == fold(text)


def test_without_gives_the_same_facts_where_it_can() -> None:
    """Facts that lack the names are returned as they are; others are never changed."""
    facts = {"people": 1, "type": "town"}
    assert without(facts, "area_m2") is facts
    assert without(facts, "people") == {"type": "town"}
    assert facts == {"people": 1, "type": "town"}
