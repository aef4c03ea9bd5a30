"""Who is rotated to lead a place isn't a native of it."""

from collections.abc import Collection, Iterator

from ..draft import View
from ..findings import Code, Finding
from ..model import OUT
from .base import Reach, Rule
from .census import Census
from .limiting import of_limit
from .rotating import crowded, meant_moves

NATIVE = Code(
    code="NATIVE01",
    meaning="A person is to lead the place that they are a native of.",
    structural=False,
)
NOT_KNOWN = Code(
    code="NATIVE02",
    meaning="Whether somebody who is to lead a place is a native of it isn't recorded.",
    severity="info",
    structural=False,
)


class NotNative(Rule):
    """Who is rotated to the head of a place isn't a native of that place."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at those who take a post elsewhere on the day."""
        people, covers = view.pack.people, view.pack.questions.covers
        if people is None or people.native is None or covers is None:
            return
        found = list(meant_moves(view, reach, self.name()))
        view.need_edges({move.person for move, _ in found}, [people.native], OUT)
        view.need_edges({move.new.unit for move, _ in found}, [covers], OUT)
        by = {move.person: _born(view, move.person, people.native) for move, _ in found}
        # All at once, so that of each no more is read.
        _above(view, {place for born in by.values() for place in born})
        for move, meant in found:
            born = by[move.person]
            from_ = _above(view, born)
            rows = view.live_edges(move.new.unit, covers, OUT)
            places = {move.new.unit, *(row.target for row in rows)}
            homes = sorted(places & from_)
            for limit in meant:
                if homes:
                    message = (
                        f"{view.shown(move.person)} is to hold "
                        f"{view.shown(move.row.target)} and is a native of "
                        f"{view.shown(homes[0])}; {limit.title} wants none."
                    )
                    yield of_limit(NATIVE, limit, move.person, message)
                elif not born and len(places) > 1:
                    message = (
                        f"Where {view.shown(move.person)} is a native of isn't "
                        f"recorded; {limit.title} wants no native."
                    )
                    yield of_limit(NOT_KNOWN, limit, move.person, message)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who leave a post for another."""
        return crowded(census)


def _born(view: View, person: str, native: str) -> set[str]:
    return {row.target for row in view.edges(person, native, OUT)}


def _above(view: View, places: Collection[str]) -> set[str]:
    """Return places with what they are part of, and what took their place since.

    What lives on is left by nobody, though a part of it went to another.
    """
    lineage = view.pack.lineage
    found, frontier = set[str](), set(places)
    while frontier:
        found |= frontier
        view.need_parents(frontier)
        view.need_edges(frontier, [lineage], OUT)
        parents = {row.target for n in frontier if (row := view.parent(n))}
        ended = [n for n in frontier if view.node(n) is None]
        later = {row.target for n in ended for row in view.edges(n, lineage, OUT)}
        frontier = (parents | later) - found
    return found
