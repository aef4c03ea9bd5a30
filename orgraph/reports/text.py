"""The report as text for a terminal: the bottom line first, then who became what."""

import io
from collections import Counter
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.markup import escape

from ..language import ENGLISH, Language, joined, listed, many, say
from ..model import FactValue
from ..pack import Pack
from ..plan import Plan
from ..proposal import basis_parts
from .model import Passage, Report, Unit
from .revised_rows import RevisedRow, revised_rows
from .text_findings import print_findings
from .text_members import changes_said
from .text_people import print_people
from .wording import (
    Names,
    Page,
    counted_label,
    label_of,
    number,
    of_people_alone,
)


class PipedConsole(Console):
    """A console that lets its caller know when nobody reads any longer."""

    def on_broken_pipe(self) -> None:
        """Let the error through; rich would end the process."""
        raise BrokenPipeError


def text_of(report: Report, width: int = 100, language: Language = ENGLISH) -> str:
    """Return the report as plain text of a width."""
    file = io.StringIO()
    console = Console(file=file, width=width, no_color=True, emoji=False)
    print_report(report, console, language)
    return file.getvalue()


def print_report(
    report: Report,
    console: Console,
    language: Language = ENGLISH,
    lines: Sequence[int] = (),
) -> None:
    """Print a report to a console; colour is the console's to decide.

    `lines` are those on which the steps of the proposal begin, if that is known.
    """
    page = Page(console, language)
    page.line(report.title, style="bold")
    page.line(_head(report))
    page.line()
    _bottom_line(report, page)
    _totals(report, page)
    _units(report, page)
    _dependents(report, page)
    print_people(report, page)
    print_findings(report.findings, console, lines, language)
    if report.unplanned:
        page.line(left_out(report.unplanned))


def left_out(steps: int) -> str:
    """Say how many steps were not looked at, since what they rest on is refused."""
    return many(
        steps,
        "Left out, since it follows from what is refused: {n} step.",
        "Left out, since it follows from what is refused: {n} steps.",
    )


def verdict(plan: Plan, *, refused: bool) -> str:
    """Say whether a plan is refused, and how large it is."""
    changes = many(len(plan.changes), "{n:,} change", "{n:,} changes")
    rest = say("{changes} on revision {base}", changes=changes, base=plan.base)
    if refused:
        return say("refused ({plan})", plan=rest)
    return say("nothing blocks it ({plan})", plan=rest)


def of_audit(faults: int, others: int) -> str:
    """Say what an audit comes to."""
    return say(
        "{faults}, {others}",
        faults=many(faults, "{n:,} fault", "{n:,} faults"),
        others=many(others, "{n:,} other finding", "{n:,} other findings"),
    )


def of_form(steps: int, *, refused: bool) -> str:
    """Say what is known of a proposal where there is no store."""
    return say(
        "{steps}, {word}; there is no store, so only the form was checked",
        steps=many(steps, "{n} step", "{n} steps"),
        word=say("refused") if refused else say("well formed"),
    )


def _head(report: Report) -> str:
    parts = basis_parts(report.basis or {})
    said = say(
        "effective {day} · on revision {base}",
        day=date.fromisoformat(report.effective),
        base=report.base,
    )
    return say("{head} · basis {parts}", head=said, parts=parts) if parts else said


def _bottom_line(report: Report, page: Page) -> None:
    """Say in one sentence what the plan does."""
    blocking = sum(finding.blocks for finding in report.findings)
    word = (
        many(blocking, "refused by {n} finding", "refused by {n} findings")
        if blocking
        else say("nothing blocks it")
    )
    line = escape(page.language.say(does(report)))
    said = escape(page.language.say(word))
    style = "bold red" if blocking else "bold green"
    shown = f"[bold]{line}[/bold]: [{style}]{said}[/{style}]."
    page.console.print(shown, highlight=False, soft_wrap=True)


def does(report: Report) -> str:
    """Say what begins, ends, moves and is revised, by kinds."""
    nodes = report.pack.nodes
    parts: list[str] = []
    for what, ids in (
        ("ended", report.ended),
        ("began", report.began),
        ("moved", report.moved),
        ("revised", report.revised),
    ):
        counts = Counter(report.kinds[node] for node in ids)
        if counts:
            units = listed(nodes[kind].counted(n) for kind, n in sorted(counts.items()))
            parts.append(_done(what, len(ids), units))
    return joined(parts) if parts else of_people_alone(report)


def _done(what: str, number: int, units: str) -> str:
    if what == "ended":
        return many(number, "{units} ends", "{units} end", units=units)
    if what == "began":
        return many(number, "{units} begins", "{units} begin", units=units)
    if what == "moved":
        return many(number, "{units} moves", "{units} move", units=units)
    return many(number, "{units} is revised", "{units} are revised", units=units)


def _totals(report: Report, page: Page) -> None:
    before, after = report.totals["before"], report.totals["after"]
    rows: list[tuple[str, FactValue, FactValue]] = [
        (kind, before.get(kind, 0), after.get(kind, 0))
        for kind in sorted(before.keys() | after.keys())
    ]
    rows += [
        (fact, sides["before"], sides["after"])
        for fact, sides in report.conservation.items()
        if fact not in before.keys() | after.keys()
    ]
    if not rows:
        return
    heading = (say("below the roots"), say("before"), say("after"), say("change"))
    table: list[tuple[str, ...]] = [heading]
    for name, old, new in rows:
        label = counted_label(report.pack, name, [row[0] for row in rows])
        table.append((label, number(old), number(new), change(old, new)))
    page.table(table)
    if report.roots_counted:
        page.line(report.roots_counted)


def change(old: FactValue, new: FactValue) -> str:
    """Return by how much a figure differs, with its sign; empty where it doesn't."""
    if not isinstance(old, int) or not isinstance(new, int) or old == new:
        return ""
    if new > old:
        return say("+{n:,}", n=new - old)
    return say("-{n:,}", n=old - new)


def _units(report: Report, page: Page) -> None:
    """Print who became what, who moved, and what was revised: of each the first."""
    pack = report.pack
    names = Names(report)
    by_id = names.by_id
    passed = {
        (one.source, one.target): _passed(pack, names, one) for one in report.lineage
    }
    lines: list[str] = []
    for unit in report.units:
        if unit.sources:
            came = [
                passed.get((node, unit.id), names.of(node)) for node in unit.sources
            ]
            sign = "+" if unit.before is None else "~"
            line = say(
                "{sign} {unit} ← {came}",
                sign=sign,
                unit=titled(pack, names, unit),
                came=came,
            )
            lines.append(line)
        elif unit.before is None:
            lines.append(say("+ {unit}", unit=titled(pack, names, unit)))
    named = {source for unit in report.units for source in unit.sources}
    lines += [
        say("- {unit} ends", unit=titled(pack, names, unit))
        for unit in report.units
        if unit.after is None and unit.id not in named
    ]
    moved = [_moved(pack, names, by_id[node]) for node in report.moved if node in by_id]
    revised = [
        _revised(pack, names, by_id[row.id], row)
        for row in revised_rows(report)
        if row.id in by_id
    ]
    if lines or moved or revised:
        page.line()
    for some in (lines, moved, revised):
        page.lines(some)


def titled(pack: Pack, names: Names, unit: Unit) -> str:
    """Name a unit with its kind and code."""
    side = unit.last
    code = f"{side.code} " if side and side.code else ""
    return say(
        "{kind} {name}",
        kind=label_of(pack, unit.kind),
        name=f"{code}{names.told(unit.name, unit.id)}",
    )


def _moved(pack: Pack, names: Names, unit: Unit) -> str:
    return say(
        "→ {unit}: {old} → {new}",
        unit=titled(pack, names, unit),
        old=names.of(unit.before.parent if unit.before else None),
        new=names.of(unit.after.parent if unit.after else None),
    )


def _revised(pack: Pack, names: Names, unit: Unit, row: RevisedRow) -> str:
    said = titled(pack, names, unit)
    return say("~ {unit}: {parts}", unit=said, parts=changes_said(pack, row))


def _passed(pack: Pack, names: Names, passage: Passage) -> str:
    """Name a unit, and say what of it went, where it wasn't the whole of it."""
    name = names.told(passage.source_name, passage.source)
    if passage.part == "restored":
        return say("{unit} (restored)", unit=name)
    if passage.part != "part":
        return name
    went = [say("all {fact}", fact=label_of(pack, f)) for f in passage.all_of]
    went += [
        say("{fact} {amount}", fact=label_of(pack, fact), amount=number(value))
        for fact, value in passage.facts.items()
        if fact not in passage.all_of
    ]
    if not went:
        return say("{unit} (part)", unit=name)
    return say("{unit} (part: {went})", unit=name, went=went)


def _dependents(report: Report, page: Page) -> None:
    """Print what became of dependents, by kind of edge and of dependent."""
    rows = sorted(
        (say("{edge} {kind}", edge=say(edge), kind=label_of(report.pack, kind)), words)
        for kind, edges in report.dependents_by_kind.items()
        for edge, words in edges.items()
        if any(words.values())
    )
    if not rows:
        return
    words = list(rows[0][1])
    table: list[Sequence[str]] = [[say("dependents"), *map(say, words)]]
    for name, counts in rows:
        table.append((name, *(number(counts[w]) if counts[w] else "" for w in words)))
    page.table(table)
    page.line(
        say(
            "What several steps pass on is counted once, as what became of it at last; "
            "what was asked about is in another column, too, once it is answered."
        )
    )
