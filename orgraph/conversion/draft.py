"""Drafts proposals from a conversion table, or says what is wrong with the table."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from ..draft import Reader, Snapshot, View
from ..errors import InputError
from ..pack import Pack
from .components import (
    Component,
    codes_across_groups,
    components,
    group_problems,
    in_order_of_codes,
)
from .edges import Edge, Key, ends, read_edges
from .found import Found, in_order
from .known import known_problems
from .mirror import Level, Mirroring
from .naming import Names, name_units
from .notes import Words
from .options import Options
from .problems import row_problems, unit_problems
from .proposals import Chapter, Layout, chapter_text
from .revisions import lives_alone, revision_problems
from .shapes import Parts, shape_problems
from .shares import Part, component_parts, part_rows, rows_of_table
from .tables import Conversion, NewUnit, PartLine
from .uppers import Uppers, upper_problems


class Beside(NamedTuple):
    """What stands beside a conversion table: units above, new units, and parts.

    With an organisation the draft has its side, too: what covers the units. With a
    store the old units are compared with those that it has. Units and parts are `whole`
    if all their rows could be read.
    """

    upper: Conversion | None = None
    units: tuple[str, Sequence[NewUnit]] | None = None
    parts: Sequence[PartLine] = ()
    organisation: Reader | None = None
    store: Reader | None = None
    whole: bool = True


class Text(NamedTuple):
    """A drafted proposal: the code and name of its group, and its YAML."""

    code: str
    name: str
    text: str


class Drafted(NamedTuple):
    """The proposals, none where a finding is an error, and what was found.

    `judged` tells whether the rows could be read together; else each was alone.
    """

    texts: tuple[Text, ...]
    findings: tuple[Found, ...]
    judged: bool = True

    @property
    def refused(self) -> bool:
        """Whether an error stands in the way."""
        return any(item.is_error for item in self.findings)


class _Level(NamedTuple):
    """The components of one kind, what goes along their parts, names, and mirror."""

    parts: Sequence[Component]
    going: Parts
    names: Names
    mirror: Level | None


def draft(
    table: Conversion,
    words: Words,
    pack: Pack,
    options: Options,
    beside: Beside | None = None,
) -> Drafted:
    """Draft the proposals that a table calls for.

    InputError where the units above have a table, and the options don't say their kind.
    """
    beside = beside or Beside()
    mirroring = None
    if beside.organisation is not None:
        here = beside.organisation
        mirroring = Mirroring(here, options.effective, options.abolish)
    view = Snapshot(beside.store, options.effective) if beside.store else None
    desk = _Desk(words, pack, [], mirroring, view)
    upper = None
    if beside.upper is not None:
        if options.upper_kind is None:
            message = f"{beside.upper.file}: the kind of these units isn't said"
            raise InputError(message)
        above = options._replace(kind=options.upper_kind)
        upper = desk.level(beside.upper, above, Beside())
    level = desk.level(table, options, beside)
    if level is None or (beside.upper is not None and upper is None):
        return Drafted((), in_order(desk.findings), judged=False)
    uppers = Uppers()
    if upper is not None:
        uppers = Uppers(upper.parts, upper.names, upper.going, upper.mirror)
        lines = [edge.line for component in level.parts for edge in component.edges]
        found = [*upper_problems(lines, uppers, grouped=options.grouped)]
        if not desk.passes(found):
            return Drafted((), in_order(desk.findings))
    layout = Layout(
        pack, options, words, uppers, level.names, level.going, level.mirror
    )
    texts = []
    for code, parts in _groups(level.parts, grouped=options.grouped):
        chapter = Chapter(code, table.file, parts, beside.units)
        made = chapter_text(layout, chapter, desk.findings)
        if made is not None:
            texts.append(Text(code, *made))
    drafted = Drafted(tuple(texts), in_order(desk.findings))
    return drafted._replace(texts=()) if drafted.refused else drafted


class _Desk(NamedTuple):
    """Where tables are read; what is found is gathered on it."""

    words: Words
    pack: Pack
    findings: list[Found]
    mirroring: Mirroring | None
    view: View | None

    def level(
        self, table: Conversion, options: Options, beside: Beside
    ) -> _Level | None:
        """Read the rows of one kind; None where an error stands in the way.

        What rows say together is judged only where each of them is right.
        """
        edges, found = self._edges(table, options, beside)
        if not self.passes(found) or not (table.whole and beside.whole):
            return None
        parts = [lives_alone(component) for component in components(edges)]
        problems: list[Found] = []
        if options.by_code:
            parts, problems = in_order_of_codes(parts)
        edges = [edge for component in parts for edge in component.edges]
        names, found = name_units(edges, self.pack, options, beside.units, self.view)
        found += problems
        for component in parts:
            found += shape_problems(component)
            found += revision_problems(component, names)
        if options.grouped and any(line.group for line in table.lines):
            found += group_problems(parts)
            found += codes_across_groups(parts) if options.by_code else ()
        mirror = None
        lines, unknown = rows_of_table(beside.parts, edges)
        if self.mirroring is not None and not any(item.is_error for item in found):
            mirror = Level(self.mirroring, parts, names, lines)
            found += mirror.found
            lines = mirror.lines
        found += unknown
        said, problems = part_rows(lines, edges, options.measures)
        going: dict[tuple[Key, Key], Part] = {}
        ending = ends(edges)
        for component in parts:
            own, more = component_parts(component, ending, options.measures, said)
            going |= own
            problems += more
        if not self.passes([*found, *problems]):
            return None
        return _Level(parts, going, names, mirror)

    def _edges(
        self, table: Conversion, options: Options, beside: Beside
    ) -> tuple[list[Edge], list[Found]]:
        """Return what all rows say that lack nothing, and what is wrong with rows."""
        edges, found = read_edges(table, self.words, options.kind)
        found += row_problems(table, edges, self.pack.nodes[options.kind].types)
        if beside.units is not None:
            file, units = beside.units
            found += unit_problems(table, units, file, whole=beside.whole)
        if self.view is not None:
            found += known_problems(self.view, edges, options.refs)
        whole = [edge for edge in edges if not table.lacks(edge.line)]
        is_last = any(item.is_error for item in found) or not table.whole
        if is_last:
            # Of a unit whose row in the table of new units is gone no type is known.
            rows = beside.units[1] if beside.units is not None else ()
            listed = {unit.code for unit in rows}
            sure = [e for e in whole if beside.whole or e.new.code in listed]
            found += name_units(sure, self.pack, options, beside.units)[1]
        return whole, found

    def passes(self, found: Sequence[Found]) -> bool:
        """Gather findings, and tell whether none of them is an error."""
        self.findings.extend(found)
        return not any(item.is_error for item in found)


def _groups(
    parts: Iterable[Component], *, grouped: bool
) -> list[tuple[str, list[Component]]]:
    if not grouped:
        return [("", list(parts))]

    def code(component: Component) -> str:
        return component.first.line.group

    # Sorting keeps the order of components within a group.
    return [(key, list(some)) for key, some in groupby(sorted(parts, key=code), code)]
