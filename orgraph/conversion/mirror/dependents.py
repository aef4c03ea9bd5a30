"""Says where the dependents of divided units go, and which head stays where two meet.

What neither the rows of a parts file nor the ground that something covers can tell is
a gap: `ask`, which validation asks for.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...draft import View
from ...draft.cases import Case, ending_cases
from ...model import IN, OUT, EdgeRow
from ..edges import Key
from .goings import Going, Rows

ASK = "ask"
ENDS = "ends_with"


class Said(NamedTuple):
    """An answer: a word, or the new units to whose side it goes; and what it is."""

    answer: str | tuple[Key, ...]
    about: str


class Decided(NamedTuple):
    """What goes along each flow, what is answered beside it, and posts to close first.

    `parts` are by source and new unit, `answers` by dependent.
    """

    parts: dict[tuple[str, Key], list[str]]
    answers: dict[str, Said]
    closing: list[str]


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
        if case.row.since <= view.day and _is_asked(view, case):
            found[case.unit].append(case)
    return found


def _is_asked(view: View, case: Case) -> bool:
    node = view.node(case.dependent)
    if node is None:
        return False
    fate = view.pack.edges[case.row.kind].fate(
        case.event, case.end, node.kind, node.facts, case.row.facts
    )
    return fate == ASK


class Decider:
    """Decides for all that goes in one step; `living` are targets that exist, by key.

    `parted` are the codes of units that are divided, `heads` those that may be only
    one, of whom rows may say which stays.
    """

    def __init__(
        self,
        view: View,
        rows: Rows,
        ground: Ground,
        living: Mapping[Key, str],
        parted: Collection[str] = (),
    ) -> None:
        """Take what is known; nothing is decided yet."""
        self.view = view
        self.rows = rows
        self.ground = ground
        self.living = living
        self.parted = parted
        self.decided = Decided({}, {}, [])
        self.heads: set[str] = set()
        self.unplaced: list[tuple[Going, str, str]] = []

    def decide(
        self, goings: Sequence[Going], cases: Mapping[str, Sequence[Case]]
    ) -> Decided:
        """Return what is decided, in the order of the goings."""
        for going in goings:
            self._need_ground(cases.get(going.node, ()))
            for case in cases.get(going.node, ()):
                self._place(going, case)
        self._heads(goings)
        return self.decided

    def _need_ground(self, cases: Sequence[Case]) -> None:
        nodes = sorted(case.dependent for case in cases)
        kinds = self.ground.edges
        self.view.need_edges(nodes, kinds, OUT)
        rows = (row for node in nodes for k in kinds for row in self._covers(node, k))
        self.view.need_parents({row.target for row in rows})

    def _covers(self, node: str, kind: str) -> list[EdgeRow]:
        return self.view.live_edges(node, kind, OUT)

    def _place(self, going: Going, case: Case) -> None:
        """Put a dependent with a part, or answer for it, or leave a gap."""
        node = case.dependent
        keys = self._said(going, node)
        if not keys:
            keys = self.ground.given.get((going.node, node)) or self._by_ground(node)
        keys = [key for key in keys if key in going.to or key == going.stays]
        if len(keys) == 1:
            if keys[0] in going.to:
                parts = self.decided.parts.setdefault((going.node, keys[0]), [])
                if node not in parts:
                    parts.append(node)
        elif keys:
            self._answer(going, node, Said(tuple(keys), self._about(case)))
        elif going.stays is None:
            if role := self._lone_role(case):
                self.unplaced.append((going, node, role))
            self._answer(going, node, Said(ASK, self._about(case)))

    def _answer(self, going: Going, node: str, said: Said) -> None:
        """Answer by the dependent alone, or, where it has several units, by both."""
        if node in self.decided.answers:
            node = f"{node}@{going.node}"
        self.decided.answers[node] = said

    def _said(self, going: Going, node: str) -> list[Key]:
        keys = (*going.to, *([going.stays] if going.stays else []))
        return [k for k in keys if node in self.rows.get((going.code, k.code), ())]

    def _by_ground(self, node: str) -> list[Key]:
        """Return where all goes that a dependent covers; nothing where that differs."""
        covered = [
            row.target
            for kind in self.ground.edges
            for row in self._covers(node, kind)
        ]
        keys = {self.ground.goes(unit) for unit in covered}
        (key, *others) = keys or {None}
        return [key] if key is not None and not others else []

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

    # Heads that would meet

    def _lone_role(self, case: Case) -> str | None:
        """Return the role of a dependent, if a unit can have but one of that role."""
        edge = self.view.pack.edges[case.row.kind]
        row = self.view.node(case.dependent)
        role = row.facts.get(edge.unique_by or "") if row else None
        lone = role is not None and edge.same({edge.unique_by or "": role}) == ASK
        return str(role) if lone and case.end == "target" else None

    def _heads(self, goings: Sequence[Going]) -> None:
        """Let one of several heads stay that would come together; which, rows say.

        The head of a divided unit that no row names ends where each part has another,
        and a row has said so of one of them.
        """
        headed: set[tuple[Key, str]] = set()
        chosen: set[tuple[Key, str]] = set()
        for (key, role), posts in sorted(self._meeting(goings).items()):
            if len(posts) == 1:
                headed.add((key, role))
                (node, code), *_ = posts.items()
                if code and node in self.rows.get((code, key.code), ()):
                    chosen.add((key, role))
                continue
            sitting = sorted(node for node, code in posts.items() if code is None)
            named = [
                node
                for node, code in sorted(posts.items())
                if code is not None and node in self.rows.get((code, key.code), ())
            ]
            # A row of a divided unit may only say to which side its post goes.
            whole = [node for node in named if posts[node] not in self.parted]
            stays = whole if len(whole) == 1 else named
            if len(stays) == 1:
                headed.add((key, role))
                chosen.add((key, role))
                ends = set(posts) - set(stays)
                self.decided.closing.extend(sorted(ends & set(sitting)))
                word = ENDS
            elif sitting and not stays:
                ends, word = set(posts) - set(sitting), ENDS
            else:
                ends, word = set(posts) - set(sitting), ASK
            for node in sorted(ends - set(sitting)):
                for parts in self.decided.parts.values():
                    if node in parts:
                        parts.remove(node)
                self.decided.answers[node] = Said(word, f"{role}, {self._unit(node)}")
        for going, node, role in self.unplaced:
            places = {(key, role) for key in going.to}
            if places <= headed and places & chosen:
                about = self.decided.answers[node].about
                self.decided.answers[node] = Said(ENDS, about)

    def _meeting(
        self, goings: Sequence[Going]
    ) -> dict[tuple[Key, str], dict[str, str | None]]:
        """Return the posts of each role that may be but one, with their codes.

        Those that sit in a living target already have none.
        """
        found: defaultdict[tuple[Key, str], dict[str, str | None]] = defaultdict(dict)
        coming = [*self._coming(goings)]
        self.heads |= {node for _, _, node, _ in coming}
        self.view.need_nodes(node for _, _, node, _ in coming)
        for kind, key, node, code in coming:
            edge = self.view.pack.edges[kind]
            row = self.view.node(node)
            role = row.facts.get(edge.unique_by or "") if row else None
            if role is not None and edge.same({edge.unique_by or "": role}) == ASK:
                found[key, str(role)][node] = code
        return {
            place: posts
            for place, posts in found.items()
            if any(code is not None for code in posts.values())
        }

    def _coming(
        self, goings: Sequence[Going]
    ) -> Iterator[tuple[str, Key, str, str | None]]:
        """Yield (edge, new unit, dependent, old code) of those unique by a fact."""
        view = self.view
        kinds = [name for name, edge in view.pack.edges.items() if edge.unique_by]
        whole = [going for going in goings if not going.is_divided]
        nodes = sorted({*(g.node for g in whole), *self.living.values()})
        view.need_edges(nodes, kinds, IN)
        for kind in kinds:
            for going in whole:
                for row in sorted(view.live_edges(going.node, kind, IN)):
                    for key in going.to:
                        yield kind, key, row.source, going.code
            for key, unit in sorted(self.living.items()):
                for row in sorted(view.live_edges(unit, kind, IN)):
                    yield kind, key, row.source, None
            for going in goings:
                for key in going.to:
                    for node in self.decided.parts.get((going.node, key), ()):
                        if any(
                            row.target == going.node
                            for row in view.live_edges(node, kind, OUT)
                        ):
                            yield kind, key, node, going.code

    def _unit(self, node: str) -> str:
        """Return the name of what a post sits in."""
        edge = self.view.parent(node)
        return self.view.name(edge.target) if edge else node
