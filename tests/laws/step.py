"""One step of the naive model: the checks and writes that kinds of step share."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from meeting import Fates, check_roles, kept_apart
from state import Facts, Refused, Run, State, Tables


class Leaving(NamedTuple):
    """How dependents leave a unit: for what takes its place, or some of them only."""

    event: str
    to: str | None = None
    parts: frozenset[str] | None = None


class Event(NamedTuple):
    """What happens to which units, and what was answered."""

    units: Mapping[str, Leaving]
    answers: Mapping[str, Any]
    used: set[str]

    def ends(self, node: str) -> bool:
        """Tell whether a unit ends by this."""
        return node in self.units and self.units[node].parts is None


def leaving(event: str, successors: Mapping[str, str | None]) -> dict[str, Leaving]:
    """Return units that all end in one event, each with what takes its place."""
    return {unit: Leaving(event, to) for unit, to in successors.items()}


def ends(event: str, units: Iterable[str], to: str | None = None) -> dict[str, Leaving]:
    """Return units that all end in one event and have one successor, or none."""
    return leaving(event, dict.fromkeys(units, to))


class Step:
    """One step on a day: the checks and writes that several kinds of step share."""

    def __init__(
        self,
        model: Tables,
        state: State,
        day: int,
        stated: Counter[str],
        finer: list[tuple[str, str, int]],
    ) -> None:
        """Write into this state; `finer` is what units' facts are set to, more."""
        self.model = model
        self.state = state
        self.day = day
        self.stated = stated
        self.finer = finer

    def living(self, *nodes: str) -> None:
        """All of these live on the day."""
        for node in nodes:
            if node not in self.state.lives:
                raise Refused("UNIT01")
            if not self.state.lives_on(node, self.day):
                raise Refused("UNIT03")

    def check_new(self, new: Mapping[str, Any]) -> None:
        """The id is free, and the facts are those of the kind."""
        if new["id"] in self.state.lives:
            raise Refused("ID01")
        if self.model.is_private(new["kind"]):
            raise Refused("KIND01")
        self.check_facts(new["kind"], new.get("facts", {}))

    def check_facts(self, kind: str, facts: Facts) -> None:
        """The kind has these facts, and its type is one of its types."""
        declared = self.model.kinds[kind]
        types = declared.get("types")
        if not set(facts) <= set(declared.get("facts", ())) or (
            types and "type" in facts and facts["type"] not in types
        ):
            raise Refused("FACT01")

    def may_be_under(self, kind: str, parent: str) -> None:
        """The pack lets the one be under the other."""
        edge = self.model.parent_edge(kind)
        above = self.state.kind(parent)
        if edge is None or above not in self.model.edges[edge]["ends"][kind]:
            raise Refused("KIND01")

    def may_succeed(self, sources: Iterable[str], kind: str) -> None:
        """The pack lets all of these become a unit of this kind."""
        for source in sources:
            if kind not in self.model.kinds[self.state.kind(source)].get("becomes", ()):
                raise Refused("KIND01")

    def amounts(self, node: str) -> dict[str, Any]:
        """Return the additive facts of a unit."""
        facts = self.state.facts(node, self.day)
        return {name: facts[name] for name in self.model.additive if name in facts}

    def summed(self, nodes: Iterable[str]) -> dict[str, Any]:
        """Return the additive facts of units together; what is unknown absorbs."""
        values: dict[str, list[Any]] = {}
        for node in nodes:
            for name, value in self.amounts(node).items():
                values.setdefault(name, []).append(value)
        return {k: None if None in v else sum(v) for k, v in values.items()}

    # Writing

    def begin(self, new: Mapping[str, Any], facts: Facts) -> None:
        """A unit lives from the day on."""
        state = self.state
        state.lives[new["id"]] = (new["kind"], self.day, state.open)
        for day in range(self.day, state.open):
            state.says[new["id"], day] = (new["name"], dict(facts))

    def revise(self, node: str, name: str, facts: Facts) -> None:
        """A unit says something else from the day on."""
        state = self.state
        _, _, until = state.lives[node]
        said = [state.says[node, day] for day in range(self.day, until)]
        if any(other != said[0] for other in said):
            raise Refused("TIME01")
        changed = {k: facts.get(k, "absent") for k in self.model.additive}
        was = {k: said[0][1].get(k, "absent") for k in self.model.additive}
        if until < state.open and changed != was:
            raise Refused("TIME01")
        for day in range(self.day, until):
            state.says[node, day] = (name, dict(facts))

    def end(self, node: str) -> None:
        """A unit lives until the day."""
        state = self.state
        kind, since, until = state.lives[node]
        said = [state.says[node, day] for day in range(max(self.day, since), until)]
        if until < state.open or since > self.day:
            raise Refused("TIME01")
        if any(other != said[0] for other in said):
            raise Refused("TIME01")
        state.lives[node] = (kind, since, self.day)
        for day in range(self.day, until):
            del state.says[node, day]

    def in_force(self, kind: str | None, source: str, target: str) -> Run:
        """Return an edge that is in force on the day."""
        return next(
            run
            for run in self.state.runs()
            if run[:3] == (kind, source, target) and run.since <= self.day < run.until
        )

    def _slot_is_free_later(self, kind: str, source: str, target: str) -> None:
        one = self.model.edges[kind].get("targets", "0..*") in {"1", "0..1"}
        for run in self.state.runs():
            same = run[:2] == (kind, source) and (one or run.target == target)
            if same and run.since > self.day:
                raise Refused("TIME01")

    def connect(self, kind: str | None, source: str, target: str, until: int) -> None:
        """Two units are joined from the day on."""
        if kind is None:
            return
        for node in (source, target):
            _, begins, ends = self.state.lives[node]
            if begins > self.day or ends < until:
                raise Refused("TIME02")
        self._slot_is_free_later(kind, source, target)
        days = {(kind, source, target, day) for day in range(self.day, until)}
        if days & self.state.edges:
            raise Refused("TIME03")
        self.state.edges |= days

    def disconnect(self, run: Run) -> None:
        """Two units are joined until the day."""
        self._slot_is_free_later(*run[:3])
        gone = {(*run[:3], day) for day in range(self.day, run.until)}
        self.state.edges -= gone

    def succeed(self, source: str, target: str, part: str, moved: Facts) -> None:
        """One takes the place of another, for ever."""
        both = dict(moved)
        for known in list(self.state.lineage):
            if known[:3] == (source, target, self.day):
                self.state.lineage.remove(known)
                both = _both(dict(known[4]), both)
        if part == "whole":
            both.pop("all_of", None)
        event = (source, target, self.day, part, tuple(sorted(both.items())))
        self.state.lineage.add(event)

    def settle(
        self, leaving: Mapping[str, Leaving], answers: Mapping[str, Any]
    ) -> None:
        """Let every dependent have the fate that the pack gives it."""
        fates: Fates = {}
        ending: list[str] = []
        happens = Event(leaving, answers, set())
        seen = {node for node in leaving if happens.ends(node)}
        while happens.units:
            for run, end in self._hanging(happens.units):
                if run in fates:
                    continue
                fate = self._fate(happens, run, end)
                if fate[0] != "kept":
                    fates[run] = fate
                if fate[0] == "ends_with":
                    ending.append(run.source if end == "target" else run.target)
            closed = {node: Leaving("closed") for node in ending if node not in seen}
            seen |= closed.keys()
            happens = happens._replace(units=closed)
        if set(answers) - happens.used:
            raise Refused("ASK02")
        check_roles(self.model.edges, self.state, self.day, fates)
        fates = kept_apart(self.model.edges, self.state, self.day, fates)
        self._join_anew(fates)
        for node in dict.fromkeys(ending):
            self.end(node)

    def _join_anew(self, fates: Fates) -> None:
        """Let all leave, and only then join what they go to."""
        for run in fates:
            self.disconnect(run)
        for run, (_, joins) in fates.items():
            if joins is not None:
                self._unite_or_connect(run, *joins)

    def _hanging(self, units: Mapping[str, Leaving]) -> Iterator[tuple[Run, str]]:
        for end, place in (("target", 2), ("source", 1)):
            for run in self.state.runs():
                if run[place] not in units or run.until <= self.day:
                    continue
                parts = units[run[place]].parts
                if parts is not None and (
                    run[3 - place] not in parts
                    or (end == "source" and run.kind in self.model.contains)
                ):
                    continue
                yield run, end

    def _fate(
        self, event: Event, run: Run, end: str
    ) -> tuple[str, tuple[str, str] | None]:
        """Return what becomes of an edge, and the units that it joins from now on."""
        unit, other = (run[2], run[1]) if end == "target" else (run[1], run[2])
        word = self._word(event.units[unit].event, run.kind, end, other)
        if word == "keep":
            return "kept", None
        if word == "refuse":
            raise Refused("ASK04")
        if event.ends(other) and event.ends(unit) and word != "end":
            events = {event.units[unit].event, event.units[other].event}
            if "split" in events and run.kind not in self.model.contains:
                raise Refused("ASK08")
            source, target = (
                event.units[n].to if n in event.units else n for n in run[1:3]
            )
            joined = source is not None and target is not None and source != target
            return "both", (str(source), str(target)) if joined else None
        word, to = self._said(
            event,
            word,
            unit,
            other,
            own=end == "source" and run.kind in self.model.contains,
        )
        if word != "follow":
            return word, None
        if to is None:
            raise Refused("ASK05")
        if to == unit:
            return "kept", None
        joins = (other, to) if end == "target" else (to, other)
        return "follow", joins if joins[0] != joins[1] else None

    def _said(
        self, event: Event, word: str, unit: str, other: str, *, own: bool
    ) -> tuple[str, str | None]:
        """Return the word that holds once answers are heard, and whom to follow."""
        to = event.units[unit].to
        above = self.state.parent(unit, self.day, self.model.contains)
        no_parent = above is None or event.ends(above)
        asked = word == "ask" or (word == "parent" and not own and no_parent)
        names = [f"{other}@{unit}", other, *([self.state.kind(other)] if asked else [])]
        name = next((name for name in names if name in event.answers), None)
        if asked and name is None:
            raise Refused("ASK01")
        if name is not None:
            event.used.add(name)
            word = event.answers[name]
            if isinstance(word, Mapping):
                self.living(word["to"])
                if word["to"] == other:
                    raise Refused("ASK07")
                return "follow", str(word["to"])
        if word == "parent" and not own:
            if no_parent:
                raise Refused("ASK01")
            return "follow", above
        return word, to

    def _word(self, event: str, kind: str, end: str, other: str) -> str:
        edge = self.model.edges[kind]
        facts = next(
            (f for (n, _), (_, f) in sorted(self.state.says.items()) if n == other), {}
        )
        for case in edge.get("cases", ()):
            if (
                (case["event"], case["end"]) == (event, end)
                and self.state.kind(other)
                in case.get("kinds", [self.state.kind(other)])
                and all(facts.get(k) == v for k, v in case.get("where", {}).items())
            ):
                return str(case["then"])
        return str(edge.get(f"on_{end}", {}).get(event, "keep"))

    def _unite_or_connect(self, run: Run, source: str, target: str) -> None:
        here = (run.kind, source, target)
        if (*here, self.day) not in self.state.edges:
            self.connect(*here, run.until)
            return
        self._slot_is_free_later(*here)
        until = max(run.until, self.in_force(*here).until)
        for node in (source, target):
            if self.state.lives[node][2] < until:
                raise Refused("TIME02")
        self.state.edges |= {(*here, day) for day in range(self.day, until)}


def _both(first: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Add up what passed between two units by two steps of one day.

    All of a fact went where all went at last, or at first and no more was left.
    """
    both = {**first, **later}
    for name in (first.keys() & later.keys()) - {"all_of"}:
        one, other = first[name], later[name]
        both[name] = None if None in {one, other} else one + other
    wholly = {n for n in first.get("all_of", "").split(", ") if later.get(n, 0) == 0}
    wholly |= set(later.get("all_of", "").split(", "))
    both.pop("all_of", None)
    named = ", ".join(sorted(wholly - {""}))
    return {**both, "all_of": named} if named else both
