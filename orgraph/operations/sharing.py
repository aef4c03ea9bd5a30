"""What of each additive fact flows from unit to unit, by the shares that are said."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..draft.carried import ALL_OF, own_facts, unclear
from ..findings import Code, Finding
from ..language import laid, say
from ..model import FactValue
from ..near_names import nearest
from .apportion import apportion
from .base import NewNode
from .fact_checks import WRONG_FACT
from .parts import Shares
from .units import amounts, row_of

UNSAID = Code(
    code="SHARE01",
    meaning="What of an additive fact goes to a unit isn't said.",
    hint="Say it in shares: an amount, a fraction, all, none, or unknown.",
)
NOT_THE_WHOLE = Code(
    code="SHARE02",
    meaning="The shares of a unit don't add up to what it has.",
)
NO_FACT = Code(
    code="SHARE03",
    meaning="A share is given of something that the unit doesn't carry.",
)
BLURRED = Code(
    code="SHARE04",
    meaning="A share of a known amount is unknown, and so is what each has after it.",
    severity="info",
    structural=False,
)

Amounts = dict[str, FactValue]


class Flow(NamedTuple):
    """What goes from one unit to another; `whole` is all of it, as in a merger."""

    source: str
    target: str
    whole: bool
    parts: tuple[str, ...] = ()
    shares: Shares | None = None


class Sharing(NamedTuple):
    """The additive facts after the step.

    `facts` are those of targets and of sources that live on, `moved` what each flow
    carries, in its lineage edge. `stated` is what more or less is known after it.
    """

    facts: dict[str, Amounts]
    moved: list[Amounts]
    stated: dict[str, int]
    findings: list[Finding]


class _Sharer:
    def __init__(
        self,
        view: View,
        flows: Sequence[Flow],
        keep: Collection[str],
        new: Mapping[str, NewNode],
    ) -> None:
        self.view = view
        self.flows = flows
        self.keep = keep
        self.new = new
        self.sources = sorted({flow.source for flow in flows})
        units = {*self.sources, *(flow.target for flow in flows)}
        living = [unit for unit in sorted(units) if view.versions(unit)]
        self.own = own_facts(view, living)
        self.moved: list[Amounts] = [{} for _ in flows]
        self.rests: dict[str, Amounts] = {}
        self.findings: list[Finding] = []

    def share(self) -> Sharing:
        for source in self.sources:
            places = [n for n, f in enumerate(self.flows) if f.source == source]
            if any(self.flows[place].whole for place in places):
                facts = row_of(self.view, source).facts
                self.moved[places[0]] = amounts(self.view, facts)
            else:
                self._divide(source, places)
        gained = self._gained()
        return Sharing(gained, self.moved, self._stated(gained), self.findings)

    def _divide(self, source: str, places: Sequence[int]) -> None:
        """Divide what a source carries among its flows."""
        carried = self.own[source][1] if source in self.own else []
        for place in places:
            self._check_names(source, place, carried)
        facts = row_of(self.view, source).facts
        for name in carried:
            said = [self._said(place, name) for place in places]
            if None in said:
                continue
            shares = [share for share in said if share is not None]
            value = facts[name]
            whole = value if isinstance(value, int) else None
            try:
                parts, rest = apportion(whole, shares, rest=source in self.keep)
            except ValueError as error:
                message = say(
                    "{name} of {source}: {error}.",
                    name=say(name),
                    source=self.view.shown(source),
                    error=error.args[0],
                )
                self.findings.append(NOT_THE_WHOLE.at(source, message))
                continue
            for place, part in zip(places, parts, strict=True):
                self.moved[place][name] = part
            if source in self.keep:
                self.rests.setdefault(source, {})[name] = rest
            if whole is not None and "unknown" in shares:
                what = laid("{fact} ({n:,})", fact=say(name), n=whole)
                self._blur(source, what, zip(places, shares, strict=True))
        for place in places:
            wholly = [n for n in carried if self._said(place, n) == "all"]
            wholly += self._of_absent(place, carried)
            if wholly:
                self.moved[place][ALL_OF] = ", ".join(sorted(wholly))

    def _blur(
        self, source: str, what: str, said: Iterable[tuple[int, int | str]]
    ) -> None:
        """Say whose figures are unknown after a known amount went in unknown shares."""
        to = [self.flows[place].target for place, share in said if share == "unknown"]
        getting = ", ".join(map(self._called, to))
        left = [source] if source in self.keep else []
        after = ", ".join(map(self._called, to + left))
        message = say(
            "How much of {what} goes from {source} to {getting} is "
            "unknown, and so is the figure after it of {after}.",
            what=what,
            source=self.view.shown(source),
            getting=getting,
            after=after,
        )
        self.findings.append(BLURRED.at(source, message))

    def _called(self, target: str) -> str:
        new = self.new.get(target)
        return new.name if new else self.view.shown(target)

    def _of_absent(self, place: int, carried: Collection[str]) -> list[str]:
        """Keep what is said by a word of facts for which the source has no figure."""
        shares = self.flows[place].shares
        words = shares if isinstance(shares, dict) else {}
        absent = [n for n in words if n in self.view.pack.additive and n not in carried]
        self.moved[place].update({n: 0 for n in absent if words[n] == "none"})
        return [name for name in absent if words[name] == "all"]

    def _said(self, place: int, name: str) -> int | str | None:
        """Return the share of a fact in a flow; None where nobody has said it."""
        shares = self.flows[place].shares
        share = shares.get(name) if isinstance(shares, dict) else shares
        return None if share == "ask" else share

    def _check_names(self, source: str, place: int, carried: Sequence[str]) -> None:
        """Find the shares that are not said, and those of what isn't carried."""
        flow, view = self.flows[place], self.view
        # What is marked as a gap is found without a store, as a gap of the step.
        named = carried if isinstance(flow.shares, str) else flow.shares or {}
        unsaid = [name for name in carried if name not in named]
        if unsaid:
            names = list(map(say, unsaid))
            to = self._called(flow.target)
            message = say(
                "What of {names} goes from {source} to {to} isn't said.",
                names=names,
                source=view.shown(source),
                to=to,
            )
            self.findings.append(UNSAID.at(source, message))
        given = flow.shares if isinstance(flow.shares, dict) else {}
        for name, share in sorted(given.items()):
            word = isinstance(share, str) and "/" not in share
            if name in carried or (name in view.pack.additive and word):
                continue
            near = nearest(name, carried)
            hint = say("Did you mean {near}?", near=near) if near else None
            message = say(
                "{source} carries no {name} of its own to share.",
                source=view.shown(source),
                name=say(name),
            )
            self.findings.append(NO_FACT.at(source, message, hint=hint))

    def _gained(self) -> dict[str, Amounts]:
        """Add up what each target gets, and what those that live on keep."""
        facts: dict[str, Amounts] = {s: dict(rest) for s, rest in self.rests.items()}
        for flow, moved in zip(self.flows, self.moved, strict=True):
            known = self.view.node(flow.target)
            own = amounts(self.view, known.facts) if known else {}
            got = facts.setdefault(flow.target, {})
            carried = self.own[flow.source][1] if flow.source in self.own else []
            for name, amount in moved.items():
                if name == ALL_OF or (name not in carried and not flow.whole):
                    continue
                if amount == 0 and not flow.whole and known and name not in own | got:
                    continue  # that nothing goes to it is no figure of its own
                before = got.get(name, own.get(name, 0))
                both = isinstance(before, int) and isinstance(amount, int)
                got[name] = before + amount if both else None  # type: ignore[operator]
        return facts

    def _stated(self, facts: Mapping[str, Amounts]) -> dict[str, int]:
        """Return what becomes known or unknown, of facts that aren't known all over."""
        stated: dict[str, int] = {}
        ending = set(self.sources) - set(self.keep)
        # A figure that a finer kind below has is nobody's own: what brings it doesn't.
        carrying = {(unit, name) for unit, (_, n) in self.own.items() for name in n}
        carrying |= {
            (flow.target, name)
            for flow in self.flows
            if flow.source in self.own
            for name in self.own[flow.source][1]
        }
        for name in self.view.pack.additive:
            own = {u: row.facts[name] for u, (row, n) in self.own.items() if name in n}
            gained = {
                unit: got[name]
                for unit, got in facts.items()
                if name in got and (unit, name) in carrying
            }
            after = {**own, **gained}
            left = [value for unit, value in after.items() if unit not in ending]
            stated.update(unclear(name, own.values(), left))
        return stated


def sharing(
    view: View,
    flows: Sequence[Flow],
    keep: Collection[str],
    new: Mapping[str, NewNode],
) -> Sharing:
    """Return what flows of every additive fact.

    `keep` are the sources that live on, `new` the units that the step founds.
    """
    return _Sharer(view, flows, keep, new).share()


def check_sharing(
    view: View, shared: Sharing, new: Mapping[str, NewNode]
) -> Iterator[Finding]:
    """Refuse facts that would come to a unit of a kind that can't have them."""
    for node, facts in sorted(shared.facts.items()):
        kind = new[node].kind if node in new else view.kind(node)
        for name in sorted(facts.keys() - set(view.pack.nodes[kind].facts)):
            called = new[node].name if node in new else view.shown(node)
            message = say(
                "{called} would get {name}, which a {kind} doesn't have.",
                called=called,
                name=name,
                kind=kind,
            )
            yield WRONG_FACT.at(node, message)
