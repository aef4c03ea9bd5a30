"""Compares the old units of a conversion table with those that a store has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..draft import View
from ..draft.names import need_names, resolve
from ..findings import Code, Finding, Severity
from ..language import say
from .edges import Edge, Key
from .found import Found
from .naming import Names
from .problems import bare
from .spelling import tone_key, typed_name
from .tables import Line

KNOWN_OTHERWISE = Code(
    code="DRAFT30",
    meaning="The table calls a unit otherwise than the store does.",
    hint="See whether the code is mistyped; the draft names units by their codes.",
    severity="warning",
)
MOST_NAMED = 3


def known_problems(view: View, edges: Iterable[Edge], form: str) -> Iterator[Found]:
    """Yield the old units that the store doesn't have on the day, or calls otherwise.

    `form` is how a draft refers to them. Each is looked up once, in one reading.
    """
    lines: dict[Key, Line] = {}
    for edge in edges:
        if edge.old.code:
            lines.setdefault(edge.old, edge.line)
    names = Names(form, {}, (), {}, {})
    refs = {key: names.old(key) for key in lines}
    need_names(view, refs.values())
    strange: list[tuple[Key, Line, str]] = []
    for key, line in lines.items():
        found = resolve(view, refs[key])
        if isinstance(found, Finding):
            yield Found(line.place.of(_fields(key, line)[0]), found)
        elif _is_strange(view, key, line, found):
            strange.append((key, line, view.name(found)))
    yield from _called_otherwise(view, strange)


def _fields(key: Key, line: Line) -> tuple[str, str]:
    """Return the fields of a unit's code and name: a row may be about the tier."""
    is_tier = key.code != line.old_code
    return ("tier_code", "tier_name") if is_tier else ("old_code", "old_name")


def _said(key: Key, line: Line) -> str:
    name: str = getattr(line, _fields(key, line)[1])
    return name


def _is_strange(view: View, key: Key, line: Line, unit: str) -> bool:
    row = view.node(unit)
    said = _said(key, line)
    return bool(row and row.name and said) and said != view.name(unit)


def _called_otherwise(
    view: View, strange: Sequence[tuple[Key, Line, str]]
) -> Iterator[Found]:
    """Yield how grave each other name is: one that another unit has is a wrong code."""
    bearers: dict[str, Mapping[str, list[str]]] = {}
    for key, line, known in strange:
        types = view.pack.nodes[key.kind].types
        said = _said(key, line)
        message = say(
            "{code} is {said} here and {known} in the store.",
            code=key.code,
            said=said,
            known=known,
        )
        place = line.place.of(_fields(key, line)[1])
        if bare(said, types) == bare(known, types):
            if severity := _slip(said, known, types):
                found = KNOWN_OTHERWISE.at(key.code, message, severity=severity)
                yield Found(place, found)
            continue
        if key.kind not in bearers:
            bearers[key.kind] = _bearers(view, key.kind, types)
        others = bearers[key.kind].get(bare(said, types), [])
        if not others:
            yield Found(place, KNOWN_OTHERWISE.at(key.code, message))
            continue
        hint = say(
            "In the store {said} is {others}.", said=said, others=others[:MOST_NAMED]
        )
        found = KNOWN_OTHERWISE.at(key.code, message, hint=hint, severity="error")
        yield Found(line.place.of(_fields(key, line)[0]), found)


def _slip(said: str, known: str, types: tuple[str, ...]) -> Severity | None:
    """Return how grave it is that names of one word differ, None if by capitals alone.

    A table whose names go without their types isn't told so in every row.
    """
    if said.casefold() == known.casefold():
        return None
    if tone_key(said) == tone_key(known):
        return "info"
    typed = [typed_name(name, types).type for name in (said, known)]
    return None if None in typed else "warning"


def _bearers(view: View, kind: str, types: tuple[str, ...]) -> Mapping[str, list[str]]:
    """Return the codes of a kind's living units by the keys of their names."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in view.of_kind(kind):
        if row.name and row.code:
            found[bare(row.name, types)].append(row.code)
    return found
