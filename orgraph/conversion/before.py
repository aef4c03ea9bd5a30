"""Makes import tables of the old side of a conversion table: what there was before."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from ..model.ids import slug
from ..pack import Pack
from .edges import Edge
from .spelling import typed_name


class Start(NamedTuple):
    """What the table doesn't say of the old units.

    Their kinds: `unit`, the `tier` above, the `upper` one above that. The first day
    that is recorded. The facts of the lowest units to state as unknown, and the types
    of those whose names don't begin with one, by code.
    """

    unit: str
    tier: str
    upper: str
    since: date
    unknown: tuple[str, ...] = ()
    types: Mapping[str, str] = MappingProxyType({})


class Before(NamedTuple):
    """Import tables of the units before, as CSV text."""

    nodes: str
    edges: str


def before(edges: Sequence[Edge], pack: Pack, start: Start) -> Before:
    """Return the old units of a table with those above them, as they are before it.

    An id is the kind and the code.
    """
    lines = [edge.line for edge in edges]
    own = [edge.line for edge in edges if edge.old.kind == start.unit]
    units = {
        start.upper: _names((u.old_upper, u.old_upper_name) for u in lines),
        start.tier: _names((u.tier_code, u.tier_name) for u in lines),
        start.unit: _names((u.old_code, u.old_name) for u in own),
    }
    day = start.since.isoformat()
    nodes = []
    for kind, names in units.items():
        gaps = ["?" if kind == start.unit else "" for _ in start.unknown]
        for code, spellings in sorted(names.items()):
            name, type_ = _usual(spellings, pack.nodes[kind].types)
            type_ = type_ or start.types.get(code, "")
            nodes.append((_id(kind, code), kind, name, code, day, type_, *gaps))
    pairs = {((start.tier, u.tier_code), (start.upper, u.old_upper)) for u in lines}
    pairs |= {((start.unit, u.old_code), (start.tier, u.tier_code)) for u in own}
    joined = [
        (pack.parent_edge(below[0]) or "", _id(*below), _id(*above), day)
        for below, above in sorted(pairs)
    ]
    header = ("id", "kind", "name", "code", "since", "type", *start.unknown)
    return Before(
        _csv(header, nodes), _csv(("kind", "source", "target", "since"), joined)
    )


def _names(pairs: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for code, name in pairs:
        names[code][name] += 1
    return names


def _usual(spellings: Counter[str], types: tuple[str, ...]) -> tuple[str, str]:
    """Return the spelling that begins with a type, of several the most frequent."""

    def rank(name: str) -> tuple[bool, int, str]:
        return (typed_name(name, types).type is not None, spellings[name], name)

    name = max(spellings, key=rank)
    return name, typed_name(name, types).type or ""


def _id(kind: str, code: str) -> str:
    return f"{kind}-{slug(code)}"


def _csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()
