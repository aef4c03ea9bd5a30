"""The units of a report: who moved, who takes whose place, and how each was and is."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from ..draft import View
from ..draft.carried import all_of
from ..model import NodeRow
from ..queries.library import plain_facts
from .compared import Compared
from .model import Passage, Side, Unit

Successors = dict[str, list[str]]


def successors(compared: Compared, *, undone: bool = False) -> Successors:
    """Return who succeeds whom by the plan, or did by what it takes back."""
    found: Successors = {}
    for before, after in compared.edges.get(compared.pack.lineage, ()):
        row = (before if after is None else None) if undone else after
        if row is not None:
            found.setdefault(row.source, []).append(row.target)
    return found


def passages(compared: Compared) -> tuple[Passage, ...]:
    """Return what the plan says of who takes whose place."""
    additive = compared.pack.additive
    edges = compared.edges.get(compared.pack.lineage, ())
    rows = [after for _, after in edges if after is not None]
    compared.before.need_nodes(row.source for row in rows)
    return tuple(
        Passage(
            row.source,
            _source_name(compared, row.source),
            row.target,
            str(row.facts.get("part")),
            {name: row.facts[name] for name in additive if name in row.facts},
            all_of(row.facts),
        )
        for row in rows
    )


def _source_name(compared: Compared, node: str) -> str:
    """Return the last name of what gives its place; people's stay with them."""
    if compared.pack.nodes[compared.kind(node)].is_private:
        return ""
    return _knowing(compared, node).name(node)


def _knowing(compared: Compared, node: str) -> View:
    """Return the view that knows a node: what is founded isn't known before."""
    known = compared.before.versions(node)
    return compared.before if known else compared.after


def moved(compared: Compared) -> list[str]:
    """Return what has another parent, other than one that took its place.

    What followed its unit into the unit's successor has not moved by itself, nor
    what returns with it.
    """
    before, after = compared.before, compared.after
    turned = {*compared.ended, *compared.newborn}
    replaced = _Replaced(compared)
    return [
        node
        for node in compared.turned
        if node not in turned
        and not replaced.by(*compared.parents[node])
        and before.node(node) is not None
        and after.node(node) is not None
    ]


class _Replaced:
    """Tells whether a parent's place was taken by another, or is taken back by it."""

    def __init__(self, compared: Compared) -> None:
        self.compared = compared
        self.forth = successors(compared)
        self.back = successors(compared, undone=True)
        self._known: dict[tuple[str | None, str | None], bool] = {}

    def by(self, old: str | None, new: str | None) -> bool:
        if old is None or new is None:
            return False
        known = self._known.get((old, new))
        if known is None:
            # What leaves a unit that lives on has moved, whoever has a part of that.
            left = self.compared.after.node(old) is None
            came = self.compared.before.node(new) is None
            known = (left and _leads(self.forth, old, new)) or (
                came and _leads(self.back, new, old)
            )
            self._known[old, new] = known
        return known


def units_of(
    compared: Compared, nodes: Sequence[str], changed: Collection[str]
) -> tuple[Unit, ...]:
    """Return the units that take part and all that stands above them.

    Posts and documents that moved or were revised (`changed`) are among them; no people
    are.
    """
    succeeding = successors(compared)
    named = {*nodes, *(node for node in compared.passing if node in succeeding)}
    for view in (compared.before, compared.after):
        for node in nodes:
            named.update(view.ancestors(node))
    for node in nodes:
        named.update(succeeding.get(node, ()))
    sources: Successors = {}
    for source, targets in sorted(succeeding.items()):
        for target in targets:
            sources.setdefault(target, []).append(source)
    units = []
    for node in sorted(named):
        kind = compared.kind(node)
        of_kind = compared.pack.nodes[kind]
        if of_kind.is_private or (of_kind.role != "unit" and node not in changed):
            continue
        units.append(
            Unit(
                id=node,
                kind=kind,
                before=_side(compared.before, node, compared.old),
                after=_side(compared.after, node, compared.new),
                sources=tuple(sources.get(node, ())),
                successors=tuple(succeeding.get(node, ())),
                passing=_side(compared.after, node, compared.passing)
                if node in compared.passing
                else None,
            )
        )
    return tuple(units)


def _leads(succeeding: Mapping[str, list[str]], source: str, target: str) -> bool:
    seen, frontier = set[str](), [source]
    while frontier:
        node = frontier.pop()
        if node == target:
            return True
        if node not in seen:
            seen.add(node)
            frontier += succeeding.get(node, [])
    return False


def _side(view: View, node: str, later: Mapping[str, NodeRow]) -> Side | None:
    """Return how a unit is on the day, or how it begins on a later one."""
    row = view.node(node) or later.get(node)
    if row is None:
        return None
    parent = view.parent(node)
    facts = plain_facts(row.facts)
    return Side(row.name, row.code, parent.target if parent else None, facts)


def standing(compared: Compared) -> dict[str, dict[str, int]]:
    """Return how many became what, by kind, being below another kind than before.

    Who lives on both sides is counted.
    """
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    kinds = {name: kind for name, kind in compared.pack.nodes.items() if kind.standing}
    for (kind, old, new), number in compared.turns.items():
        of_kind = kinds.get(kind)
        if of_kind and old and new:
            was, now = (of_kind.standing_below(compared.kind(n)) for n in (old, new))
            if now is not None and now != was:
                found[kind][now] += number
    return {kind: dict(words) for kind, words in sorted(found.items())}
