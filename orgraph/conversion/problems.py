"""Finds what is wrong with the rows of a conversion table, alone or side by side."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..findings import Code, Severity
from ..language import say
from .edges import Edge
from .found import Found
from .spelling import tone_key, typed_name
from .tables import Conversion, Line, NewUnit

EMPTY_CELL = Code(
    code="DRAFT02",
    meaning="A row of the table lacks a code, a name or its group.",
)
TWO_NAMES = Code(
    code="DRAFT03",
    meaning="The table gives one code to units of different names.",
    hint="Correct the code of the rows that mean another unit.",
)
SPELT_TWICE = Code(
    code="DRAFT04",
    meaning="The table spells the name of one unit in two ways.",
    severity="warning",
)
OTHER_CODE = Code(
    code="DRAFT05",
    meaning="A name is known under another code in the same unit above.",
    hint="See whether one of the two codes is mistyped.",
    severity="warning",
)
TWO_PLACES = Code(
    code="DRAFT06",
    meaning="The table puts one unit into two units above it.",
)
TYPE_WORD = Code(
    code="DRAFT07",
    meaning="A name begins with no type of its kind, or with one that is misspelt.",
    severity="warning",
)
NUMBER_IN_NAME = Code(
    code="DRAFT08",
    meaning="The number in a name is not that of the code beside it.",
    severity="warning",
)
ROW_TWICE = Code(
    code="DRAFT09",
    meaning="A row stands twice in the table.",
    hint="Take one of them out.",
)
NOT_A_UNIT = Code(
    code="DRAFT10",
    meaning="The conversion table and the table of new units differ.",
)

_NUMBER = re.compile(r"\(([0-9]+)\)")


def _cells(table: Conversion) -> Iterator[Found]:
    """Refuse rows without a code or name, or without a group where there are groups."""
    for line in table.lines:
        unread = table.unread.get(line.place, ())
        for field in table.missing(line):
            if field in unread:
                continue
            message = say("{field} is empty.", field=line.place.header(field))
            subject = line.old_code or line.new_code or table.file
            yield Found(line.place.of(field), EMPTY_CELL.at(subject, message))


def row_problems(
    table: Conversion, given: Iterable[Edge], types: tuple[str, ...]
) -> Iterator[Found]:
    """Yield what is wrong with the rows of a table, alone and side by side.

    Where a row lacks something, or a cell can't be read, the rest of it is compared.
    """
    yield from _cells(table)
    lines = table.lines
    edges = [edge for edge in given if not table.lacks(edge.line)]
    own = [edge.line for edge in edges if not edge.note.kind]
    yield from _names(lines, "old_code", "old_name", types)
    yield from _names(lines, "new_code", "new_name", types)
    yield from _names(lines, "tier_code", "tier_name")
    yield from _names(lines, "old_upper", "old_upper_name")
    yield from _other_codes(own)
    yield from _two_places(lines)
    yield from _types(own, types)
    yield from _numbers(edges)
    seen: dict[tuple[object, ...], Line] = {}
    for edge in edges:
        first = seen.setdefault((edge.old, edge.new), edge.line)
        if first is not edge.line:
            names = f"{edge.line.old_name} → {edge.line.new_name}"
            message = say(
                "{names} stands in {place} too.", names=names, place=first.place
            )
            yield Found(edge.line.place, ROW_TWICE.at(edge.line.old_code, message))


def _names(
    lines: Iterable[Line],
    code_field: str,
    name_field: str,
    types: tuple[str, ...] | None = None,
) -> Iterator[Found]:
    """Say where a code has several names; of units above, that is never grave."""
    by_code: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        code, name = getattr(line, code_field), getattr(line, name_field)
        if code and name:
            by_code[code][name].append(line)
    for code, names in by_code.items():
        if len(names) == 1:
            continue
        usual = max(names, key=lambda name: len(names[name]))
        for name, where in names.items():
            if name == usual:
                continue
            first = where[0]
            place = first.place.of(name_field)
            said = say(
                "{code} is {name} here and {usual} in {place}.",
                code=code,
                name=name,
                usual=usual,
                place=names[usual][0].place,
            )
            if tone_key(name) == tone_key(usual):
                tone = name.casefold() != usual.casefold()
                severity: Severity = "warning" if tone else "info"
                yield Found(place, SPELT_TWICE.at(code, said, severity=severity))
            elif types is not None and bare(name, types) != bare(usual, types):
                is_old = code_field == "old_code"
                hint = _known_elsewhere(lines, first, code) if is_old else ""
                place = first.place.of(code_field)
                yield Found(place, TWO_NAMES.at(code, said, hint=hint or None))
            else:
                yield Found(place, SPELT_TWICE.at(code, said))


def bare(name: str, types: tuple[str, ...]) -> str:
    """Return the key of a name without the type that it begins with."""
    return tone_key(typed_name(name, types).rest)


def _known_elsewhere(lines: Iterable[Line], line: Line, code: str) -> str:
    """Return where else in the same unit above a name stands under another code."""
    for other in lines:
        same = tone_key(other.old_name) == tone_key(line.old_name)
        if same and other.tier_code == line.tier_code and other.old_code != code:
            return say(
                "{old_name} is {old_code} in {place}.",
                old_name=line.old_name,
                old_code=other.old_code,
                place=other.place,
            )
    return ""


def _other_codes(lines: Iterable[Line]) -> Iterator[Found]:
    known: dict[tuple[str, str], Line] = {}
    for line in lines:
        if not line.tier_code:
            continue
        first = known.setdefault((line.tier_code, tone_key(line.old_name)), line)
        if first.old_code != line.old_code:
            message = say(
                "{old_name} is {old_code} here and {other} in "
                "{place}, both in {tier_name}.",
                old_name=line.old_name,
                old_code=line.old_code,
                other=first.old_code,
                place=first.place,
                tier_name=line.tier_name or line.tier_code,
            )
            found = OTHER_CODE.at(line.old_code, message)
            yield Found(line.place.of("old_code"), found)


def _two_places(lines: Sequence[Line]) -> Iterator[Found]:
    """Say where a unit stands in two units above it, the rarer of them being wrong."""
    pairs: tuple[tuple[str, str], ...] = (
        ("old_code", "tier_code"),
        ("old_code", "old_upper"),
        ("tier_code", "old_upper"),
        ("new_code", "group"),
    )
    for lower, upper in pairs:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for line in lines:
            if getattr(line, lower) and getattr(line, upper):
                counts[getattr(line, lower)][getattr(line, upper)] += 1
        for line in lines:
            of = counts.get(getattr(line, lower))
            if of is None or len(of) == 1:
                continue
            usual = max(of, key=lambda code: (of[code], code))
            above = getattr(line, upper)
            if above and above != usual:
                message = say(
                    "{unit} is in {above} here, and in {usual} in {of} other rows.",
                    unit=getattr(line, lower),
                    above=above,
                    usual=usual,
                    of=of[usual],
                )
                found = TWO_PLACES.at(getattr(line, lower), message)
                yield Found(line.place.of(upper), found)


def _types(lines: Iterable[Line], types: tuple[str, ...]) -> Iterator[Found]:
    """Say which names begin with no type, where others of the table do."""
    names: dict[tuple[str, str], str] = {}
    for line in lines:
        for code, name, said, field in (
            (line.old_code, line.old_name, line.old_type, "old_name"),
            (line.new_code, line.new_name, line.new_type, "new_name"),
        ):
            if not said:
                names.setdefault((code, name), line.place.of(field))
    typed = {key: typed_name(key[1], types) for key in names}
    if not any(name.type for name in typed.values()):
        return
    for (code, name), place in names.items():
        known = typed[code, name]
        if known.type is None:
            message = say(
                "{name} begins with no type ({types}).",
                name=name,
                types=", ".join(types),
            )
            yield Found(place, TYPE_WORD.at(code, message))
        elif not known.exact:
            message = say(
                "{name} is read as of type {type}.", name=name, type=known.type
            )
            yield Found(place, TYPE_WORD.at(code, message))


def _numbers(edges: Iterable[Edge]) -> Iterator[Found]:
    """Compare a number in brackets, as in Quảng Trị (44), with the code beside it."""
    for edge in edges:
        line = edge.line
        for code, field in (
            (edge.old.code, "old_name"),
            (line.new_code, "new_name"),
            (line.tier_code, "tier_name"),
            (line.old_upper, "old_upper_name"),
            (line.group, "group_name"),
        ):
            name = getattr(line, field)
            for number in _NUMBER.findall(name) if "(" in name else ():
                if code and number != code:
                    message = say(
                        "{name} stands beside the code {code}.", name=name, code=code
                    )
                    place = line.place.of(field)
                    yield Found(place, NUMBER_IN_NAME.at(code, message))


def unit_problems(
    table: Conversion, units: Sequence[NewUnit], file: str, *, whole: bool = True
) -> Iterator[Found]:
    """Compare a conversion table with a table of the new units.

    That nothing becomes a unit is known only if every row says what it becomes, and
    that one isn't listed only if the table of new units is `whole`.
    """
    listed: dict[str, NewUnit] = {}
    for unit in units:
        first = listed.setdefault(unit.code, unit)
        if first is not unit:
            message = say(
                "The code {code} stands in {place} too.",
                code=unit.code,
                place=first.place,
            )
            place = unit.place.of("unit_code")
            yield Found(place, NOT_A_UNIT.at(unit.code, message))
    becoming = {line.new_code: line for line in reversed(table.lines)}
    is_whole = becoming.pop("", None) is None and table.whole
    for code, line in sorted(becoming.items()):
        if code not in listed:
            if not whole:
                continue
            message = say(
                "{new_name} ({code}) is not in {file}.",
                new_name=line.new_name,
                code=code,
                file=file,
            )
            yield Found(line.place.of("new_code"), NOT_A_UNIT.at(code, message))
        elif line.new_name and listed[code].name != line.new_name:
            unit = listed[code]
            same = tone_key(unit.name) == tone_key(line.new_name)
            message = say(
                "{code} is {new_name} here and {unit} in {place}.",
                code=code,
                new_name=line.new_name,
                unit=unit.name,
                place=unit.place,
            )
            severity: Severity = "warning" if same else "error"
            found = NOT_A_UNIT.at(code, message, severity=severity)
            yield Found(line.place.of("new_name"), found)
    for code, unit in sorted(listed.items()) if is_whole else ():
        if code not in becoming:
            message = say("Nothing becomes {unit} ({code}).", unit=unit.name, code=code)
            found = NOT_A_UNIT.at(code, message, severity="warning")
            yield Found(unit.place.of("unit_code"), found)
