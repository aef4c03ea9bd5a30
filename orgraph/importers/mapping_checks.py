"""Checks a mapping against the schema pack of a store: its kinds and its facts."""

from collections.abc import Iterator

from ..errors import InputError
from ..near_names import did_you_mean
from ..pack import Pack
from .mapping import EdgeRows, Mapped, NodeRows, groups
from .places import in_order


def check_against(mapped: Mapped, pack: Pack) -> None:
    """Raise InputError with every name that the pack doesn't have."""
    problems = []
    for number, table in enumerate(mapped.said.tables):
        if table.fields:
            place = mapped.place("tables", number, "fields")
            problems.append(f"{place}: fields are for orgraph draft; give nodes, edges")
        for group, at, rows in groups(table):
            for key, what in _wrong(rows, pack):
                place = mapped.place("tables", number, group, at, *key)
                problems.append(f"{place}: {what}")
    if problems:
        raise InputError(*in_order(problems, [mapped.file]))


def _wrong(
    rows: NodeRows | EdgeRows, pack: Pack
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the kinds and facts that the pack doesn't have."""
    known = pack.nodes if isinstance(rows, NodeRows) else pack.edges
    kind = rows.kind.value
    if kind is not None and kind not in known:
        what = "kind" if isinstance(rows, NodeRows) else "kind of edge"
        yield ("kind",), f"there is no {what} {kind}{did_you_mean(str(kind), known)}"
    facts = list(pack.facts)
    if isinstance(kind, str) and kind in known:
        facts = list(known[kind].facts)
    for fact in rows.facts:
        if fact not in facts:
            hint = did_you_mean(fact, facts)
            of = f"{kind} has" if kind in known else "there is"
            yield ("facts", fact), f"{of} no fact {fact}{hint}"
    if isinstance(rows, EdgeRows):
        for end in ("source", "target"):
            named = getattr(rows, end).kind
            if named is not None and named not in pack.nodes:
                hint = did_you_mean(named, pack.nodes)
                yield (end, "kind"), f"there is no kind {named}{hint}"
