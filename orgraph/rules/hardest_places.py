"""Of the charges below one unit the hardest places go to those of the highest rank."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..draft.holding import full, posts_on
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT
from ..pack import Limit
from ..pack.limits import is_so
from .base import Reach, Rule
from .census import Census
from .limiting import limits_of, living_of, of_limit

LOWER_RANK = Code(
    code="HARDEST01",
    meaning="A hard place goes to a lower rank than an easier one beside it.",
    hint="Let the two change charges, or put somebody of that rank in charge, too.",
    severity="warning",
    structural=False,
)
NOT_KNOWN = Code(
    code="HARDEST02",
    meaning="The rank of who gets a hard place isn't known or not ordered.",
    severity="info",
    structural=False,
)


class Assigned(NamedTuple):
    """A unit that somebody is in charge of, and the highest rank of those who are.

    `place` is that of the rank in the pack's order: 0 is the highest, None unknown.
    """

    unit: str
    people: Sequence[str]
    place: int | None
    hard: bool


class HardestPlaces(Rule):
    """Of all charges in force below a unit, the hardest go to the highest rank."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Compare what stands below one unit, kind by kind, where charges change.

        What a plan doesn't touch is named just where it is only by what it touches that
        an easier place has the higher rank. Where it isn't known whether a place is
        hard, it isn't compared.
        """
        limits = limits_of(view.pack, view.day, self.name())
        if not limits or not view.pack.questions.posts.ranks:
            return
        touched = _touched(view, reach, {limit.kind for limit in limits})
        near = _near(view, touched)
        charge = view.pack.chain.charge
        view.need_edges(near, [charge], IN)
        charged = {
            unit: sorted({row.source for row in rows})
            for unit in near
            if (rows := view.live_edges(unit, charge, IN))
        }
        ranks = _ranks(view, {p for people in charged.values() for p in people})
        for limit in limits:
            for beside in _beside(view, limit, charged, ranks):
                yield from _lower(view, limit, beside, touched)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living nodes of the kinds that have limits."""
        return living_of(census, self.name())


def _touched(view: View, reach: Reach, kinds: Collection[str]) -> Collection[str]:
    """Return the units whose charges change, in an audit all of these kinds."""
    units = frozenset(reach.of(kinds))
    if reach.bearing is not None:
        changed = reach.bearing.keys.get(view.pack.chain.charge, ())
        units = units.intersection(str(target) for _, _, target, _ in changed)
    return frozenset(unit for unit in units if view.versions(unit))


def _near(view: View, touched: Collection[str]) -> list[str]:
    """Return the living units of a kind with these below what they are below."""
    view.need_parents(touched)
    edges: defaultdict[str, set[str]] = defaultdict(set)
    for unit in touched:
        above, edge = view.parent(unit), view.pack.parent_edge(view.kind(unit))
        if above is not None and edge is not None:
            edges[edge].add(above.target)
    found = set(touched)
    for edge, uppers in edges.items():
        view.need_edges(uppers, [edge], IN)
        found |= {r.source for up in uppers for r in view.live_edges(up, edge, IN)}
    view.need_nodes(found)
    kinds = {view.kind(unit) for unit in touched}
    living = {unit for unit in found if view.node(unit) is not None}
    return sorted(unit for unit in living if view.kind(unit) in kinds)


def _ranks(view: View, people: Collection[str]) -> dict[str, int]:
    """Return the highest rank of the posts that people fill, by its place in order."""
    asked = view.pack.questions.posts
    holds, order = view.pack.chain.holds, {r: n for n, r in enumerate(asked.ranks)}
    view.need_edges(people, [holds], OUT)
    held = {p: full(view, view.live_edges(p, holds, OUT)) for p in sorted(people)}
    posts = posts_on(view, {row.target for rows in held.values() for row in rows})
    found = {}
    for person, rows in held.items():
        known = [posts[row.target].row for row in rows if row.target in posts]
        said = [post.facts.get(asked.rank or "") for post in known]
        places = [
            order[rank] for rank in said if isinstance(rank, str) and rank in order
        ]
        if places:
            found[person] = min(places)
    return found


def _beside(
    view: View,
    limit: Limit,
    charged: Mapping[str, Sequence[str]],
    ranks: Mapping[str, int],
) -> list[list[Assigned]]:
    """Return what is judged by a limit, by the unit that it is below."""
    view.need_parents(charged)
    found: dict[str, list[Assigned]] = {}
    for unit, people in charged.items():
        row = view.node(unit)
        if row is None or row.kind != limit.kind:
            continue
        if any(row.facts.get(fact) is None for fact in limit.where):
            continue
        parent = view.parent(unit)
        place = min((ranks[p] for p in people if p in ranks), default=None)
        one = Assigned(unit, people, place, is_so(limit.where, row.facts))
        found.setdefault(parent.target if parent else "", []).append(one)
    return list(found.values())


def _lower(
    view: View, limit: Limit, beside: Sequence[Assigned], touched: Collection[str]
) -> Iterator[Finding]:
    """Yield the hard places whose rank is below the highest of an easier one."""
    easier = [one for one in beside if not one.hard and one.place is not None]
    if not easier:
        return
    best = min(easier, key=lambda one: (one.place, one.unit))
    kept = [one.place for one in easier if one.unit not in touched]
    settled = min((place for place in kept if place is not None), default=None)
    for one in beside:
        if not one.hard or one.place == best.place:
            continue
        if one.place is not None and best.place is not None and one.place < best.place:
            continue
        if one.unit not in touched and (
            one.place is None or (settled is not None and settled < one.place)
        ):
            continue
        yield _finding(view, limit, one, best)


def _finding(view: View, limit: Limit, one: Assigned, best: Assigned) -> Finding:
    names = view.pack.questions.posts.ranks
    rank = (
        say("unknown rank")
        if one.place is None
        else say("the rank {names}", names=names[one.place])
    )
    message = say(
        "In charge of {unit} is {who}, of {rank}, and of {unit_2}, which is easier, "
        "one of the rank {names}; {limit} wants none.",
        unit=view.shown(one.unit),
        who=", ".join(map(view.shown, one.people)),
        rank=rank,
        unit_2=view.shown(best.unit),
        names=names[best.place or 0],
        limit=limit.title,
    )
    code = NOT_KNOWN if one.place is None else LOWER_RANK
    return of_limit(code, limit, one.unit, message)
