"""Who is seconded whither: the organisation of a post, and where an officer belongs."""

from collections.abc import Collection, Iterable

from ..model import IN, OUT, EdgeRow
from ..pack import Pack
from ..pack.people import Seconding
from .view import View


def seconding_of(pack: Pack) -> Seconding | None:
    """Return the pack's words for secondments, None where anything goes."""
    return pack.people.seconding if pack.people else None


def seconded(view: View, rows: Iterable[EdgeRow]) -> list[EdgeRow]:
    """Return the holdings from the day on that reinforce a unit, in order."""
    is_seconded = view.pack.questions.posts.is_seconded
    return sorted(
        row
        for row in rows
        if is_seconded(row.facts) and row.until > max(view.day, row.since)
    )


def home_of(view: View, officer: str) -> set[str]:
    """Return the groups that an officer belongs to, and all above them on the day."""
    places = view.pack.questions.places
    if places is None:
        return set()
    view.need_edges([officer], [places.member], OUT)
    groups = {row.target for row in view.live_edges(officer, places.member, OUT)}
    return with_above(view, groups)


def with_above(view: View, groups: Collection[str]) -> set[str]:
    """Return groups and all above them on the day."""
    view.need_ancestors(groups)
    return set(groups).union(*(view.ancestors(group) for group in groups))


def is_officer(view: View, officer: str, home: set[str], words: Seconding) -> bool:
    """Tell whether somebody who belongs to `home` comes from a unit of officers."""
    units = home | _served(view, officer, home)
    return any(view.kind_or_none(one) in words.units for one in units)


def _served(view: View, officer: str, home: set[str]) -> set[str]:
    """Return what an officer's organisations cover, and has the officer's posts."""
    chain, covers = view.pack.chain, view.pack.questions.covers
    view.need_edges([officer], [chain.holds], OUT)
    posts = {row.target for row in view.live_edges(officer, chain.holds, OUT)}
    view.need_edges(posts, [chain.seat], OUT)
    rows = [row for post in posts for row in view.live_edges(post, chain.seat, OUT)]
    if covers is not None:
        view.need_edges(home, [covers], OUT)
        rows += [row for one in home for row in view.live_edges(one, covers, OUT)]
    found = {row.target for row in rows}
    view.need_nodes(found)
    return found


def one_organisation(view: View, unit: str) -> list[str]:
    """Return a unit with what it leads, or what leads it: they have officers as one."""
    people = view.pack.people
    edge = view.pack.parent_edge(people.lead) if people and people.lead else None
    found = led(view, unit)
    if edge is not None and people is not None:
        view.need_edges(found, [edge], IN)
        below = {row.source for one in found for row in view.live_edges(one, edge, IN)}
        view.need_nodes(below)
        found |= {n for n in below if view.versions(n) and view.kind(n) == people.lead}
    return sorted(found)


def led(view: View, unit: str) -> set[str]:
    """Return a unit, with the organisation that it leads if it is its leading body."""
    lead = view.pack.people.lead if view.pack.people else None
    above = view.parent(unit) if view.kind(unit) == lead else None
    return {unit, above.target} if above else {unit}
