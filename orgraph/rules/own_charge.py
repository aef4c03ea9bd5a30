"""Nobody is in charge of oneself, or of the own household."""

from collections.abc import Iterator
from itertools import chain

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import OUT, EdgeRow
from ..pack import Pack
from .base import Reach, Rule
from .census import Census

OF_ONESELF = Code(
    code="INCHARGE04",
    meaning="A person is in charge of oneself, or of the own household.",
    hint="Put another person in charge.",
    structural=False,
)


class OwnCharge(Rule):
    """Who is in charge of a household doesn't belong to it, and nobody of oneself."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at whose charges or homes change, from the day on."""
        charge, homes = view.pack.chain.charge, _homes(view.pack)
        rows = (reach.by_edge.get(kind, ()) for kind in (charge, *homes))
        near = {row.source for row in chain.from_iterable(rows)}
        view.need_edges(near, [charge], OUT)
        sources = sorted(node for node in near if view.edges(node, charge, OUT))
        if homes:
            view.need_edges(sources, homes, OUT)
        found: list[tuple[EdgeRow, list[EdgeRow]]] = []
        for source in sources:
            lived = [row for edge in homes for row in view.edges(source, edge, OUT)]
            own_ends = [source, *[home.target for home in lived]]
            charged = view.edges(source, charge, OUT)
            for row in sorted([row for row in charged if row.target in own_ends]):
                own = [home for home in lived if home.target == row.target]
                # Of oneself nobody is in charge on any day of it.
                own += [row] if row.target == source else []
                found.append((row, own))
        view.need_nodes({row.target for row, _ in found})
        for row, own in found:
            yield from _told(view, row, own)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who are in charge of what they belong to, on whatever days."""
        pack = census.pack
        homes = {(source, home) for _, source, home in census.joined(_homes(pack))}
        for _, source, target in census.joined([pack.chain.charge]):
            if source == target or (source, target) in homes:
                yield source


def _told(view: View, row: EdgeRow, own: list[EdgeRow]) -> Iterator[Finding]:
    """Yield what is wrong with a charge of what somebody belongs to."""
    days = [
        day
        for home in own
        if (day := max(row.since, home.since, view.day)) < min(row.until, home.until)
    ]
    if not days:
        return
    said = {
        "person": view.shown(row.source),
        "unit": view.shown(row.target),
        "day": min(days),
    }
    if row.source == row.target:
        message = say("{person} is in charge of itself from {day} on.", **said)
    elif view.pack.nodes[view.kind(row.target)].is_private:
        message = say(
            "{person} is in charge of the household {unit} from {day} on, to which it "
            "belongs.",
            **said,
        )
    else:
        return
    yield OF_ONESELF.at(row.source, message, about=row.target)


def _homes(pack: Pack) -> list[str]:
    """Return the edges on the way home that join a person to a household."""
    places = pack.questions.places
    return [
        edge
        for edge in (places.home if places else ())
        if any(
            pack.nodes[kind].is_private
            for kind in chain.from_iterable(pack.edges[edge].ends.values())
        )
    ]
