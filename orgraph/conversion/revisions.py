"""Says what is new in the units that live on: a name, a code, a type."""

from collections.abc import Iterator

from ..findings import Code
from ..language import say
from .components import Component
from .edges import Edge
from .found import Found
from .naming import Names
from .notes import Note
from .spelling import tone_key, typed_name
from .yaml_text import Step

NOT_AS_NOTED = Code(
    code="DRAFT20",
    meaning="The note and the names of a row differ in what changes.",
    hint="The names and types are followed.",
    severity="warning",
)


OTHER_UNIT = Code(
    code="DRAFT29",
    meaning="All of a unit becomes one that has another code and another name.",
    hint="It is drafted as the same unit, renamed; merge or close one that is another.",
    severity="warning",
)


def lives_alone(component: Component) -> Component:
    """Let a unit that becomes one other, and is all of it, live on as that one."""
    if len(component.edges) > 1:
        return component
    (edge,) = component.edges
    if edge.note.means != "whole" or edge.old.kind != edge.new.kind:
        return component
    same = Note(words=("",), means="same", changes=("name", "type"))
    return Component((edge._replace(note=same),))


def revisions(component: Component, names: Names) -> Iterator[Step]:
    """Yield what changes in the units that live on: name, code and type."""
    for edge in component.edges:
        if edge.note.lives_on:
            changed = revised(edge, names)
            op = "change_type" if "type" in changed else "rename_unit"
            if changed:
                fields = {"unit": names.old(edge.old), **changed}
                yield Step(op, fields, edge.line.old_name)


def revised(edge: Edge, names: Names) -> dict[str, str]:
    """Return what a unit that lives on has anew."""
    line = edge.line
    changed = {}
    before = line.old_type or typed_name(line.old_name, names.types).type
    after = names.typed.get(edge.new)
    if before and after and before != after:
        changed["type"] = after
    meant = "name" in edge.note.changes and line.new_name != line.old_name
    if meant or tone_key(line.new_name) != tone_key(line.old_name):
        changed["name"] = line.new_name
    if line.new_code != line.old_code:
        changed["code"] = line.new_code
    return changed


def revision_problems(component: Component, names: Names) -> Iterator[Found]:
    """Say where a note and the names beside it tell of other changes."""
    for edge in component.edges:
        if not edge.note.lives_on:
            continue
        if edge.note.words == ("",):
            yield from _another(edge, names)
            continue
        changed = revised(edge, names).keys() - {"code"}
        line = edge.line
        if changed - set(edge.note.changes):
            what = " and ".join(sorted(changed - set(edge.note.changes)))
            message = say(
                "The note of {old_name} says nothing of another {what}, and it "
                "becomes {new_name}.",
                old_name=line.old_name,
                what=what,
                new_name=line.new_name,
            )
        elif "type" in edge.note.changes and "type" not in changed and names.types:
            message = say(
                "“{note}”, and {new_name} is of the same type.",
                note=line.note,
                new_name=line.new_name,
            )
        elif edge.note.changes and not changed:
            message = say(
                "“{note}”, and {old_name} stays as it was.",
                note=line.note,
                old_name=line.old_name,
            )
        else:
            continue
        yield Found(line.place.of("note"), NOT_AS_NOTED.at(edge.old.code, message))


def _another(edge: Edge, names: Names) -> Iterator[Found]:
    """Say where a unit that is read as living on has nothing of what it was."""
    line = edge.line
    if {"code", "name"} <= revised(edge, names).keys():
        message = say(
            "{old_name} ({old_code}) becomes {new_name} ({new_code}), alone.",
            old_name=line.old_name,
            old_code=line.old_code,
            new_name=line.new_name,
            new_code=line.new_code,
        )
        yield Found(line.place, OTHER_UNIT.at(edge.old.code, message))
