"""Rows of the model as properties of a Neo4j graph, and back.

Facts are properties of their own names, so that Cypher reads them; those that are
unknown stand in a list. A fact called like a property of ours gets a tail.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from ..draft import Revision, TallyRow
from ..model import EdgeRow, Facts, NodeRow

Properties = dict[str, Any]

OURS = frozenset(
    {
        "id", "kind", "name", "code", "source", "target", "key", "since", "until",
        "rev", "gone", "unknown",
    }
)  # fmt: skip
"""The properties of versions and edges that are not facts."""

UNKNOWN = "unknown"
_TAIL = "_"
_day = cache(date.fromisoformat)
_made = tuple.__new__  # quicker than the row's own, for each row that is read


@cache
def property_of(fact: str) -> str:
    """Return the property that holds a fact."""
    return fact + _TAIL if fact.rstrip(_TAIL) in OURS else fact


@cache
def fact_of(name: str) -> str | None:
    """Return the fact that a property holds; None where it is one of ours."""
    if name in OURS:
        return None
    return name[: -len(_TAIL)] if name.rstrip(_TAIL) in OURS else name


def facts_of(found: Mapping[str, Any]) -> Facts:
    """Return the facts among the properties of a version or an edge, in order."""
    facts: dict[str, Any] = {}
    for name, value in found.items():
        fact = fact_of(name)
        if fact is not None:
            facts[fact] = value
    for fact in found.get(UNKNOWN) or ():
        facts[fact] = None
    return dict(sorted(facts.items())) if len(facts) > 1 else facts


def node_row(found: Mapping[str, Any]) -> NodeRow:
    """Return a version as the model has it, of its properties with days as text."""
    fields = (
        found["id"],
        found["kind"],
        _day(found["since"]),
        _day(found["until"]),
        found["name"],
        found.get("code"),
        facts_of(found),
        found["rev"],
    )
    return _made(NodeRow, fields)


def edge_row(kind: str, found: Mapping[str, Any]) -> EdgeRow:
    """Return an edge as the model has it; its key says its ends and first day."""
    source, target, since = found["key"].split(" ")
    days = (_day(since), _day(found["until"]))
    facts = facts_of(found)
    return _made(EdgeRow, (kind, source, target, *days, facts, found["rev"]))


class Days(dict[date, int]):
    """The days of some rows, each with its place in the list that is sent.

    The driver packs every value by itself, and the name of each property with it, and
    days slowest of all: so rows that are many are lists, and say days by their places.
    """

    def __missing__(self, day: date) -> int:
        """Give a day the next place."""
        place = self[day] = len(self)
        return place


def new_edge(row: EdgeRow, type_: str, days: Days) -> list[Any]:
    """Return an edge that a statement makes."""
    ends = (row.source, row.target, type_)
    return [*ends, days[row.since], days[row.until], fact_properties(row.facts)]


def node_properties(row: NodeRow, rev: int) -> Properties:
    """Return the properties of a version; None is none."""
    return {
        **fact_properties(row.facts),
        "id": row.id,
        "kind": row.kind,
        "since": row.since,
        "until": row.until,
        "name": row.name,
        "code": row.code,
        "rev": rev,
    }


def fact_properties(facts: Facts) -> Properties:
    """Return the properties that hold facts; the unknown stand in a list."""
    found: Properties = {property_of(n): v for n, v in facts.items() if v is not None}
    unknown = sorted(name for name, value in facts.items() if value is None)
    if unknown:
        found[UNKNOWN] = unknown
    return found


def tally_row(found: Iterable[Any]) -> TallyRow:
    """Return a step of a tally."""
    return _made(TallyRow, tuple(found))


def revision_row(found: Mapping[str, Any]) -> Revision:
    """Return a revision, of its properties with the day as text."""
    fields = {name: found.get(name) for name in Revision._fields}
    basis = found.get("basis")
    return Revision(
        **{
            **fields,
            "basis": None if basis is None else json.loads(basis),
            "proposal": json.loads(found["proposal"]),
        }
    )


def revision_properties(revision: Revision) -> Properties:
    """Return the properties of a revision; what JSON holds stays JSON."""
    basis = revision.basis
    return {
        **revision._asdict(),
        "effective": date.fromisoformat(revision.effective),
        "basis": None if basis is None else json.dumps(basis, ensure_ascii=False),
        "proposal": json.dumps(revision.proposal, ensure_ascii=False),
    }
