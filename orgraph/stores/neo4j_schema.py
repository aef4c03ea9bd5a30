"""What orgraph keeps in a Neo4j graph: labels, constraints and indexes of a pack.

Names from a pack are quoted wherever they stand in a statement; values never stand in
one. Nodes of others in the same database have none of our labels, and are left alone.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..pack import Pack

FORMAT_VERSION = 1
OLDEST_SERVER = (5, 26)
"""Labels and types as parameters came with this version."""

LABELS = (
    "Entity", "OrgraphStore", "PastEdge", "PastRow", "PastVersion", "Revision",
    "Tally", "Version", "Word",
)  # fmt: skip
TYPES = ("IN_NAME_OF", "VERSION")
"""The labels and types that are ours whatever the pack says."""

_UNIQUE = {
    "Entity": "id",
    "OrgraphStore": "id",
    "Revision": "number",
    "Tally": "unit, key, day",
    "Version": "id, since",
    "Word": "word",
}
_INDEXED = (
    ("Entity", "code"),
    ("PastEdge", "source"),
    ("PastEdge", "target"),
    ("PastRow", "gone"),
    ("PastRow", "rev"),
    ("PastVersion", "id"),
    ("Revision", "hash"),
    ("Version", "code"),
    ("Version", "kind, until"),
    ("Version", "rev"),
    ("Version", "since"),
    ("Version", "until"),
)
_EDGE_INDEXED = ("rev", "since", "until")
LOADING = frozenset(
    {"orgraph_Entity_id", "orgraph_OrgraphStore_id", "orgraph_Revision_number"}
)
"""The constraints that a load needs; all else may be made once the rows are there."""


class Words(NamedTuple):
    """What the kinds of a pack are called in the graph."""

    labels: Mapping[str, str]
    types: Mapping[str, str]
    kinds: Mapping[str, str]


class Made(NamedTuple):
    """A constraint or an index: its name, and the statements that make and drop it."""

    name: str
    statement: str
    drop: str
    is_edges: bool


def quoted(name: str) -> str:
    r"""Return a name as Cypher has it in a statement.

    A backslash is spelled out, for Neo4j reads `\u0060` as a backtick, quoted or not.
    """
    bare = name.replace("\\", "\\u005C").replace("`", "``")
    return f"`{bare}`"


@lru_cache(maxsize=8)
def _words(nodes: tuple[str, ...], edges: tuple[str, ...]) -> Words:
    labels: dict[str, str] = {}
    for kind in nodes:
        label = "".join(part[:1].upper() + part[1:] for part in kind.split("_"))
        while label in LABELS or label in labels.values():
            label += "_"
        labels[kind] = label
    types: dict[str, str] = {}
    for kind in edges:
        name = kind
        while name in (*TYPES, *LABELS, *types.values()) or _has_names_of_nodes(name):
            name += "_"
        types[kind] = name
    return Words(labels, types, {name: kind for kind, name in types.items()})


def _has_names_of_nodes(type_: str) -> bool:
    """Tell whether an index of this type would be called like one of nodes.

    Their names share one space: the server would leave out the second without a word.
    """
    taken = {_name(label, fields) for label, fields in (*_UNIQUE.items(), *_INDEXED)}
    return any(_name(type_, field) in taken for field in ("key", *_EDGE_INDEXED))


def _name(of: str, fields: str) -> str:
    return f"orgraph_{of}_{fields.replace(', ', '_')}"


def words(pack: Pack) -> Words:
    """Return what the kinds of a pack are called: Commune, DirectCommittee, PART_OF."""
    return _words(tuple(sorted(pack.nodes)), tuple(sorted(pack.edges)))


def schema(pack: Pack) -> Iterator[Made]:
    """Yield the constraints and indexes of a graph with this pack."""
    for label, fields in sorted(_UNIQUE.items()):
        of = ", ".join(f"n.{field}" for field in fields.split(", "))
        name = _name(label, fields)
        yield _constraint(name, f"(n:{label})", f"({of})", is_edges=False)
    for label, fields in _INDEXED:
        of = ", ".join(f"n.{field}" for field in fields.split(", "))
        name = _name(label, fields)
        yield _index(name, f"(n:{label})", of, is_edges=False)
    for _, type_ in sorted(words(pack).types.items()):
        pattern = f"()-[n:{quoted(type_)}]-()"
        yield _constraint(_name(type_, "key"), pattern, "n.key", is_edges=True)
        for field in _EDGE_INDEXED:
            yield _index(_name(type_, field), pattern, f"n.{field}", is_edges=True)


def _constraint(name: str, pattern: str, of: str, *, is_edges: bool) -> Made:
    statement = (
        f"CREATE CONSTRAINT {quoted(name)} IF NOT EXISTS "
        f"FOR {pattern} REQUIRE {of} IS UNIQUE"
    )
    drop = f"DROP CONSTRAINT {quoted(name)} IF EXISTS"
    return Made(name, statement, drop, is_edges)


def _index(name: str, pattern: str, of: str, *, is_edges: bool) -> Made:
    statement = f"CREATE INDEX {quoted(name)} IF NOT EXISTS FOR {pattern} ON ({of})"
    return Made(name, statement, f"DROP INDEX {quoted(name)} IF EXISTS", is_edges)


def schema_text(pack: Pack) -> str:
    """Return the statements as a file, for those who run them by hand."""
    lines = (f"{made.statement};\n" for made in schema(pack))
    return (
        f"// What `orgraph init --pack {pack.name}` makes in Neo4j.\n{''.join(lines)}"
    )


SHOW_SCHEMA = (
    "SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'orgraph_' RETURN name"
)
AWAIT_INDEXES = "CALL db.awaitIndexes(3600)"

# What there is before a store is made

ANYTHING = "MATCH (n) RETURN count(n) > 0"
STORE = (
    "OPTIONAL MATCH (s:OrgraphStore) "
    "RETURN s.pack, s.format, s.head, toString(s.loading), "
    "coalesce(s.loading > datetime() - duration({seconds: $stale}), false)"
)
TAKEN_LABELS = " UNION ".join(
    f"MATCH (n:{label}) RETURN '{label}' AS label LIMIT 1" for label in LABELS
)
MAKE_STORE = (
    "CREATE (s:OrgraphStore {id: 'store', format: $format, pack: $pack, "
    "pack_name: $name, head: 0, turn: 0, made: $made})"
)
