"""Sentences are said in another language by its catalogue, and so are their values."""

import json
from datetime import date
from unicodedata import normalize

import pytest
from rich.cells import cell_len

from orgraph.errors import InputError
from orgraph.findings import Code
from orgraph.language import (
    ENGLISH,
    Dated,
    Said,
    joined,
    laid,
    language,
    languages,
    listed,
    many,
    say,
    width,
)

DAY = date(2025, 7, 1)


def test_a_sentence_is_text_and_remembers_how_it_was_made() -> None:
    """A sentence goes wherever text goes."""
    said = say("{unit} ended on {day}.", unit="Hà Tu", day=date(2025, 7, 1))
    assert said == "Hà Tu ended on 2025-07-01."
    assert json.dumps(said, ensure_ascii=False) == '"Hà Tu ended on 2025-07-01."'
    assert said.template == "{unit} ended on {day}."


def test_numbers_and_days_are_written_as_the_language_writes_them() -> None:
    """1,200 and 2025-07-01 in English, 1.200 and 1/7/2025 in Vietnamese."""
    said = say("{n:,} × {day}", n=104700, day=date(2025, 7, 1))
    assert ENGLISH.say(said) == "104,700 × 2025-07-01"
    assert language("vi").say(said) == "104.700 × 1/7/2025"


def test_decimals_and_days_known_to_a_month_are_written_so_too() -> None:
    """50.0 is 50,0, and 2025-07 is 7/2025; what is no day stays as it is."""
    said = say("{n:.1f} % since {days}", n=50.0, days=[Dated("2025-07"), Dated("2015")])
    assert said == "50.0 % since 2025-07, 2015"
    assert language("vi").say(said) == "50,0 % since 7/2025, 2015"
    days = [
        language("vi").say(Dated(text)) for text in ("2025-07-01", "soon", "2025-13")
    ]
    assert days == ["1/7/2025", "soon", "2025-13"]


def test_a_line_is_laid_out_in_the_words_of_each_language() -> None:
    """A column is as wide as the word that stands in it then."""
    line = laid("{kind:<9}|{n:>7,}|{day:<11}|", kind=say("cell"), n=1200, day=DAY)
    assert line == "cell     |  1,200|2025-07-01 |"
    assert language("vi").say(line) == "chi bộ   |  1.200|1/7/2025   |"


@pytest.mark.parametrize(
    "text",
    ["Hà Tu", normalize("NFD", "Phường Điện Biên Phủ"), "河内", "ﾊﾉｲ", "a\u200bb"],
)
def test_a_column_is_as_wide_as_it_is_shown(text: str) -> None:
    """Signs above letters take no place in a terminal, letters of East Asia two."""
    assert width(text) == cell_len(text)
    for line in (laid("{text:<30}|", text=text), laid("{text:>30}|", text=text)):
        assert cell_len(line) == cell_len(language("vi").say(line)) == 31
    assert cell_len(laid("{text:<9.3}|", text=text)) == 10


def test_a_sentence_of_a_sentence_is_that_sentence() -> None:
    """So a word of the pack can be said wherever it comes from."""
    said = say("{n:,} commune", n=1)
    assert say(said) is said


def test_what_stands_in_a_sentence_is_said_too() -> None:
    """A sentence within a sentence is said in the same language."""
    units = listed([many(2, "{n:,} commune", "{n:,} communes"), "X"])
    said = many(3, "{units} ends", "{units} end", units=units)
    assert said == "2 communes and X end"
    assert language("vi").say(said) == "2 đơn vị cấp xã và X kết thúc"


def test_a_name_is_never_translated() -> None:
    """Only what was written as a sentence is looked up."""
    assert language("vi").say("commune") == "commune"
    assert language("vi").say(say("{name}", name="commune")) == "commune"


def test_braces_of_a_name_or_a_sentence_without_values_stay() -> None:
    """A name with braces is no template."""
    assert say("answers: {kind: end}") == "answers: {kind: end}"
    assert language("vi").say(say("{name}", name="{x}")) == "{x}"


def test_a_list_of_one_part_or_none_is_that_part_or_nothing() -> None:
    """Nothing is joined where there is nothing to join."""
    assert (joined(["a"]), joined([]), listed([])) == ("a", "", "")
    assert joined(["a", "b"]) == "a; b"


def test_a_finding_keeps_the_sentence_it_was_made_with() -> None:
    """A copy of a finding can still be said in another language."""
    finding = Code(code="X01", meaning="m").at("a", say("{n} units", n=3))
    copied = finding.model_copy(update={"step": 1})
    assert isinstance(copied.message, Said)
    assert copied.model_dump(mode="json")["message"] == "3 units"


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    """The answer names those that there are."""
    with pytest.raises(InputError, match="there is no language de; there are en, vi"):
        language("de")
    assert languages() == ["en", "vi"]


@pytest.mark.parametrize("code", ["en", "vi"])
def test_an_end_that_is_not_recorded_is_no_day(code: str) -> None:
    """What goes on is said to go on to …, in every language and layout."""
    said = language(code).say(say("{since} to {until}", since=DAY, until=date.max))
    assert said.endswith(" …")
    assert language(code).say(laid("{until}", until=date.max)) == "…"
