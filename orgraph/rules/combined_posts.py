"""Posts that one person should hold together, and those that nobody may."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from ..draft import View
from ..draft.holding import (
    Joins,
    Post,
    full,
    holders,
    led_to,
    placed,
    posts_on,
    surely,
)
from ..findings import Code, Finding
from ..language import listed, say
from ..model import IN, OUT
from ..pack import Combination, Held, Pack
from .base import Reach, Rule
from .census import Census
from .joining import holders_near, posts_joined
from .limiting import seated

FORBIDDEN = Code(
    code="COMBINE01",
    meaning="A person holds two posts that may not be held together.",
    structural=False,
)
APART = Code(
    code="COMBINE02",
    meaning="Two posts that one person should hold are held by different people.",
    severity="warning",
    structural=False,
)
NOT_KNOWN = Code(
    code="COMBINE03",
    meaning="Whether a person holds two posts that may not be held together can't be "
    "told.",
    hint="Say in which form each of them is held.",
    severity="info",
    structural=False,
)


class CombinedPosts(Rule):
    """Posts are held together where the pack wants it, and apart where it forbids."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the people and the units whose posts change hands."""
        asked = in_force(view)
        forbidden = [one for one in asked if one.word == "forbidden"]
        wanted = [one for one in asked if one.word == "wanted" and one.by]
        if forbidden:
            yield from _together(view, reach, forbidden)
        if wanted:
            yield from _apart(view, reach, wanted)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who hold several posts, and units that are joined to others."""
        pack = census.pack
        asked = [c for c in pack.combinations if c.is_asked(census.day)]
        if any(one.word == "forbidden" for one in asked):
            yield from census.crowded([pack.chain.holds], OUT)
        yield from census.living({c.kind for c in asked if c.word == "wanted"})


def in_force(view: View) -> list[Combination]:
    """Return the combinations that the pack speaks of on the day."""
    return [one for one in view.pack.combinations if one.is_asked(view.day)]


def _together(
    view: View, reach: Reach, forbidden: Sequence[Combination]
) -> Iterator[Finding]:
    """Find two posts of a person, on one day from the view's on, that may not be."""
    holds = view.pack.chain.holds
    near = posts_joined(view, reach, forbidden)
    people = holders_near(view, reach, _people(view.pack), near)
    held = {person: full(view, view.edges(person, holds, OUT)) for person in people}
    several = {person: rows for person, rows in held.items() if len(rows) > 1}
    posts = {row.target for rows in several.values() for row in rows}
    joins = Joins.of(view, forbidden, posts)
    for person, rows in several.items():
        known = [row for row in rows if row.target in joins.posts]
        for one, other in combinations(known, 2):
            since = max(one.since, other.since, view.day)
            if since >= min(one.until, other.until) or one.target == other.target:
                continue
            for word in joins.between(one.target, other.target):
                words = {
                    "person": view.shown(person),
                    "posts": listed([view.shown(r.target) for r in (one, other)]),
                    "since": since,
                    "word": word.title,
                }
                about = f"{word.id} {one.target} {other.target}"
                if len(surely(view, (one, other))) == 2:  # noqa: PLR2004 - both
                    message = say(
                        "{person} holds {posts} from {since}; {word} may not be "
                        "combined.",
                        **words,
                    )
                    yield _of(FORBIDDEN, word, person, message, about)
                else:
                    message = say(
                        "{person} holds {posts} from {since}, and it isn't known "
                        "whether both fully; {word} may not be combined.",
                        **words,
                    )
                    yield _of(NOT_KNOWN, word, person, message, about)


def _apart(
    view: View, reach: Reach, wanted: Sequence[Combination]
) -> Iterator[Finding]:
    """Find a unit whose post is held by another than that of what it is joined to."""
    units = _units(view, reach, wanted)
    leads = led_to(view, units, wanted)
    near = sorted({place for places in leads.values() for place in places})
    by_unit = seated(view, [*units, *near])
    posts = posts_on(view, {post for some in by_unit.values() for post in some})
    posts = placed(view, posts, wanted)
    by = holders(view, list(posts), view.day)
    filled = {
        unit: [(posts[post], by[post]) for post in some if by.get(post)]
        for unit, some in by_unit.items()
    }
    for word in wanted:
        for unit in units:
            if view.kind(unit) != word.kind:
                continue
            first = _held(filled[unit], word.first)
            if not first:
                continue
            others = {
                place: people
                for place in sorted(leads[word.by or "", unit])
                if (people := _held(filled[place], word.other))
            }
            if not others or any(first & people for people in others.values()):
                continue
            named = ", ".join(view.shown(place) for place in others)
            how = view.pack.edges[word.by or ""].label
            message = say(
                "Nobody holds both posts of {unit} and of what it {how}, "
                "{named}; {word} should be combined.",
                unit=view.shown(unit),
                how=how,
                named=named,
                word=word.title,
            )
            yield _of(APART, word, unit, message, word.id)


def _held(filled: Sequence[tuple[Post, set[str]]], held: Held) -> set[str]:
    """Return who fills those posts of a unit that a combination means."""
    return {one for post, people in filled if post.fits(held) for one in people}


def _units(view: View, reach: Reach, wanted: Sequence[Combination]) -> list[str]:
    """Return the living units of the first kinds on whose posts a plan bears."""
    pack, chain = view.pack, view.pack.chain
    edges = sorted({word.by for word in wanted if word.by})
    firsts = {word.kind for word in wanted}
    others = {word.other.unit for word in wanted}
    lead = pack.people.lead if pack.people else None
    led = [edge] if lead and (edge := pack.parent_edge(lead)) else []
    found = set(reach.borne(firsts, into=[chain.seat, *led], out=edges))
    if reach.bearing is not None:
        kinds = [kind for kind, node in pack.nodes.items() if node.role == "post"]
        posts = reach.borne(kinds, into=[chain.holds])
        above = {post.unit for post in posts_on(view, posts).values()}
        bodies = reach.borne([lead], into=[chain.seat]) if lead else []
        view.need_parents(bodies)
        above |= {row.target for body in bodies for row in view.parents(body)}
        view.need_nodes(above)
        near = {
            unit for unit in above if view.versions(unit) and view.kind(unit) in others
        }
        near.update(reach.borne(others, into=[chain.seat, *edges]))
        view.need_edges(near, edges, IN)
        for unit in near:
            for edge in edges:
                found |= {row.source for row in view.edges(unit, edge, IN)}
        found |= above
    view.need_nodes(found)
    return sorted(n for n in found if (row := view.node(n)) and row.kind in firsts)


def _people(pack: Pack) -> list[str]:
    return sorted(pack.edges[pack.chain.holds].ends)


def _of(
    code: Code, word: Combination, subject: str, message: str, about: str
) -> Finding:
    severity = word.severity if code.severity == "error" else code.severity
    found = code.at(
        subject,
        message,
        hint=word.exemptions or None,
        source=word.source,
        severity=severity,
    )
    return found.model_copy(update={"about": about})
