"""Groups as limits judge them: which ones, how many members count, what is said."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from ..draft import View
from ..findings import Code, Finding
from ..language import laid, many, say
from ..model import IN, OUT, Facts
from ..pack import Limit, Pack
from .base import Reach
from .census import Census
from .peopled import known_empty, newly_beside_people


class Size(NamedTuple):
    """How many members count for certain, and of how many more it isn't known."""

    sure: int
    unknown: int

    @property
    def most(self) -> int:
        """How many it may be."""
        return self.sure + self.unknown

    @property
    def shown(self) -> str:
        """The number, or the two that it lies between."""
        if not self.unknown:
            return laid("{n:,}", n=self.sure)
        return say("{sure:,} to {most:,}", sure=self.sure, most=self.most)

    @property
    def official(self) -> str:
        """So many official members, in words."""
        if self.unknown:
            return say("{size} official members", size=self.shown)
        return many(self.sure, "{n:,} official member", "{n:,} official members")

    @property
    def members(self) -> str:
        """So many members, in words."""
        if self.unknown:
            return say("{size} members", size=self.shown)
        return many(self.sure, "{n:,} member", "{n:,} members")

    @property
    def months(self) -> str:
        """So many months, in words."""
        if self.unknown:
            return say("{size} months", size=self.shown)
        return many(self.sure, "{n:,} month", "{n:,} months")


Verdict = Literal["few", "many", "unknown", "well"]


def limits_of(pack: Pack, day: date, rule: str) -> Sequence[Limit]:
    """Return the limits of a rule on a day."""
    return pack.limits_on(rule, day)


def judged(limit: Limit, size: Size) -> Verdict:
    """Say whether a number is too small or too large, or may be either."""
    least, most = limit.at_least or 0, limit.at_most
    if size.most < least:
        return "few"
    if most is not None and size.sure > most:
        return "many"
    if size.sure < least or (most is not None and size.most > most):
        return "unknown"
    return "well"


def is_for_node(view: View, limit: Limit, node: str) -> bool:
    """Tell whether a limit is meant for a node: its kind, and what it is below."""
    if view.kind(node) != limit.kind:
        return False
    if limit.standing is None:
        return True
    parent = view.parent(node)
    return parent is not None and _standing(view, limit.kind, parent.target) == (
        limit.standing
    )


def _standing(view: View, kind: str, above: str) -> str | None:
    """Return what nodes of a kind are directly below a unit; asked once for all."""
    place = ("standing", kind, above)
    if place not in view.memo:
        there = bool(view.versions(above))
        node = view.pack.nodes[kind]
        view.memo[place] = node.standing_below(view.kind(above)) if there else None
    word = view.memo[place]
    return word if isinstance(word, str) else None


def breach(  # noqa: PLR0913 - what is said of whom, and by how much
    code: Code, view: View, limit: Limit, node: str, has: str, *, size: Size
) -> Finding:
    """Return what is said of a node that keeps a limit not, having so many."""
    message = say(
        "{node} has {has}; {limit} wants {bounds}.",
        node=view.shown(node),
        has=has,
        limit=limit.title,
        bounds=limit.bounds,
    )
    return of_limit(code, limit, node, message, size)


def of_limit(
    code: Code, limit: Limit, node: str, message: str, size: Size | None = None
) -> Finding:
    """Return a finding about a limit, as strict as the pack says.

    `size` is what is judged: a breach that grows is new, though there was one before.
    """
    return code.at(
        node,
        message,
        hint=limit.exemptions or None,
        source=limit.source,
        severity=limit.severity if code.severity != "info" else "info",
        about=limit.id,
        missed=() if size is None else (_missed(limit, size),),
    )


def _missed(limit: Limit, size: Size) -> int:
    """Return by how many a number is too small or too large for certain."""
    over = 0 if limit.at_most is None else size.sure - limit.at_most
    return max((limit.at_least or 0) - size.most, over)


def living_of(census: Census, rule: str) -> Iterator[str]:
    """Yield the living nodes of the kinds that have limits on the day."""
    asked = limits_of(census.pack, census.day, rule)
    return census.living({limit.kind for limit in asked})


def groups_in(view: View, reach: Reach, *also: str) -> list[str]:
    """Return the groups whose members or life change; `also` by edges into them.

    So they do where what is said of a member is another, or of who is joined to them by
    such an edge. That a group gets another parent changes neither, but that it comes
    beside people may tell that it is empty. In an audit they are all.
    """
    places, people = view.pack.questions.places, view.pack.people
    if places is None or people is None:
        return []
    found = set(reach.borne([places.group], into=(places.member, *also)))
    if reach.bearing is not None:
        found |= newly_beside_people(reach.bearing)
        here = reach.by_kind.get(people.person, ())
        revised = sorted({*here}.intersection(reach.bearing.revised))
        kinds, all_ = (places.member, *also), view.pack.edges
        edges = [kind for kind in kinds if people.person in all_[kind].ends]
        view.need_edges(revised, edges, OUT)
        rows = (r for n in revised for edge in edges for r in view.edges(n, edge, OUT))
        found.update(r.target for r in rows if r.since <= view.day <= r.until)
        view.need_nodes(found)
    return sorted(group for group in found if view.node(group) is not None)


def sizes(view: View, groups: Sequence[str], *also: str) -> dict[str, Size]:
    """Return how many official members living groups have; `also` by edges into them.

    A group in which nobody is recorded is left out, but where it is known to be empty:
    stores may hold organisations without their people.
    """
    places, people = view.pack.questions.places, view.pack.people
    if places is None or people is None:
        return {}
    edges = (places.member, *also)
    view.need_edges(groups, edges, IN)
    empty = [g for g in groups if not view.live_edges(g, places.member, IN)]
    left_out = set(empty) - known_empty(view, empty)
    living = {g: _living(view, g, edges) for g in groups if g not in left_out}
    view.need_nodes({person for some in living.values() for person in some})
    return {group: _size(view, some) for group, some in living.items()}


def own_size(view: View, group: str) -> Size:
    """Return how many official members a group has, without those who attend it."""
    places = view.pack.questions.places
    return _size(view, _living(view, group, (places.member,) if places else ()))


def _size(view: View, some: Iterable[str]) -> Size:
    """Count people who were read; candidates attend groups, too, and are no members."""
    people = view.pack.people
    if people is None:
        return Size(0, 0)
    kind = people.person
    return counted(
        [row.facts for one in some if (row := view.node(one)) and row.kind == kind],
        people.official,
    )


def _living(view: View, group: str, edges: Sequence[str]) -> list[str]:
    """Return who reaches a group by such edges, each once."""
    rows = (row for edge in edges for row in view.live_edges(group, edge, IN))
    return list(dict.fromkeys(row.source for row in rows))


def sized(view: View, members: Iterable[str], official: str | None) -> Size:
    """Count people by whether they are official; all count where no fact says it."""
    if official is None:
        return Size(len(list(members)), 0)
    rows = [row for person in members if (row := view.node(person))]
    return counted([row.facts for row in rows], official)


def counted(facts: Sequence[Facts], official: str | None) -> Size:
    """Count people by the facts that they have on some day, as `sized` does."""
    if official is None:
        return Size(len(facts), 0)
    values = [some.get(official) for some in facts]
    return Size(values.count(True), values.count(None))


def posts_of(view: View, units: Collection[str]) -> dict[str, list[str]]:
    """Return the living posts of units, those of the bodies that lead them included."""
    found = seated(view, units)
    view.need_nodes({post for posts in found.values() for post in posts})
    return found


def seated(view: View, units: Collection[str]) -> dict[str, list[str]]:
    """Return what `posts_of` does, where of the posts no more is asked than their ids.

    What leads units is read with the posts that are their own.
    """
    seat, people = view.pack.chain.seat, view.pack.people
    leads: dict[str, Sequence[str]] = {unit: (unit,) for unit in units}
    if people is not None and people.lead is not None:
        for unit, bodies in led_by(view, units, people.lead, seat).items():
            if bodies:
                leads[unit] = (unit, *bodies)
    view.need_edges({body for bodies in leads.values() for body in bodies}, [seat], IN)
    return {
        unit: sorted(
            {row.source for body in bodies for row in view.live_edges(body, seat, IN)}
        )
        for unit, bodies in leads.items()
    }


def led_by(
    view: View, units: Collection[str], kind: str, *also: str
) -> dict[str, list[str]]:
    """Return the living bodies of a kind directly below units.

    Edges `also` into units that may have such a body are read in the same batch.
    """
    found: dict[str, list[str]] = {unit: [] for unit in units}
    edge = view.pack.parent_edge(kind)
    if edge is None:
        return found
    view.need_nodes(units)
    uppers = view.pack.edges[edge].ends[kind]
    asked = [u for u in found if view.versions(u) and view.kind(u) in uppers]
    view.need_edges(asked, [edge, *also], IN)
    rows = {unit: view.live_edges(unit, edge, IN) for unit in asked}
    view.need_nodes({row.source for some in rows.values() for row in some})
    for unit, some in rows.items():
        found[unit] = sorted(
            row.source
            for row in some
            if (body := view.node(row.source)) and body.kind == kind
        )
    return found
