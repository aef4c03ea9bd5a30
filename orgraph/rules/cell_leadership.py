"""A group is led as its number of official members asks for."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import joined, many, say
from ..model import IN, OUT
from ..pack import Limit
from ..pack.limits import is_so
from .base import Reach, Rule
from .beside import newly_beside
from .census import Census
from .leading import Leading, leading, sitting
from .limiting import (
    Size,
    breach,
    groups_in,
    judged,
    led_by,
    limits_of,
    living_of,
    of_limit,
    sizes,
)
from .recorded import had_beside

WRONGLY_LED = Code(
    code="LEAD01",
    meaning="A group lacks those who should lead it, or has more of them than it may.",
    structural=False,
)
NOT_JUDGED = Code(
    code="LEAD02",
    meaning="How a group should be led can't be told: some members may be official.",
    severity="info",
    structural=False,
)
POSTS_UNKNOWN = Code(
    code="LEAD03",
    meaning="Who leads a group can't be told: no post of it was ever recorded.",
    hint="Record them with found_unit, under the group.",
    severity="info",
    structural=False,
)
SPARE = Code(
    code="LEAD04",
    meaning="A group has more posts of its one head than it wants, held or vacant.",
    hint="Close with close_unit the post that isn't needed.",
    structural=False,
)


FOUND_THEM = say(
    "Found its posts under it with found_unit, and fill them with appoint."
)


class CellLeadership(Rule):
    """A cell has a secretary, deputy and executive committee as the charter wants.

    A post counts if somebody holds it; but a second one of the one head is found, too,
    if it is vacant. A cell that never had one isn't said to lack it:
    nobody may have recorded them. It is named where posts are recorded beside it, for
    stores may hold organisations alone; and so it is with those who hold the posts.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the groups whose members, posts, leading body or life change."""
        limits = limits_of(view.pack, view.day, self.name())
        people = view.pack.people
        if not limits or people is None or people.lead is None:
            return
        groups = self._groups(view, reach, people.lead)
        known = sizes(view, groups)
        led = leading(view, list(known), people.lead)
        bare = [group for group, one in led.items() if not one.known]
        yield from _unknown(view, limits, bare)
        for group, members in known.items():
            one = led[group]
            for limit in limits:
                if limit.kind != view.kind(group):
                    continue
                if limit.unit == "posts" and not one.known:
                    continue
                # No more can sit there than there are posts.
                few = not limit.at_least and len(one.posts) <= (limit.at_most or 0)
                if limit.unit == "seats" and few:
                    continue
                yield from _judged(view, limit, group, members, one)

    def _groups(self, view: View, reach: Reach, lead: str) -> list[str]:
        """Return the groups on which a plan bears, also by what leads them and who.

        And by what is known of those beside them.
        """
        seat, edge = view.pack.chain.seat, view.pack.parent_edge(lead)
        found = set(groups_in(view, reach, seat, *([edge] if edge else [])))
        if reach.bearing is None or edge is None:
            return sorted(found)
        kinds = [name for name, kind in view.pack.nodes.items() if kind.role == "post"]
        posts = reach.borne(kinds, into=[view.pack.chain.holds])
        view.need_edges(posts, [seat], OUT)
        units = {row.target for post in posts for row in view.edges(post, seat, OUT)}
        view.need_nodes(units)
        bodies = {u for u in units if view.versions(u) and view.kind(u) == lead}
        bodies.update(reach.borne([lead], into=[seat], out=[edge]))
        view.need_edges(bodies, [edge], OUT)
        above = {row.target for body in bodies for row in view.edges(body, edge, OUT)}
        above |= units
        view.need_nodes(above)
        places = view.pack.questions.places
        if places is None:
            return sorted(found)
        found.update(
            node
            for node in above
            if (row := view.node(node)) and row.kind == places.group
        )
        beside = newly_beside(reach.bearing, places.group)
        view.need_nodes(beside)
        return sorted(found.union(node for node in beside if view.node(node)))

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living groups."""
        return living_of(census, self.name())


def _judged(
    view: View, limit: Limit, group: str, members: Size, led: Leading
) -> Iterator[Finding]:
    """Yield what a limit says of a group that has so many official members."""
    posts = _meant(view, limit, led) if limit.unit == "posts" else []
    size = led.number(posts) if limit.unit == "posts" else _counted(view, limit, led)
    verdict = judged(limit, size)
    # Who only acts in a post leads all the same, and is none too many.
    wrong = verdict in {"few", "many"}
    spare = limit.at_most == limit.at_least and len(posts) > (limit.at_most or 0)
    if not wrong and not spare:
        return
    meant = limit.is_meant(members.sure, members.most)
    has = _has(view, limit, size.sure, led)
    if wrong and meant:
        yield breach(WRONGLY_LED, view, limit, group, has, size=size)
    elif wrong and meant is None:
        message = say(
            "{group} has {official} and {has}; {limit} wants {bounds}.",
            group=view.shown(group),
            official=members.official,
            has=has,
            limit=limit.title,
            bounds=limit.bounds,
        )
        yield of_limit(NOT_JUDGED, limit, group, message)
    if spare and meant and verdict != "many":
        yield _spare(view, limit, group, posts, size)


def _spare(
    view: View, limit: Limit, group: str, posts: Collection[str], held: Size
) -> Finding:
    """Return that a group has more posts than are wanted, though no more are held."""
    has = say(
        "{posts}, and {number:,} of them held for good",
        posts=_posts_of(limit, len(posts)),
        number=held.sure,
    )
    return breach(SPARE, view, limit, group, has, size=Size(len(posts), 0))


def _unknown(
    view: View, limits: Sequence[Limit], groups: Sequence[str]
) -> Iterator[Finding]:
    """Name the groups without posts beside which groups have some, or had."""
    for limit in limits:
        if limit.unit != "posts" or not limit.at_least:
            continue
        kind = limit.kind
        bare = [group for group in groups if view.kind(group) == kind]
        view.need_parents(bare)
        above = {g: row.target for g in bare if (row := view.parent(g))}
        beside = led_by(view, sorted(set(above.values())), kind)
        counted = view.below(sorted({g for some in beside.values() for g in some}))
        led = {
            group: unit
            for group, unit in above.items()
            if any(_posts(view, counted.get(other, {})) for other in beside[unit])
        }
        rest = [group for group in bare if group not in led]
        led |= had_beside(view, rest, kind, held=False)
        for group in bare:
            if group in led:
                yield _bare(view, limit, group, led[group])
        return


def _bare(view: View, limit: Limit, group: str, unit: str) -> Finding:
    """Return what is said of a group without posts; one that begins can have none."""
    words = {"group": view.shown(group), "unit": view.shown(unit)}
    life = view.life(group)
    if life is None or life[0] != view.day:
        message = say(
            "No post of {group} was ever recorded, though others below {unit} have "
            "or had some: who leads it can't be told.",
            **words,
        )
        return of_limit(POSTS_UNKNOWN, limit, group, message)
    message = say(
        "{group} begins with {has}, though others below {unit} have or had posts; "
        "{limit} wants {bounds}.",
        **words,
        has=_posts_of(limit, 0),
        limit=limit.title,
        bounds=limit.bounds,
    )
    found = of_limit(POSTS_UNKNOWN, limit, group, message)
    return found.model_copy(update={"hint": FOUND_THEM})


def _posts(view: View, counts: Mapping[str, int]) -> int:
    """Return how many posts there are below a unit, by what is counted there."""
    kinds = [name for name, kind in view.pack.nodes.items() if kind.role == "post"]
    return sum(counts.get(f"count:{kind}", 0) for kind in kinds)


def _counted(view: View, limit: Limit, led: Leading) -> Size:
    """Return how many bodies, or seats in them, lead a group."""
    if limit.unit == "bodies":
        return Size(len(led.bodies), 0)
    return sitting(view, led, _meant(view, limit, led) if limit.of else ())


def _meant(view: View, limit: Limit, led: Leading) -> list[str]:
    """Return the posts that a limit counts, held or not."""
    rows = [row for post in led.posts if (row := view.node(post))]
    return [row.id for row in rows if is_so(limit.of, row.facts)]


def _has(view: View, limit: Limit, number: int, led: Leading) -> str:
    """Say how many there are of what a limit counts."""
    people = view.pack.people
    if limit.unit == "bodies" and people and people.lead:
        return view.pack.nodes[people.lead].counted(number)
    held = limit.unit == "posts" and number < len(_meant(view, limit, led))
    if limit.unit == "seats":
        return _seats_of(view, limit, number, led)
    return _posts_of(limit, number, held=held)


def _seats_of(view: View, limit: Limit, number: int, led: Leading) -> str:
    """Return so many seats, and which posts of the group itself are among them."""
    seats = many(number, "{n:,} seat", "{n:,} seats")
    if not limit.of or led.held is None:
        return seats
    seat = view.pack.chain.seat
    inside = {r.source for b in led.bodies for r in view.live_edges(b, seat, IN)}
    own = [post for post in _meant(view, limit, led) if post not in inside]
    shown = list(map(view.shown, own))
    return say("{seats} with {posts}", seats=seats, posts=shown) if own else seats


def _posts_of(limit: Limit, number: int, *, held: bool = False) -> str:
    """Return so many posts, of the roles that a limit counts."""
    counted = (
        many(number, "{n:,} held post", "{n:,} held posts")
        if held
        else many(number, "{n:,} post", "{n:,} posts")
    )
    roles = [say(str(value)) for value in limit.of.values()]
    if not roles:
        return counted
    return say("{posts} of {role}", posts=counted, role=joined(roles, " "))
