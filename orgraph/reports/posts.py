"""Posts that begin, end and meet, who is without one, and what nobody is in charge of.

Which edges say that is the pack's word: `chain` names them, `unique_by` the fact by
which posts of one unit are alike, `questions.charged` of what somebody should be in
charge.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..draft import View
from ..model import IN, OUT
from ..rules.left_vacant import joined, left_vacant
from ..rules.planned import coming_to, taking
from .compared import Compared
from .exchanged import Exchange
from .model_people import AlikePosts, ExchangedPost, Post, Uncharged, VacatedPost

Held = dict[str, tuple[str, ...]]


def surplus(
    compared: Compared, exchanged: Iterable[Exchange]
) -> tuple[dict[str, str | None], ...]:
    """Return the holders whose post ends, or who no longer hold it.

    Who takes a post of equal standing on the day, as `exchanged` has them, loses none.
    """
    holds = compared.pack.chain.holds
    still = {row[1:3] for row in compared.come(holds)}
    still.update(left[1:3] for left, _ in exchanged)
    lost = [row for row in compared.gone(holds) if row[1:3] not in still]
    posts = _posts(compared, compared.before, {row.target for row in lost}, {})
    return tuple(
        {
            "person": row.source,
            "post": row.target,
            "role": posts[row.target].role,
            "unit": posts[row.target].unit,
        }
        for row in lost
    )


def posts_exchanged(
    compared: Compared, exchanged: Sequence[Exchange]
) -> tuple[ExchangedPost, ...]:
    """Return who leaves which post, and takes which of equal standing instead."""
    was = {left.target for left, _ in exchanged}
    old = _posts(compared, compared.before, was, {})
    taken = {taken.target for _, taken in exchanged}
    new = _posts(compared, compared.after, taken, {})
    return tuple(
        ExchangedPost(left.source, old[left.target], new[taken.target])
        for left, taken in exchanged
    )


def appointed(compared: Compared) -> tuple[dict[str, str | None], ...]:
    """Return who comes to a post, and in which form; or holds one in another form."""
    come = compared.come(compared.pack.chain.holds)
    posts = _posts(compared, compared.after, {row.target for row in come}, {})
    form = compared.pack.questions.posts.form
    found = []
    for row in come:
        said = row.facts.get(form) if form else None
        found.append(
            {
                "person": row.source,
                "post": row.target,
                "role": posts[row.target].role,
                "unit": posts[row.target].unit,
                "form": None if said is None else str(said),
            }
        )
    return tuple(found)


def posts_of(compared: Compared) -> dict[str, tuple[Post, ...]]:
    """Return the posts that begin and end, with their unit, role and holders."""
    found = {}
    for word, view, nodes in (
        ("began", compared.after, compared.newborn),
        ("ended", compared.before, compared.ended),
    ):
        posts = [n for n in nodes if _role_of(compared, n) == "post"]
        known = _posts(compared, view, posts, _holders(compared, view, posts))
        found[word] = tuple(known[post] for post in posts)
    return found


def vacated(compared: Compared) -> tuple[VacatedPost, ...]:
    """Return the posts that lose the last who held them for good, and who is planned.

    Or the last who was seconded to them. Their units are those that they have after
    the plan.
    """
    pack, after = compared.pack, compared.after
    gone = compared.gone(pack.chain.holds)
    left = left_vacant(compared.before, after, {row.target for row in gone})
    planned = coming_to(after, dict.fromkeys(left, after.day))
    named = {person for people in planned.values() for person in people}
    elsewhere = taking(compared.before, after, named)
    form = pack.questions.posts
    was: defaultdict[str, set[str]] = defaultdict(set)
    for row in gone:
        if form.is_full(row.facts) or form.is_seconded(row.facts):
            was[row.target].add(row.source)
    known = _posts(compared, after, left, {n: tuple(sorted(was[n])) for n in left})
    return tuple(
        VacatedPost(
            *known[post],
            joined(after, post, pack.chain.holds),
            tuple(planned[post]),
            tuple(person for person in planned[post] if elsewhere[person]),
        )
        for post in left
    )


def _role_of(compared: Compared, node: str) -> str:
    return compared.pack.nodes[compared.kind(node)].role


def _posts(
    compared: Compared, view: View, posts: Iterable[str], held: Held
) -> dict[str, Post]:
    """Return what posts are in a view: their unit, their role, and who holds them."""
    wanted = sorted(posts)
    if not wanted:
        return {}
    seat = compared.pack.chain.seat
    fact = compared.pack.edges[seat].unique_by
    view.need_nodes(wanted)
    view.need_edges(wanted, [seat], OUT)
    found = {}
    for post in wanted:
        row = view.node(post) or view.versions(post)[-1]
        role = row.facts.get(fact) if fact else None
        units = sorted(row.target for row in view.live_edges(post, seat, OUT))
        unit = units[0] if units else None
        said = None if role is None else str(role)
        found[post] = Post(post, unit, said, held.get(post, ()))
    return found


def _holders(compared: Compared, view: View, posts: list[str]) -> Held:
    """Return who holds posts on the day, read at once."""
    if not posts:
        return {}
    holds = compared.pack.chain.holds
    view.need_edges(posts, [holds], IN)
    return {
        post: tuple(sorted(row.source for row in view.live_edges(post, holds, IN)))
        for post in posts
    }


def alike_posts(compared: Compared) -> tuple[AlikePosts, ...]:
    """Return the posts that are alike and have come to be in one unit, of several.

    Those that came together from one unit are as they were there, and one that begins
    beside others comes from none.
    """
    pack, after = compared.pack, compared.after
    kinds = [kind for kind, edge in sorted(pack.edges.items()) if edge.unique_by]
    came = {(row.kind, row.source): row for k in kinds for row in compared.come(k)}
    if not came:
        return ()
    newborn = set(compared.newborn)
    sitting: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for (kind, post), row in came.items():
        sitting[kind, row.target].add(post)
    known = [place for place in sitting if place[1] not in newborn]
    after.need_edges({unit for _, unit in known}, kinds, IN)
    for kind, unit in known:
        sitting[kind, unit].update(r.source for r in after.live_edges(unit, kind, IN))
    after.need_nodes(post for posts in sitting.values() for post in posts)
    origins = {
        (row.kind, row.source): row.target for k in kinds for row in compared.gone(k)
    }
    found = []
    for (kind, unit), posts in sitting.items():
        alike: defaultdict[str, dict[str, str]] = defaultdict(dict)
        fact = str(pack.edges[kind].unique_by)
        for post in posts:
            node = after.node(post)
            value = node.facts.get(fact) if node else None
            moved = (kind, post) in came
            origin = origins.get((kind, post)) if moved else unit
            if value is not None and origin is not None:
                alike[str(value)][post] = origin
        found += [
            (unit, value, where)
            for value, where in sorted(alike.items())
            if len(set(where.values())) > 1
        ]
    held = _holders(compared, after, sorted({p for *_, posts in found for p in posts}))
    return tuple(
        AlikePosts(
            unit,
            value,
            tuple(Post(post, where[post], value, held[post]) for post in sorted(where)),
        )
        for unit, value, where in sorted(found, key=lambda one: one[:2])
    )


def uncharged(compared: Compared) -> tuple[Uncharged, ...]:
    """Return the units that nobody is in charge of any longer, with who was.

    Of a new unit those are who were in charge of the units whose place it takes.
    """
    pack, after = compared.pack, compared.after
    charge, kinds = pack.chain.charge, pack.questions.charged
    was: defaultdict[str, set[str]] = defaultdict(set)
    for row in compared.gone(charge):
        was[row.target].add(row.source)
    if not was or not kinds:
        return ()
    after.need_nodes(was)
    covered = {row.target for row in compared.come(charge)}
    newborn = set(compared.newborn)
    left = {unit: {unit} for unit in was if after.node(unit)}
    left.update(_places_taken(compared, was))
    lost = sorted(left.keys() - covered)
    asked = [unit for unit in lost if compared.kind(unit) in kinds]
    if asked:
        after.need_edges([unit for unit in asked if unit not in newborn], [charge], IN)
    return tuple(
        Uncharged(
            unit,
            compared.kind(unit),
            tuple((node, tuple(sorted(was[node]))) for node in sorted(left[unit])),
        )
        for unit in asked
        if unit in newborn or not after.live_edges(unit, charge, IN)
    )


def _places_taken(compared: Compared, units: Iterable[str]) -> dict[str, set[str]]:
    """Return which new units take the place of which of these, or a part of it.

    They may do so by way of what ends on the day, though it only lived within it.
    """
    newborn, gone = set(compared.newborn), {*compared.ended, *compared.passing}
    onward: defaultdict[str, list[str]] = defaultdict(list)
    for row in compared.come(compared.pack.lineage):
        onward[row.source].append(row.target)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for unit in units:
        seen, frontier = {unit}, [unit]
        while frontier:
            targets = set(onward.get(frontier.pop(), ())) - seen
            seen |= targets
            frontier += targets & gone
            for target in targets & newborn:
                found[target].add(unit)
    return found
