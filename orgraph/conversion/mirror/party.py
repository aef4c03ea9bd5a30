"""The other side of a component: which bodies become which, as steps."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...draft import View
from ...pack import Becomes
from ..edges import Key
from ..yaml_text import Noted, Ref, Step
from .dependents import ASK, Decided, Said
from .goings import Going


class Target(NamedTuple):
    """The body of a new unit: a living one, by its id, or a new one by what it is.

    `changes` are those in a unit that lives on: of its name, code or type.
    """

    unit: Key
    becomes: Becomes
    name: str
    label: str
    under: Ref | None
    living: str | None
    changes: frozenset[str] = frozenset()

    @property
    def is_renamed(self) -> bool:
        """Whether the unit lives on with another name."""
        return "name" in self.changes

    @property
    def ref(self) -> Ref:
        """How steps name it."""
        return Ref(self.living or self.label)

    def new(self) -> dict[str, Any]:
        """Return it as a step founds it."""
        kind, facts = self.becomes.kind, dict(self.becomes.facts)
        return {
            "kind": kind,
            "name": self.name,
            **({"facts": facts} if facts else {}),
        }


class Side(NamedTuple):
    """The bodies of a component: where they go, into what, and what is decided.

    `covers` names the new units that a body has come to cover, `dissolved` are tiers
    without a place below the new bodies, by body and kind. `moved` are the steps that
    bring what goes by itself below them, `united` those by which each has one of what a
    body has but one of.
    """

    goings: Sequence[Going]
    targets: Mapping[Key, Target]
    decided: Decided
    covers: Mapping[tuple[str, Key], Ref]
    dissolved: Sequence[tuple[str, str]]
    moved: Sequence[Step]
    united: Sequence[Step]


def flows_of(side: Side) -> list[tuple[Going, Key]]:
    """Return which body gives to which new unit's body."""
    return [(going, key) for going in side.goings for key in going.to]


def party_steps(view: View, side: Side) -> Iterator[Step]:
    """Yield the steps by which bodies follow their units."""
    for body, kind in side.dissolved:
        fields = {"kind": Ref(kind), "within": Ref(body)}
        yield Step("abolish_tier", fields, view.name(body))
    yield from closed(view, side.decided)
    flows = flows_of(side)
    if flows:
        yield _moved(view, side, flows)
    for _, target in sorted(side.targets.items()):
        if target.living:
            yield from _revised(view, target, target.living)
    yield from side.moved
    yield from side.united


def _revised(view: View, target: Target, body: str) -> Iterator[Step]:
    """Yield what changes in a body whose unit lives on with another type or name."""
    own, type_ = view.node(body), target.becomes.facts.get("type")
    retyped = "type" in target.changes and own and own.facts.get("type") != type_
    if retyped and type_ is not None:
        named = {"name": target.name} if target.is_renamed else {}
        fields = {"unit": Ref(body), "type": type_, **named}
        yield Step("change_type", fields, view.name(body))
    elif target.is_renamed:
        yield from renamed(view, body, target.name)


def renamed(view: View, body: str, name: str) -> Iterator[Step]:
    """Yield the step that gives a body another name, where it has another."""
    if view.name(body) != name:
        yield Step("rename_unit", {"unit": Ref(body), "name": name}, view.name(body))


def closed(view: View, decided: Decided) -> Iterator[Step]:
    """Yield the steps that end posts whose unit lives on, for others that come."""
    for post in decided.closing:
        above = view.parent(post)
        comment = view.name(above.target) if above else ""
        yield Step("close_unit", {"unit": Ref(post)}, comment)


def _moved(view: View, side: Side, flows: Sequence[tuple[Going, Key]]) -> Step:
    keys = list(dict.fromkeys(key for _, key in flows))
    answers = answered(side.decided, {k: t.ref for k, t in side.targets.items()})
    divided = any(going.is_divided for going, _ in flows)
    names = ", ".join(view.name(going.node) for going, _ in flows)
    if len(keys) == 1 and not divided:
        target = side.targets[keys[0]]
        sources = [Ref(going.node) for going, _ in flows]
        if target.living:
            fields = {"sources": sources, "into": target.ref, **answers}
            comment = f"{names} → {view.name(target.living)}"
            return Step("absorb_units", fields, comment)
        if len(sources) > 1:
            under = {"under": target.under} if target.under else {}
            fields = {"sources": sources, "into": target.new(), **under, **answers}
            return Step("merge_units", {**fields, "as": Ref(target.label)}, names)
    return Step("reorganise_units", {**_flowing(view, side, flows, keys), **answers})


def _flowing(
    view: View, side: Side, flows: Sequence[tuple[Going, Key]], keys: Sequence[Key]
) -> dict[str, Any]:
    new = []
    for key in sorted(keys):
        target = side.targets[key]
        if not target.living:
            under = {"under": target.under} if target.under else {}
            new.append({**target.new(), **under, "as": Ref(target.label)})
    edges = [
        Noted(_edge(side, going, key), view.name(going.node)) for going, key in flows
    ]
    keep = [g.node for g in side.goings if g.to and g.stays is not None]
    kept = Noted([Ref(node) for node in keep], ", ".join(map(view.name, keep)))
    return {
        **({"new": new} if new else {}),
        "edges": edges,
        **({"keep": kept} if keep else {}),
    }


def _edge(side: Side, going: Going, key: Key) -> dict[str, Any]:
    """Return one way: the whole of a body, or its parts with the unit that it covers.

    The territorial step made it cover every unit to which some of it goes.
    """
    ends = {"from": Ref(going.node), "to": side.targets[key].ref}
    if not going.is_divided:
        return {**ends, "whole": True}
    place = (going.node, key)
    covered = [side.covers[place]] if place in side.covers else []
    own = [Ref(part) for part in sorted(side.decided.parts.get(place, ()))]
    return {**ends, "parts": [*covered, *own]}


def answered(decided: Decided, refs: Mapping[Key, Ref]) -> dict[str, Any]:
    """Return the answers of a step, each with what it is about; {} without any."""
    if not decided.answers:
        return {}
    said = {
        node: Noted(_answer(said, refs), said.about)
        for node, said in sorted(decided.answers.items())
    }
    return {"answers": said}


def _answer(said: Said, refs: Mapping[Key, Ref]) -> Any:  # noqa: ANN401 - plain data
    if isinstance(said.answer, str):
        return Ref(said.answer)
    named = [refs[key] for key in said.answer]
    return {"to": named[0] if len(named) == 1 else named}


def tier_step(
    kind: str, where: Mapping[str, Any], within: Ref | None, asked: Sequence[str]
) -> Step:
    """Return the step that ends bodies with a tier; `asked` are kinds left open."""
    fields: dict[str, Any] = {"kind": Ref(kind)}
    if where:
        fields["where"] = dict(where)
    if within is not None:
        fields["within"] = within
    if asked:
        fields["answers"] = {node: Ref(ASK) for node in asked}
    return Step("abolish_tier", fields)
