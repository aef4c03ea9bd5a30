"""What the mirrors of a pack may not say: bodies that can't cover, end or become."""

from collections.abc import Iterator, Mapping

from .asked import Value, Where
from .mirrors import Becomes, Mirror, United
from .models import Pack
from .problems import Keys, Problem, unknown


def mirror_problems(pack: Pack) -> Iterator[Problem]:
    """Yield a problem for each mirror that contradicts the rest of the pack."""
    held: set[str] = set()
    for place, mirror in enumerate(pack.mirrors):
        at: Keys = ("mirrors", place)
        named = [*_names(pack, at, mirror)]
        yield from named
        if mirror.unit in held:
            yield (*at, "unit"), f"what covers a {mirror.unit} is said twice"
        held.add(mirror.unit)
        if not named:
            yield from _bodies(pack, at, mirror)
            for number, becomes in enumerate(mirror.becomes):
                yield from _becomes(pack, (*at, "becomes", number), mirror, becomes)
            yield from _united(pack, at, mirror)


def _names(pack: Pack, at: Keys, mirror: Mirror) -> Iterator[Problem]:
    yield from unknown((*at, "unit"), [mirror.unit], pack.nodes)
    yield from unknown((*at, "edge"), [mirror.edge], pack.edges)
    yield from unknown((*at, "bodies"), mirror.bodies, pack.nodes)
    yield from unknown((*at, "instead"), mirror.instead, pack.nodes)
    united = [one.kind for one in mirror.unite]
    yield from unknown((*at, "unite"), united, pack.nodes)
    for place, one in enumerate(mirror.becomes):
        here: Keys = (*at, "becomes", place)
        yield from unknown((*here, "kind"), [one.kind], pack.nodes)
        below = () if one.below is None else (one.below,)
        yield from unknown((*here, "below"), below, pack.nodes)


def _bodies(pack: Pack, at: Keys, mirror: Mirror) -> Iterator[Problem]:
    """Each body may cover the unit, and end with a tier where it becomes nothing."""
    if not mirror.bodies:
        yield (*at, "bodies"), "no kind of body is named"
    for kind in mirror.instead:
        if not pack.may_join(mirror.edge, kind, mirror.unit):
            what = f"{mirror.edge} doesn't lead from {kind} to {mirror.unit}"
            yield (*at, "instead"), what
        if kind in mirror.bodies:
            yield (*at, "instead"), f"{kind} is among the bodies already"
    for kind in mirror.bodies:
        if not pack.may_join(mirror.edge, kind, mirror.unit):
            what = f"{mirror.edge} doesn't lead from {kind} to {mirror.unit}"
            yield (*at, "bodies"), what
        if not mirror.becomes and not pack.nodes[kind].tier:
            what = f"{kind} is no tier, so it can't end with its {mirror.unit}"
            yield (*at, "bodies"), what
        yield from _where(pack, (*at, "where"), kind, mirror.where)


def _becomes(pack: Pack, at: Keys, mirror: Mirror, one: Becomes) -> Iterator[Problem]:
    """What bodies become may cover the unit, and some of them may become it."""
    if not pack.may_join(mirror.edge, one.kind, mirror.unit):
        what = f"{mirror.edge} doesn't lead from {one.kind} to {mirror.unit}"
        yield (*at, "kind"), what
    if not any(one.kind in pack.nodes[kind].becomes for kind in mirror.bodies):
        what = f"none of {', '.join(mirror.bodies)} may become a {one.kind}"
        yield (*at, "kind"), what
    edge = pack.parent_edge(mirror.unit)
    above = pack.edges[edge].ends[mirror.unit] if edge else ()
    if one.below is not None and one.below not in above:
        what = f"a {mirror.unit} is never directly below a {one.below}"
        yield (*at, "below"), what
    if _is_twice(mirror, one):
        yield (*at, "below"), "what they become is said twice"
    yield from _where(pack, (*at, "of"), mirror.unit, one.of)
    yield from _named(at, one)
    yield from _facts(pack, (*at, "facts"), one.kind, one.facts)


def _is_twice(mirror: Mirror, one: Becomes) -> bool:
    """Tell whether another word holds for units that this one means."""
    others = [o for o in mirror.becomes if o is not one and o.below == one.below]
    return any(
        all(
            not {*_values(one.of[name])}.isdisjoint(_values(other.of[name]))
            for name in one.of.keys() & other.of.keys()
        )
        for other in others
    )


def _where(pack: Pack, at: Keys, kind: str, where: Where) -> Iterator[Problem]:
    for name, wanted in where.items():
        for value in _values(wanted):
            yield from _facts(pack, at, kind, {name: value})


def _values(wanted: Value | tuple[Value, ...]) -> tuple[Value, ...]:
    return wanted if isinstance(wanted, tuple) else (wanted,)


def _facts(
    pack: Pack, at: Keys, kind: str, facts: Mapping[str, Value]
) -> Iterator[Problem]:
    node = pack.nodes[kind]
    for name, value in facts.items():
        if name not in node.facts:
            yield at, f"a {kind} has no fact {name}"
            continue
        known = node.types if name == "type" else pack.facts[name].values
        if known and value not in known:
            yield at, f"{name} of a {kind} is never {value!r}"


def _named(at: Keys, one: Becomes | United) -> Iterator[Problem]:
    if one.name.count("{name}") != 1:
        yield (*at, "name"), "{name} is wanted once, for the name of the new unit"


def _united(pack: Pack, at: Keys, mirror: Mirror) -> Iterator[Problem]:
    """Those united stand below the bodies, and may become one of their own kind."""
    for place, one in enumerate(mirror.unite):
        here: Keys = (*at, "unite", place)
        edge = pack.parent_edge(one.kind)
        above = pack.edges[edge].ends[one.kind] if edge else ()
        if not set(mirror.bodies) & set(above):
            what = f"a {one.kind} is never below {' or '.join(mirror.bodies)}"
            yield (*here, "kind"), what
        if one.kind not in pack.nodes[one.kind].becomes:
            yield (*here, "kind"), f"a {one.kind} may not become a {one.kind}"
        yield from _named(here, one)
