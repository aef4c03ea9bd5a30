"""What a pack may not say of where units lie on a map."""

from collections.abc import Collection, Iterator

from ..model.degrees import FARTHEST
from .models import Pack
from .problems import Keys, Problem, unknown


def degree_problems(pack: Pack) -> Iterator[Problem]:
    """Yield a problem for each fact in degrees that isn't a unit's, or shows nothing.

    Where people live is nobody's to put on a map, and half a point is no point.
    """
    degrees = {name for name, fact in pack.facts.items() if fact.format in FARTHEST}
    for kind, node in pack.nodes.items():
        for name in degrees.intersection(node.facts) if node.role != "unit" else ():
            yield ("nodes", kind, "facts"), f"{name} is a unit's, and {kind} is none"
    if pack.map is None:
        return
    facts = {"longitude": pack.map.longitude, "latitude": pack.map.latitude}
    at: Keys = ("map",)
    wrong = False
    for key, name in facts.items():
        if name not in pack.facts or pack.facts[name].format != key:
            wrong = True
            yield from unknown((*at, key), [name], pack.facts)
            if name in pack.facts:
                yield (*at, key), f"{name} doesn't have the format {key}"
    if not wrong:
        yield from _whole_points(pack, facts.values())


def _whole_points(pack: Pack, facts: Collection[str]) -> Iterator[Problem]:
    has = {kind: len({*facts} & {*node.facts}) for kind, node in pack.nodes.items()}
    if not any(has.values()):
        yield ("map",), "no kind has these facts"
    for kind, number in has.items():
        if number == 1:
            what = f"{kind} has one of {' and '.join(facts)}, not the other"
            yield ("nodes", kind, "facts"), what
