"""What covers the units of a kind, and did, by one word of the pack's mirrors."""

from collections.abc import Collection, Sequence

from ..draft import View
from ..model import IN, OUT, EdgeRow
from ..pack import Mirror
from .forming import forming, need_forming


class Covering:
    """What covers units on the view's day, and what covered them before it."""

    def __init__(self, view: View, word: Mirror) -> None:
        """Take the word by which bodies cover units; nothing is read yet."""
        self.view = view
        self.word = word

    def need(
        self, units: Sequence[str], bodies: Sequence[str], left: Collection[str]
    ) -> None:
        """Read what covers and covered these units, and what else is covered so."""
        view, edge = self.view, self.word.edge
        givers = {node for unit in units for node in self.givers(unit)}
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

    def givers(self, unit: str) -> tuple[str, ...]:
        """Return what a unit is formed of on the day."""
        found = forming(self.view, unit)
        return found.givers if found else ()

    def bodies(self, unit: str) -> list[str]:
        """Return the bodies that cover a unit on the day."""
        rows = self.view.live_edges(unit, self.word.edge, IN)
        return sorted(row.source for row in rows if self.is_meant(row.source))

    def others(self, unit: str) -> list[str]:
        """Return what covers a unit on the day that may do so instead of a body."""
        rows = self.view.live_edges(unit, self.word.edge, IN)
        kinds = self.word.instead
        bodies = [(r.source, self.view.node(r.source)) for r in sorted(rows)]
        return [body for body, row in bodies if row is not None and row.kind in kinds]

    def beside(
        self, unit: str, bodies: Sequence[str], others: Sequence[str]
    ) -> list[str]:
        """Return what led a unit that went into one, and isn't below its body.

        What covered a unit beside its body led none.
        """
        self.view.need_ancestors(others)
        givers = {unit, *self.givers(unit)} if others else ()
        led = [giver for giver in givers if not self.covered_before(giver)]
        came = {row.source for giver in led for row in self.before(giver)}
        return [
            other
            for other in others
            if other in came and not {*bodies} & {*self.view.ancestors(other)}
        ]

    def units(self, body: str) -> list[str]:
        """Return the units of the kind that a body covers on the day."""
        rows = self.view.live_edges(body, self.word.edge, OUT)
        return sorted(row.target for row in rows if self.is_unit(row.target))

    def covered_before(self, unit: str) -> bool:
        """Tell whether a body covered a unit before the day."""
        return any(self.is_meant(row.source) for row in self.before(unit))

    def led_before(self, unit: str) -> bool:
        """Tell whether a body, or what is there instead, did so."""
        return any(self.leads(row) for row in self.before(unit))

    def leads(self, row: EdgeRow) -> bool:
        """Tell whether what covers a unit so is a body, or leads it in place of one."""
        rows = self.view.versions(row.source)
        instead = bool(rows) and rows[0].kind in self.word.instead
        return instead or self.is_meant(row.source)

    def before(self, unit: str) -> list[EdgeRow]:
        """Return the edges by which a unit was covered before the day."""
        rows = self.view.edges(unit, self.word.edge, IN)
        return [row for row in rows if row.since < self.view.day]

    def is_unit(self, node: str) -> bool:
        """Tell whether a node is, or was, a unit of the kind."""
        rows = self.view.versions(node)
        return bool(rows) and rows[0].kind == self.word.unit

    def is_meant(self, node: str) -> bool:
        """Tell whether a node is, or was last, a body that is meant."""
        rows = self.view.versions(node)
        known = [row for row in rows if row.since <= self.view.day] or rows[:1]
        return (
            bool(known)
            and known[0].kind in self.word.bodies
            and self.word.fits(known[-1].facts)
        )

    def gone(self, node: str) -> bool:
        """Tell whether a node doesn't live on the day."""
        return self.view.node(node) is None
