"""Places whose state a plan changes, or leaves white: members, a group, a joint one.

The states are those of queries/places.py. Only places are looked at which the plan
touches: by what covers them, who is in that, or who lives there. Who lives in a place
is counted by the store, and what the plan changes is added.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..draft.own_bodies import led_above, own_bodies
from ..model import IN, OUT
from ..operations.members import homes
from ..pack import Places
from ..queries.library import Library
from ..queries.places import state_without_own
from ..queries.residents import Residents, residents
from .compared import Compared
from .model_people import PlaceState

OWN = "own"


class _Ground(NamedTuple):
    """The groups that cover places on one side of the plan, and their members.

    `led` are the bodies above groups that lead a place alone.
    """

    by: Mapping[str, list[str]]
    led: Mapping[str, Sequence[str]]
    joint: set[str]
    peopled: Collection[str]

    def own(self, place: str) -> list[str]:
        """Return the groups that serve a place alone, and the bodies of its own."""
        groups = [group for group in self.by.get(place, ()) if group not in self.joint]
        return [*groups, *self.led.get(place, ())]

    def is_doubtful(self, place: str) -> bool:
        """Whether no group of its own has members: then it counts who lives there."""
        return not any(group in self.peopled for group in self.own(place))


def place_states(compared: Compared, store: Library) -> tuple[PlaceState, ...]:
    """Return the places touched whose state is another, or isn't as it should be."""
    words, covers = compared.pack.questions.places, compared.pack.questions.covers
    if words is None or covers is None:
        return ()
    people = sorted(_people(compared, words))
    views = compared.before, compared.after
    lived_in = [homes(compared.before, words.home, people)] * 2
    if not compared.edges.keys().isdisjoint(words.home):
        lived_in[1] = homes(compared.after, words.home, people)
    touched = _touched(compared, words, covers, lived_in)
    if not touched:
        return ()
    grounds = [_ground(view, words, covers, touched) for view in views]
    moving = [_counted(v, words, h) for v, h in zip(views, lived_in, strict=True)]
    # Of a place where members live who move, and do so on both sides, no other matters.
    sure = {p: n for p, n in moving[0][0].items() if n and moving[1][0][p]}
    doubtful = sorted(
        place
        for place in touched - sure.keys()
        if any(ground.is_doubtful(place) for ground in grounds)
    )
    groups = {group for g in grounds for p in doubtful for group in g.by.get(p, ())}
    before = residents(store, doubtful, sorted(groups), compared.day)
    before.living.update(sure)
    lived = before, _changed(compared, words, moving, before)
    found = []
    for place in sorted(touched):
        sides = [
            _state(place, ground, some) if view.node(place) else None
            for view, ground, some in zip(views, grounds, lived, strict=True)
        ]
        if sides[0] != sides[1] or sides[1] != OWN:
            view = compared.after if compared.after.node(place) else compared.before
            found.append(PlaceState(place, words.place, view.name(place), *sides))
    return tuple(found)


def _people(compared: Compared, words: Places) -> set[str]:
    """Return the people whose membership or home the plan changes."""
    found = _sources(compared, words.member)
    for level, edge in enumerate(words.home):
        reached = _sources(compared, edge)
        for view in (compared.before, compared.after):
            here = reached
            for below in reversed(words.home[:level]):
                view.need_edges(here, [below], IN)
                rows = (r for node in here for r in view.live_edges(node, below, IN))
                here = {row.source for row in rows}
            found |= here
    return found


def _sources(compared: Compared, edge: str) -> set[str]:
    return {row.source for row in [*compared.gone(edge), *compared.come(edge)]}


Homes = Mapping[str, Collection[str]]
"""Where people live, on one side of the plan."""
Moving = tuple[Counter[str], Counter[str]]
"""How many members whom a plan moves live in each place; of a group, nowhere."""


def _touched(
    compared: Compared, words: Places, covers: str, lived_in: Sequence[Homes]
) -> set[str]:
    """Return the places that the plan touches on either side."""
    turned = [*compared.gone(covers), *compared.come(covers)]
    members = [*compared.gone(words.member), *compared.come(words.member)]
    groups = {row.source for row in turned} | {row.target for row in members}
    groups |= {n for n in {**compared.old, **compared.new} if n in compared.revised}
    places = {row.target for row in turned}.union(compared.newborn, compared.ended)
    parent = compared.pack.parent_edge(words.group) or ""
    below = groups | {r.target for r in compared.gone(parent) + compared.come(parent)}
    places |= led_above(compared.before, below)
    for view, lived in zip((compared.before, compared.after), lived_in, strict=True):
        view.need_nodes(groups)
        here = sorted(_of_kind(view, groups, words.group))
        view.need_edges(here, [covers], OUT)
        places |= {r.target for n in here for r in view.live_edges(n, covers, OUT)}
        places = places.union(*lived.values())
        view.need_nodes(places)
    either = (
        _of_kind(v, places, words.place) for v in (compared.before, compared.after)
    )
    return set[str]().union(*either)


def _of_kind(view: View, nodes: Iterable[str], kind: str) -> set[str]:
    return {node for node in nodes if (row := view.node(node)) and row.kind == kind}


def _ground(view: View, words: Places, covers: str, places: Collection[str]) -> _Ground:
    """Return what covers places, a frontier at a time."""
    asked = sorted(places)
    view.need_edges(asked, [covers], IN)
    rows = [row for place in asked for row in view.live_edges(place, covers, IN)]
    view.need_nodes(row.source for row in rows)
    groups = sorted(_of_kind(view, {row.source for row in rows}, words.group))
    view.need_edges(groups, [covers], OUT)
    view.need_edges(groups, [words.member], IN)
    served = {g: [r.target for r in view.live_edges(g, covers, OUT)] for g in groups}
    view.need_nodes(node for nodes in served.values() for node in nodes)
    by: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(rows):
        if row.source in served:
            by[row.target].append(row.source)
    joint = {
        group
        for group, nodes in served.items()
        if len(_of_kind(view, nodes, words.place)) > 1
        or _says_joint(view, words, group)
    }
    peopled = {g for g in groups if view.live_edges(g, words.member, IN)}
    led = own_bodies(view, [row for row in rows if row.source not in served])
    keys = [f"count:{kind}" for kind in view.pack.edges[words.member].ends]
    heads = view.below({body for some in led.values() for body in some})
    peopled |= {body for body, counts in heads.items() if any(map(counts.get, keys))}
    return _Ground(by, led, joint, peopled)


def _says_joint(view: View, words: Places, group: str) -> bool:
    row = view.node(group)
    return bool(row and words.joint and row.facts.get(words.joint) is True)


def _changed(
    compared: Compared, words: Places, moving: Sequence[Moving], before: Residents
) -> Residents:
    """Return who lives where after the plan: what was, and what it changes."""
    living, placeless = dict(before.living), dict(before.placeless)
    for counts, was, now in zip((living, placeless), *moving, strict=True):
        for node in sorted({*was, *now}):
            counts[node] = counts.get(node, 0) + now[node] - was[node]
    settled = compared.come(words.home[-1]) if words.home else []
    for row in settled:
        living.setdefault(row.target, 0)
    return Residents(living, placeless)


def _counted(view: View, words: Places, lived_in: Homes) -> Moving:
    """Return how many members live in each place, and how many of a group nowhere."""
    living, placeless = Counter[str](), Counter[str]()
    view.need_edges(lived_in, [words.member], OUT)
    for person, found in lived_in.items():
        rows = view.live_edges(person, words.member, OUT)
        if rows and found:
            living.update(found)
        elif rows:
            placeless.update(row.target for row in rows)
    return living, placeless


def _state(place: str, ground: _Ground, lived: Residents) -> str:
    if not ground.is_doubtful(place):
        return OWN
    groups, own = ground.by.get(place, []), ground.own(place)
    return state_without_own(
        lived.living.get(place),
        joint=not ground.joint.isdisjoint(groups),
        own=bool(own),
        perhaps=any(lived.placeless.get(group) for group in groups),
    )
