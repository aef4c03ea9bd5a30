"""What a report says of people, as text: by ids, or how many where they are many."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ..language import joined, listed, many, say
from .model import Report
from .model_people import AlikePosts, Chain, Post, VacatedPost
from .text_members import print_removed, print_revised
from .wording import Names, Page

MOST_NAMED = 5
"""How many people are named on one line."""


def print_people(report: Report, page: Page) -> None:
    """Print whose chains change, and what becomes of posts and charges."""
    names = Names(report)
    for kind, words in report.standing.items():
        for word, heads_there in sorted(words.items()):
            heads = report.pack.nodes[kind].counted(heads_there)
            page.line()
            page.line(say("Became {word}: {heads}.", word=say(word), heads=heads))
    if report.affected:
        said = many(
            sum(report.affected.values()),
            "{heads} is below units that end.",
            "{heads} are below units that end.",
            heads=_heads(report, report.affected),
        )
        page.line()
        page.line(said)
    print_removed(report, names, page)
    print_revised(report, page)
    _places(report, page)
    _chains(report, names, page)
    _posts(report, names, page)
    _uncharged(report, names, page)


def _chains(report: Report, names: Names, page: Page) -> None:
    """Print how chains change, and for how many: those that change alike as one."""
    total: Counter[str] = Counter(person.kind for person in report.people)
    below: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    units: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    alone: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for person in report.people:
        alone[_paths(names, person.before, person.after)][person.kind] += 1
    for group in report.chains:
        total.update(group.counts)
        paths = _paths(names, group.before, group.after)
        if group.kind is None:
            alone[paths].update(group.counts)
        else:
            units[paths][group.kind] += 1
            below[paths].update(group.counts)
    if not total:
        return
    page.line()
    page.line(say("Chains change for {heads}:", heads=_heads(report, total)))
    lines = []
    for paths in sorted(below.keys() | alone.keys()):
        parts = []
        if paths in alone:
            parts.append(_heads(report, alone[paths]))
        if paths in below:
            heads, within = _heads(report, below[paths]), _heads(report, units[paths])
            parts.append(say("{heads} in {within}", heads=heads, within=within))
        old, new = paths
        said = say("{old} → {new}: {parts}", old=old, new=new, parts=joined(parts))
        lines.append(said)
    page.lines(lines, "  ")


def _places(report: Report, page: Page) -> None:
    """Print how places stand, those first whose state is another."""
    words = report.pack.questions.places
    if words is None or not report.places:
        return
    group = report.pack.nodes[words.group].label
    said = {
        "own": say("own {group}", group=group),
        "joint": say("only a joint {group}", group=group),
        "without_cell": say("no {group}", group=group),
        "without_members": say("no members"),
        "unrecorded": say("own {group}, nobody recorded in it", group=group),
        "": say("not there"),
    }
    lines = []
    for place in sorted(report.places, key=lambda p: p.before == p.after):
        old, new = said[place.before or ""], said[place.after or ""]
        how = (
            say("{old} → {new}", old=old, new=new)
            if old != new
            else say("still {state}", state=new)
        )
        named = f"{place.name} ({place.id})"
        lines.append(say("{place}: {how}", place=named, how=how))
    places = report.pack.nodes[words.place].counted(len(lines))
    page.line()
    said_of = many(
        len(lines), "How {places} stands:", "How {places} stand:", places=places
    )
    page.line(said_of)
    page.lines(lines, "  ")


def _heads(report: Report, counts: Mapping[str, int]) -> str:
    nodes = report.pack.nodes
    return listed(nodes[kind].counted(n) for kind, n in sorted(counts.items()))


def _paths(names: Names, before: Chain, after: Chain) -> tuple[str, str]:
    """Name two chains as far up as they differ."""
    one, other = list(before), list(after)
    while len(one) > 1 and len(other) > 1 and one[-1] == other[-1]:
        del one[-1], other[-1]
    old, new = (", ".join(names.of(n) for n in c) for c in (one, other))
    return old or say("nothing"), new or say("nothing")


def _posts(report: Report, names: Names, page: Page) -> None:
    began = [
        say("{post}, {held}", post=_post(names, post), held=_held(post))
        for post in report.posts.get("began", ())
    ]
    vacant = [
        _post(names, post) for post in report.posts.get("ended", ()) if not post.people
    ]
    instead = {(one.person, one.taken.id) for one in report.exchanged}
    changed = [
        say(
            "{person} leaves {left}, and takes {taken}",
            person=one.person,
            left=_post(names, one.left),
            taken=_post(names, one.taken),
        )
        for one in report.exchanged
    ]
    come = [
        _come(names, one)
        for one in report.appointed
        if (one["person"], one["post"]) not in instead
    ]
    left = [_left(names, post) for post in report.vacated]
    lost = [
        say("{person} held {post}", person=one["person"], post=_posted(names, one))
        for one in report.surplus
    ]
    alike = [_alike(names, place) for place in report.alike]
    for said, lines in (
        (many(len(began), "{n} post begins:", "{n} posts begin:"), began),
        (many(len(vacant), "{n} vacant post ends:", "{n} vacant posts end:"), vacant),
        (_losing(report), lost),
        (_exchanging(report), changed),
        (many(len(come), "{n} appointment:", "{n} appointments:"), come),
        (many(len(left), "{n} post left vacant:", "{n} posts left vacant:"), left),
        (
            say("Posts of one role that come together, surplus where one is enough:"),
            alike,
        ),
    ):
        if lines:
            page.line(said)
            page.lines(lines, "  ")


def _post(names: Names, post: Post) -> str:
    if post.unit is None:
        return post.id
    unit = names.of(post.unit)
    if not post.role:
        return say("{post} of {unit}", post=post.id, unit=unit)
    return say("{post}, {role} of {unit}", post=post.id, role=say(post.role), unit=unit)


def _posted(names: Names, one: Mapping[str, str | None]) -> str:
    return _post(names, Post(str(one["post"]), one["unit"], one["role"], ()))


def _come(names: Names, one: Mapping[str, str | None]) -> str:
    person, post, form = one["person"], _posted(names, one), one["form"]
    said = say("{person} comes to {post}", person=person, post=post)
    return say("{said} ({form})", said=said, form=say(form)) if form else said


def _alike(names: Names, place: AlikePosts) -> str:
    origins = Counter(names.of(post.unit) for post in place.posts)
    vacant = (say("vacant"),)
    return say(
        "{n} × {role} in {unit} ({came}): {held}",
        n=len(place.posts),
        role=say(place.role),
        unit=names.of(place.unit),
        came=listed(
            say("{n} from {unit}", n=n, unit=unit)
            for unit, n in sorted(origins.items())
        ),
        held=_named([one for post in place.posts for one in post.people or vacant]),
    )


def _left(names: Names, post: VacatedPost) -> str:
    said = _post(names, Post(*post[:4]))
    if post.acting:
        said = say(
            "{post}, held provisionally by {people}",
            post=said,
            people=_named(post.acting),
        )
    planned = _named(post.planned) if post.planned else say("nobody")
    said = say("{post}; planned for it: {people}", post=said, people=planned)
    return (
        many(
            len(post.elsewhere),
            "{post}; {people} of these takes another post by this plan",
            "{post}; {people} of these take another post by this plan",
            post=said,
            people=_named(post.elsewhere),
        )
        if post.elsewhere
        else said
    )


def _held(post: Post) -> str:
    return (
        say("held by {people}", people=_named(post.people))
        if post.people
        else say("vacant")
    )


def _named(people: Sequence[str]) -> str:
    """Name the first of some people, and say how many more there are."""
    if len(people) <= MOST_NAMED:
        return listed(people)
    more = len(people) - MOST_NAMED
    return say("{people} and {n} more", people=list(people[:MOST_NAMED]), n=more)


def _uncharged(report: Report, names: Names, page: Page) -> None:
    lines = []
    for unit in report.uncharged:
        was = listed(
            say("{people} of {unit}", people=_named(people), unit=names.of(node))
            if node != unit.unit
            else _named(people)
            for node, people in unit.was
        )
        kind = report.pack.nodes[unit.kind].label
        named = names.of(unit.unit)
        lines.append(
            say("{kind} {unit}; before: {people}", kind=kind, unit=named, people=was)
        )
    if lines:
        page.line(say("Nobody is in charge any longer of:"))
        page.lines(lines, "  ")


def _losing(report: Report) -> str:
    """Say how many people lose how many posts; they may hold others still."""
    people = {holder["person"] for holder in report.surplus}
    posts = many(len(report.surplus), "{n} post", "{n} posts")
    return many(
        len(people),
        "{n:,} person loses {posts}:",
        "{n:,} people lose {posts}:",
        posts=posts,
    )


def _exchanging(report: Report) -> str:
    """Say how many people go from one post to another of equal standing."""
    return many(
        len({one.person for one in report.exchanged}),
        "{n:,} person goes from one post to another:",
        "{n:,} people go from one post to another:",
    )
