"""Who loses those in charge on the day, and who gets somebody of another tier."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from ..draft import View
from ..draft.holding import posts_on
from ..findings import Code, Finding
from ..language import either, listed, many, say
from ..model import IN, OUT, EdgeRow
from ..pack import Limit, Pack
from .base import Reach, Rule
from .census import Census
from .forming import forming, need_forming
from .limiting import is_for_node, limits_of, of_limit

NOBODY = Code(
    code="CHARGE01",
    meaning="Nobody is in charge any longer of what somebody was in charge of.",
    severity="warning",
    structural=False,
)
OTHER_TIER = Code(
    code="CHARGE02",
    meaning="Nobody of the tier that should be is in charge.",
    severity="warning",
    structural=False,
)


class ChargeCover(Rule):
    """Where somebody of a tier should be in charge, one is, after charges change.

    Households are looked at for a plan, and in no audit: nobody reads all of them.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at what charges begin or end with on the day, or lose their tier.

        What is formed of units of which somebody was in charge is looked at, too.
        Charges that follow a unit into another are as they were.
        """
        limits = _looked_at(view.pack, view.day, audit=reach.bearing is None)
        if not limits:
            return
        asked = _asked(view, reach, limits)
        held = _held(view, {p for limit, _, ps in asked if limit.within for p in ps})
        for limit, unit, people in asked:
            tiers = {kind for person in people for kind in held.get(person, ())}
            if not people or (limit.within and tiers.isdisjoint(limit.within)):
                yield _missing(view, limit, unit, people)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living nodes of the kinds that have limits."""
        limits = _looked_at(census.pack, census.day, audit=True)
        return census.living({limit.kind for limit in limits})


def _looked_at(pack: Pack, day: date, *, audit: bool) -> list[Limit]:
    """Return the limits in force, in an audit those of units alone."""
    name = ChargeCover.name()
    heads = pack.heads if audit else frozenset()
    return [limit for limit in limits_of(pack, day, name) if limit.kind not in heads]


def _asked(
    view: View, reach: Reach, limits: Sequence[Limit]
) -> list[tuple[Limit, str, set[str]]]:
    """Return the living units to look at, with each limit and who is in charge."""
    day, charge, lineage = view.day, view.pack.chain.charge, view.pack.lineage
    tiers = {limit.kind for limit in limits if limit.within}
    within = {kind for limit in limits for kind in limit.within}
    units = _units(view, reach, limits, within)
    view.need_edges(units, [charge, lineage], IN)
    heirs = [unit for unit in units if view.edges(unit, lineage, IN)]
    need_forming(view, heirs)
    givers = {u: f.givers for u in heirs if (f := forming(view, u)) is not None}
    view.need_edges({g for some in givers.values() for g in some}, [charge], IN)
    charged = {u: rows for u in units if (rows := view.edges(u, charge, IN))}
    watching = {
        unit: {row.source for row in rows if row.since <= day < row.until}
        for unit, rows in charged.items()
    }
    told = [u for u in charged if view.versions(u) and view.kind(u) in tiers]
    lost = _lost_tiers(view, {p for u in told for p in watching[u]}, within)
    found = {}
    for unit in charged.keys() | givers.keys():
        people = watching.get(unit, set())
        turning = any(day in (row.since, row.until) for row in charged.get(unit, ()))
        watched = any(_was_watched(view, giver) for giver in givers.get(unit, ()))
        fallen = {kind for person in people for kind in lost.get(person, ())}
        is_new = (turning or watched) and not (people and unit in givers)
        if is_new or fallen:
            found[unit] = people, is_new, fallen
    view.need_parents(found)
    view.need_nodes(row.target for unit in found if (row := view.parent(unit)))
    return [
        (limit, unit, people)
        for unit, (people, is_new, fallen) in sorted(found.items())
        if view.node(unit)
        for limit in limits
        if (is_new or not fallen.isdisjoint(limit.within))
        and is_for_node(view, limit, unit)
    ]


def _units(
    view: View, reach: Reach, limits: Sequence[Limit], within: Collection[str]
) -> list[str]:
    """Return the units on which a plan bears, also by the posts of who watches."""
    names, people = view.pack.chain, view.pack.people
    kinds = {limit.kind for limit in limits}
    found = set(reach.borne(kinds, into=[names.charge, view.pack.lineage]))
    if reach.bearing is not None and people is not None:
        movers = reach.borne([people.person], out=[names.holds])
        fallen = _lost_tiers(view, movers, within)
        view.need_edges(fallen, [names.charge], OUT)
        near = {r.target for p in fallen for r in view.live_edges(p, names.charge, OUT)}
        tiers = {limit.kind for limit in limits if limit.within}
        view.need_nodes(near)
        found |= {n for n in near if (row := view.node(n)) and row.kind in tiers}
    return sorted(found)


def _was_watched(view: View, unit: str) -> bool:
    """Tell whether somebody was in charge of a unit until the day."""
    rows = view.edges(unit, view.pack.chain.charge, IN)
    return any(row.since < view.day <= row.until for row in rows)


def _lost_tiers(
    view: View, people: Collection[str], kinds: Collection[str]
) -> dict[str, set[str]]:
    """Return the kinds, among these, of units in which people lose posts on the day."""
    holds, seat = view.pack.chain.holds, view.pack.chain.seat
    view.need_edges(people, [holds], OUT)
    left = {
        person: [r.target for r in view.edges(person, holds, OUT) if _ends(view, r)]
        for person in people
    }
    posts = {post for some in left.values() for post in some}
    view.need_edges(posts, [seat], OUT)
    seats = {
        post: [r.target for r in view.edges(post, seat, OUT) if r.since < view.day]
        for post in posts
    }
    view.need_parents({unit for units in seats.values() for unit in units})
    tiers = {
        post: {kind for unit in units for kind in _tier(view, unit)}
        for post, units in seats.items()
    }
    lost = {
        person: {kind for post in some for kind in tiers[post] if kind in kinds}
        for person, some in left.items()
    }
    return {person: some for person, some in lost.items() if some}


def _ends(view: View, row: EdgeRow) -> bool:
    return row.since < row.until == view.day


def _tier(view: View, unit: str) -> set[str]:
    """Return the kind of a unit, and that of what it leads where it is such a body."""
    rows, people = view.versions(unit), view.pack.people
    found = {rows[0].kind} if rows else set()
    above = view.parent(unit)
    if people is not None and found == {people.lead} and above is not None:
        found.update(row.kind for row in view.versions(above.target)[:1])
    return found


def _missing(view: View, limit: Limit, unit: str, people: Collection[str]) -> Finding:
    """Return what is said of a unit that nobody is in charge of, or none of a tier."""
    shown = view.shown(unit)
    if not people:
        message = say(
            "Nobody is in charge of {shown} any longer; {limit} wants one.",
            shown=shown,
            limit=limit.title,
        )
        return of_limit(NOBODY, limit, unit, message)
    message = many(
        len(people),
        "In charge of {shown} is {named}, who holds no post in a "
        "{within}; {limit} wants one who does.",
        "In charge of {shown} are {named}, of whom none holds a post in a "
        "{within}; {limit} wants one who does.",
        shown=shown,
        named=listed(sorted(people)),
        within=either(view.pack.nodes[kind].label for kind in limit.within),
        limit=limit.title,
    )
    return of_limit(OTHER_TIER, limit, unit, message)


def _held(view: View, people: Collection[str]) -> dict[str, set[str]]:
    """Return the kinds of the units in which people hold posts on the day."""
    holds = view.pack.chain.holds
    view.need_edges(people, [holds], OUT)
    held = {p: [r.target for r in view.live_edges(p, holds, OUT)] for p in people}
    posts = posts_on(view, {post for some in held.values() for post in some})
    return {
        person: {posts[post].kind for post in some if post in posts}
        for person, some in held.items()
    }
