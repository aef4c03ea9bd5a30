"""Hands an export to networkx, and so to the programs that read GraphML.

A node is there once, with its life and what its last version says; where it has
several, `versions` holds them all as JSON. What is unknown is named in `unknown`, what
is absent nowhere. Unlike the other exports, this one holds the whole graph in memory.
"""

import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, BinaryIO

from ..cells import fact_column
from ..draft.reading import whole
from ..errors import InputError
from ..model import Facts, NodeRow, Row
from ..model.facts import PRECISION, UNTIL_PRECISION, without
from ..queries.library import plain_days, plain_facts
from .extract import Extract, Stream
from .saying import NOT_XML

if TYPE_CHECKING:
    import networkx as nx

UNKNOWN = "unknown"
VERSIONS = "versions"


def write_graphml(extract: Extract, file: BinaryIO) -> None:
    """Write the graph as GraphML; InputError for a character that XML can't hold."""
    import networkx as nx

    nx.write_graphml_xml(as_graph(extract), file)


def to_networkx(
    store: Stream,
    root: str | None = None,
    on: date | None = None,
    *,
    names: bool = False,
) -> "nx.MultiDiGraph[str]":
    """Return a region as a graph of networkx: `root` and all that depends on it.

    Without a root it is all of the store, without a day all days. Each node has its
    `kind`, `name`, `since` and, where it has them, `until`, `code` and facts; each edge
    its `kind`, days and facts, and a key of its own; what is unknown is named in
    `unknown`. To ask about the hierarchy keep the edges whose `kind` is one of
    `store.pack.contains_kinds`: they lead from a node to its parent. People's names
    and codes are left out unless `names` is set. InputError where the root isn't in
    force on the day.

    >>> graph = orgraph.to_networkx(store, "sales", day)
    >>> graph.nodes["north"]["name"], graph.has_edge("north", "sales")
    ('Sales North', True)
    """

    def read() -> "nx.MultiDiGraph[str]":
        chosen = Extract(store, root=root, on=on, names=names, importable=False)
        return as_graph(chosen)

    return whole(store, read)


def as_graph(extract: Extract) -> "nx.MultiDiGraph[str]":
    """Return the rows as a graph of networkx; an edge's key is that of its row."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, versions in groupby(extract.nodes(), key=lambda row: row.id):
        graph.add_node(node, **_node(list(versions)))
    for row in extract.edges():
        key = " ".join(str(part) for part in row.key)
        said = {"kind": row.kind, **_said(row)}
        graph.add_edge(row.source, row.target, key=key, **_checked(row, said))
    return graph


def _node(versions: list[NodeRow]) -> dict[str, Any]:
    last = versions[-1]
    said: dict[str, Any] = {"kind": last.kind, "name": last.name}
    if last.code is not None:
        said["code"] = last.code
    said |= _said(last)
    said["since"] = plain_days(versions[0])["since"]
    if len(versions) > 1:
        said[VERSIONS] = json.dumps([*map(_version, versions)], ensure_ascii=False)
    return _checked(last, said)


def _version(row: NodeRow) -> dict[str, Any]:
    own = {"name": row.name, "code": row.code}
    return {**plain_days(row), **own, "facts": plain_facts(row.facts)}


def _said(row: Row) -> dict[str, Any]:
    days = {name: day for name, day in plain_days(row).items() if day is not None}
    return {**days, **dict(_attributes(row.facts))}


def _attributes(facts: Facts) -> Iterator[tuple[str, Any]]:
    """Yield the facts that are known, and which are not."""
    unknown = []
    for name, value in without(facts, PRECISION, UNTIL_PRECISION).items():
        if value is None:
            unknown.append(name)
        else:
            taken = name in {UNKNOWN, VERSIONS}
            yield f"fact:{name}" if taken else fact_column(name), value
    if unknown:
        yield UNKNOWN, " ".join(sorted(unknown))


def _checked(row: Row, said: dict[str, Any]) -> dict[str, Any]:
    for name, value in said.items():
        if isinstance(value, str) and (wrong := NOT_XML.search(value)):
            where = " ".join(str(part) for part in row.key)
            message = f"{where}: {name} holds {wrong[0]!a}, which XML can't"
            raise InputError(message)
    return said
