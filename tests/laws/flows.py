"""What flows between units, in the naive model: whole and in part, said in plain terms.

Parts go where they are given, amounts as they are divided by hand, and what isn't said
is refused.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from dividing import divided
from state import Refused, Tables
from step import Leaving, Step

New = Mapping[str, Any]
Amounts = dict[str, Any]


class Flow(NamedTuple):
    """What goes from one unit to another."""

    source: str
    target: str
    given: Mapping[str, Any]

    @property
    def whole(self) -> bool:
        """Whether it is all of the source."""
        return bool(self.given.get("whole"))

    @property
    def parts(self) -> Sequence[str]:
        """The dependents that go with it."""
        return tuple(self.given.get("parts", ()))

    def share(self, name: str) -> Any:  # noqa: ANN401 - a number or a word
        """Return what is said of a fact, or None."""
        shares = self.given.get("shares")
        return shares.get(name) if isinstance(shares, dict) else shares


class Flows(NamedTuple):
    """All that flows in one step, with the units that it founds and that live on."""

    new: Sequence[New]
    flows: Sequence[Flow]
    keep: Sequence[str]
    answers: Mapping[str, Any]

    @property
    def sources(self) -> list[str]:
        """The units that give."""
        return sorted({flow.source for flow in self.flows})

    @property
    def ending(self) -> list[str]:
        """The units that end by it."""
        return [source for source in self.sources if source not in self.keep]

    @property
    def ids(self) -> list[str]:
        """The units that begin by it."""
        return [new["id"] for new in self.new]

    @property
    def targets(self) -> list[str]:
        """The units that get something and live already."""
        return sorted({flow.target for flow in self.flows} - set(self.ids))

    def of(self, source: str) -> list[Flow]:
        """Return the flows from one unit."""
        return [flow for flow in self.flows if flow.source == source]

    def into(self, target: str) -> list[str]:
        """Return the units from which one gets something."""
        return [flow.source for flow in self.flows if flow.target == target]


class Reshaping(Tables):
    """The steps by which units give to others."""

    def split_unit(
        self,
        at: Step,
        source: str,
        targets: Sequence[Mapping[str, Any]],
        keep_source: bool = False,  # noqa: FBT001, FBT002 - the field's name
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        """A unit is divided among others."""
        new = [to["new"] for to in targets if "new" in to]
        ids = [to["new"]["id"] if "new" in to else to["unit"] for to in targets]
        flows = [Flow(source, *pair) for pair in zip(ids, targets, strict=True)]
        keep = [source] if keep_source else []
        self.flow(at, Flows(new, flows, keep, answers or {}))

    def reorganise_units(
        self,
        at: Step,
        edges: Sequence[Mapping[str, Any]],
        new: Sequence[New] = (),
        keep: Sequence[str] = (),
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        """Units give to others, whole and in part."""
        flows = [Flow(edge["from"], edge["to"], edge) for edge in edges]
        self.flow(at, Flows(new, flows, keep, answers or {}))

    def transfer_parts(self, at: Step, **given: Any) -> None:  # noqa: ANN401 - fields
        """A unit gives something to another, and both live on."""
        flow = Flow(given["from"], given["to"], given)
        self.flow(at, Flows((), [flow], [flow.source], given.get("answers", {})))

    def restore_unit(self, at: Step, unit: New, **given: Any) -> None:  # noqa: ANN401 - fields
        """What has ended begins again, as another unit."""
        old, lives = unit["restores"], at.state.lives
        if old not in lives or lives[old][2] > at.day:
            raise Refused("RESTORE02")
        if lives[old][0] != unit["kind"]:
            raise Refused("KIND01")
        again = [e[1] for e in at.state.lineage if e[0] == old and e[3] == "restored"]
        if any(lives[node][2] > at.day for node in again):
            raise Refused("RESTORE03")
        new = {**unit, **({"under": given["under"]} if "under" in given else {})}
        if "from" in given:
            flow = Flow(given["from"], unit["id"], given)
            answers = given.get("answers", {})
            self.flow(at, Flows([new], [flow], [flow.source], answers))
        else:
            self.found(at, new, new.get("under"))
        at.succeed(old, unit["id"], "restored", {})

    def found(self, at: Step, new: New, under: str | None) -> None:
        """A unit begins, and carries so much more."""
        at.check_new(new)
        if under is not None:
            at.living(under)
            at.may_be_under(new["kind"], under)
        at.begin(new, new.get("facts", {}))
        at.stated.update(self.carried(at.state, at.day, [new["id"]]))
        if under is not None:
            edge = self.parent_edge(new["kind"])
            at.connect(edge, new["id"], under, at.state.open)

    def flow(self, at: Step, shape: Flows) -> None:
        """Check and write what flows."""
        self._check(at, shape)
        parents = {new["id"]: self._parent(at, shape, new) for new in shape.new}
        moved, after = self._divided(at, shape)
        self._check_new_facts(at, shape, after)
        self._state(at, shape, after)
        for new in shape.new:
            parent = parents[new["id"]]
            at.begin(new, {**new.get("facts", {}), **after.get(new["id"], {})})
            if parent is not None:
                edge = self.parent_edge(new["kind"])
                at.connect(edge, new["id"], parent, at.state.open)
        for unit in sorted({*shape.targets, *shape.keep} & after.keys()):
            name, facts = at.state.says[unit, at.day]
            if {**facts, **after[unit]} != facts:
                at.revise(unit, name, {**facts, **after[unit]})
        self._settle(at, shape)
        for flow, amounts in zip(shape.flows, moved, strict=True):
            part = "whole" if flow.whole else "part"
            at.succeed(flow.source, flow.target, part, amounts)
        for source in shape.ending:
            at.end(source)

    # What is refused

    def _check(self, at: Step, shape: Flows) -> None:
        """Everything lives, and nothing gives to itself, twice, or what it isn't."""
        unders = [new["under"] for new in shape.new if new.get("under")]
        parts = [part for flow in shape.flows for part in flow.parts]
        to = [a["to"] for a in shape.answers.values() if isinstance(a, Mapping)]
        old = [unit for unit in to if unit not in shape.ids]
        at.living(*shape.sources, *shape.targets, *shape.keep, *parts, *unders, *old)
        if len(set(shape.ids)) < len(shape.ids):
            raise Refused("ID01")
        for new in shape.new:
            at.check_new(new)
        pairs = [(flow.source, flow.target) for flow in shape.flows]
        if len(set(pairs)) < len(pairs) or any(one == other for one, other in pairs):
            raise Refused("FLOW01")
        for source in shape.sources:
            self._check_source(at, shape, source)
        if set(shape.keep) - set(shape.sources):
            raise Refused("FLOW04")
        if any(not shape.into(new) for new in shape.ids):
            raise Refused("FLOW04")
        ending = set(shape.ending)
        for target in shape.targets:
            if {target, *self.above(at.state, target, at.day)} & ending:
                raise Refused("FLOW03")
            at.may_succeed(shape.into(target), at.state.kind(target))

    def _check_source(self, at: Step, shape: Flows, source: str) -> None:
        """It goes whole to one, or gives each of its parts once."""
        flows = shape.of(source)
        if any(flow.whole for flow in flows) and (
            len(flows) > 1 or source in shape.keep
        ):
            raise Refused("FLOW02")
        given = [part for flow in flows for part in flow.parts]
        if len(set(given)) < len(given):
            raise Refused("PARTS01")
        if set(given) & set(shape.ending):
            raise Refused("PARTS02")
        if at.state.parent(source, at.day, self.contains) in given:
            raise Refused("PARTS02")

    def _parent(self, at: Step, shape: Flows, new: New) -> str | None:
        """Return what a new unit comes under; it lives on, and fits."""
        sources = shape.into(new["id"])
        at.may_succeed(sources, new["kind"])
        parent = new.get("under")
        if parent is None:
            parents = {at.state.parent(s, at.day, self.contains) for s in sources}
            if len(parents) > 1:
                raise Refused("FLOW05")
            parent = parents.pop()
        if parent is None:
            return None
        if {parent, *self.above(at.state, parent, at.day)} & set(shape.ending):
            raise Refused("FLOW03")
        at.may_be_under(new["kind"], parent)
        return str(parent)

    def _check_new_facts(
        self, at: Step, shape: Flows, after: Mapping[str, Amounts]
    ) -> None:
        """A kind has the facts that come to it, and a new unit what it gets."""
        kinds = {new["id"]: new["kind"] for new in shape.new}
        for unit, facts in after.items():
            kind = kinds[unit] if unit in kinds else at.state.kind(unit)
            if not set(facts) <= set(self.kinds[kind].get("facts", ())):
                raise Refused("FACT01")
        for new in shape.new:
            for name in set(new.get("facts", {})) & set(self.additive):
                got = after.get(new["id"], {})
                if name not in got or got[name] != new["facts"][name]:
                    raise Refused("FACT02")

    # What flows

    def _own(self, at: Step, unit: str) -> Amounts:
        """Return what a unit itself carries."""
        keys = self.carried(at.state, at.day, [unit])
        facts = at.state.facts(unit, at.day)
        return {
            name: facts[name]
            for name in self.additive
            if {f"fact:{name}", f"unknown:{name}"} & keys.keys()
        }

    def _divided(
        self, at: Step, shape: Flows
    ) -> tuple[list[Amounts], dict[str, Amounts]]:
        """Return what each flow moves, and the amounts of all that live after it."""
        moved: list[Amounts] = [{} for _ in shape.flows]
        after: dict[str, Amounts] = {}
        for source in shape.sources:
            places = [n for n, flow in enumerate(shape.flows) if flow.source == source]
            if shape.flows[places[0]].whole:
                moved[places[0]] = at.amounts(source)
                continue
            flows = [shape.flows[place] for place in places]
            rests = self._give(at, flows, moved, places, kept=source in shape.keep)
            if source in shape.keep:
                after[source] = rests
        for flow, amounts in zip(shape.flows, moved, strict=True):
            founded = flow.target in shape.ids
            known = {} if founded else at.amounts(flow.target)
            got = after.setdefault(flow.target, {})
            for name, amount in amounts.items():
                nothing = amount == 0 and not flow.whole and not founded
                if nothing and name not in {**known, **got}:
                    continue
                had = got.get(name, known.get(name, 0))
                got[name] = None if None in {had, amount} else had + amount
        for flow, amounts in zip(shape.flows, moved, strict=True):
            if not flow.whole:
                self._say_words(flow, self._own(at, flow.source), amounts)
        return moved, after

    def _give(
        self,
        at: Step,
        flows: Sequence[Flow],
        moved: Sequence[Amounts],
        places: Sequence[int],
        *,
        kept: bool,
    ) -> Amounts:
        """Divide what one unit carries among its flows; returns what stays."""
        own = self._own(at, flows[0].source)
        for flow in flows:
            self._check_shares(flow, own)
        rests: Amounts = {}
        for name, value in own.items():
            shares = [flow.share(name) for flow in flows]
            amounts, rests[name] = divided(value, shares, rest=kept)
            for place, amount in zip(places, amounts, strict=True):
                moved[place][name] = amount
        return rests

    def _check_shares(self, flow: Flow, own: Amounts) -> None:
        """What is carried is shared, and nothing else but in words."""
        if any(flow.share(name) in {None, "ask"} for name in own):
            raise Refused("SHARE01")
        shares = flow.given.get("shares")
        for name, share in (shares if isinstance(shares, dict) else {}).items():
            word = share in {"all", "none", "unknown", "ask"}
            if name not in own and not (name in self.additive and word):
                raise Refused("SHARE03")

    def _say_words(self, flow: Flow, own: Amounts, moved: Amounts) -> None:
        """Keep in the lineage what went wholly, and what is said of absent facts."""
        shares = flow.given.get("shares")
        said = shares if isinstance(shares, dict) else dict.fromkeys(own, shares)
        absent = [name for name in said if name not in own]
        moved.update({name: 0 for name in absent if said[name] == "none"})
        wholly = sorted(name for name, share in said.items() if share == "all")
        if wholly:
            moved["all_of"] = ", ".join(wholly)

    def _state(self, at: Step, shape: Flows, after: Mapping[str, Amounts]) -> None:
        """Say what an unknown amount swallows, and which become known or unknown.

        A figure that a finer kind below has is nobody's own, and nobody gets it.
        """
        units = [*shape.sources, *shape.targets]
        own = {unit: self._own(at, unit) for unit in units}
        names = {unit: set(own.get(unit, {})) for unit in {*own, *after}}
        for flow in shape.flows:
            names[flow.target].update(own[flow.source])
        new = {
            unit: own.get(unit, {})
            | {n: v for n, v in after.get(unit, {}).items() if n in names[unit]}
            for unit in names
        }
        then = [facts for unit, facts in new.items() if unit not in shape.ending]
        self.say_unclear(at, own.values(), then)

    def say_sum(self, at: Step, units: Iterable[str], sums: Amounts) -> None:
        """Say what an unknown amount swallows where units' own are added up."""
        own = [self._own(at, unit) for unit in units]
        carried = {name: sums[name] for facts in own for name in facts}
        self.say_unclear(at, own, [carried])

    def say_unclear(
        self, at: Step, before: Iterable[Amounts], after: Iterable[Amounts]
    ) -> None:
        """Say how much more is known, of the facts that aren't known all over."""
        olds, news = list(before), list(after)
        for name in self.additive:
            was, then = (
                [facts[name] for facts in side if name in facts]
                for side in (olds, news)
            )
            if None not in [*was, *then]:
                continue
            for sign, side in ((1, then), (-1, was)):
                known = [value for value in side if value is not None]
                at.stated[f"fact:{name}"] += sign * sum(known)
                at.stated[f"unknown:{name}"] += sign * (len(side) - len(known))

    def _settle(self, at: Step, shape: Flows) -> None:
        """Let every dependent go where it is given, or where the pack lets it go."""
        leaving: dict[str, Leaving] = {}
        answers = dict(shape.answers)
        for source in shape.sources:
            flows = shape.of(source)
            parts = Counter(part for flow in flows for part in flow.parts)
            for flow in flows:
                for part in flow.parts:
                    if f"{part}@{source}" in shape.answers:
                        raise Refused("PARTS01")
                    answers[f"{part}@{source}"] = {"to": flow.target}
            if source in shape.keep:
                leaving[source] = Leaving("split", None, frozenset(parts))
            elif flows[0].whole:
                event = "merged" if flows[0].target in shape.ids else "absorbed"
                leaving[source] = Leaving(event, flows[0].target)
            else:
                leaving[source] = Leaving("split", None)
        at.settle(leaving, answers)
