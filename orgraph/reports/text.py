"""The report as text for a terminal: the bottom line first, then who became what."""

import io
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from ..findings import Finding
from ..model import FactValue
from .model import Passage, Report, Unit
from .text_people import print_people
from .wording import count, listed, name_of, number, print_lines, print_table

MOST_ALIKE = 5
MOST_BLOCKING = 20
_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}


class PipedConsole(Console):
    """A console that lets its caller know when nobody reads any longer."""

    def on_broken_pipe(self) -> None:
        """Let the error through; rich would end the process."""
        raise BrokenPipeError


def text_of(report: Report, width: int = 100) -> str:
    """Return the report as plain text of a width."""
    file = io.StringIO()
    print_report(report, Console(file=file, width=width, no_color=True, emoji=False))
    return file.getvalue()


def print_report(report: Report, console: Console) -> None:
    """Print a report to a console; colour is the console's to decide."""
    console.print(f"[bold]{escape(report.title)}[/bold]", highlight=False)
    console.print(_head(report), highlight=False)
    console.print()
    console.print(_bottom_line(report), highlight=False, soft_wrap=True)
    _totals(report, console)
    _units(report, console)
    _dependents(report, console)
    print_people(report, console)
    print_findings(report.findings, console)
    if report.unplanned:
        steps = count(report.unplanned, "step")
        console.print(f"Left out, since it follows from what is refused: {steps}.")


def _head(report: Report) -> str:
    basis = report.basis or {}
    parts = [basis.get(key) for key in ("issuer", "number", "date", "article")]
    said = ", ".join(str(part) for part in parts if part)
    rests = f" · basis {escape(said)}" if said else ""
    return f"effective {report.effective} · on revision {report.base}{rests}"


def _bottom_line(report: Report) -> str:
    """Say in one sentence what the plan does."""
    nodes = report.pack.nodes
    parts = []
    for ids, one, many in (
        (report.ended, "ends", "end"),
        (report.began, "begins", "begin"),
        (report.moved, "moves", "move"),
        (report.revised, "is revised", "are revised"),
    ):
        counts = Counter(report.kinds[node] for node in ids)
        if counts:
            said = listed(nodes[kind].counted(n) for kind, n in sorted(counts.items()))
            parts.append(f"{said} {one if len(ids) == 1 else many}")
    line = "; ".join(parts) or "Nothing begins, ends or moves"
    blocking = sum(finding.blocks for finding in report.findings)
    style = "bold red" if blocking else "bold green"
    verdict = (
        f"refused by {count(blocking, 'finding')}" if blocking else "nothing blocks it"
    )
    return f"[bold]{line}[/bold]: [{style}]{verdict}[/{style}]."


def _totals(report: Report, console: Console) -> None:
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
    table = [("below the roots", "before", "after", "change")]
    for name, old, new in rows:
        known = isinstance(old, int) and isinstance(new, int)
        change = f"{int(new or 0) - int(old or 0):+,}" if known else ""
        shown = "" if change == "+0" else change
        table.append((name, number(old), number(new), shown))
    print_table(table, console)


def _units(report: Report, console: Console) -> None:
    """Print who became what, who moved, and what was revised: of each the first."""
    by_id = {unit.id: unit for unit in report.units}
    passed = {(one.source, one.target): _passed(one) for one in report.lineage}
    lines = []
    for unit in report.units:
        if unit.sources:
            came = ", ".join(
                passed.get((node, unit.id), name_of(by_id, node))
                for node in unit.sources
            )
            sign = "+" if unit.before is None else "~"
            lines.append(f"{sign} {_titled(unit)} ← {came}")
        elif unit.before is None:
            lines.append(f"+ {_titled(unit)}")
    named = {source for unit in report.units for source in unit.sources}
    lines += [
        f"- {_titled(unit)} ends"
        for unit in report.units
        if unit.after is None and unit.id not in named
    ]
    moved = [_moved(by_id[node], by_id) for node in report.moved if node in by_id]
    revised = [_revised(by_id[node]) for node in report.revised if node in by_id]
    if lines or moved or revised:
        console.print()
    for some in (lines, moved, revised):
        print_lines(some, console)


def _titled(unit: Unit) -> str:
    side = unit.after or unit.before
    code = f" {side.code}" if side and side.code else ""
    return f"{unit.kind}{code} {unit.name}"


def _moved(unit: Unit, by_id: dict[str, Unit]) -> str:
    old = unit.before.parent if unit.before else None
    new = unit.after.parent if unit.after else None
    return f"→ {_titled(unit)}: {name_of(by_id, old)} → {name_of(by_id, new)}"


def _revised(unit: Unit) -> str:
    if unit.before is None or unit.after is None:
        return f"~ {_titled(unit)}"
    old, new = unit.before, unit.after
    parts = [
        f"{what} {was} → {now}"
        for what, was, now in (
            ("name", old.name, new.name),
            ("code", old.code, new.code),
        )
        if was != now
    ]
    for fact in sorted({*old.facts, *new.facts}):
        if old.facts.get(fact, "") != new.facts.get(fact, ""):
            was = number(old.facts[fact]) if fact in old.facts else "absent"
            now = number(new.facts[fact]) if fact in new.facts else "absent"
            parts.append(f"{fact} {was} → {now}")
    return f"~ {_titled(unit)}: {'; '.join(parts)}"


def _passed(passage: Passage) -> str:
    """Name a unit, and say what of it went, where it wasn't the whole of it."""
    name = passage.source_name
    if passage.part != "part":
        return f"{name} (restored)" if passage.part == "restored" else name
    facts = [
        f"{fact} {number(value)}"
        for fact, value in passage.facts.items()
        if fact not in passage.all_of
    ]
    said = ", ".join([*(f"all {fact}" for fact in passage.all_of), *facts])
    return f"{name} (part: {said})" if said else f"{name} (part)"


def _dependents(report: Report, console: Console) -> None:
    """Print what became of dependents, by kind of edge and of dependent."""
    rows = sorted(
        (f"{edge} {kind}", words)
        for kind, edges in report.dependents_by_kind.items()
        for edge, words in edges.items()
        if any(words.values())
    )
    if not rows:
        return
    words = list(rows[0][1])
    table = [("dependents", *words)]
    for name, counts in rows:
        table.append((name, *(number(counts[w]) if counts[w] else "" for w in words)))
    print_table(table, console)


def print_findings(
    findings: Sequence[Finding], console: Console, lines: Sequence[int] = ()
) -> None:
    """Print findings worst first; of many alike, the first few and how many more.

    `lines` are those on which the steps of the proposal begin, if that is known.
    """
    if not findings:
        return
    console.print()
    shown: Counter[tuple[str, str]] = Counter()
    alike = Counter((finding.code, finding.state) for finding in findings)
    for finding in findings:
        key = (finding.code, finding.state)
        shown[key] += 1
        most = MOST_BLOCKING if finding.blocks else MOST_ALIKE
        if alike[key] > most + 1 and shown[key] > most:
            if shown[key] == alike[key]:
                more = alike[key] - most
                console.print(f"  … {more} more of {finding.code}", highlight=False)
            continue
        place = lines[finding.step - 1] if lines and finding.step else None
        print_finding(finding, console, place)


def print_finding(finding: Finding, console: Console, place: int | None = None) -> None:
    """Print one finding: severity, code, place, sentence, hint and source."""
    style = _STYLE[finding.severity]
    state = "" if finding.state == "new" else f" ({finding.state})"
    waived = f" waived: {finding.waived}" if finding.waived else ""
    at = f", line {place}" if place else ""
    step = f" step {finding.step}{at}:" if finding.step is not None else ""
    console.print(
        f"[{style}]{finding.severity}[/{style}] {finding.code}{state}{escape(waived)}:"
        f"{step} {escape(finding.message)}",
        highlight=False,
        soft_wrap=True,
    )
    for line in (finding.hint, str(finding.source) if finding.source else ""):
        if line:
            console.print(f"      {escape(line)}", highlight=False, soft_wrap=True)
