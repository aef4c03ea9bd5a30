"""What the questions of a pack may not name: edges and facts that answer nothing."""

from collections.abc import Collection, Iterator

from .models import Pack
from .problems import Keys, Problem, unknown
from .words import Places, Posts


def question_problems(pack: Pack) -> Iterator[Problem]:
    """Yield a problem for each name in `questions` that can't mean what it should."""
    asked = pack.questions
    yield from unknown(("questions", "ties"), asked.ties, pack.edges)
    covers = () if asked.covers is None else (asked.covers,)
    yield from unknown(("questions", "covers"), covers, pack.edges)
    at: Keys = ("questions", "charged")
    yield from unknown(at, asked.charged, pack.nodes)
    charged = _targets(pack, pack.chain.charge)
    for kind in asked.charged:
        if kind in pack.nodes and kind not in charged:
            yield at, f"nobody can be in charge of {kind} by {pack.chain.charge}"
    yield from _posts(pack)
    yield from _beside(pack)
    yield from _ranks(pack)
    yield from _service(pack)
    if asked.places is not None:
        yield from _places(pack, asked.places)


def _posts(pack: Pack) -> Iterator[Problem]:
    posts, holds = pack.questions.posts, pack.edges.get(pack.chain.holds)
    at: Keys = ("questions", "posts")
    for key, fact in (("form", posts.form), ("service_end", posts.service_end)):
        yield from unknown((*at, key), () if fact is None else (fact,), pack.facts)
    if holds is None:
        return
    seats = [kind for kind in pack.nodes.values() if kind.role == "post"]
    ranks = () if posts.rank is None else (posts.rank,)
    yield from unknown((*at, "rank"), ranks, pack.facts)
    if posts.rank in pack.facts and not any(posts.rank in k.facts for k in seats):
        yield (*at, "rank"), f"no post has the fact {posts.rank}"
    if posts.form in pack.facts:
        if posts.form not in holds.facts:
            yield (*at, "form"), f"{pack.chain.holds} doesn't have {posts.form}"
        values = pack.facts[posts.form].values
        for value in posts.provisional if values else ():
            if value not in values:
                yield (*at, "provisional"), f"{posts.form} is never {value!r}"
        yield from _provisional(posts)
    elif posts.provisional and posts.form is None:
        yield (*at, "provisional"), "these are values of a form, and none is named"


def _provisional(posts: Posts) -> Iterator[Problem]:
    """Yield forms of a holding that would have to be provisional, and aren't."""
    reinforcing = [posts.reinforcing] if posts.reinforcing else []
    for key, values in (("reinforcing", reinforcing), ("counted", posts.counted)):
        for value in values:
            if value not in posts.provisional:
                yield ("questions", "posts", key), f"{value} isn't `provisional`"


def _ranks(pack: Pack) -> Iterator[Problem]:
    posts = pack.questions.posts
    at: Keys = ("questions", "posts", "ranks")
    if posts.ranks and posts.rank is None:
        yield at, "these are values of a rank, and no fact `rank` is named"
    if len(set(posts.ranks)) < len(posts.ranks):
        yield at, "a rank is named twice"


def _beside(pack: Pack) -> Iterator[Problem]:
    at: Keys = ("questions", "posts", "beside")
    kinds = [kind for kind in pack.nodes.values() if kind.role == "post"]
    for fact in pack.questions.posts.beside:
        yield from unknown(at, [fact], pack.facts)
        if fact in pack.facts and not any(fact in kind.facts for kind in kinds):
            yield at, f"no post has {fact}"


def _service(pack: Pack) -> Iterator[Problem]:
    posts, holds = pack.questions.posts, pack.edges.get(pack.chain.holds)
    at: Keys = ("questions", "posts")
    if holds is not None and posts.service_end in pack.facts:
        holders = [pack.nodes[kind] for kind in holds.ends if kind in pack.nodes]
        if not any(posts.service_end in kind.facts for kind in holders):
            what = f"nobody who can hold a post has {posts.service_end}"
            yield (*at, "service_end"), what
        if pack.facts[posts.service_end].type != "text":
            yield (*at, "service_end"), "the fact is a day, so its type is text"


def _places(pack: Pack, places: Places) -> Iterator[Problem]:
    at: Keys = ("questions", "places")
    named = {"place": places.place, "group": places.group}
    for key, kind in named.items():
        yield from unknown((*at, key), [kind], pack.nodes)
    yield from unknown((*at, "member"), [places.member], pack.edges)
    yield from unknown((*at, "home"), places.home, pack.edges)
    covers = pack.questions.covers
    if covers is None:
        yield at, "places are covered, and `questions.covers` names no edge"
    elif covers in pack.edges and not pack.may_join(covers, places.group, places.place):
        what = f"{covers} doesn't lead from {places.group} to {places.place}"
        yield (*at, "place"), what
    if places.joint is not None:
        yield from unknown((*at, "joint"), [places.joint], pack.facts)
        group = pack.nodes.get(places.group)
        if group and places.joint in pack.facts and places.joint not in group.facts:
            yield (*at, "joint"), f"{places.group} doesn't have {places.joint}"
    yield from unknown((*at, "tags"), places.tags, pack.facts)
    place = pack.nodes.get(places.place)
    for tag in places.tags:
        if place and tag in pack.facts and tag not in place.facts:
            yield (*at, "tags"), f"{places.place} doesn't have {tag}"
        elif tag in pack.facts and pack.facts[tag].type != "boolean":
            yield (*at, "tags"), f"{tag} is a tag, so its type is boolean"
    yield from unknown((*at, "tags_from"), places.tags_from, pack.nodes)
    if places.member in pack.edges:
        yield from _members(pack, places)


def _members(pack: Pack, places: Places) -> Iterator[Problem]:
    """The members of a group stand below it, and their way home leads to a place."""
    at: Keys = ("questions", "places")
    edge = pack.edges[places.member]
    if places.group not in _targets(pack, places.member) or not edge.contains:
        what = f"{places.member} is no parent edge to {places.group}"
        yield (*at, "member"), what
    reached: Collection[str] = {
        kind for kind, groups in edge.ends.items() if places.group in groups
    }
    for name in places.home:
        if name not in pack.edges:
            return
        ends = pack.edges[name].ends
        reached = {far for kind in reached for far in ends.get(kind, ())}
    if places.home and places.place not in reached:
        what = f"these edges don't lead from a member to {places.place}"
        yield (*at, "home"), what


def _targets(pack: Pack, edge: str) -> set[str]:
    known = pack.edges.get(edge)
    return {kind for kinds in known.ends.values() for kind in kinds} if known else set()
