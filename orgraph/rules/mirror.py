"""What covers a unit is rearranged with it, on the day on which the unit is."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT, Direction, EdgeRow, Span
from ..pack import Mirror as Word
from .base import Reach, Rule
from .census import Census
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


class _Judge:
    """Judges by one word of the pack."""

    def __init__(self, view: View, word: Word) -> None:
        self.view = view
        self.word = word

    def findings(
        self, formed: Sequence[str], ceased: Sequence[EdgeRow]
    ) -> Iterator[Finding]:
        """Look at units and bodies that are formed, and at coverings that ceased."""
        gone = self._gone
        units = [node for node in formed if self._is_unit(node)]
        bodies = [node for node in formed if self.view.kind(node) in self.word.bodies]
        ended = [row for row in ceased if self._is_unit(row.target)]
        lost = sorted(
            {r.source for r in ended if gone(r.target) and not gone(r.source)}
        )
        left = [row for row in ended if not gone(row.target)]
        self._need(units, [*bodies, *lost], {row.target for row in left})
        for unit in units:
            yield from self._formed(unit)
        for body in bodies:
            if self._is_meant(body):
                yield from self._body(body)
        for body in lost:
            if self._is_meant(body):
                yield from self._lost(body)
        for row in left:
            yield from self._left(row)

    def _need(
        self, units: Sequence[str], bodies: Sequence[str], left: Collection[str]
    ) -> None:
        """Read what covers and covered these units, and what else is covered so."""
        view, edge = self.view, self.word.edge
        givers = {node for unit in units for node in self._givers(unit)}
        view.need_edges({*units, *givers, *left}, [edge], IN)
        covering = {row.source for unit in units for row in view.edges(unit, edge, IN)}
        view.need_edges({*covering, *bodies}, [edge], OUT)
        rows = [r for body in (*covering, *bodies) for r in view.edges(body, edge, OUT)]
        near = {r.target for body in bodies for r in view.edges(body, edge, OUT)}
        view.need_edges(near, [edge], IN)
        need_forming(view, near)
        for unit in (*units, *givers, *left, *near):
            rows += view.edges(unit, edge, IN)
        view.need_nodes({end for row in rows for end in row[1:3]})

    def _givers(self, unit: str) -> tuple[str, ...]:
        found = forming(self.view, unit)
        return found.givers if found else ()

    def _formed(self, unit: str) -> Iterator[Finding]:
        """Find a unit formed on the day that hasn't one body of its own."""
        bodies = self._bodies(unit)
        shown = self.view.shown(unit)
        others = self._others(unit)
        bare = not bodies and not others
        beside = self._beside(unit, bodies, others)
        if bare and any(self._led_before(g) for g in self._givers(unit)):
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
        elif bodies and len(units := self._units(bodies[0])) > 1:
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
        shown, units = view.shown(body), self._units(body)
        formed = forming(view, body)
        apart = [unit for unit in units if not forming(view, unit)]
        shared = [unit for unit in apart if len(self._bodies(unit)) > 1]
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
            others = self._named(self._bodies(shared[0]))
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
            and self._is_unit(row.target)
            and self._gone(row.target)
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
        if self._bodies(unit) or self._others(unit):
            return
        left = [
            other.source
            for other in sorted(view.edges(unit, self.word.edge, IN))
            if other.since < other.until == view.day and self._leads(other)
        ]
        if not left or left[0] != row.source:
            return
        message = say(
            "{unit} lives on and nothing covers it: {named} covered it until {day}.",
            unit=view.shown(unit),
            named=self._named(left),
            day=view.day,
        )
        if all(map(self._gone, left)):
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

    def _bodies(self, unit: str) -> list[str]:
        """Return the bodies that cover a unit on the day."""
        rows = self.view.live_edges(unit, self.word.edge, IN)
        return sorted(row.source for row in rows if self._is_meant(row.source))

    def _others(self, unit: str) -> list[str]:
        """Return what covers a unit on the day that may do so instead of a body."""
        rows = self.view.live_edges(unit, self.word.edge, IN)
        kinds = self.word.instead
        bodies = [(r.source, self.view.node(r.source)) for r in sorted(rows)]
        return [body for body, row in bodies if row is not None and row.kind in kinds]

    def _beside(
        self, unit: str, bodies: Sequence[str], others: Sequence[str]
    ) -> list[str]:
        """Return what led a unit that went into one, and isn't below its body.

        What covered a unit beside its body led none.
        """
        self.view.need_ancestors(others)
        givers = {unit, *self._givers(unit)} if others else ()
        led = [giver for giver in givers if not self._covered_before(giver)]
        came = {row.source for giver in led for row in self._before(giver)}
        return [
            other
            for other in others
            if other in came and not {*bodies} & {*self.view.ancestors(other)}
        ]

    def _units(self, body: str) -> list[str]:
        """Return the units of the kind that a body covers on the day."""
        rows = self.view.live_edges(body, self.word.edge, OUT)
        return sorted(row.target for row in rows if self._is_unit(row.target))

    def _covered_before(self, unit: str) -> bool:
        return any(self._is_meant(row.source) for row in self._before(unit))

    def _led_before(self, unit: str) -> bool:
        return any(self._leads(row) for row in self._before(unit))

    def _leads(self, row: EdgeRow) -> bool:
        """Tell whether what covers a unit so is a body, or leads it in place of one."""
        rows = self.view.versions(row.source)
        instead = bool(rows) and rows[0].kind in self.word.instead
        return instead or self._is_meant(row.source)

    def _before(self, unit: str) -> list[EdgeRow]:
        """Return the edges by which a unit was covered before the day."""
        rows = self.view.edges(unit, self.word.edge, IN)
        return [row for row in rows if row.since < self.view.day]

    def _is_unit(self, node: str) -> bool:
        rows = self.view.versions(node)
        return bool(rows) and rows[0].kind == self.word.unit

    def _is_meant(self, node: str) -> bool:
        rows = self.view.versions(node)
        known = [row for row in rows if row.since <= self.view.day] or rows[:1]
        return (
            bool(known)
            and known[0].kind in self.word.bodies
            and self.word.fits(known[-1].facts)
        )

    def _gone(self, node: str) -> bool:
        return self.view.node(node) is None

    def _named(self, nodes: Collection[str]) -> str:
        return ", ".join(self.view.shown(node) for node in nodes)
