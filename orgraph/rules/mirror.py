"""What covers a unit is rearranged with it, on the day on which the unit is."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT, Direction, EdgeRow, Span
from ..pack import Mirror as Word
from .base import Reach, Rule
from .census import Census
from .covering import Covering
from .forming import forming, need_forming

BODIES_STAY = Code(
    code="MIRROR01",
    meaning="Units come together or are divided, and what covers them isn't so.",
    hint="Rearrange what covers them as well: orgraph draft --mirror drafts it.",
    severity="warning",
    structural=False,
)
UNITS_STAY = Code(
    code="MIRROR02",
    meaning="What covers units comes together or is divided, and the units aren't so.",
    hint="Rearrange the units on the same day, or leave what covers them as it is.",
    severity="warning",
    structural=False,
)
COVERS_NOTHING = Code(
    code="MIRROR03",
    meaning="A unit ends, and what covered it lives on and covers nothing.",
    hint="End it with its unit, or let it cover another.",
    severity="warning",
    structural=False,
)
UNCOVERED = Code(
    code="MIRROR04",
    meaning="What covered a unit does so no longer, and the unit lives on without any.",
    hint="Let another cover it.",
    severity="warning",
    structural=False,
)


class Mirror(Rule):
    """What covers units is rearranged on the day as they are, and the reverse."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Compare what the day makes of units with what it makes of their bodies.

        Only of what the day forms, and of what ceases to be covered by it, is it read
        what covers it: that may be much.
        """
        lineage = view.pack.lineage
        for word in view.pack.mirrors:
            nodes = reach.of([word.unit, *word.bodies])
            ceased = _ceased(view, word, reach, nodes)
            view.need_nodes({end for row in ceased for end in row[1:3]})
            view.need_edges(nodes, [lineage], IN)
            heirs = [node for node in nodes if view.edges(node, lineage, IN)]
            need_forming(view, heirs)
            formed = [node for node in heirs if forming(view, node)]
            yield from _Judge(view, word).findings(formed, ceased)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the units that have bodies, and at all bodies there ever were."""
        for word in census.pack.mirrors:
            yield from census.living([word.unit])
            yield from census.of_kinds(word.bodies, Span.always())


def _ceased(
    view: View, word: Word, reach: Reach, nodes: Iterable[str]
) -> list[EdgeRow]:
    """Return the coverings that cease on the day, of which a plan touches an end.

    One that an earlier plan of the day ended counts once what it joined ends, too.
    """
    rows = {row.key: row for row in reach.by_edge.get(word.edge, ())}
    gone = [node for node in nodes if view.node(node) is None]
    ends: tuple[Direction, ...] = (IN, OUT)
    for direction in ends:
        view.need_edges(gone, [word.edge], direction)
        for node in gone:
            rows |= {row.key: row for row in view.edges(node, word.edge, direction)}
    return [row for row in rows.values() if row.since < row.until == view.day]


class _Judge(Covering):
    """Judges by one word of the pack."""

    def findings(
        self, formed: Sequence[str], ceased: Sequence[EdgeRow]
    ) -> Iterator[Finding]:
        """Look at units and bodies that are formed, and at coverings that ceased."""
        gone = self.gone
        units = [node for node in formed if self.is_unit(node)]
        bodies = [node for node in formed if self.view.kind(node) in self.word.bodies]
        ended = [row for row in ceased if self.is_unit(row.target)]
        lost = sorted(
            {r.source for r in ended if gone(r.target) and not gone(r.source)}
        )
        left = [row for row in ended if not gone(row.target)]
        self.need(units, [*bodies, *lost], {row.target for row in left})
        for unit in units:
            yield from self._formed(unit)
        for body in bodies:
            if self.is_meant(body):
                yield from self._body(body)
        for body in lost:
            if self.is_meant(body):
                yield from self._lost(body)
        for row in left:
            yield from self._left(row)

    def _formed(self, unit: str) -> Iterator[Finding]:
        """Find a unit formed on the day that hasn't one body of its own."""
        bodies = self.bodies(unit)
        shown = self.view.shown(unit)
        others = self.others(unit)
        bare = not bodies and not others
        beside = self.beside(unit, bodies, others)
        if bare and any(self.led_before(g) for g in self.givers(unit)):
            yield self._at(
                BODIES_STAY,
                unit,
                say(
                    "{shown} is formed on {day} and nothing covers it, as it "
                    "did what it is formed of.",
                    shown=shown,
                    day=self.view.day,
                ),
            )
        elif len(bodies) + len(beside) > 1:
            yield self._at(
                BODIES_STAY,
                unit,
                say(
                    "{shown} is formed on {day} and still covered by "
                    "{number}: {named}.",
                    shown=shown,
                    day=self.view.day,
                    number=len(bodies) + len(beside),
                    named=self._named([*bodies, *beside]),
                ),
            )
        elif bodies and len(units := self.units(bodies[0])) > 1:
            yield self._at(
                BODIES_STAY,
                unit,
                say(
                    "{shown} is formed on {day}, and what covers it, "
                    "{bodies}, covers {number}: "
                    "{named}.",
                    shown=shown,
                    day=self.view.day,
                    bodies=self.view.shown(bodies[0]),
                    number=len(units),
                    named=self._named(units),
                ),
            )

    def _body(self, body: str) -> Iterator[Finding]:
        """Find a body that is formed where its units aren't."""
        view = self.view
        shown, units = view.shown(body), self.units(body)
        formed = forming(view, body)
        apart = [unit for unit in units if not forming(view, unit)]
        shared = [unit for unit in apart if len(self.bodies(unit)) > 1]
        if formed is not None and formed.is_merger and apart and len(units) > 1:
            yield self._at(
                UNITS_STAY,
                body,
                say(
                    "{shown} is formed on {day} of {number}, and what it "
                    "covers stays {number_2}: {named}.",
                    shown=shown,
                    day=view.day,
                    number=len(formed.whole),
                    number_2=len(units),
                    named=self._named(units),
                ),
            )
        elif shared:
            others = self._named(self.bodies(shared[0]))
            yield self._at(
                UNITS_STAY,
                body,
                say(
                    "{shown} is formed on {day}, and {shared} is not "
                    "divided: it is covered by {others}.",
                    shown=shown,
                    day=view.day,
                    shared=view.shown(shared[0]),
                    others=others,
                ),
            )

    def _lost(self, body: str) -> Iterator[Finding]:
        """Find a body whose units end on the day, and that covers nothing now."""
        view = self.view
        rows = view.edges(body, self.word.edge, OUT)
        if any(row.since <= view.day < row.until for row in rows):
            return
        lost = sorted(
            row.target
            for row in rows
            if row.until == view.day
            and self.is_unit(row.target)
            and self.gone(row.target)
        )
        yield self._at(
            COVERS_NOTHING,
            body,
            say(
                "{body} lives on and covers nothing: {named} ends on {day}.",
                body=view.shown(body),
                named=self._named(lost),
                day=view.day,
            ),
        )

    def _left(self, row: EdgeRow) -> Iterator[Finding]:
        """Find a unit that lives on, is covered no longer, and by no other.

        It is said once, with the first of several that covered it.
        """
        view, unit = self.view, row.target
        if self.bodies(unit) or self.others(unit):
            return
        left = [
            other.source
            for other in sorted(view.edges(unit, self.word.edge, IN))
            if other.since < other.until == view.day and self.leads(other)
        ]
        if not left or left[0] != row.source:
            return
        message = say(
            "{unit} lives on and nothing covers it: {named} covered it until {day}.",
            unit=view.shown(unit),
            named=self._named(left),
            day=view.day,
        )
        if all(map(self.gone, left)):
            message = say(
                "{unit} lives on and nothing covers it: {named} ends on {day}.",
                unit=view.shown(unit),
                named=self._named(left),
                day=view.day,
            )
        yield self._at(UNCOVERED, unit, message)

    def _at(self, code: Code, subject: str, message: str) -> Finding:
        hint = None
        if code == BODIES_STAY and not self.word.becomes:
            hint = say(
                "Rearrange what covers them by hand: the pack doesn't say what it "
                "becomes."
            )
        return code.at(subject, message, hint=hint, source=self.word.source)

    def _named(self, nodes: Collection[str]) -> str:
        return ", ".join(self.view.shown(node) for node in nodes)
