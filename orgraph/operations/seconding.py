"""Who may be seconded, whither and to which post, as the pack declares it."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import either, say
from ..model import OUT, Facts
from ..pack import Pack
from ..pack.limits import is_so
from ..pack.people import Seconding

NO_OFFICER = Code(
    code="SECOND06",
    meaning="Who is seconded doesn't come from a unit whose officers are.",
    hint="Second an officer of such a unit, or appoint the person to the post.",
)
AT_HOME = Code(
    code="SECOND07",
    meaning="An officer would be seconded to the unit that the officer belongs to.",
    hint="Appoint the officer there, or second somebody from elsewhere.",
)
NOT_FOR_OFFICERS = Code(
    code="SECOND08",
    meaning="The post isn't one to which officers are seconded.",
    hint="Name a post that the pack has for them under people.seconding, or appoint.",
)


def seconding_of(pack: Pack) -> Seconding | None:
    """Return the pack's words for secondments, None where anything goes."""
    return pack.people.seconding if pack.people else None


def check_officer(view: View, officer: str, unit: str) -> Iterator[Finding]:
    """Refuse who comes from no unit of officers, and a unit that is their own."""
    words, places = seconding_of(view.pack), view.pack.questions.places
    if words is None or places is None:
        return
    view.need_edges([officer], [places.member], OUT)
    groups = {row.target for row in view.live_edges(officer, places.member, OUT)}
    view.need_ancestors(groups)
    home = groups.union(*(view.ancestors(group) for group in groups))
    if home.isdisjoint(_led(view, unit)):
        units = home | _served(view, officer, home)
        if not any(view.kind(one) in words.units for one in units):
            kinds = either(view.pack.nodes[kind].label for kind in words.units)
            message = say(
                "{officer} belongs to no {kinds}.",
                officer=view.shown(officer),
                kinds=kinds,
            )
            yield NO_OFFICER.at(officer, message)
        return
    message = say(
        "{officer} belongs to {unit} already.",
        officer=view.shown(officer),
        unit=view.shown(unit),
    )
    yield AT_HOME.at(officer, message)


def check_role(view: View, facts: Facts, post: str, shown: str) -> Iterator[Finding]:
    """Refuse a post, by its facts, to which no officer is seconded."""
    words = seconding_of(view.pack)
    if words is None or is_so(words.posts, facts):
        return
    has = ", ".join(f"{name} {facts.get(name) or 'not known'}" for name in words.posts)
    wanted = " and ".join(
        f"{name} {' or '.join(map(str, value)) if isinstance(value, tuple) else value}"
        for name, value in words.posts.items()
    )
    message = say(
        "Officers are seconded to posts with {wanted}; {shown} has {has}.",
        wanted=wanted,
        shown=shown,
        has=has,
    )
    yield NOT_FOR_OFFICERS.at(post, message)


def _led(view: View, unit: str) -> set[str]:
    """Return a unit, with the organisation that it leads if it is its leading body."""
    lead = view.pack.people.lead if view.pack.people else None
    above = view.parent(unit) if view.kind(unit) == lead else None
    return {unit, above.target} if above else {unit}


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
