"""GraphML as networkx reads it back: kinds, days, facts, and what is unknown."""

import json
import re
from datetime import date
from io import BytesIO

import networkx as nx
import pytest
from towns import done, edge, filled, node

from orgraph.errors import InputError
from orgraph.exporters import Extract, to_networkx, write_graphml
from orgraph.model import NodeRow
from orgraph.stores import MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    """Return a district with a municipality whose facts are known, or are not."""
    return filled(
        node("d", "district", date(2000, 1, 1), since_precision="year"),
        node("m", "municipality", people=10**12, households=None, type="town"),
        node("n", "municipality"),
        node("x", "body"),
        edge("PART_OF", "m", "d", until=date(2021, 1, 1)),
        edge("PART_OF", "m", "d", since=date(2022, 1, 1)),
        edge("COVERS", "x", "m"),
    )


def read_back(store: MemoryStore) -> "nx.MultiDiGraph[str]":
    """Return the graph that networkx reads in what was written."""
    file = BytesIO()
    write_graphml(Extract(store), file)
    assert file.getvalue().startswith(b"<?xml")
    file.seek(0)
    graph = nx.read_graphml(file, force_multigraph=True)
    assert isinstance(graph, nx.MultiDiGraph)
    return graph


def test_nodes_are_read_back(store: MemoryStore) -> None:
    """Numbers are numbers, unknown is named, absent is absent, days are as known."""
    nodes = read_back(store).nodes
    assert dict(nodes["m"]) == {
        "kind": "municipality",
        "name": "M",
        "since": "2019-01-01",
        "people": 10**12,
        "type": "town",
        "unknown": "households",
    }
    assert dict(nodes["n"]) == {
        "kind": "municipality",
        "name": "N",
        "since": "2019-01-01",
    }
    assert nodes["d"]["since"] == "2000"


def test_edges_are_read_back(store: MemoryStore) -> None:
    """Two edges between the same two stay two, each with its days."""
    graph = read_back(store)
    found = sorted(
        (a, b, said["kind"], said["since"], said.get("until"))
        for a, b, said in graph.edges(data=True)
    )
    assert found == [
        ("m", "d", "PART_OF", "2019-01-01", "2021-01-01"),
        ("m", "d", "PART_OF", "2022-01-01", None),
        ("x", "m", "COVERS", "2019-01-01", None),
    ]
    direct = to_networkx(store)
    assert dict(graph.nodes(data=True)) == dict(direct.nodes(data=True))
    read = {(a, b, k): said for a, b, k, said in graph.edges(keys=True, data=True)}
    made = {(a, b, k): said for a, b, k, said in direct.edges(keys=True, data=True)}
    assert read == made


def test_ids_are_unique(store: MemoryStore) -> None:
    """No two edges share an id, which other programs would not take."""
    file = BytesIO()
    write_graphml(Extract(store), file)
    found = re.findall(rb'<(?:node|edge)[^>]* id="([^"]*)"', file.getvalue())
    assert len(found) == len(set(found)) == 7


def test_versions_are_kept(store: MemoryStore) -> None:
    """A node with several versions shows the last, and holds all of them."""
    done(store, "2021-01-01", {"op": "rename_unit", "unit": "m", "name": "New"})
    said = read_back(store).nodes["m"]
    assert (said["name"], said["since"]) == ("New", "2019-01-01")
    versions = json.loads(said["versions"])
    assert [v["name"] for v in versions] == ["M", "New"]
    assert [v["since"] for v in versions] == ["2019-01-01", "2021-01-01"]
    assert versions[0]["facts"] == {
        "people": 10**12,
        "households": None,
        "type": "town",
    }


def test_what_xml_cannot_hold() -> None:
    """A character that XML has no way to write is refused, with the row."""
    bad: NodeRow = node("b", "body")._replace(name="x\ufffe")
    with pytest.raises(InputError, match=r"b 2019-01-01: name holds '\\ufffe'"):
        write_graphml(Extract(filled(bad)), BytesIO())
