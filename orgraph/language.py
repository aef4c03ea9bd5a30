"""Sentences that can be said in another language: a template, and what stands in it.

A sentence is written once, in English, where it is meant: `say("{unit} has ended.",
unit=name)`. It is text like any other, and remembers how it was made, so that a
`Language` can say it again by its catalogue. Names and ids stay as they are; days and
numbers are written as the language writes them.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, cached_property
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from string import Formatter
from typing import Annotated, Any
from unicodedata import category, east_asian_width

from .errors import InputError

FOLDER = Path(__file__).parent / "locale"
ISOLATE, ISOLATED = "\u2068", "\u2069"
"""What stands around a name in a sentence that is written from right to left."""
OPEN = "…"
"""What stands for the day of an end that isn't recorded."""
DEFAULT = "en"
MOST_NAMED = 5
_MONTH = len("YYYY-MM")
_COLUMNS = re.compile(r"(?P<side>[<>])(?P<columns>\d+)(?:\.(?P<most>\d+))?")


class Said(str):
    """A sentence in English, with its template and values."""

    __slots__ = ("other", "template", "values")

    template: str
    other: str
    values: dict[str, object]


def say(template: str, /, **values: object) -> Said:
    """Return a sentence; `values` stand in the braces of its template.

    Tuples and lists are joined by commas. What is a sentence already stays itself.
    """
    if isinstance(template, Said) and not values:
        return template
    said = Said(template.format(**_joined(values)) if values else template)
    said.template, said.other, said.values = template, "", values
    return said


def many(number: int, one: str, other: str, /, **values: object) -> Said:
    """Return the sentence for one, or that for another number, which is `{n}`."""
    values = {"n": number, **values}
    said = Said((one if number == 1 else other).format(**_joined(values)))
    said.template, said.other, said.values = one, other, values
    return said


def laid(template: str, /, **values: object) -> Said:
    """Return a line whose template has no words of its own, only what stands in it.

    Values may be padded: sentences and days to the left, numbers to the right.
    """
    said = Said(_Writer(ENGLISH).vformat(template, (), values))
    said.template, said.other, said.values = template, "", values
    return said


class Dated(str):
    """A day as text, as far as it is known: YYYY-MM-DD, YYYY-MM or YYYY."""

    __slots__ = ()


def listed(parts: Iterable[str]) -> str:
    """Return "a, b and c"."""
    said = list(parts)
    if len(said) < 2:  # noqa: PLR2004 - nothing to join
        return said[0] if said else ""
    return say("{parts} and {last}", parts=said[:-1], last=said[-1])


def both(parts: Iterable[str]) -> str:
    """Return "a and b", and of more "a and b and c"."""
    first, *rest = parts
    return say("{first} and {rest}", first=first, rest=both(rest)) if rest else first


def either(parts: Iterable[str]) -> str:
    """Return "a or b", and of more "a or b or c"."""
    first, *rest = parts
    return say("{first} or {rest}", first=first, rest=either(rest)) if rest else first


def first_of(names: Sequence[str]) -> str:
    """Return "a, b"; of many names the first, and how many more there are."""
    first, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    return (
        say("{names} and {more:,} more", names=first, more=more) if more > 0 else first
    )


def any_of(value: object) -> str:
    """Say a value, or those of a tuple of which any will do."""
    values = value if isinstance(value, tuple) else (value,)
    return either(say(str(one)) for one in values)


def joined(parts: Iterable[str], sign: str = "; ") -> str:
    """Return "a; b; c", or parts with another sign between them."""
    named = {f"part{place}": part for place, part in enumerate(parts)}
    return laid(sign.join(f"{{{name}}}" for name in named), **named)


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes up.

    Signs above and below letters take none, letters of East Asia two.
    """
    if text.isascii():
        return len(text)
    none = {"Mn", "Me", "Cf"}
    return sum(
        0 if category(sign) in none else 2 if east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """Return a text with spaces behind it, or before it, up to a width."""
    space = " " * (columns - width(text))
    return f"{space}{text}" if right else f"{text}{space}"


class Language:
    """How sentences, days and numbers are written in one language.

    >>> Language().say(say("{n:,} communes by {day}", n=1200, day=date(2025, 7, 1)))
    '1,200 communes by 2025-07-01'
    """

    code = DEFAULT
    direction = "ltr"
    catalogue: NullTranslations = NullTranslations()

    def say(self, text: str) -> str:
        """Return a sentence in this language; a name or id stays as it is."""
        if self is ENGLISH:
            return str(text)
        if isinstance(text, Dated):
            return self.dated(text)
        if not isinstance(text, Said) or not text.template:
            return str(text)
        if text.other:
            number = text.values["n"]
            amount = number if isinstance(number, int) else 0
            template = self.catalogue.ngettext(text.template, text.other, amount)
        else:
            template = self.catalogue.gettext(text.template)
        if not text.values:
            return template
        return _Writer(self).vformat(template, (), text.values)

    def number(self, amount: int) -> str:
        """Return a number with its thousands apart."""
        return f"{amount:,}"

    def decimal(self, digits: str) -> str:
        """Return a number with a point, given as it is written in English."""
        return digits

    def day(self, day: date) -> str:
        """Return a day."""
        return day.isoformat()

    def dated(self, text: str) -> str:
        """Return a day that is known to the day, the month or the year."""
        return str(text)

    @property
    def sheet_day(self) -> str:
        """How a sheet is told to show a day."""
        return "yyyy-mm-dd"


ENGLISH = Language()


class Foreign(Language):
    """A language by its catalogue, with days and numbers as babel writes them."""

    def __init__(self, code: str) -> None:
        with (FOLDER / code / "LC_MESSAGES" / "orgraph.mo").open("rb") as file:
            self.catalogue = GNUTranslations(file)
        self.code = code
        self.direction = self._locale.text_direction

    @cached_property
    def _locale(self) -> Any:  # noqa: ANN401 - babel loads only where it is used
        from babel import Locale

        return Locale.parse(self.code, sep="-")

    def number(self, amount: int) -> str:
        """Return a number as the language writes it."""
        from babel.numbers import format_decimal

        return str(format_decimal(amount, locale=self._locale))

    def decimal(self, digits: str) -> str:
        """Return a number with as many decimals, as the language writes them."""
        from babel.numbers import format_decimal

        pattern = f"#,##0.{'0' * len(digits.partition('.')[2])}"
        return str(format_decimal(digits, pattern, locale=self._locale))

    def day(self, day: date) -> str:
        """Return a day in figures, as the language writes it."""
        return self._written("yMd", day)

    def dated(self, text: str) -> str:
        """Return a day as far as it is known; what is no day stays as it is."""
        try:
            if len(text) == _MONTH:
                return self._written("yM", date.fromisoformat(f"{text}-01"))
            return self.day(date.fromisoformat(text))
        except ValueError:
            return str(text)

    def _written(self, skeleton: str, day: date) -> str:
        from babel.dates import format_skeleton

        return str(format_skeleton(skeleton, day, locale=self._locale))

    @cached_property
    def sheet_day(self) -> str:
        """The pattern of a day, as a sheet writes patterns."""
        pattern = str(self._locale.datetime_skeletons["yMd"].pattern)
        return pattern.lower().replace("y", "yyyy")


class _Writer(Formatter):
    """Writes the values of a template in a language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401
        """Return one value; what is neither a day nor a number stays as it is."""
        language = self.language
        if isinstance(value, str):
            is_name = not isinstance(value, (Said, Dated))
            said = _formatted(language.say(value), format_spec)
            turned = is_name and not format_spec and language.direction == "rtl"
            return f"{ISOLATE}{said}{ISOLATED}" if turned else said
        if isinstance(value, date):
            said = OPEN if value == date.max else language.day(value)
            return format(said, format_spec)
        if isinstance(value, int) and format_spec.endswith(","):
            return format(language.number(value), format_spec[:-1])
        if isinstance(value, float):
            return language.decimal(format(value, format_spec))
        if isinstance(value, (list, tuple)):
            return ", ".join(self.format_field(one, "") for one in value)
        return str(super().format_field(value, format_spec))


def _formatted(text: str, spec: str) -> str:
    """Return a text in as many columns as `<24`, `>12` or `<24.22` asks for."""
    wide = _COLUMNS.fullmatch(spec)
    if wide is None:
        return format(text, spec)
    if wide["most"]:
        while width(text) > int(wide["most"]):
            text = text[:-1]
    return padded(text, int(wide["columns"]), right=wide["side"] == ">")


def _joined(values: dict[str, object]) -> dict[str, object]:
    """Return the values of an English sentence: lists in words, no end as "…"."""
    said = {
        name: OPEN if value == date.max else ", ".join(map(str, value))  # type: ignore[call-overload]
        for name, value in values.items()
        if isinstance(value, (list, tuple)) or value == date.max
    }
    return {**values, **said} if said else values


class _Kept:
    """Tells pydantic to let a sentence be what it is."""

    # By hand, so that a command that speaks doesn't load pydantic for it.
    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: Any) -> Any:  # noqa: ANN401 - pydantic's own
        from pydantic import WrapValidator

        return WrapValidator(_kept).__get_pydantic_core_schema__(source, handler)


class _Worded:
    """Tells pydantic to make a sentence of a text."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: Any) -> Any:  # noqa: ANN401 - same
        from pydantic import AfterValidator

        return AfterValidator(say).__get_pydantic_core_schema__(source, handler)


def _kept(value: Any, validate: Any) -> str:  # noqa: ANN401 - pydantic's own types
    return value if isinstance(value, Said) else validate(value)


Sentence = Annotated[str, _Kept]
"""Text of a model, in which a sentence stays what it is."""
Words = Annotated[str, _Worded]
"""Text of a model, in the words of a catalogue."""


def languages() -> list[str]:
    """Return the languages that there are."""
    found = (path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/*.mo"))
    return sorted({DEFAULT, *found})


@cache
def language(code: str = DEFAULT) -> Language:
    """Return a language by its code; InputError where there is none."""
    if code == DEFAULT:
        return ENGLISH
    if code not in languages():
        there = ", ".join(languages())
        message = f"there is no language {code or '(none)'}; there are {there}"
        raise InputError(message)
    return Foreign(code)
