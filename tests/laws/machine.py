"""The machine behind the laws: random proposals on two stores and a naive model."""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any, ClassVar

from harness import STORES, lenient
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from model import Model
from reading import all_rows, fresh_counts, said_by, state_of
from state import Refused, State
from towns import STAMP, blocking

from orgraph.draft.steps import tally_on
from orgraph.engine import undo_proposal
from orgraph.model import EdgeRow, NodeRow, Row
from orgraph.pack import Pack
from orgraph.plan import Plan
from orgraph.proposal import Proposal
from orgraph.stores import Store

DAYS = tuple(
    date(*day)
    for day in ((2019, 1, 1), (2021, 1, 1), (2021, 1, 2), (2022, 6, 1), (2024, 1, 1))
)
PLACES = range(len(DAYS))
PLACE = st.integers(0, 30)
WHEN = st.tuples(st.integers(1, len(DAYS) - 1), st.integers(0, 4).map(lambda n: n == 4))
QUICK = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    phases=(Phase.generate, Phase.shrink),
)
LONG = settings(QUICK, max_examples=100, stateful_step_count=30)
Step = dict[str, Any]
When = tuple[int, bool]
"""The day of a proposal, and whether the step waits for another in the same one."""


class Reorganisations(RuleBasedStateMachine):
    """Plans what comes to hand; all stores and the model must agree on all of it."""

    makers: ClassVar[Mapping[str, Callable[[Pack, Path], Store]]] = STORES
    pack_name: ClassVar[str]
    rows: ClassVar[Sequence[Row]]
    founded: ClassVar[Sequence[tuple[str, Mapping[str, Any]]]]
    merged: ClassVar[Sequence[str]]
    tiers: ClassVar[Sequence[str]]
    types: ClassVar[Sequence[str]]

    def __init__(self) -> None:
        """Fill every store with the same rows, as revision 1."""
        super().__init__()
        self.pack = lenient(self.pack_name)
        self.closing = ExitStack()
        folder = Path(self.closing.enter_context(tempfile.TemporaryDirectory()))
        self.stores = [
            self.closing.enter_context(make(self.pack, folder / f"{name}.db"))
            for name, make in self.makers.items()
        ]
        self.first = self.stores[0]
        for store in self.stores:
            if hasattr(store, "_db"):
                store._db.execute("PRAGMA synchronous=OFF")
            nodes = [row for row in self.rows if isinstance(row, NodeRow)]
            store.bulk_load(nodes, [r for r in self.rows if isinstance(r, EdgeRow)])
        self.model = Model(self.pack.data, len(DAYS))
        self.state = state_of(self.rows, DAYS, self.pack.data)
        self.around: dict[int, tuple[State, State]] = {}
        self.done: tuple[int, ...] = ()
        self.stack: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self.fresh = 0
        self.steps: list[Step] = []
        self.undoing: tuple[int, ...] = ()
        self.agree()

    def teardown(self) -> None:
        """Close every store."""
        self.closing.close()

    # What is proposed

    def pick(self, place: int, *kinds: str) -> str:
        """Return a unit, of these kinds if there is one; now and then an ended one."""
        lives = self.state.lives
        of_kind = [n for n in sorted(lives) if lives[n][0] in kinds] or sorted(lives)
        living = [n for n in of_kind if lives[n][2] == len(DAYS)]
        names = living if living and place < 28 else of_kind
        return names[place % len(names)]

    def new(self, kind: str, facts: Mapping[str, Any], place: int) -> Step:
        """Return a new unit, now and then with an id that is taken."""
        self.fresh += 1
        name = self.pick(place) if place == 30 else f"n{self.fresh}"
        return {"id": name, "kind": kind, "name": name.upper(), "facts": dict(facts)}

    def parent_of(self, kind: str, place: int) -> str:
        """Return a unit that this kind may be under."""
        edge = self.model.parent_edge(kind)
        kinds = self.model.edges[edge]["ends"][kind] if edge else ()
        return self.pick(place, *kinds)

    @rule(when=WHEN, which=PLACE, place=PLACE)
    def found(self, when: When, which: int, place: int) -> None:
        """Found a unit."""
        kind, facts = self.founded[which % len(self.founded)]
        under = self.parent_of(kind, place)
        new = self.new(kind, facts, place)
        self.propose(when, {"op": "found_unit", "new": new, "under": under})

    @rule(when=WHEN, place=PLACE, to=st.none() | PLACE, answer=st.none() | PLACE)
    def close(self, when: When, place: int, to: int | None, answer: int | None) -> None:
        """Close a unit, with a successor or none."""
        unit = self.pick(place)
        step: Step = {"op": "close_unit", "unit": unit}
        if to is not None:
            step["successors"] = [self.pick(to, self.state.kind(unit))]
        if answer is not None and unit in self.state.lives:
            asked = self.asked(unit, "closed")
            other = self.pick(answer, self.state.kind(unit))
            step["answers"] = {kind: {"to": other} for kind in asked}
        self.propose(when, step)

    def asked(self, unit: str, event_name: str) -> list[str]:
        """Return the kinds of dependents that an event asks about."""
        parents = [self.state.parent(unit, day, self.model.contains) for day in PLACES]
        words = {"ask"} if any(parents) else {"ask", "parent"}
        return sorted(
            {
                self.state.kind(run.source)
                for run in self.state.runs()
                if run.target == unit
                and self.model.edges[run.kind]["on_target"].get(event_name) in words
            }
        )

    @rule(when=WHEN, place=PLACE, name=st.sampled_from("AB"))
    def rename(self, when: When, place: int, name: str) -> None:
        """Rename a unit."""
        step = {"op": "rename_unit", "unit": self.pick(place), "name": name}
        self.propose(when, step)

    @rule(when=WHEN, place=PLACE, which=PLACE)
    def change_type(self, when: When, place: int, which: int) -> None:
        """Change the type of a unit."""
        unit = self.pick(place, *self.merged)
        kind = self.types[which % len(self.types)]
        self.propose(when, {"op": "change_type", "unit": unit, "type": kind})

    @rule(when=WHEN, place=PLACE, to=PLACE)
    def move(self, when: When, place: int, to: int) -> None:
        """Move a unit."""
        unit = self.pick(place)
        parent = self.parent_of(self.state.kind(unit), to)
        self.propose(when, {"op": "move_unit", "unit": unit, "to": parent})

    @rule(when=WHEN, which=PLACE, a=PLACE, b=PLACE, under=st.none() | PLACE)
    def merge(self, when: When, which: int, a: int, b: int, under: int | None) -> None:
        """Merge two units into a new one."""
        kind = self.merged[which % len(self.merged)]
        sources = [self.pick(a, kind), self.pick(a + 1 + b % 4, kind)]
        into = self.new(kind, {}, a + b)
        step: Step = {"op": "merge_units", "sources": sources, "into": into}
        if under is not None:
            step["under"] = self.parent_of(kind, under)
        self.propose(when, step)

    @rule(
        when=WHEN,
        which=PLACE,
        sources=st.lists(PLACE, min_size=1, max_size=2),
        into=PLACE,
    )
    def absorb(self, when: When, which: int, sources: list[int], into: int) -> None:
        """Let a unit absorb others."""
        kind = self.merged[which % len(self.merged)]
        named = [self.pick(place, kind) for place in sources]
        step = {"op": "absorb_units", "sources": named, "into": self.pick(into, kind)}
        self.propose(when, step)

    @rule(when=WHEN, which=PLACE, within=st.none() | PLACE, answer=st.booleans())
    def abolish(self, when: When, which: int, within: int | None, answer: bool) -> None:  # noqa: FBT001 - drawn
        """Abolish a tier."""
        kind = self.tiers[which % len(self.tiers)]
        step: Step = {"op": "abolish_tier", "kind": kind}
        if within is not None:
            step["within"] = self.pick(within)
        if answer:
            asked = [
                k
                for unit in sorted(self.state.lives)
                if self.state.kind(unit) == kind
                for k in self.asked(unit, "tier_abolished")
            ]
            step["answers"] = dict.fromkeys(sorted(set(asked)), "end")
        self.propose(when, step)

    @rule(when=WHEN, place=PLACE, name=PLACE, value=st.none() | st.integers(0, 3))
    def set_facts(self, when: When, place: int, name: int, value: int | None) -> None:
        """Give a unit a new figure."""
        fact = sorted(self.model.additive)[name % len(self.model.additive)]
        unit = self.pick(place, *self.model.additive[fact])
        self.propose(when, {"op": "set_facts", "unit": unit, "facts": {fact: value}})

    # What happens

    def propose(self, when: When, step: Step) -> None:
        """Plan a step and those that wait for it, and commit the plan if it stands."""
        day, waits = when
        self.steps.append(step)
        if waits and len(self.steps) < 3:
            return
        steps, self.steps = self.steps, []
        data = {"title": "A law", "effective": DAYS[day].isoformat(), "steps": steps}
        expected: State | str
        try:
            expected = self.model.planned(self.state, day, steps)
        except Refused as refused:
            expected = str(refused)
        plan = self.planned(Proposal.model_validate(data))
        name = "several" if len(steps) > 1 else steps[0]["op"]
        event(f"{name} {'done' if isinstance(expected, State) else expected}")
        if isinstance(expected, str):
            assert plan.refused, f"{data}: the model says {expected}"
            return
        assert not plan.refused, f"{data}: {blocking(plan)}"
        before = self.done
        self.committed(expected)
        self.done = (*before, self.first.head())
        self.stack[self.first.head()] = (before, self.done)

    @rule(place=PLACE)
    def undo(self, place: int) -> None:
        """Take a revision back: any may be tried, the older ones more often."""
        if self.first.head() < 2:
            return
        number = 2 + place % (self.first.head() - 1)
        self.take_back(number)

    @rule()
    def undo_next(self) -> None:
        """Take back the last revision whose later ones have been taken back."""
        if self.done:
            self.take_back(self.done[-1])

    @rule()
    def undo_last(self) -> None:
        """Take back the very last revision, be it an undo or not."""
        if self.first.head() > 1:
            self.take_back(self.first.head())

    @rule(most=st.integers(2, 4))
    def undo_together(self, most: int) -> None:
        """Take back the last revisions of one day in one proposal, the last first."""
        head = self.first.head()
        days = {n: undo_proposal(self.first, n).effective for n in range(1, head + 1)}
        last = [*takewhile(lambda n: days[n] == days[head], range(head, 1, -1))][:most]
        if len(last) < 2:
            return
        steps = [{"op": "undo", "revision": number} for number in last]
        data = {"title": "A law", "effective": days[head].isoformat(), "steps": steps}
        plan = self.planned(Proposal.model_validate(data))
        expected, _ = self.around[last[-1]]
        if expected.cells() == self.state.cells():
            assert plan.refused, f"undo {last} changes nothing"
            return
        assert not plan.refused, f"undo {last}: {blocking(plan)}"
        event("several undone")
        stack, self.done = self.done, self.stack[last[-1]][0]
        self.committed(expected)
        self.stack[self.first.head()] = (stack, self.done)

    def take_back(self, number: int) -> None:
        """Take a revision back, where that is possible."""
        before, after = self.around[number]
        plan = self.planned(undo_proposal(self.first, number))
        must = self.done == self.stack[number][1]
        assert not (must and plan.refused), f"undo {number}: {blocking(plan)}"
        expected = self.model.undone(self.state, before, after)
        if expected is None:
            assert plan.refused, f"undo {number}: what it did was changed since"
            return
        if expected.cells() == self.state.cells():
            assert plan.refused, f"undo {number} changes nothing"
        event(f"undo {'refused' if plan.refused else 'done'}")
        if plan.refused:
            return
        stack = self.done
        self.committed(expected)
        self.done = self.stack[number][0] if must else (*stack, self.first.head())
        self.stack[self.first.head()] = (stack, self.done)

    def planned(self, proposal: Proposal) -> Plan:
        """Plan on every store; all but the hash of the base is the same."""
        self.plans = [store.plan(proposal) for store in self.stores]
        said = [replace(plan, base_hash="") for plan in self.plans]
        for plan in said[1:]:
            assert plan == said[0], f"the stores plan {proposal} differently"
        return self.plans[0]

    def committed(self, expected: State) -> None:
        """Commit on every store, and see that all is as it should be."""
        was = self.state
        before = said_by(all_rows(self.first))
        revisions = [
            store.commit(plan, stamp=STAMP)
            for store, plan in zip(self.stores, self.plans, strict=True)
        ]
        self.state = expected
        self.around[self.first.head()] = (was, expected)
        journals = [store.journal(revisions[0].number) for store in self.stores]
        assert all(journal == journals[0] for journal in journals)
        assert all(r[:9] == revisions[0][:9] for r in revisions)
        self.agree()
        self.would_be_undone(before)

    def would_be_undone(self, before: list[Row]) -> None:
        """The undo of what was just done gives back each row as it was."""
        plan = self.first.plan(undo_proposal(self.first))
        assert not plan.refused, f"the undo of {plan.title}: {blocking(plan)}"
        rows = {row.key: row for row in said_by(all_rows(self.first))}
        for change in plan.changes:
            assert rows.pop(change.key, None) == change.before
            if change.after is not None:
                rows[change.key] = change.after
        assert rows == {row.key: row for row in before}

    def agree(self) -> None:
        """The stores hold the same rows, the model's state, and counts as made anew."""
        rows = all_rows(self.first)
        for store in self.stores[1:]:
            assert all_rows(store) == rows
        said = state_of(rows, DAYS, self.pack.data)
        assert said.cells() == self.state.cells(), _difference(said, self.state)
        self.rows_are_canonical(rows)
        ids = sorted(self.state.lives)
        for day in DAYS:
            counted = fresh_counts(rows, self.pack.data, day)
            fresh = {node: counted.get(node, {}) for node in ids}
            for store in self.stores:
                assert tally_on(store, ids, day) == fresh, f"counts of {day}"

    def rows_are_canonical(self, rows: Sequence[Row]) -> None:
        """Lives have no gap, no edge is empty, and rows of one slot never overlap."""
        contains = set(self.pack.contains_kinds)
        slots: dict[tuple[str, ...], list[Row]] = {}
        for row in rows:
            if isinstance(row, NodeRow):
                slots.setdefault((row.id,), []).append(row)
                continue
            assert row.since < row.until
            if row.kind == self.model.lineage:
                continue  # an event, not a stretch of days
            ends = (row.source,) if row.kind in contains else (row.source, row.target)
            slots.setdefault((row.kind, *ends), []).append(row)
        for slot, found in slots.items():
            found.sort(key=lambda row: row.since)
            for one, other in pairwise(found):
                assert one.until <= other.since, f"{one} and {other} overlap"
                if len(slot) == 1:
                    assert one.since < one.until == other.since, f"{slot} has a gap"
        sizes = Counter(len(found) for found in slots.values())
        event(f"rows in a slot: {max(sizes, default=0)}")


def _difference(said: State, model: State) -> str:
    only = sorted(said.cells() - model.cells(), key=str)
    missing = sorted(model.cells() - said.cells(), key=str)
    return f"only in the store: {only}; only in the model: {missing}"
