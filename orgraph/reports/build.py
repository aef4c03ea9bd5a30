"""Builds the report of a plan from its changes, reading only what they touch."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from ..draft import Draft, Reader, Snapshot, View
from ..draft.carried import all_of
from ..draft.steps import tally_on
from ..model import EdgeRow, FactValue, NodeRow
from ..plan import Plan
from ..queries.library import plain_facts
from ..queries.tally import totals
from .model import Passage, Person, Report, Side, Unit

WORDS = ("followed", "ended", "united", "kept", "asked")


def build_report(plan: Plan, store: Reader) -> Report:
    """Return the report of a plan, on the revision that it was made on.

    Reads a frontier at a time; the number of reads doesn't grow with the plan.
    """
    return _Builder(plan, store).report()


class _Builder:
    def __init__(self, plan: Plan, store: Reader) -> None:
        self.plan = plan
        self.store = store
        self.day = plan.effective
        self.after = plan.draft or _redrafted(plan, store)
        self.before = self.after.base
        self._document = store.pack.basis.document
        self.rows = [change.row for change in plan.changes]
        contains = store.pack.contains_kinds
        self.parts = [
            row
            for row in self.rows
            if isinstance(row, EdgeRow) and row.kind in contains
        ]
        self._load()
        self.old: dict[str, NodeRow] = {}
        self.new: dict[str, NodeRow] = {}
        self.passing: list[str] = []
        for change in plan.changes:
            self._sides(change.before, change.after)

    def _load(self) -> None:
        """Read what stands above everything touched, before and after."""
        ids = {row.id for row in self.rows if isinstance(row, NodeRow)}
        for row in self.parts:
            ids.update(row[1:3])
        self.before.need_ancestors(ids)
        self.after.need_ancestors(ids)

    def _sides(self, before: object, after: object) -> None:
        if isinstance(before, NodeRow):
            if before.since <= self.day < before.until:
                self.old[before.id] = before
            elif before.since > self.day:
                self.old.setdefault(before.id, before)
        if isinstance(after, NodeRow):
            if after.since <= self.day < after.until:
                self.new[after.id] = after
            elif after.since > self.day:
                self.new.setdefault(after.id, after)
            elif after.since == after.until == self.day and before is None:
                self.passing.append(after.id)

    def report(self) -> Report:
        """Put the sections together."""
        plan = self.plan
        ended = sorted(self.old.keys() - self.new.keys())
        newborn = sorted(self.new.keys() - self.old.keys())
        documents = [n for n in newborn if self.new[n].kind == self._document]
        began = [n for n in newborn if self.new[n].kind != self._document]
        revised = sorted(
            node
            for node in self.old.keys() & self.new.keys()
            if self.old[node][4:7] != self.new[node][4:7]
        )
        moved = self._moved({*ended, *began})
        counts, conservation = self._totals([*ended, *began, *moved, *revised])
        return Report(
            title=plan.title,
            effective=self.day.isoformat(),
            base=plan.base,
            basis=plan.proposal.get("basis"),
            totals=counts,
            began=tuple(began),
            ended=tuple(ended),
            moved=tuple(moved),
            revised=tuple(revised),
            passing=tuple(sorted(self.passing)),
            documents=tuple(documents),
            dependents={
                kind: {word: words.get(word, 0) for word in WORDS}
                for kind, words in sorted(plan.dependents.items())
            },
            conservation=conservation,
            lineage=self._lineage(),
            units=self._units([*ended, *began, *moved, *revised], {*moved, *revised}),
            people=self._people(),
            surplus=self._surplus(),
            affected=self._affected(ended),
            findings=plan.findings,
            unplanned=plan.unplanned,
            kinds={n: self._kind(n) for n in (*ended, *began, *moved, *revised)},
            pack=self.store.pack,
        )

    def _kind(self, node: str) -> str:
        """Return the kind of a node, which an undo may have made unknown."""
        view = self.after if self.after.versions(node) else self.before
        return view.kind(node)

    def _successors(self, *, undone: bool = False) -> dict[str, list[str]]:
        """Return who succeeds whom by the plan, or did by what it takes back."""
        lineage = self.store.pack.lineage
        found: dict[str, list[str]] = {}
        for change in self.plan.changes:
            row = change.before if undone and change.after is None else None
            row = row if undone else change.after
            if isinstance(row, EdgeRow) and row.kind == lineage:
                found.setdefault(row.source, []).append(row.target)
        return found

    def _lineage(self) -> tuple[Passage, ...]:
        """Return what the plan says of who takes whose place."""
        additive = self.store.pack.additive
        rows = [
            row
            for change in self.plan.changes
            if isinstance(row := change.after, EdgeRow)
            and row.kind == self.store.pack.lineage
        ]
        self.before.need_nodes(row.source for row in rows)
        return tuple(
            Passage(
                row.source,
                self._before_or_after(row.source).name(row.source),
                row.target,
                str(row.facts.get("part")),
                {name: row.facts[name] for name in additive if name in row.facts},
                all_of(row.facts),
            )
            for row in rows
        )

    def _before_or_after(self, node: str) -> View:
        """Return the view that knows a node: what is founded isn't known before."""
        return self.before if self.before.versions(node) else self.after

    def _moved(self, turned: Collection[str]) -> list[str]:
        """Return what has another parent, other than one that took its place.

        What followed its unit into the unit's successor has not moved by itself, nor
        what returns with it.
        """
        successors, undone = self._successors(), self._successors(undone=True)
        moved = []
        nodes = {row.source for row in self.parts}
        for node in sorted(nodes - set(turned)):
            before, after = self.before.parent(node), self.after.parent(node)
            if self.before.node(node) is None or self.after.node(node) is None:
                continue
            old, new = before and before.target, after and after.target
            # What leaves a unit that lives on has moved, whoever has a part of that.
            left = old and new and self.after.node(old) is None
            back = old and new and self.before.node(new) is None
            followed = left and _leads(successors, str(old), str(new))
            returned = back and _leads(undone, str(new), str(old))
            if old != new and not followed and not returned:
                moved.append(node)
        return moved

    def _totals(
        self, nodes: Sequence[str]
    ) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, FactValue]]]:
        """Return counts and facts below the roots of what takes part."""
        roots = {_root(self.before, node) for node in nodes}
        roots |= {_root(self.after, node) for node in nodes}
        known = sorted(root for root in roots if root)
        pending = self.after.tally()
        below = (
            tally_on(self.store, known, self.day),
            tally_on(self.store, known, self.day, pending),
        )
        counts: dict[str, dict[str, int]] = {}
        facts: dict[str, dict[str, FactValue]] = {}
        for side, view, tallies in zip(
            ("before", "after"), (self.before, self.after), below, strict=True
        ):
            counts[side] = {}
            other = self.after if view is self.before else self.before
            for root in known:
                if view.node(root) is None or view.parent(root) is not None:
                    continue
                found, sums = totals(self.store.pack, tallies[root], view.node(root))
                _add_counts(counts[side], found)
                if other.parent(root) is not None:
                    # A root on this side alone is counted, as it is on the other.
                    _add_counts(counts[side], {view.kind(root): 1})
                _add_facts(facts, side, sums)
        for kind in sorted(self.store.pack.heads):
            sides = {side: counts[side].get(kind, 0) for side in counts}
            if any(sides.values()):
                facts[kind] = dict(sides)
        shown = {side: dict(sorted(found.items())) for side, found in counts.items()}
        return shown, dict(sorted(facts.items()))

    def _units(
        self, nodes: Sequence[str], changed: Collection[str]
    ) -> tuple[Unit, ...]:
        """Return the units that take part and all that stands above them.

        Posts and documents that moved or were revised are among them; no people are.
        """
        pack = self.store.pack
        named = set(nodes)
        for view in (self.before, self.after):
            for node in nodes:
                named.update(view.ancestors(node))
        successors = self._successors()
        for node in nodes:
            named.update(successors.get(node, ()))
        sources: dict[str, list[str]] = {}
        for source, targets in sorted(successors.items()):
            for target in targets:
                sources.setdefault(target, []).append(source)
        units = []
        for node in sorted(named):
            kind = self._kind(node)
            of_kind = pack.nodes[kind]
            if of_kind.is_private or (of_kind.role != "unit" and node not in changed):
                continue
            units.append(
                Unit(
                    id=node,
                    kind=kind,
                    before=_side(self.before, node, self.old),
                    after=_side(self.after, node, self.new),
                    sources=tuple(sources.get(node, ())),
                    successors=tuple(successors.get(node, ())),
                )
            )
        return tuple(units)

    def _people(self) -> tuple[Person, ...]:
        """Return those whose own edges change, with their chains before and after."""
        nodes = self.store.pack.nodes
        people = {
            node
            for node in {row.source for row in self.parts}
            if nodes[self._kind(node)].role == "person"
        }
        found = []
        for person in sorted(people):
            before = tuple(self.before.ancestors(person))
            after = tuple(self.after.ancestors(person))
            if before != after:
                found.append(Person(person, before, after))
        return tuple(found)

    def _surplus(self) -> tuple[dict[str, str], ...]:
        """Return the holders whose post ends, or who no longer hold it."""
        holds = self.store.pack.chain.holds
        still = {
            (change.after.source, change.after.target)
            for change in self.plan.changes
            if isinstance(change.after, EdgeRow)
            and change.after.kind == holds
            and change.after.since <= self.day < change.after.until
        }
        return tuple(
            {"person": row.source, "post": row.target}
            for change in self.plan.changes
            if isinstance(row := change.before, EdgeRow)
            and row.kind == holds
            and row.since <= self.day < row.until
            and (row.source, row.target) not in still
        )

    def _affected(self, ended: Iterable[str]) -> dict[str, int]:
        """Return how many people and households were below the units that ended."""
        pack = self.store.pack
        found: dict[str, int] = {}
        gone = set(ended)
        tops = [node for node in gone if not gone & set(self.before.ancestors(node))]
        for counts in tally_on(self.store, tops, self.day).values():
            for kind in pack.heads:
                n = counts.get(f"count:{kind}", 0)
                if n:
                    found[kind] = found.get(kind, 0) + n
        return dict(sorted(found.items()))


def _redrafted(plan: Plan, store: Reader) -> Draft:
    """Return the draft of a plan that was written and read again."""
    draft = Draft(Snapshot(store, plan.effective))
    for change in plan.changes:
        if change.after is None:
            draft.drop(change.row)
        else:
            draft.put(change.after)
    return draft


def _leads(successors: Mapping[str, list[str]], source: str, target: str) -> bool:
    seen, frontier = set[str](), [source]
    while frontier:
        node = frontier.pop()
        if node == target:
            return True
        if node not in seen:
            seen.add(node)
            frontier += successors.get(node, [])
    return False


def _root(view: View, node: str) -> str | None:
    """Return the uppermost unit above a node, or the node; None where it isn't."""
    if view.node(node) is None:
        return None
    above = list(view.ancestors(node))
    return above[-1] if above else node


def _side(view: View, node: str, later: Mapping[str, NodeRow]) -> Side | None:
    """Return how a unit is on the day, or how it begins on a later one."""
    row = view.node(node) or later.get(node)
    if row is None:
        return None
    parent = view.parent(node)
    facts = plain_facts(row.facts)
    return Side(row.name, row.code, parent.target if parent else None, facts)


def _add_counts(counts: dict[str, int], found: Mapping[str, int]) -> None:
    for kind, n in found.items():
        counts[kind] = counts.get(kind, 0) + n


def _add_facts(
    facts: dict[str, dict[str, FactValue]], side: str, sums: Mapping[str, FactValue]
) -> None:
    """Add up a fact over the roots; unknown absorbs, what is absent adds nothing."""
    for name, value in sums.items():
        sides = facts.setdefault(name, {"before": 0, "after": 0})
        known = sides[side]
        both = isinstance(known, int) and isinstance(value, int)
        sides[side] = int(known or 0) + int(value or 0) if both else None
