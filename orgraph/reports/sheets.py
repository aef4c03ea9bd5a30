"""The report as a workbook: the summary first, then a sheet for each section."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from ..language import ENGLISH, Dated, Language, laid, many, say
from ..model import FactValue
from ..pack import Pack
from .model import Report, Side, Unit
from .model_sizes import Wanted
from .sheets_people import people_tables
from .sheets_rest import map_table, measured, rest_table
from .wording import known_name
from .workbook import Cell, Table, workbook_of

Row = tuple[Cell, ...]
_UNASKED: Row = (None, None, None, None)


def report_workbook(report: Report, language: Language = ENGLISH) -> bytes:
    """Return the report as an XLSX file: the same report gives the same bytes."""
    return workbook_of(report_tables(report), report.title, language)


def report_tables(report: Report) -> list[Table]:
    """Return the sheets of a report; a section without rows has none."""
    by_id = {unit.id: unit for unit in report.units}
    sections = [
        _counts(report),
        _conservation(report),
        _units(report, by_id),
        _facts(report),
        _passages(report, by_id),
        _dependents(report),
        _sizes(report, by_id),
        map_table(report, by_id),
        rest_table(report, by_id),
        *people_tables(report, by_id),
        _findings(report),
    ]
    return [_summary(report, sections), *(table for table in sections if table.rows)]


def label(pack: Pack, kind: str) -> str:
    """Return what a kind is called."""
    return pack.nodes[kind].label if kind in pack.nodes else say(kind)


def fact_cell(value: FactValue | float) -> Cell:
    """Return a fact as it stands in a sheet; what isn't known is said."""
    return say("unknown") if value is None else value


def _summary(report: Report, sections: Iterable[Table]) -> Table:
    """Return the bottom line, what it rests on, and what the other sheets have."""
    blocking = sum(finding.blocks for finding in report.findings)
    refused = many(blocking, "refused by {n} finding", "refused by {n} findings")
    verdict = refused if blocking else say("nothing blocks it")
    rows: list[Row] = [
        (say("title"), report.title),
        (say("effective"), date.fromisoformat(report.effective)),
        (say("on revision"), report.base),
        (say("verdict"), verdict),
    ]
    basis = report.basis or {}
    rows += [
        (say("basis: {what}", what=say(k)), _day(v)) for k, v in basis.items() if v
    ]
    for what, ids in (
        (say("ends"), report.ended),
        (say("begins"), report.began),
        (say("moves"), report.moved),
        (say("is revised"), report.revised),
    ):
        kinds = Counter(report.kinds[node] for node in ids)
        rows += [
            (laid("{what}: {kind}", what=what, kind=label(report.pack, kind)), n)
            for kind, n in sorted(kinds.items())
        ]
    for said, side in (
        (say("counted, with nothing above it before alone"), report.roots["before"]),
        (say("counted, with nothing above it after alone"), report.roots["after"]),
    ):
        rows += [(said, sum(side.values()))] if side else []
    for kind, words in report.standing.items():
        named = label(report.pack, kind)
        rows += [
            (say("{kind} became {word}", kind=named, word=say(word)), n)
            for word, n in sorted(words.items())
        ]
    rows += [
        (say("below units that end: {kind}", kind=label(report.pack, kind)), n)
        for kind, n in report.affected.items()
    ]
    found = Counter((f.severity, f.state) for f in report.findings)
    rows += [
        (say("findings: {severity}, {state}", severity=say(one), state=say(state)), n)
        for (one, state), n in sorted(found.items())
    ]
    passing = say("founded and ended on the day")
    rows += [(passing, node) for node in report.passing]
    known = say("document that begins to be known")
    rows += [(known, node) for node in report.documents]
    if report.unplanned:
        left = say("steps left out, since an earlier one failed")
        rows.append((left, report.unplanned))
    rows += [
        (say("rows in the sheet {sheet}", sheet=t.title), len(t.rows) or None)
        for t in sections
    ]
    return Table(say("Summary"), (say("what"), say("value")), rows)


def _day(value: object) -> Cell:
    """Return a value of the basis, a day as a day."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return Dated(value)


def _counts(report: Report) -> Table:
    sides = report.totals["before"], report.totals["after"]
    rows = [
        _compared(
            (say(kind), label(report.pack, kind)), *(s.get(kind, 0) for s in sides)
        )
        for kind in sorted({*sides[0], *sides[1]})
    ]
    heading = (say("kind"), say("name"), say("before"), say("after"), say("change"))
    return Table(say("Counts below the roots"), heading, rows)


def _conservation(report: Report) -> Table:
    rows = []
    for fact, sides in report.conservation.items():
        known = report.pack.facts.get(fact)
        unit = known.unit or None if known else label(report.pack, fact)
        rows.append(_compared((say(fact), unit), sides["before"], sides["after"]))
    heading = (say("fact"), say("unit"), say("before"), say("after"), say("change"))
    return Table(say("Conservation"), heading, rows)


def _compared(named: Row, before: FactValue, after: FactValue) -> Row:
    """Return a row with two figures and their difference, where both are known."""
    numbers = isinstance(before, int) and isinstance(after, int)
    change = int(after or 0) - int(before or 0) if numbers else None
    return (*named, fact_cell(before), fact_cell(after), change)


def _units(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return each unit as it was and is, and what happens to it."""
    happening: dict[str, list[str]] = {}
    for word in ("ended", "began", "moved", "revised"):
        for node in getattr(report, word):
            happening.setdefault(node, []).append(word)
    named = partial(known_name, by_id)
    rows = []
    for unit in report.units:
        words = _listed(happening.pop(unit.id, ())) or say("unchanged")
        sides = [*_side(unit.before, named), *_side(unit.after, named)]
        rows.append((unit.id, label(report.pack, unit.kind), words, *sides))
    # Posts and people begin and end, too, and are no units: of them there is the id.
    for node, others in sorted(happening.items()):
        kind = label(report.pack, report.kinds[node])
        rows.append((node, kind, _listed(others), *[None] * 8))
    side = (say("name"), say("code"), say("parent"), say("parent id"))
    heading = [
        say("{what} {when}", what=what, when=when)
        for when in (say("before"), say("after"))
        for what in side
    ]
    return Table(say("Units"), (say("id"), say("kind"), say("what"), *heading), rows)


def _listed(words: Iterable[str]) -> str:
    """Return words with commas between them, each in the language of the sheet."""
    said = [say(word) for word in words]
    return laid("{words}", words=said) if said else ""


def _side(side: Side | None, named: Callable[[str], Cell]) -> Row:
    if side is None:
        return (None, None, None, None)
    parent = named(side.parent) if side.parent else None
    return (side.name, side.code, parent, side.parent)


def _facts(report: Report) -> Table:
    """Return the facts of each unit, a row each."""
    rows = []
    for unit in report.units:
        old, new = (side.facts if side else {} for side in (unit.before, unit.after))
        for fact in sorted({*old, *new}):
            known = report.pack.facts.get(fact)
            was, now = (
                fact_cell(
                    measured(known.format, known.said(some[fact]))
                    if known
                    else some[fact]
                )
                if fact in some
                else None
                for some in (old, new)
            )
            measure = known.unit or None if known else None
            rows.append((unit.id, unit.name, say(fact), measure, was, now))
    heading = (say("id"), say("name"), say("fact"), say("unit"))
    return Table(say("Facts"), (*heading, say("before"), say("after")), rows)


def _passages(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return who takes whose place, and what goes along."""
    facts = sorted({fact for one in report.lineage for fact in one.facts})
    rows = [
        (
            one.source,
            one.source_name,
            say(one.part),
            one.target,
            known_name(by_id, one.target),
            _listed(one.all_of) or None,
            *(fact_cell(one.facts[f]) if f in one.facts else None for f in facts),
        )
        for one in report.lineage
    ]
    sides = (
        say("old id"),
        say("old name"),
        say("part"),
        say("new id"),
        say("new name"),
    )
    heading = (*sides, say("all of"), *map(say, facts))
    return Table(say("Who became what"), heading, rows)


def _dependents(report: Report) -> Table:
    """Return what became of dependents, by their kind and that of the edge."""
    words = dict.fromkeys(w for counts in report.dependents.values() for w in counts)
    rows: list[Row] = [
        (label(report.pack, kind), say(edge), *(counts.get(word, 0) for word in words))
        for kind, edges in report.dependents_by_kind.items()
        for edge, counts in edges.items()
    ]
    heading = (say("kind"), say("edge"), *map(say, words))
    return Table(say("Dependents"), heading, rows)


def _sizes(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return each figure of units whose size changes, with what is wanted of it."""
    rows: list[Row] = []
    for size in report.sizes:
        named = (size.unit, known_name(by_id, size.unit), label(report.pack, size.kind))
        sides = size.before or {}, size.after or {}
        asked = {one.fact for one in size.wanted}
        for fact in sorted({*sides[0], *sides[1], *asked}):
            values = [fact_cell(s[fact]) if fact in s else None for s in sides]
            said = label(report.pack, fact)
            wanted = [_wanted(one) for one in size.wanted if one.fact == fact]
            rows += [(*named, said, *values, *w) for w in wanted or [_UNASKED]]
    heading = (say("id"), say("name"), say("kind"), say("figure"))
    figures = (say("before"), say("after"))
    wants = (say("wanted"), say("standard"), say("document"), say("enough is"))
    return Table(say("Sizes"), (*heading, *figures, *wants), rows)


def _wanted(one: Wanted) -> Row:
    enough = say("this or another figure") if one.any_of else say("this figure")
    return (one.at_least, one.title, one.document, enough)


def _findings(report: Report) -> Table:
    rows = [
        (
            say(found.severity),
            say(found.state),
            found.code,
            say("blocks") if found.blocks else None,
            found.step,
            found.subject,
            found.message,
            found.hint or None,
            found.source.document if found.source else None,
            found.source.article or None if found.source else None,
            found.waived,
            found.about or None,
        )
        for found in report.findings
    ]
    heading = (say("severity"), say("state"), say("code"), say("verdict"), say("step"))
    what = (say("subject"), say("message"), say("hint"))
    on = (say("document"), say("article"), say("waived"), say("about"))
    return Table(say("Findings"), (*heading, *what, *on), rows)
