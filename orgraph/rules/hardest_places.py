"""Of what is assigned on one day the hardest places go to those of the highest rank."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT
from ..pack import Limit
from ..pack.limits import is_so
from .base import Reach, Rule
from .census import Census
from .forming import forming
from .holding import full, posts_on
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
    """A unit that somebody gets on the day, and the highest rank in charge of it.

    `place` is that of the rank in the pack's order: 0 is the highest, None unknown.
    """

    unit: str
    people: Sequence[str]
    place: int | None
    hard: bool


class HardestPlaces(Rule):
    """Where charges are assigned, the hardest places go to the highest rank."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Compare what is assigned on the day below one unit, kind by kind.

        Where it isn't known whether a place is hard, it isn't compared.
        """
        limits = limits_of(view.pack, view.day, self.name())
        if not limits or not view.pack.questions.posts.ranks:
            return
        charge = view.pack.chain.charge
        units = reach.borne({limit.kind for limit in limits}, into=[charge])
        view.need_edges(units, [charge, view.pack.lineage], IN)
        new: dict[str, Sequence[str]] = {}
        for unit in units:
            rows = view.live_edges(unit, charge, IN)
            begun = any(row.since == view.day for row in rows)
            if begun and view.node(unit) is not None and not forming(view, unit):
                new[unit] = sorted(row.source for row in rows)
        view.need_parents(new)
        ranks = _ranks(view, {person for people in new.values() for person in people})
        for limit in limits:
            for beside in _beside(view, limit, new, ranks):
                yield from _lower(view, limit, beside)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living nodes of the kinds that have limits."""
        return living_of(census, self.name())


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
    new: Mapping[str, Sequence[str]],
    ranks: Mapping[str, int],
) -> list[list[Assigned]]:
    """Return what is assigned and judged by a limit, by the unit that it is below."""
    found: dict[str, list[Assigned]] = {}
    for unit, people in new.items():
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


def _lower(view: View, limit: Limit, beside: Sequence[Assigned]) -> Iterator[Finding]:
    """Yield the hard places whose rank is below the highest of an easier one."""
    easier = [one for one in beside if not one.hard and one.place is not None]
    if not easier:
        return
    best = min(easier, key=lambda one: (one.place, one.unit))
    names = view.pack.questions.posts.ranks
    for one in beside:
        if not one.hard or one.place == best.place:
            continue
        if one.place is not None and best.place is not None and one.place < best.place:
            continue
        who = ", ".join(map(view.shown, one.people))
        rank = (
            "unknown rank"
            if one.place is None
            else say("the rank {names}", names=names[one.place])
        )
        message = say(
            "{unit} goes to {who}, of {rank}, and "
            "{unit_2}, which is easier, to one of the rank "
            "{names}; {limit} wants none.",
            unit=view.shown(one.unit),
            who=who,
            rank=rank,
            unit_2=view.shown(best.unit),
            names=names[best.place or 0],
            limit=limit.title,
        )
        code = NOT_KNOWN if one.place is None else LOWER_RANK
        yield of_limit(code, limit, one.unit, message)
