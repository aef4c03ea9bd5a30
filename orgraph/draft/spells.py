"""A person's holdings joined to spells: a merger resets nobody's term."""

from collections import defaultdict
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import date

from ..model import FOREVER, IN, OUT, Direction, EdgeKey, EdgeRow, Span
from .view import View

Following = Callable[[EdgeRow, EdgeRow], bool]
"""Whether a holding is so soon after another that it may go on with it."""


def touches(one: EdgeRow, later: EdgeRow) -> bool:
    """Tell whether a row begins on the day on which another ends."""
    return one.until == later.since


def join_holdings(
    held: Iterable[EdgeRow],
    before: Collection[tuple[str, str]],
    follows: Following = touches,
) -> list[list[EdgeRow]]:
    """Return holdings of one person in runs, the first first, each in order.

    A holding goes on in the next one where that follows it, in the same post or in one
    that succeeded it: `before` are pairs (older, newer) of posts.
    """
    joined: list[list[EdgeRow]] = []
    for row in sorted(held, key=lambda row: (row.since, row.until, row.target)):
        run = next(
            (
                run
                for run in joined
                if (
                    run[-1].target == row.target
                    or (run[-1].target, row.target) in before
                )
                and follows(run[-1], row)
            ),
            None,
        )
        if run is None:
            joined.append([row])
        else:
            run.append(row)
    return joined


def edges_ever(
    view: View, nodes: Collection[str], kind: str, way: Direction = OUT
) -> dict[str, list[EdgeRow]]:
    """Return all edges of a kind that ever left nodes, with what a draft writes.

    Or, the other `way`, those that ever led to them.
    """
    if not nodes:
        return {}
    view.need_edges(nodes, [kind], way)
    found: defaultdict[str, dict[object, EdgeRow]] = defaultdict(dict)
    for row in view.reader.edges(sorted(nodes), [kind], way, Span.always()):
        # What the day can change the view knows, changed or not.
        if row.until < view.day:
            found[row.source if way == OUT else row.target][row.key] = row
    for node in nodes:
        for row in view.edges(node, kind, way):
            found[node][row.key] = row
    return {node: sorted(found[node].values()) for node in sorted(nodes)}


def filled_since(view: View, rows: Iterable[EdgeRow]) -> dict[EdgeKey, date]:
    """Return since when the holders of rows have filled those posts without a break.

    What they held before the view's day is read at once; who acted didn't fill a post,
    nor is it known of a holding whose form isn't.
    """
    rows, form = list(rows), view.pack.questions.posts
    ever = edges_ever(view, {row.source for row in rows}, view.pack.chain.holds)
    found = {}
    for row in rows:
        same = [r for r in ever[row.source] if r.target == row.target]
        since = row.since
        fills = form.is_surely_full if form.is_known(row.facts) else form.is_full
        for one in sorted(same, key=lambda one: one.since, reverse=True):
            if one.until == since and fills(one.facts):
                since = one.since
        found[row.key] = since
    return found


def spells_of(
    view: View, people: Collection[str], follows: Following
) -> dict[str, list[list[EdgeRow]]]:
    """Return all that people ever held, in runs that go on."""
    held = edges_ever(view, people, view.pack.chain.holds)
    return runs_of(view, held, follows)


def runs_of(
    view: View, held: Mapping[str, Collection[EdgeRow]], follows: Following
) -> dict[str, list[list[EdgeRow]]]:
    """Return the holdings of people in runs that go on."""
    # Only what begins as another ends may have succeeded it.
    posts = {
        row.target
        for rows in held.values()
        for row in rows
        for one in rows
        if one.until < FOREVER and one.target != row.target and follows(one, row)
    }
    lineage = view.pack.lineage
    view.need_edges(posts, [lineage], IN)
    before = {
        (row.source, post) for post in posts for row in view.edges(post, lineage, IN)
    }
    return {
        person: join_holdings(rows, before, follows) for person, rows in held.items()
    }


def begun_from(
    rows: Sequence[EdgeRow], since: date
) -> Iterator[tuple[date, list[EdgeRow]]]:
    """Yield each day on which rows begin, with those in force on it.

    What began before the day `since` counts as beginning on it.
    """
    for day in sorted({max(row.since, since) for row in rows}):
        yield day, [row for row in rows if row.since <= day < row.until]
