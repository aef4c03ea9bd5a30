"""A naive model of a dated territory: sets of what is so on each day, copied whole.

It is written from what is promised, shares no code with the draft, the operations or
the rules, and knows a handful of days: what holds from one of them on holds until the
next. A step that it knows to be refused raises Refused with the code it expects.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any

from flows import Reshaping
from state import Facts, Refused, State
from step import Step, ends, leaving


class Model(Reshaping):
    """What each step makes of a state, as the pack's tables say."""

    def __init__(self, pack: Mapping[str, Any], days: int) -> None:
        """Know a pack, as its files say it, and how many days there are."""
        super().__init__(pack)
        self.days = days

    # What a plan does

    def planned(
        self, start: State, day: int, steps: Iterable[Mapping[str, Any]]
    ) -> State:
        """Return the state after a proposal; Refused where it can't be planned."""
        state = deepcopy(start)
        stated: Counter[str] = Counter()
        finer: list[tuple[str, str, int]] = []
        for step in steps:
            verb: Callable[..., None] = getattr(self, step["op"])
            fields = {k: v for k, v in step.items() if k != "op"}
            verb(Step(self, state, day, stated, finer), **fields)
        if state.cells() == start.cells():
            raise Refused("PLAN01")
        self._keeps_the_rules(state)
        if self._unbound(state, day) - self._unbound(start, day):
            raise Refused("CARD02")
        for unit, fact, more in finer:
            above = self.above(start, unit, day)
            carried = self.carried(start, day, above)
            if {f"fact:{fact}", f"unknown:{fact}"} & carried.keys():
                # It is no new amount, but a part of what was counted as a whole.
                stated[f"fact:{fact}"] -= more
        self._keeps_the_sums(start, state, day, stated)
        return state

    def undone(self, state: State, before: State, after: State) -> State | None:
        """Return the state less what a revision did; None where that was changed."""
        added = after.cells() - before.cells()
        removed = before.cells() - after.cells()
        if not added <= state.cells() or removed & state.cells():
            return None
        return State.of((state.cells() - added) | removed, self.days)

    # The steps

    def found_unit(
        self, at: "Step", new: Mapping[str, Any], under: str | None = None
    ) -> None:
        """A new unit begins, under another."""
        self.found(at, new, under)

    def close_unit(
        self,
        at: "Step",
        unit: str,
        successors: Iterable[str] = (),
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        """A unit ends."""
        to = list(successors)
        at.living(unit, *to)
        if self.is_private(at.state.kind(unit)):
            raise Refused("KIND01")
        if len(set(to)) < len(to) or unit in to:
            raise Refused("CLOSE01")
        own = self.carried(at.state, at.day, [unit])
        if to and any(not key.startswith("count:") for key in own):
            raise Refused("CLOSE02")
        at.stated.subtract(own)
        known = dict.fromkeys(at.amounts(unit))
        one = to[0] if len(to) == 1 else None
        at.settle(ends("closed", [unit], one), answers or {})
        for other in to:
            at.succeed(unit, other, "whole" if len(to) == 1 else "part", known)
        at.end(unit)

    def rename_unit(self, at: "Step", unit: str, name: str) -> None:
        """A unit has another name from the day on."""
        at.living(unit)
        was, facts = at.state.says[unit, at.day]
        if was == name:
            raise Refused("RENAME01")
        at.revise(unit, name, facts)

    def change_type(self, at: "Step", unit: str, type: str) -> None:  # noqa: A002 - the field's name
        """A unit has another type from the day on."""
        at.living(unit)
        name, facts = at.state.says[unit, at.day]
        at.check_facts(at.state.kind(unit), {"type": type})
        if facts.get("type") == type:
            raise Refused("TYPE01")
        at.revise(unit, name, {**facts, "type": type})

    def set_facts(self, at: "Step", unit: str, facts: Facts) -> None:
        """A unit has other facts from the day on, and carries so much more or less."""
        at.living(unit)
        name, was = at.state.says[unit, at.day]
        at.check_facts(at.state.kind(unit), facts)
        if {**was, **facts} == was:
            raise Refused("FACT03")
        before = self.carried(at.state, at.day, [unit])
        at.stated.subtract(before)
        at.revise(unit, name, {**was, **facts})
        after = self.carried(at.state, at.day, [unit])
        at.stated.update(after)
        for fact in facts:
            more = after[f"fact:{fact}"] - before[f"fact:{fact}"]
            at.finer.append((unit, fact, more))

    def move_unit(self, at: "Step", unit: str, to: str) -> None:
        """A unit comes under another parent, with all below it."""
        at.living(unit, to)
        kind = at.state.kind(unit)
        if self.is_private(kind):
            raise Refused("KIND01")
        if unit in [to, *self.above(at.state, to, at.day)]:
            raise Refused("MOVE01")
        at.may_be_under(kind, to)
        parent = at.state.parent(unit, at.day, self.contains)
        if parent == to:
            raise Refused("MOVE03")
        at.settle(leaving("moved", {unit: unit}), {})
        edge = self.parent_edge(kind)
        if parent is not None:
            at.disconnect(at.in_force(edge, unit, parent))
        at.connect(edge, unit, to, self.days)

    def merge_units(
        self,
        at: "Step",
        sources: list[str],
        into: Mapping[str, Any],
        under: str | None = None,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        """Units end and a new one takes their place."""
        at.living(*sources, *([under] if under else []))
        at.check_new(into)
        if len(set(sources)) < len(sources):
            raise Refused("MERGE01")
        at.may_succeed(sources, into["kind"])
        parents = {at.state.parent(source, at.day, self.contains) for source in sources}
        if under is None and len(parents) > 1:
            raise Refused("MERGE03")
        parent = under or parents.pop()
        if parent is not None:
            if {parent, *self.above(at.state, parent, at.day)} & set(sources):
                raise Refused("MERGE02")
            at.may_be_under(into["kind"], parent)
        if set(into.get("facts", {})) & set(self.additive):
            raise Refused("FACT02")
        new = into["id"]
        sums = at.summed(sources)
        moved = {source: at.amounts(source) for source in sources}
        self.say_sum(at, sources, sums)
        at.begin(into, {**into.get("facts", {}), **sums})
        if parent is not None:
            at.connect(self.parent_edge(into["kind"]), new, parent, self.days)
        at.settle(ends("merged", sources, new), answers or {})
        for source in sources:
            at.succeed(source, new, "whole", moved[source])
            at.end(source)

    def absorb_units(
        self,
        at: "Step",
        sources: list[str],
        into: str,
        name: str | None = None,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        """Units end and one that lives on takes their place."""
        at.living(*sources, into)
        if len(set(sources)) < len(sources):
            raise Refused("ABSORB01")
        if {into, *self.above(at.state, into, at.day)} & set(sources):
            raise Refused("ABSORB02")
        at.may_succeed(sources, at.state.kind(into))
        moved = {source: at.amounts(source) for source in sources}
        was, facts = at.state.says[into, at.day]
        sums = at.summed([into, *sources])
        self.say_sum(at, [into, *sources], sums)
        said = (name or was, {**facts, **sums})
        if said != (was, facts):
            at.revise(into, *said)
        at.settle(ends("absorbed", sources, into), answers or {})
        for source in sources:
            at.succeed(source, into, "whole", moved[source])
            at.end(source)

    def abolish_tier(
        self,
        at: "Step",
        kind: str,
        within: str | None = None,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        """All units of a kind end; what is below them comes under the grandparent."""
        if within is not None:
            at.living(within)
        if not self.kinds[kind].get("tier"):
            raise Refused("KIND01")
        units = [
            node
            for node in sorted(at.state.lives)
            if at.state.lives_on(node, at.day)
            and at.state.kind(node) == kind
            and (within is None or within in self.above(at.state, node, at.day))
        ]
        if not units:
            raise Refused("TIER02")
        at.stated.subtract(self.carried(at.state, at.day, units))
        at.settle(ends("tier_abolished", units), answers or {})
        for unit in units:
            at.end(unit)

    def _keeps_the_sums(
        self, before: State, after: State, day: int, stated: Counter[str]
    ) -> None:
        """What is carried is neither lost, made nor hidden; what is unknown absorbs.

        That is so of what the plan touches, and of all above whose own figures hold
        only as long as nothing finer below them has one.
        """
        touched: set[str] = set()
        for what, *rest in before.cells() ^ after.cells():
            touched |= {rest[1], rest[2]} if what == "edge" else {rest[0]}
            touched |= {rest[1]} if what == "lineage" else set()
        coarse = {kind for kinds in self.additive.values() for kind in kinds[1:]}
        for state in (before, after):
            for node in list(touched):
                for later in range(day, self.days):
                    above = self.above(state, node, later)
                    touched.update(n for n in above if state.kind(n) in coarse)
        old, new = (self.carried(s, day, sorted(touched)) for s in (before, after))
        old.update(stated)
        for name in self.additive:
            known, unknown = f"fact:{name}", f"unknown:{name}"
            one, other = ("?" if c[unknown] else c[known] for c in (old, new))
            reveals = new[known] > old[known]
            hides = self._hides(before, after, day, name, touched)
            if one != other or reveals or hides:
                raise Refused("SUM01")

    def _hides(
        self, before: State, after: State, day: int, name: str, nodes: Iterable[str]
    ) -> bool:
        """Tell whether a unit that has a figure still no longer carries it.

        It does no harm where what is below it adds up to the figure.
        """
        keys = {f"fact:{name}", f"unknown:{name}"}
        return any(
            keys & self.carried(before, day, [node]).keys()
            and after.lives_on(node, day)
            and name in after.facts(node, day)
            and not keys & self.carried(after, day, [node]).keys()
            and self._below(after, day, name, node) != after.facts(node, day)[name]
            for node in nodes
        )

    def _below(self, state: State, day: int, name: str, node: str) -> int | str:
        """Return what those below a unit carry together."""
        units = [n for n in state.lives if node in self.above(state, n, day)]
        sums = self.carried(state, day, units)
        return "?" if sums[f"unknown:{name}"] else sums[f"fact:{name}"]

    def _keeps_the_rules(self, state: State) -> None:
        """On every day: both ends live, kinds fit, one parent, and no circle."""
        for kind, source, target, day in state.edges:
            for end, node in (("source", source), ("target", target)):
                kept = self.edges[kind].get(f"on_{end}", {}).get("closed") == "keep"
                if not state.lives_on(node, day) and not kept:
                    raise Refused("EDGE03")
            if state.kind(target) not in self.edges[kind]["ends"][state.kind(source)]:
                raise Refused("EDGE01")
            if kind in self.contains and target == source:
                raise Refused("PARENT02")
            if kind in self.contains and source in self.above(state, target, day):
                raise Refused("PARENT02")
        parents = [e[1::2] for e in state.edges if e[0] in self.contains]
        if len(set(parents)) < len(parents):
            raise Refused("PARENT01")
        ends = self.edges[self.lineage]["ends"]
        for source, target, *_ in state.lineage:
            if state.kind(target) not in ends.get(state.kind(source), ()):
                raise Refused("EDGE01")

    def _unbound(self, state: State, day: int) -> set[tuple[str, str]]:
        """Return units that lack, on the day or later, an edge which they must have."""
        joined = {(kind, source, on) for kind, source, _, on in state.edges}
        return {
            (node, kind)
            for node, (of, since, until) in state.lives.items()
            for kind, edge in self.edges.items()
            if edge.get("targets") in {"1", "1..*"} and of in edge["ends"]
            for on in range(max(day, since), until)
            if (kind, node, on) not in joined
        }
