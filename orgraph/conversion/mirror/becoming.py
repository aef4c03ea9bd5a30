"""What the bodies of a component become, and where each goes."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...model import Facts
from ...pack import Pack
from ..components import Component
from ..edges import Key
from ..naming import Names
from ..revisions import revised
from ..spelling import typed_name
from .goings import Going, Rows, carrying, mirror_of, units_going
from .mirroring import Mirroring
from .party import Target


class Context(NamedTuple):
    """What decisions are made of: names, ids and bodies of old units, and the rows.

    `instead` is what leads an old unit in place of a body.
    """

    mirroring: Mirroring
    names: Names
    ids: Mapping[Key, str]
    bodies: Mapping[Key, Sequence[str]]
    instead: Mapping[Key, Sequence[str]]
    rows: Rows


def lived(component: Component) -> dict[Key, Key]:
    """Return, for each new unit as which an old one lives on, that old one."""
    return {edge.new: edge.old for edge in component.edges if edge.note.lives_on}


def named(pack: Pack, component: Component, key: Key) -> str:
    """Return a new unit's name inside that of a body: its type is written small."""
    name = next(e.line.new_name for e in component.edges if e.new == key)
    typed = typed_name(name, pack.nodes[key.kind].types)
    return f"{typed.type} {typed.rest}" if typed.type else name


def targets(context: Context, component: Component) -> dict[Key, Target]:
    """Return the body of each new unit; none where the pack doesn't say for all."""
    found = {}
    for key in component.news:
        target = _target(context, component, key)
        if target is None:
            return {}
        found[key] = target
    return found


def _target(context: Context, component: Component, key: Key) -> Target | None:
    mirroring = context.mirroring
    view = mirroring.view
    olds = [edge.old for edge in component.edges if edge.new == key]
    above = {mirroring.above(context.ids[old]) for old in olds}
    kinds = {unit and view.kind(unit) for unit in above}
    mirror = mirror_of(view.pack, key.kind)
    if mirror is None or len(kinds) != 1:
        return None
    old = lived(component).get(key)
    becomes = mirror.becoming(kinds.pop(), _facts(context, key, old))
    if becomes is None:
        return None
    parents = {mirroring.parent_for(becomes.kind, unit) for unit in above}
    bodies = context.bodies[old] if old else ()
    stays = len(bodies) == 1 and view.kind(bodies[0]) == becomes.kind
    return Target(
        key,
        becomes,
        becomes.name.replace("{name}", named(view.pack, component, key)),
        f"{context.names.labels[key]}_{becomes.label}",
        parents.pop() if len(parents) == 1 else None,
        bodies[0] if stays else None,
        changes(context, component, key),
    )


def _facts(context: Context, key: Key, old: Key | None) -> Facts:
    """Return the facts of a new unit as far as table and store tell."""
    row = context.mirroring.view.node(context.ids[old]) if old else None
    typed = context.names.typed.get(key)
    return {**(row.facts if row else {}), **({"type": typed} if typed else {})}


def changes(context: Context, component: Component, key: Key) -> frozenset[str]:
    """Return what changes in an old unit that lives on as a new one."""
    lasting = (e for e in component.edges if e.new == key and e.note.lives_on)
    return frozenset(name for edge in lasting for name in revised(edge, context.names))


def bodies_going(
    context: Context, component: Component, targets: Mapping[Key, Target]
) -> list[Going]:
    """Return where the bodies go: with the people of the units that they cover."""
    found: dict[str, Going] = {}
    if not targets:
        return []
    for unit, old in zip(
        units_going(component, context.ids), component.olds, strict=True
    ):
        keys = [edge.new for edge in carrying(component, old, context.rows)]
        for body in context.bodies[old]:
            known = found.get(body, Going(body, unit.code, ()))
            stays = next((key for key in keys if targets[key].living == body), None)
            to = dict.fromkeys((*known.to, *(key for key in keys if key != stays)))
            found[body] = known._replace(to=tuple(to), stays=stays or known.stays)
    return list(found.values())
