"""The rows of a comparison: what is said of each proposal, under its headings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..language import Dated, laid, listed, say
from ..model import FactValue
from .comparison import Alternative, Comparison, FoundAlike, StoodTo
from .wording import label_of, number

NOTHING = "–"
_WORST = {"error": 0, "warning": 1, "info": 2}
_STATES = {"new": 0, "existing": 1, "resolved": 2}
_HAPPENING = (
    ("began", say("begins")),
    ("ended", say("ends")),
    ("moved", say("moves")),
    ("united", say("is formed of several")),
    ("revised", say("is revised")),
)


class Row(NamedTuple):
    """One thing that is said of each proposal."""

    name: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether it isn't the same of all."""
        return len(set(self.cells)) > 1


class Section(NamedTuple):
    """Rows that belong together."""

    title: str
    rows: tuple[Row, ...]


def headings(comparison: Comparison) -> tuple[str, ...]:
    """Return what the proposals are called: by their file, shortly where that tells."""
    names = [one.name for one in comparison.alternatives]
    short = [Path(name).name for name in names]
    return tuple(short if len(set(short)) == len(short) else names)


def notes(comparison: Comparison) -> list[str]:
    """Return what must be known to read the figures."""
    found: list[str] = []
    if len(comparison.days) > 1:
        said = say(
            "They take effect on different days ({days}): each is compared with how "
            "things are on its own, and judged by the law of that day.",
            days=listed(map(Dated, comparison.days)),
        )
        found.append(said)
    if comparison.refused:
        said = say(
            "Figures of a proposal that is refused are of the steps that could be done."
        )
        found.append(said)
    if any(any(one.roots.values()) for one in comparison.alternatives):
        found.append(
            say("What has nothing above it on one side alone is counted on both.")
        )
    return found


def sections(comparison: Comparison) -> list[Section]:
    """Return what is said of all proposals; a section has the rows that any has."""
    found = [
        Section(say("proposal"), tuple(_first(comparison))),
        Section(say("below the roots that are touched"), tuple(_totals(comparison))),
        *(
            Section(title, tuple(_counts(comparison, _happening(word))))
            for word, title in _HAPPENING
        ),
        Section(say("another chain of units"), tuple(_counts(comparison, _affected))),
        Section(say("surplus"), tuple(_surplus(comparison))),
        Section(say("sums of facts"), tuple(_facts(comparison))),
        Section(say("findings where it reaches"), tuple(_findings(comparison))),
        Section(say("standards of the day, in units"), tuple(_standards(comparison))),
    ]
    return [section for section in found if section.rows]


def _row(name: str, comparison: Comparison, cell: Callable[[Alternative], str]) -> Row:
    return Row(name, tuple(cell(one) for one in comparison.alternatives))


def _first(comparison: Comparison) -> Iterator[Row]:
    def verdict(one: Alternative) -> str:
        return say("refused") if one.refused else say("passes")

    yield _row(say("verdict"), comparison, verdict)
    yield _row(say("effective"), comparison, lambda one: Dated(one.effective))
    yield _row(say("steps"), comparison, lambda one: number(one.steps))
    if any(one.unplanned for one in comparison.alternatives):
        left = say("steps left out")
        yield _row(left, comparison, lambda one: number(one.unplanned))
    yield _row(say("changes"), comparison, lambda one: number(one.changes))


def _totals(comparison: Comparison) -> Iterator[Row]:
    sides = [side for one in comparison.alternatives for side in one.totals.values()]
    for kind in _kinds(comparison, sides):
        cells = (
            _passage(
                one.totals["before"].get(kind, 0), one.totals["after"].get(kind, 0)
            )
            for one in comparison.alternatives
        )
        yield Row(_label(comparison, kind), tuple(cells))


def _kinds(comparison: Comparison, of: Iterable[Iterable[str]]) -> list[str]:
    """Return all kinds that are counted, in the order of the pack."""
    found = {kind for kinds in of for kind in kinds}
    return [kind for kind in comparison.pack.nodes if kind in found]


def _passage(before: FactValue, after: FactValue) -> str:
    """Return a figure before and after, or once where it stays."""
    if before == after:
        return number(before)
    return laid("{was} → {now}", was=number(before), now=number(after))


def _label(comparison: Comparison, kind: str) -> str:
    return comparison.pack.nodes[kind].label


def _happening(word: str) -> Callable[[Alternative], Mapping[str, int]]:
    return lambda one: one.units[word]


def _affected(one: Alternative) -> Mapping[str, int]:
    return one.people


def _counts(
    comparison: Comparison, of: Callable[[Alternative], Mapping[str, int]]
) -> Iterator[Row]:
    """Yield a row for each kind that any proposal counts."""
    for kind in _kinds(comparison, map(of, comparison.alternatives)):
        cells = (number(of(one).get(kind, 0)) for one in comparison.alternatives)
        yield Row(_label(comparison, kind), tuple(cells))


def _surplus(comparison: Comparison) -> Iterator[Row]:
    if any(one.surplus["posts"] for one in comparison.alternatives):
        for key, name in (
            ("people", say("people who lose a post")),
            ("posts", say("posts lost")),
        ):
            cells = (number(one.surplus[key]) for one in comparison.alternatives)
            yield Row(name, tuple(cells))


def _facts(comparison: Comparison) -> Iterator[Row]:
    """Yield sums of additive facts; heads are counted below the roots already."""
    kinds = comparison.pack.facts
    names = {f for one in comparison.alternatives for f in one.facts if f in kinds}
    for fact in sorted(names):
        sides = [one.facts.get(fact) for one in comparison.alternatives]
        cells = (_passage(s["before"], s["after"]) if s else NOTHING for s in sides)
        name, unit = label_of(comparison.pack, fact), kinds[fact].unit
        if unit not in name:
            name = laid("{fact} ({unit})", fact=name, unit=unit)
        yield Row(name, tuple(cells))


def _sort(found: FoundAlike) -> tuple[int, int, str, bool]:
    rank = (_WORST[found.severity], _STATES[found.state])
    return (*rank, found.code, found.waived)


def _findings(comparison: Comparison) -> Iterator[Row]:
    """Yield how many findings there are of each sort, the worst first."""
    sorts = {
        _sort(found): found for one in comparison.alternatives for found in one.findings
    }
    for sort, found in sorted(sorts.items()):
        numbers = (
            sum(f.number for f in one.findings if _sort(f) == sort)
            for one in comparison.alternatives
        )
        said = {
            "severity": say(found.severity),
            "code": found.code,
            "state": say(found.state),
        }
        name = (
            say("{severity} {code}, {state}, waived", **said)
            if found.waived
            else laid("{severity} {code}, {state}", **said)
        )
        yield Row(name, tuple(map(number, numbers)))


def _standards(comparison: Comparison) -> Iterator[Row]:
    """Yield, of each standard, how many units meet it, break it, or can't be judged."""
    for standard in comparison.standards:
        stood = [one.standards.get(standard.id) for one in comparison.alternatives]
        for word in StoodTo._fields:
            numbers = [len(getattr(one, word)) if one else 0 for one in stood]
            if any(numbers):
                title = standard.title
                name = laid("{standard}: {word}", standard=title, word=say(word))
                yield Row(name, tuple(map(number, numbers)))
