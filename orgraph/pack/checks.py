"""What a schema pack may not say: names without meaning, words that never apply."""

from collections.abc import Iterable, Iterator

from ..model.facts import PRECISION, UNTIL_PRECISION
from .kinds import EVENTS, EdgeKind, End, Event
from .models import Pack

AREA_TAGS = frozenset({"border", "island", "ethnic_minority", "religious"})
"""Tags of territory: a pack that gives one to a person is refused."""


def pack_problems(pack: Pack) -> Iterator[str]:
    """Yield a sentence for each contradiction in a pack."""
    yield from _names(pack)
    yield from _facts(pack)
    yield from _parents(pack)
    yield from _people(pack)
    for name, edge in pack.edges.items():
        for end in ("source", "target"):
            yield from _words(pack, name, edge, end)


def _unknown(what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for name in sorted(set(names) - set(known)):
        yield f"{what} names {name!r}, which the pack doesn't declare"


def _names(pack: Pack) -> Iterator[str]:
    for name, node in pack.nodes.items():
        yield from _unknown(f"node kind {name}", node.facts, pack.facts)
        yield from _unknown(f"becomes of {name}", node.becomes, pack.nodes)
    for name, edge in pack.edges.items():
        ends = {*edge.ends, *(kind for kinds in edge.ends.values() for kind in kinds)}
        yield from _unknown(f"edge kind {name}", ends, pack.nodes)
        yield from _unknown(f"edge kind {name}", edge.facts, pack.facts)
        for case in edge.cases:
            yield from _unknown(f"a case of {name}", case.kinds, pack.nodes)
            yield from _unknown(f"a case of {name}", case.where, pack.facts)
        if edge.unique_by is not None:
            yield from _unknown(f"unique_by of {name}", [edge.unique_by], pack.facts)
    for threshold in pack.thresholds:
        yield from _unknown(f"threshold {threshold.id}", [threshold.kind], pack.nodes)
        named = [threshold.fact, *threshold.where]
        yield from _unknown(f"threshold {threshold.id}", named, pack.facts)
    chain = pack.chain
    edges = [pack.lineage, pack.basis.edge, chain.holds, chain.seat, chain.charge]
    yield from _unknown("the pack", edges, pack.edges)
    yield from _unknown("the pack", [pack.basis.document], pack.nodes)


def _facts(pack: Pack) -> Iterator[str]:
    for name in sorted({PRECISION, UNTIL_PRECISION} & pack.facts.keys()):
        yield f"the fact {name} is orgraph's own"
    for name, fact in pack.facts.items():
        yield from _unknown(f"fact {name}", fact.carried_by, pack.nodes)
        if fact.additive != bool(fact.carried_by):
            yield f"fact {name} is additive only where it says who carries it"
        if fact.additive and fact.type != "integer":
            yield f"fact {name} is additive, so its type is integer"
        for kind in fact.carried_by:
            if kind in pack.nodes and name not in pack.nodes[kind].facts:
                yield f"fact {name} is carried by {kind}, which doesn't have it"


def _parents(pack: Pack) -> Iterator[str]:
    owner: dict[str, str] = {}
    for name, edge in pack.edges.items():
        if not edge.contains:
            continue
        if edge.targets not in {"1", "0..1"}:
            yield f"{name} leads to a parent, so a source has one target at the most"
        for kind in edge.ends:
            if owner.setdefault(kind, name) != name:
                yield f"{kind} would have two parents, by {owner[kind]} and {name}"


def _people(pack: Pack) -> Iterator[str]:
    for name, node in pack.nodes.items():
        if node.is_private:
            for tag in sorted(AREA_TAGS.intersection(node.facts)):
                yield f"{tag} belongs to territory, never to a {name}"


def _words(pack: Pack, name: str, edge: EdgeKind, end: End) -> Iterator[str]:
    """Every event that can happen has its word, and no other has one."""
    if end == "source":
        kinds = set(edge.ends)
    else:
        kinds = {kind for targets in edge.ends.values() for kind in targets}
    possible = _possible_events(pack, kinds)
    words = edge.on_source if end == "source" else edge.on_target
    for event in EVENTS:
        if event in possible and event not in words and event != "moved":
            yield f"{name} doesn't say what becomes of it at its {end} when {event}"
        if event in words and event not in possible:
            yield f"{name}.on_{end} speaks of {event}, which can't happen there"
        if words.get(event) == "follow" and event in {"tier_abolished", "moved"}:
            yield f"{name}.on_{end} can't follow: after {event} there is no successor"
    for case in edge.cases:
        if case.end == end and case.event not in possible:
            yield f"a case of {name} speaks of {case.event}, which can't happen there"


def _possible_events(pack: Pack, kinds: set[str]) -> set[Event]:
    known = [pack.nodes[kind] for kind in kinds if kind in pack.nodes]
    possible: set[Event] = {"closed"}
    if any(kind.becomes for kind in known):
        possible |= {"merged", "absorbed", "split"}
    if any(kind.tier for kind in known):
        possible.add("tier_abolished")
    if any(pack.parent_edge(kind) for kind in kinds):
        possible.add("moved")
    return possible
