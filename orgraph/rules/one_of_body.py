"""A body has one of what it has but one of, and isn't left without it."""

from collections.abc import Collection, Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT, Span
from ..pack import Mirror, Source
from .base import Reach, Rule
from .census import Census
from .forming import forming, need_forming

SEVERAL = Code(
    code="MIRROR06",
    meaning="A body has several of what it has but one of.",
    hint="Merge them into one, or close all but one.",
    severity="warning",
    structural=False,
)
NONE_LEFT = Code(
    code="MIRROR07",
    meaning="A body that had what each has one of, or is formed of such that did, is "
    "left without.",
    hint="Found it by found_unit, or let that of another go there.",
    severity="warning",
    structural=False,
)


class OneOfBody(Rule):
    """A body has one of what the pack unites, and isn't left without it."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at what is below bodies and comes, goes or changes, not at all below."""
        words: dict[str, list[Mirror]] = {}
        for word in view.pack.mirrors:
            for united in word.unite:
                words.setdefault(united.kind, []).append(word)
        for kind, some in words.items():
            edge = view.pack.parent_edge(kind)
            found = reach.of([kind])
            if edge and found:
                yield from _Judge(view, kind, edge, some, reach).findings(found)

    def where(self, census: Census) -> Iterator[str]:
        """Look at all that there ever was of the kinds that are united."""
        kinds = {one.kind for word in census.pack.mirrors for one in word.unite}
        return census.of_kinds(kinds, Span.always())


class _Judge:
    """Judges one kind, below the bodies of the mirrors that have but one of it."""

    def __init__(
        self, view: View, kind: str, edge: str, words: Collection[Mirror], reach: Reach
    ) -> None:
        self.view = view
        self.kind = kind
        self.edge = edge
        self.words = words
        self.in_batches = reach.bearing is None
        self.ones = frozenset(reach.by_kind.get(kind, ()))
        self.others = frozenset(reach.nodes) - self.ones

    def findings(self, found: Sequence[str]) -> Iterator[Finding]:
        """Find bodies with several, and those left without.

        In an audit in batches a body belongs to that which has the first of them.
        """
        view = self.view
        view.need_edges(found, [self.edge], OUT)
        rows = [row for node in found for row in view.edges(node, self.edge, OUT)]
        bodies = {row.target for row in rows if row.since <= view.day < row.until}
        left = {row.target for row in rows if row.since < row.until == view.day}
        view.need_nodes(bodies | left)
        meant = [body for body in sorted(bodies) if self._word(body)]
        view.need_edges(meant, [self.edge], IN)
        for body in meant:
            nodes = self._below(body)
            if len(nodes) > 1 and self._is_first(nodes):
                yield self._several(body, nodes)
        for body in sorted(self._takers(left) - bodies):
            word = self._word(body)
            if word and self._is_founded(word) and not self._below(body):
                had = self._had(body)
                if had and self._is_first(had):
                    yield self._none(body, had)

    def _is_first(self, nodes: Sequence[str]) -> bool:
        return not self.in_batches or nodes[0] in self.ones

    def _several(self, body: str, nodes: Sequence[str]) -> Finding:
        message = say(
            "{body} has {number}, and each has one {kind}: {named}.",
            body=self.view.shown(body),
            number=len(nodes),
            kind=say(self.kind),
            named=list(map(self.view.shown, nodes)),
        )
        return SEVERAL.at(
            body, message, about=f"kind:{self.kind}", source=self._source(body)
        )

    def _none(self, body: str, had: Sequence[str]) -> Finding:
        message = say(
            "{body} is left without {kind} on {day}: {named} goes or ends.",
            body=self.view.shown(body),
            kind=say(self.kind),
            day=self.view.day,
            named=list(map(self.view.shown, had)),
        )
        return NONE_LEFT.at(
            body, message, about=f"kind:{self.kind}", source=self._source(body)
        )

    def _takers(self, left: Collection[str]) -> set[str]:
        """Return the bodies that something left, or what was formed of those."""
        view, lineage = self.view, self.view.pack.lineage
        takers, seen, frontier = set[str](), set[str](), set(left)
        while frontier:
            seen |= frontier
            gone = {body for body in frontier if view.node(body) is None}
            takers |= frontier - gone
            view.need_edges(gone, [lineage], OUT)
            rows = [row for body in gone for row in view.edges(body, lineage, OUT)]
            frontier = {row.target for row in rows if row.since == view.day} - seen
            view.need_nodes(frontier)
        formed = takers - set(left)
        need_forming(view, formed)
        return {body for body in takers if body in left or forming(view, body)}

    def _had(self, body: str) -> list[str]:
        """Return what a body, or those that it is formed of, had until the day."""
        formed = forming(self.view, body)
        bodies = {body, *(formed.givers if formed else ())}
        self.view.need_edges(bodies, [self.edge], IN)
        rows = [row for one in bodies for row in self.view.edges(one, self.edge, IN)]
        ended = {row.source for row in rows if row.since < row.until == self.view.day}
        self.view.need_nodes(ended)
        return sorted(node for node in ended if self._is_one(node))

    def _below(self, body: str) -> list[str]:
        """Return those of the kind that are directly below a body on the day."""
        self.view.need_edges([body], [self.edge], IN)
        rows = self.view.live_edges(body, self.edge, IN)
        # What the plan touches is known by kind: most of it is of others.
        sources = {row.source for row in rows} - self.others
        unknown = sources - self.ones
        self.view.need_nodes(unknown)
        more = {node for node in unknown if self._is_one(node)}
        return sorted((sources & self.ones) | more)

    def _is_one(self, node: str) -> bool:
        return self.view.kind_or_none(node) == self.kind

    def _word(self, body: str) -> Mirror | None:
        """Return the mirror that a living body belongs to."""
        row = self.view.node(body)
        if row is None:
            return None
        words = (w for w in self.words if row.kind in w.bodies and w.fits(row.facts))
        return next(words, None)

    def _is_founded(self, word: Mirror) -> bool:
        return any(one.kind == self.kind and one.founded for one in word.unite)

    def _source(self, body: str) -> Source | None:
        word = self._word(body)
        return word.source if word else None
