"""All that is known of one node: its versions, and what it is joined to on a day."""

from datetime import date
from typing import Any

from ..errors import InputError
from ..model import IN, OUT, EdgeRow, NodeRow, Span
from .library import Library, last_rows, plain_days, plain_facts, shown_code, shown_name

MOST_EDGES = 200


def show(store: Library, node: str, on: date, *, names: bool = False) -> dict[str, Any]:
    """Return a document of a node: versions, edges on a day, ancestors and successors.

    Edges beyond the first 200 of a direction are counted, not listed. People's names
    and codes are masked unless `names` is set.
    """
    versions = sorted(store.nodes([node], Span.always()))
    if not versions:
        message = f"there is no node {node}"
        raise InputError(message)
    pack, span = store.pack, Span.day(on)
    others = [kind for kind in sorted(pack.edges) if kind != pack.lineage]
    edges = {
        "to": store.edges([node], others, OUT, span),
        "from": store.edges([node], others, IN, span),
    }
    lineage = {
        "successors": store.edges([node], [pack.lineage], OUT, Span.always()),
        "predecessors": store.edges([node], [pack.lineage], IN, Span.always()),
    }
    rows = [row for found in (*edges.values(), *lineage.values()) for row in found]
    ends = sorted({end for row in rows for end in row[1:3]})
    named = {
        row.id: shown_name(pack, row, names=names)
        for row in last_rows(store.nodes(ends, Span.always())).values()
    }
    return {
        "format": "orgraph.node/1",
        "node": node,
        "kind": versions[0].kind,
        "on": on.isoformat(),
        "lives": any(row.since <= on < row.until for row in versions),
        "versions": [
            _version(
                row,
                shown_name(pack, row, names=names),
                shown_code(pack, row, names=names),
            )
            for row in versions
        ],
        **{
            side: [
                _edge(row, row.target if side == "to" else row.source, named)
                for row in sorted(found)[:MOST_EDGES]
            ]
            for side, found in edges.items()
        },
        "removed": removals(store, node),
        "counts": {side: len(found) for side, found in edges.items()},
        **{
            side: [
                _edge(row, row.target if side == "successors" else row.source, named)
                for row in sorted(found, key=lambda r: (r.since, r.target, r.source))
            ]
            for side, found in lineage.items()
        },
    }


def removals(store: Library, node: str) -> list[dict[str, Any]]:
    """Return the memberships of a person that ended for good, with ground and body."""
    people, places = store.pack.people, store.pack.questions.places
    if people is None or places is None or people.left is None:
        return []
    rows = store.edges([node], [places.member], OUT, Span.always())
    return [
        {
            "group": row.target,
            "until": plain_days(row)["until"],
            "ground": row.facts[people.left],
            "by": row.facts.get(people.decided_by or ""),
            "revision": row.rev,
        }
        for row in sorted(rows)
        if row.facts.get(people.left) is not None
    ]


def _version(row: NodeRow, name: str, code: str | None) -> dict[str, Any]:
    return {
        **plain_days(row),
        "name": name,
        "code": code,
        "facts": plain_facts(row.facts),
        "revision": row.rev,
    }


def _edge(row: EdgeRow, other: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "id": other,
        "name": names.get(other, ""),
        **plain_days(row),
        "facts": plain_facts(row.facts),
        "revision": row.rev,
    }
