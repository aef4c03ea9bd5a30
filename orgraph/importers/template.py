"""Says what an empty workbook to fill in holds: its sheets and columns, by a pack."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ..cells import fact_column
from ..model.degrees import FARTHEST
from ..pack import EdgeKind, FactKind, Pack

LONGEST_TITLE = 31
"""A spreadsheet takes no longer title of a sheet."""

Strictness = Literal["stop", "warning"]

_DAY = "A day as 2025-07-01, a month as 2025-07 or a year as 2025, as far as known."
_UNTIL = "The first day on which it no longer holds. Empty: it still does."
_NODE = {
    "id": "Needed. Names it for good: a-z, 0-9 and . _ : - alone. Never used twice.",
    "name": "The name as it is written.",
    "code": "The official code, with its leading zeros.",
    "since": _DAY,
    "until": _UNTIL,
}
_END = "Needed. An id, or a code as {kind}:CODE, or a name as {kind}=NAME."


class Head(NamedTuple):
    """A column: its header, the note on it, and the words that may stand in it.

    `stop` refuses other words, `warning` only asks whether they are meant. What is not
    a number is a text, so that nothing is taken for a number or a date.
    """

    text: str
    note: str
    words: tuple[str, ...] = ()
    strictness: Strictness = "stop"
    is_number: bool = False


class Blank(NamedTuple):
    """A sheet to fill in."""

    title: str
    heads: tuple[Head, ...]


def blanks(pack: Pack) -> list[Blank]:
    """Return the sheets: one a kind of node, and edges by who they are of.

    A sheet whose title is a kind needs no column of kinds.
    """
    spoken = _spoken(pack)
    return [*_nodes(pack, spoken), *_edges(pack, spoken)]


def _nodes(pack: Pack, spoken: Mapping[str, tuple[str, ...]]) -> Iterator[Blank]:
    for kind, node in pack.nodes.items():
        heads = [Head(name, note) for name, note in _NODE.items()]
        for fact in node.facts:
            words = node.types if fact == "type" and node.types else None
            heads.append(_fact(pack, fact, words, spoken))
        label = f"{node.label} ({node.local})" if node.local else node.label
        heads[0] = heads[0]._replace(note=f"{label}. {heads[0].note}")
        if len(kind) > LONGEST_TITLE:
            heads.insert(1, Head("kind", "Needed.", (kind,)))
        yield Blank(kind[:LONGEST_TITLE], tuple(heads))


def _edges(pack: Pack, spoken: Mapping[str, tuple[str, ...]]) -> Iterator[Blank]:
    """Yield a sheet of edges for each role of their sources; lineage stands alone."""
    groups: dict[str, dict[str, EdgeKind]] = {}
    for kind, edge in pack.edges.items():
        role = pack.nodes[next(iter(edge.ends))].role
        title = kind if kind == pack.lineage else f"edges of {role}"
        groups.setdefault(title, {})[kind] = edge
    for title, edges in groups.items():
        said = "; ".join(f"{kind}: {edge.label}" for kind, edge in edges.items())
        source, targets = next(iter(next(iter(edges.values())).ends.items()))
        heads = [
            Head("kind", f"Needed. {said}.", tuple(edges)),
            Head("source", _END.format(kind=source)),
            Head("target", _END.format(kind=targets[0])),
            Head("since", _DAY),
            Head("until", _UNTIL),
        ]
        facts = dict.fromkeys(f for edge in edges.values() for f in edge.facts)
        heads += [_fact(pack, fact, None, spoken) for fact in facts]
        alone = len(edges) == 1 and len(next(iter(edges))) <= LONGEST_TITLE
        yield (
            Blank(next(iter(edges)), tuple(heads[1:]))
            if alone
            else Blank(title, tuple(heads))
        )


def _fact(
    pack: Pack,
    name: str,
    words: tuple[str, ...] | None,
    spoken: Mapping[str, tuple[str, ...]],
) -> Head:
    fact = pack.facts[name]
    note = f"{_type(fact)} Empty: nothing is said. ?: it isn't known."
    column = fact_column(name)
    if fact.type == "boolean":
        return Head(column, note, ("true", "false", "?"))
    if words or fact.values:
        return Head(column, note, (*(words or fact.values), "?"))
    usual = spoken.get(name, ())
    return Head(column, note, usual, "warning", fact.type == "integer")


def _type(fact: FactKind) -> str:
    if fact.type == "boolean":
        return "true or false."
    if fact.type == "integer":
        return f"A whole number, in {fact.unit}." if fact.unit else "A whole number."
    if fact.format in FARTHEST:
        return f"The {fact.format} in decimal degrees, such as 21.0386."
    return "Text."


def _spoken(pack: Pack) -> dict[str, tuple[str, ...]]:
    """Return the words that the pack's own laws use of facts without fixed words."""
    free = {n for n, f in pack.facts.items() if f.type == "text" and not f.values}
    found: dict[str, set[str]] = {name: set() for name in free - {"type"}}

    def walk(data: Any) -> None:  # noqa: ANN401 - the data of a TOML file
        if isinstance(data, list):
            for inner in data:
                walk(inner)
        elif isinstance(data, dict):
            for key, value in data.items():
                words = value if isinstance(value, list) else [value]
                if key in found and all(isinstance(word, str) for word in words):
                    found[key].update(word for word in words if word not in pack.facts)
                walk(value)

    walk({k: v for k, v in pack.data.items() if k not in {"nodes", "facts"}})
    posts = pack.questions.posts
    if posts.rank in found:
        found[posts.rank].update(posts.ranks)
    return {name: tuple(sorted(words)) for name, words in found.items() if words}
