"""What a schema pack may not say: names without meaning, words that never apply."""

from collections.abc import Iterator

from ..model.facts import PRECISION, UNTIL_PRECISION
from .degree_checks import degree_problems
from .kinds import EVENTS, EdgeKind, End, Event
from .mirror_checks import mirror_problems
from .models import Pack
from .people import people_problems
from .privacy import privacy_problems
from .problems import Keys, Problem, unknown
from .question_checks import question_problems

DATES = ("date", "year")
"""The formats of what comes before or after something."""


def pack_problems(pack: Pack) -> Iterator[Problem]:
    """Yield a problem for each contradiction in a pack."""
    yield from _names(pack)
    yield from _facts(pack)
    yield from _parents(pack)
    yield from _standing(pack)
    yield from privacy_problems(pack)
    yield from question_problems(pack)
    yield from people_problems(pack)
    yield from degree_problems(pack)
    yield from mirror_problems(pack)
    for name, edge in pack.edges.items():
        for end in ("source", "target"):
            yield from _words(pack, name, edge, end)


def _names(pack: Pack) -> Iterator[Problem]:
    for name, node in pack.nodes.items():
        yield from unknown(("nodes", name, "facts"), node.facts, pack.facts)
        yield from unknown(("nodes", name, "becomes"), node.becomes, pack.nodes)
    for name, edge in pack.edges.items():
        at: Keys = ("edges", name)
        ends = {*edge.ends, *(kind for kinds in edge.ends.values() for kind in kinds)}
        yield from unknown((*at, "ends"), ends, pack.nodes)
        yield from unknown((*at, "facts"), edge.facts, pack.facts)
        for place, case in enumerate(edge.cases):
            yield from unknown((*at, "cases", place, "kinds"), case.kinds, pack.nodes)
            yield from unknown((*at, "cases", place, "where"), case.where, pack.facts)
        if edge.unique_by is not None:
            yield from unknown((*at, "unique_by"), [edge.unique_by], pack.facts)
    named = {
        ("lineage",): pack.lineage,
        ("basis", "edge"): pack.basis.edge,
        ("chain", "holds"): pack.chain.holds,
        ("chain", "seat"): pack.chain.seat,
        ("chain", "charge"): pack.chain.charge,
    }
    for path, edge_kind in named.items():
        yield from unknown(path, [edge_kind], pack.edges)
    yield from unknown(("basis", "document"), [pack.basis.document], pack.nodes)


def _facts(pack: Pack) -> Iterator[Problem]:
    for name in sorted({PRECISION, UNTIL_PRECISION} & pack.facts.keys()):
        yield ("facts", name), f"the fact {name} is orgraph's own"
    for name, fact in pack.facts.items():
        at = ("facts", name)
        yield from unknown((*at, "carried_by"), fact.carried_by, pack.nodes)
        if fact.additive != bool(fact.carried_by):
            yield at, "a fact is additive only where it says who carries it"
        if fact.additive and fact.type != "integer":
            yield (*at, "type"), "the fact is additive, so its type is integer"
        yield from _dates(pack, name)
        if fact.follows and fact.type != "boolean":
            yield (*at, "type"), "the fact follows, so its type is boolean"
        for kind in fact.carried_by:
            if kind in pack.nodes and name not in pack.nodes[kind].facts:
                what = f"it is carried by {kind}, which doesn't have it"
                yield (*at, "carried_by"), what


def _dates(pack: Pack, name: str) -> Iterator[Problem]:
    """Yield a format that the type can't have, and an order of what is no date."""
    fact, at = pack.facts[name], ("facts", name)
    if fact.format is not None:
        wanted = "integer" if fact.format == "year" else "text"
        if fact.type != wanted:
            yield (*at, "type"), f"the fact is a {fact.format}, so its type is {wanted}"
    if fact.after and fact.format not in DATES:
        yield (*at, "after"), "what comes after another has the format of a date"
    yield from unknown((*at, "after"), fact.after, pack.facts)
    for other in fact.after:
        if other in pack.facts and pack.facts[other].format not in DATES:
            yield (*at, "after"), f"{other} has no format: it is no date"


def _parents(pack: Pack) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for name, edge in pack.edges.items():
        if not edge.contains:
            continue
        at = ("edges", name)
        if edge.targets not in {"1", "0..1"}:
            what = f"{name} leads to a parent, so a source has one target at the most"
            yield (*at, "targets"), what
        for kind in edge.ends:
            if owner.setdefault(kind, name) != name:
                what = f"{kind} would have two parents, by {owner[kind]} and {name}"
                yield (*at, "ends", kind), what


def _standing(pack: Pack) -> Iterator[Problem]:
    """A node has at most one word by what it is below, which it can be."""
    for name, node in pack.nodes.items():
        edge = pack.parent_edge(name)
        above = pack.edges[edge].ends[name] if edge else ()
        held: set[str] = set()
        for word, kinds in node.standing.items():
            at: Keys = ("nodes", name, "standing", word)
            for kind in kinds:
                if kind not in above:
                    yield at, f"a {name} is never directly below a {kind}"
                if kind in held:
                    yield at, f"what it is below a {kind} is said twice"
                held.add(kind)


def _words(pack: Pack, name: str, edge: EdgeKind, end: End) -> Iterator[Problem]:
    """Every event that can happen has its word, and no other has one."""
    if end == "source":
        kinds = set(edge.ends)
    else:
        kinds = {kind for targets in edge.ends.values() for kind in targets}
    possible = _possible_events(pack, kinds)
    words = edge.on_source if end == "source" else edge.on_target
    at: Keys = ("edges", name, f"on_{end}")
    for event in EVENTS:
        if event in possible and event not in words and event != "moved":
            yield at, f"{name} doesn't say what becomes of it at its {end} when {event}"
        if event in words and event not in possible:
            yield (*at, event), f"{name} speaks of {event}, which can't happen there"
        if words.get(event) == "follow" and event in {"tier_abolished", "moved"}:
            what = f"{name} can't follow: after {event} there is no successor"
            yield (*at, event), what
    for place, case in enumerate(edge.cases):
        if case.end == end and case.event not in possible:
            what = f"{name} speaks of {case.event}, which can't happen there"
            yield ("edges", name, "cases", place), what


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
