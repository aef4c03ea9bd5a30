"""The words and figures of text reports: counts, names, and the page they stand on."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from rich.console import Console
from rich.markup import escape

from ..language import Language, many, padded, say, width
from ..model import FactValue
from ..pack import Pack
from .model import Report, Unit

MOST_LINES = 60
"""How many lines of one sort are printed; a report in JSON has them all."""


class Page:
    """A console, and the language in which all that stands on it is said."""

    def __init__(self, console: Console, language: Language) -> None:
        self.console = console
        self.language = language

    def line(self, text: str = "", *, style: str = "", indent: str = "") -> None:
        """Print a line, which the console may wrap only where it is a terminal's."""
        said = escape(indent + self.language.say(text))
        if style:
            said = f"[{style}]{said}[/{style}]"
        self.console.print(said, highlight=False, soft_wrap=True)

    def lines(self, lines: Sequence[str], indent: str = "") -> None:
        """Print lines; of many the first, and how many more there are."""
        for line in lines[:MOST_LINES]:
            self.line(line, indent=indent)
        if len(lines) > MOST_LINES:
            more = len(lines) - MOST_LINES
            said = many(
                more,
                "… {n} more; a report in JSON has them all",
                "… {n} more; a report in JSON has them all",
            )
            self.line(said, indent=indent)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Print rows under their heading, figures to the right; nothing is cut."""
        told = [[self.language.say(cell) for cell in row] for row in rows]
        places = range(len(told[0]))
        widths = [max(width(row[place]) for row in told) for place in places]
        self.line()
        for first, *others in told:
            pairs = zip(others, widths[1:], strict=True)
            cells = [padded(cell, wide, right=True) for cell, wide in pairs]
            line = "  ".join([padded(first, widths[0]), *cells]).rstrip()
            self.console.print(escape(line), highlight=False, soft_wrap=True)


class Names:
    """How text names units: by name, and by id as well where several bear the name."""

    def __init__(self, report: Report) -> None:
        """Look for names that several units bear."""
        self.by_id = {unit.id: unit for unit in report.units}
        borne = Counter(
            name
            for unit in report.units
            for name in {unit.name, known_name(self.by_id, unit.id)}
        )
        self._several = {name for name, units in borne.items() if units > 1}

    def of(self, node: str | None) -> str:
        """Return the name of a unit of the report, or the id of what isn't one."""
        return self.told(name_of(self.by_id, node), node)

    def told(self, name: str, node: str | None) -> str:
        """Return the name that a unit has at one time, with its id if need be."""
        return f"{name} ({node})" if name in self._several and node else name


def name_of(by_id: Mapping[str, Unit], node: str | None) -> str:
    """Return the name of a unit of the report, or the id of what isn't one."""
    if node is None:
        return say("nothing")
    return known_name(by_id, node) or node


def known_name(by_id: Mapping[str, Unit], node: str) -> str | None:
    """Return the name of a unit of the report; None of what isn't one."""
    unit = by_id.get(node)
    side = unit.first if unit else None
    return side.name or None if side else None


def label_of(pack: Pack, name: str) -> str:
    """Return what a kind, a fact or a word of a pack is called."""
    if name in pack.facts and name not in pack.nodes:
        return pack.facts[name].label(name)
    found = pack.nodes.get(name) or pack.edges.get(name)
    return found.label if found else say(name.replace("_", " "))


def counted_label(pack: Pack, name: str, rows: Collection[str]) -> str:
    """Return what a row of counts and sums is called, of those that are shown.

    Where a fact has the name of what is counted by head, too, each says which it is.
    """
    kind, label = pack.nodes.get(name), label_of(pack, name)
    if kind and kind.several in rows and kind.several in pack.facts:
        return say("{kind}, each recorded", kind=kind.several)
    if name in pack.facts and any(
        pack.nodes[k].several == name for k in _kinds(pack, rows)
    ):
        return say("{fact}, as stated", fact=label)
    return label


def _kinds(pack: Pack, names: Collection[str]) -> list[str]:
    return [name for name in names if name in pack.nodes]


def number(value: FactValue) -> str:
    """Return a fact as it is read: 1,234, unknown, true."""
    if isinstance(value, bool):
        return say(str(value).lower())
    if isinstance(value, int):
        return say("{n:,}", n=value)
    return say("unknown") if value is None else value


def of_people_alone(report: Report) -> str:
    """Say what a plan does by which nothing begins, ends, moves or is revised."""
    people = {
        *(str(one["person"]) for one in (*report.appointed, *report.surplus)),
        *(one.person for one in report.exchanged),
        *(one.id for one in report.revisions),
    }
    if not people:
        return say("Nothing begins, ends or moves")
    return many(
        len(people),
        "What {n:,} person holds, attends or is in charge of changes",
        "What {n:,} people hold, attend or are in charge of changes",
    )
