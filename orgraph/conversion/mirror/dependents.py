"""Says where the dependents of divided units go.

What neither the rows of a parts file nor the ground that something covers can tell is
a gap: `ask`, which validation asks for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ...draft import View
from ...draft.cases import Case, ending_cases
from ...model import OUT, EdgeRow
from ..edges import Key
from .goings import Going, Rows
from .nested import nested

ASK = "ask"
ENDS = "ends_with"


class Said(NamedTuple):
    """An answer: a word, or the new units to whose side it goes; and what it is.

    `unit` is what it is asked of, where it is given for one unit's step alone.
    """

    answer: str | tuple[Key, ...]
    about: str
    unit: str | None = None


class Decided(NamedTuple):
    """What goes along each flow, what is answered beside it, and posts to close first.

    `parts` are by source and new unit, `answers` by dependent. `leaving` goes elsewhere
    than what it is below, and so is in no flow.
    """

    parts: dict[tuple[str, Key], list[str]]
    answers: dict[str, Said]
    closing: list[str]
    leaving: dict[str, Key]

    def said_of(self, unit: str) -> "Decided":
        """Return what is answered for one unit alone: to which units something goes."""
        own = {n: said for n, said in self.answers.items() if said.unit == unit}
        return self._replace(answers=own)


class Ground(NamedTuple):
    """What is known of the ground: by which edges it is covered, and where it goes.

    `given` are dependents of which it is known beforehand where they go, by the unit
    that they are of and themselves.
    """

    edges: Sequence[str] = ()
    goes: Callable[[str], Key | None] = lambda _: None
    given: Mapping[tuple[str, str], tuple[Key, ...]] = {}


def direct(view: View, goings: Iterable[Going]) -> dict[str, list[Case]]:
    """Return the dependents of each divided one whose fate the pack asks about."""
    divided = sorted({going.node for going in goings if going.is_divided})
    cases = [*ending_cases(view, "split", divided, ())]
    view.need_nodes(case.dependent for case in cases)
    found: dict[str, list[Case]] = {node: [] for node in divided}
    for case in cases:
        if view.node(case.dependent) is None or case.row.since > view.day:
            continue
        if case.fate(view) == ASK:
            found[case.unit].append(case)
    return found


class Decider:
    """Decides for all that goes in one step, by rows and by the ground.

    `torn` is what goes with one part and covers ground of several: where that goes.
    """

    def __init__(self, view: View, rows: Rows, ground: Ground) -> None:
        """Take what is known; nothing is decided yet."""
        self.view = view
        self.rows = rows
        self.ground = ground
        self.decided = Decided({}, {}, [], {})
        self.torn: dict[str, list[Key]] = {}
        self.shared: set[str] = set()
        self.nested: dict[str, list[str]] = {}

    def decide(
        self, goings: Sequence[Going], cases: Mapping[str, Sequence[Case]]
    ) -> Decided:
        """Return what is decided, in the order of the goings."""
        every = {(c.dependent, unit) for unit, some in cases.items() for c in some}
        units = Counter(node for node, _ in every)
        self.shared = {node for node, count in units.items() if count > 1}
        for going in goings:
            self._need_ground(cases.get(going.node, ()))
            for case in cases.get(going.node, ()):
                self._place(going, case)
        return self.decided

    def _need_ground(self, cases: Sequence[Case]) -> None:
        nodes = sorted(case.dependent for case in cases)
        kinds = self.ground.edges
        self.nested |= nested(self.view, nodes, kinds)
        nodes += [inner for node in nodes for inner in self.nested.get(node, ())]
        self.view.need_edges(nodes, kinds, OUT)
        rows = (row for node in nodes for k in kinds for row in self._covers(node, k))
        self.view.need_parents({row.target for row in rows})

    def _covers(self, node: str, kind: str) -> list[EdgeRow]:
        return self.view.live_edges(node, kind, OUT)

    def _place(self, going: Going, case: Case) -> None:
        """Put a dependent with a part, or answer for it, or leave a gap."""
        node = case.dependent
        given = self.ground.given.get((going.node, node), ())
        known = self._said(going, node) or given or self._by_ground(node)
        keys = [key for key in known if key in going.to or key == going.stays]
        if len(keys) == 1:
            self._tear(node)
            if keys[0] in going.to:
                parts = self.decided.parts.setdefault((going.node, keys[0]), [])
                if node not in parts:
                    parts.append(node)
        elif keys:
            self._answer(going, node, Said(tuple(keys), self._about(case), going.node))
        elif going.stays is None:
            self._answer(going, node, Said(ASK, self._about(case)))
        else:
            self._tear(node)
        self._part(going, node, keys[0] if len(keys) == 1 else going.stays)

    def _part(self, going: Going, node: str, place: Key | None) -> None:
        """Let those below a dependent leave it whose ground goes elsewhere.

        Where its own place isn't known, only those leave of which a row says so.
        """
        for inner in self.nested.get(node, ()):
            said = self._said(going, inner)
            known = said or (self._by_ground(inner) if place else [])
            keys = [key for key in known if key in going.to or key == going.stays]
            if len(keys) == 1 and keys[0] != place:
                self.decided.leaving[inner] = keys[0]
            self._tear(inner)
        if place is None:
            left = [
                n for n in self.nested.get(node, ()) if n not in self.decided.leaving
            ]
            self._tear(node, *left)

    def _tear(self, node: str, *below: str) -> None:
        """Note where the ground goes that a dependent covers, if to several."""
        ground = {key for one in (node, *below) for key in self._ground(one)}
        if len(ground) > 1:
            self.torn[node] = sorted(ground)

    def _answer(self, going: Going, node: str, said: Said) -> None:
        """Answer by the dependent alone, or, where it has several units, by both."""
        if node in self.shared:
            node = f"{node}@{going.node}"
        self.decided.answers[node] = said

    def _said(self, going: Going, node: str) -> list[Key]:
        keys = (*going.to, *([going.stays] if going.stays else []))
        return [k for k in keys if node in self.rows.get((going.code, k.code), ())]

    def _by_ground(self, node: str) -> list[Key]:
        """Return where all goes that a dependent covers; nothing where that differs.

        Of one that covers none it is told by those below it.
        """
        units = [
            u for n in (node, *self.nested.get(node, ())) for u in self._covered(n)
        ]
        keys = {self.ground.goes(unit) for unit in units}
        (key, *others) = keys or {None}
        return [key] if key is not None and not others else []

    def _ground(self, node: str) -> set[Key]:
        """Return the new units to which what a dependent covers goes, as is known."""
        keys = {self.ground.goes(unit) for unit in self._covered(node)}
        return {key for key in keys if key is not None}

    def _covered(self, node: str) -> list[str]:
        kinds = self.ground.edges
        return [row.target for kind in kinds for row in self._covers(node, kind)]

    def _about(self, case: Case) -> str:
        """Say in a few words what a dependent is, and by what it is joined."""
        row = self.view.node(case.dependent)
        if row is None:
            return ""
        node, edge = self.view.pack.nodes[row.kind], self.view.pack.edges[case.row.kind]
        role = row.facts.get(edge.unique_by or "")
        words = [node.label, *([str(role)] if role else [])]
        if row.name and not node.is_private and role is None:
            words.append(row.name)
        if node.is_private:
            words.append(edge.label)
        return ", ".join(words)
