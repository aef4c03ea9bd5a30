"""A person's holdings joined to spells: a merger resets nobody's term."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from ..model import IN, OUT, EdgeRow, Span
from .view import View


def join_holdings(
    held: Iterable[EdgeRow], before: Collection[tuple[str, str]]
) -> list[list[EdgeRow]]:
    """Return holdings of one person in runs, the first first, each in order.

    A holding goes on in the next one where that begins on the day on which it ends, in
    the same post or in one that succeeded it: `before` are pairs (older, newer) of
    posts.
    """
    joined: list[list[EdgeRow]] = []
    for row in sorted(held, key=lambda row: (row.since, row.until, row.target)):
        run = next(
            (
                run
                for run in joined
                if run[-1].until == row.since
                and (
                    run[-1].target == row.target
                    or (run[-1].target, row.target) in before
                )
            ),
            None,
        )
        if run is None:
            joined.append([row])
        else:
            run.append(row)
    return joined


def holdings_of(view: View, people: Collection[str]) -> dict[str, list[EdgeRow]]:
    """Return all that people ever held, as it is after what a draft writes."""
    holds = view.pack.chain.holds
    view.need_edges(people, [holds], OUT)
    found: defaultdict[str, dict[object, EdgeRow]] = defaultdict(dict)
    for row in view.reader.edges(sorted(people), [holds], OUT, Span.always()):
        # What the day can change the view knows, changed or not.
        if row.until < view.day:
            found[row.source][row.key] = row
    for person in people:
        for row in view.edges(person, holds, OUT):
            found[person][row.key] = row
    return {person: sorted(found[person].values()) for person in sorted(people)}


def spells_of(view: View, people: Collection[str]) -> dict[str, list[list[EdgeRow]]]:
    """Return the holdings of people in runs that go on without a gap."""
    held = holdings_of(view, people)
    posts = {row.target for rows in held.values() for row in rows}
    lineage = view.pack.lineage
    view.need_edges(posts, [lineage], IN)
    before = {
        (row.source, post) for post in posts for row in view.edges(post, lineage, IN)
    }
    return {person: join_holdings(rows, before) for person, rows in held.items()}
