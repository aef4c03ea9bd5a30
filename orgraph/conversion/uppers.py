"""The units above: what becomes of them first, and how those below name them."""

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ..findings import Code
from ..language import say
from .components import CODES_IN_A_CIRCLE, CROSSES_GROUPS, Component
from .edges import Edge, Key
from .found import Found
from .mirror import Level
from .naming import Names
from .revisions import revised
from .shapes import Parts, founds
from .tables import Line
from .yaml_text import Ref

NOT_ABOVE = Code(
    code="DRAFT22",
    meaning="The table and that of the units above differ.",
)


class Uppers(NamedTuple):
    """The components of the units above, and their names; none without such a table.

    `going` is what goes along their part edges, `mirror` what covers them.
    """

    parts: Sequence[Component] = ()
    names: Names | None = None
    going: Parts = MappingProxyType({})
    mirror: Level | None = None

    @property
    def edges(self) -> list[Edge]:
        """All their edges."""
        return [edge for component in self.parts for edge in component.edges]

    def of(self, code: str) -> list[Component]:
        """Return the components that a new unit with this code is in."""
        return [c for c in self.parts if any(new.code == code for new in c.news)]

    def named(self, code: str) -> Ref | None:
        """Return how a new unit above is named once its own steps are done."""
        for component in self.of(code):
            for edge in component.edges:
                if edge.new.code == code and self.names is not None:
                    return _named(component, edge, self.names)
        return None

    def becomes(self) -> dict[str, str]:
        """Return the new code of each old unit above that goes to one."""
        targets: dict[str, set[str]] = {}
        for edge in self.edges:
            targets.setdefault(edge.old.code, set()).add(edge.new.code)
        return {old: min(new) for old, new in targets.items() if len(new) == 1}


def _named(component: Component, edge: Edge, names: Names) -> Ref:
    if edge.new in founds(component):
        return Ref(names.labels[edge.new])
    lived = next(e for e in component.edges if e.note.lives_on and e.new == edge.new)
    by_code = ":" in names.form and "code" in revised(lived, names)
    return names.old(Key(lived.old.kind, lived.new.code) if by_code else lived.old)


def upper_problems(
    lines: Iterable[Line], uppers: Uppers, *, grouped: bool
) -> Iterator[Found]:
    """Compare where the rows say a unit goes with where the table above says so."""
    if grouped:
        yield from _across(uppers.parts)
        yield from _codes_passed_on(uppers)
    becomes = uppers.becomes()
    news = {edge.new.code for edge in uppers.edges}
    said = set()
    for line in lines:
        if grouped and line.group not in news and line.group not in said:
            said.add(line.group)
            message = say(
                "No unit above becomes {group_name}.",
                group_name=line.group_name or line.group,
            )
            yield Found(line.place, NOT_ABOVE.at(line.group or "(empty)", message))
        elif grouped and becomes.get(line.old_upper, line.group) != line.group:
            message = say(
                "{old_name} goes to {group}, and {old_upper} above it to {becomes}.",
                old_name=line.old_name,
                group=line.group,
                old_upper=line.old_upper,
                becomes=becomes[line.old_upper],
            )
            yield Found(line.place, NOT_ABOVE.at(line.old_code, message))


def _across(parts: Iterable[Component]) -> Iterator[Found]:
    """Refuse units above that hang together and are of several proposals."""
    for component in parts:
        if len(component.news) > 1:
            line = component.first.line
            codes = ", ".join(new.code for new in component.news)
            message = say(
                "{old_name} hangs together with what becomes {codes}.",
                old_name=line.old_name,
                codes=codes,
            )
            yield Found(line.place, CROSSES_GROUPS.at(line.old_code, message))


def _codes_passed_on(uppers: Uppers) -> Iterator[Found]:
    """Refuse a code that goes to a unit of another proposal, while codes are names."""
    if uppers.names is None or ":" not in uppers.names.form:
        return
    bearer = {old: place for place, c in enumerate(uppers.parts) for old in c.olds}
    for place, component in enumerate(uppers.parts):
        for new in component.news:
            if bearer.get(new, place) != place:
                line = component.first.line
                message = say(
                    "{new_name} gets a code of another proposal, {code}.",
                    new_name=line.new_name,
                    code=new.code,
                )
                yield Found(line.place, CODES_IN_A_CIRCLE.at(new.code, message))
