"""What the steps on posts and their holders share: who may hold what, and who does.

A holding fills its post for good unless its form is one of the pack's provisional ones;
one without a form does. How long somebody must have served, or where one comes from, is
for the rules.
"""

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import laid, say
from ..model import FOREVER, IN, OUT, EdgeKey, EdgeRow, Facts, FactValue
from ..pack import Pack
from .admission import check_admission
from .fact_checks import fact_problem
from .people import people_named
from .units import one_living, twice

NOT_A_POST = Code(
    code="POST02",
    meaning="What is named as a post isn't one.",
)
HELD = Code(
    code="POST04",
    meaning="The post would have two holders.",
    hint=(
        "Relieve who holds it first; or name who leaves it with without_post: in "
        "rotate_cadres, or with relieves: in combine_posts."
    ),
)
TWO_POSTS = Code(
    code="POST05",
    meaning="A person would have two full posts, and the step doesn't say so.",
    hint=(
        "Relieve the person of one first; or say concurrent: true in appoint or in a "
        "move of rotate_cadres, or name both posts in combine_posts."
    ),
)
NOT_HELD = Code(
    code="POST06",
    meaning="The person doesn't hold the post on the effective date.",
)


class Holding(NamedTuple):
    """That somebody is to hold a post from the day on."""

    person: str
    post: str
    full: bool = True
    until: date = FOREVER
    concurrent: bool = False


def a_post(view: View, ref: str) -> Generator[Finding, None, str | None]:
    """Resolve the name of a post; yields what is wrong, returns its id or None."""
    node = yield from one_living(view, ref)
    if node is None or is_post(view, node):
        return node
    message = say(
        "{node} is a {node_kind}, not a post.",
        node=view.shown(node),
        node_kind=say(view.kind(node)),
    )
    yield NOT_A_POST.at(node, message)
    return None


def holders_named(
    view: View, refs: Iterable[str]
) -> Generator[Finding, None, list[str] | None]:
    """Resolve the names of those who may hold posts; None where one is wrong."""
    kinds = sorted(view.pack.edges[view.pack.chain.holds].ends)
    return (yield from people_named(view, refs, kinds, once=False))


def a_person(view: View, ref: str) -> Generator[Finding, None, str | None]:
    """Resolve the name of one who may hold posts."""
    ids = yield from holders_named(view, [ref])
    return ids[0] if ids else None


def is_post(view: View, node: str) -> bool:
    """Tell whether a node is a post."""
    return view.pack.nodes[view.kind(node)].role == "post"


def full_form(pack: Pack) -> str | None:
    """Return the form of a holding that fills its post for good; None without one."""
    posts = pack.questions.posts
    values = pack.facts[posts.form].values if posts.form else ()
    return next((value for value in values if value not in posts.provisional), None)


def form_facts(pack: Pack, form: str | None) -> Facts:
    """Return the facts of a holding of a form, the full one where none is said."""
    name, said = pack.questions.posts.form, form or full_form(pack)
    return {name: said} if name and said else {}


def form_problem(view: View, form: str) -> str | None:
    """Say what is wrong with the form of a holding."""
    name = view.pack.questions.posts.form
    if name is None:
        return "isn't known: the pack names no form of a holding"
    return fact_problem(view.pack, None, name, form)


def is_full(pack: Pack, row: EdgeRow) -> bool:
    """Tell whether a holding fills its post for good."""
    return pack.questions.posts.is_full(row.facts)


def is_surely_full(pack: Pack, row: EdgeRow) -> bool:
    """Tell whether a holding is known to fill its post for good."""
    return pack.questions.posts.is_surely_full(row.facts)


def form_of(view: View, row: EdgeRow) -> FactValue:
    """Return the form of a holding, the full one where none is said; None: unknown."""
    posts = view.pack.questions.posts
    if not posts.is_known(row.facts):
        return None
    return (row.facts.get(posts.form) if posts.form else None) or full_form(view.pack)


def is_beside(view: View, post: str) -> bool:
    """Tell whether a post is held beside a full one: a seat in a committee."""
    row = view.node(post) or view.versions(post)[-1]
    return view.pack.questions.posts.is_beside(row.facts)


def need_holdings(view: View, people: Collection[str], posts: Iterable[str]) -> None:
    """Read, a batch each, who holds these posts, and which posts these people hold."""
    holds = view.pack.chain.holds
    view.need_edges(posts, [holds], IN)
    view.need_edges(people, [holds], OUT)
    view.need_nodes(r.target for who in people for r in view.edges(who, holds, OUT))


def holding(view: View, person: str, post: str) -> EdgeRow | None:
    """Return how a person holds a post on the day."""
    rows = view.live_edges(person, view.pack.chain.holds, OUT)
    return next((row for row in rows if row.target == post), None)


def holders(view: View, post: str) -> list[EdgeRow]:
    """Return who holds a post on the day, in order."""
    return sorted(view.live_edges(post, view.pack.chain.holds, IN))


def check_holding(
    view: View, new: Holding, leaving: Collection[EdgeKey] = ()
) -> Iterator[Finding]:
    """Refuse a holding that can't begin on the day; `leaving` end by the same step."""
    yield from check_admission(view, new.person)
    kept = [
        row
        for row in view.edges(new.post, view.pack.chain.holds, IN)
        if row.source != new.person and row.key not in leaving
    ]
    for row in _overlapping(view, kept, new.until):
        message = say(
            "{post} is held by {source}{said}.",
            post=view.shown(new.post),
            source=row.source,
            said=_said(view, row),
        )
        yield HELD.at(new.post, message)
    if new.concurrent or not counts(view, new):
        return
    for row in also_filled(view, new, leaving):
        message = say(
            "{person} already holds {target}{said}, and would hold {post} too.",
            person=view.shown(new.person),
            target=view.shown(row.target),
            said=_said(view, row),
            post=view.shown(new.post),
        )
        yield TWO_POSTS.at(new.person, message)


def counts(view: View, new: Holding) -> bool:
    """Tell whether a holding is of a full post of its own."""
    return new.full and not is_beside(view, new.post)


def also_filled(
    view: View, new: Holding, leaving: Collection[EdgeKey]
) -> list[EdgeRow]:
    """Return which full posts a person goes on holding beside a new one, in order.

    One that is held in a form that isn't known refuses nothing; a rule says it.
    """
    kept = [
        row
        for row in view.edges(new.person, view.pack.chain.holds, OUT)
        if row.target != new.post
        and row.key not in leaving
        and is_surely_full(view.pack, row)
        and not is_beside(view, row.target)
    ]
    return _overlapping(view, kept, new.until)


def check_holdings(
    view: View, new: Sequence[Holding], leaving: Collection[EdgeKey] = ()
) -> Iterator[Finding]:
    """Refuse holdings that can't begin on the day, or not all by one step."""
    for one in new:
        yield from check_holding(view, one, leaving)
    for post in twice([one.post for one in new]):
        who = ", ".join(sorted(one.person for one in new if one.post == post))
        yield HELD.at(
            post,
            say(
                "{post} would be held by {who} together.",
                post=view.shown(post),
                who=who,
            ),
        )
    full = [one for one in new if counts(view, one) and not one.concurrent]
    for person in twice([one.person for one in full]):
        posts = sorted(one.post for one in full if one.person == person)
        shown = ", ".join(map(view.shown, posts))
        message = say(
            "{person} would hold several full posts: {shown}.",
            person=view.shown(person),
            shown=shown,
        )
        yield TWO_POSTS.at(person, message)


def holdings_of(
    view: View, people: Iterable[str], posts: Iterable[str]
) -> list[EdgeRow]:
    """Return how any of these people hold any of these posts on the day, in order."""
    known = set(people)
    rows = (row for post in set(posts) for row in holders(view, post))
    return sorted(row for row in rows if row.source in known)


def not_held(view: View, person: str, post: str) -> Finding:
    """Say that a person doesn't hold a post, and who does."""
    words = {"person": view.shown(person), "post": view.shown(post)}
    who = ", ".join(row.source for row in holders(view, post))
    message = say("{person} doesn't hold {post}; nobody does.", **words)
    if who:
        message = say("{person} doesn't hold {post}; {who} does.", **words, who=who)
    return NOT_HELD.at(person, message)


def begin_holding(draft: Draft, new: Holding, facts: Facts | None = None) -> None:
    """Let a person hold a post from the day on, whatever the form was before.

    `facts` are those of the holding, which is a full one without them.
    """
    row = holding(draft, new.person, new.post)
    if row is not None:
        draft.disconnect(row)
    facts = form_facts(draft.pack, None) if facts is None else facts
    draft.connect(draft.pack.chain.holds, new.person, new.post, facts, new.until)


def _overlapping(view: View, rows: Iterable[EdgeRow], until: date) -> list[EdgeRow]:
    return sorted(row for row in rows if row.since < until and row.until > view.day)


def _said(view: View, row: EdgeRow) -> str:
    """Say in which form and from when somebody holds a post."""
    full = is_full(view.pack, row)
    shown = "" if full else laid(" ({form})", form=say(str(form_of(view, row))))
    return (
        say("{shown} from {since} on", shown=shown, since=row.since)
        if row.since > view.day
        else shown
    )
