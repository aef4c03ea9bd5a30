"""What a unit lacks whichever threshold holds, where that isn't known."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..pack import Threshold
from .classing import Unknown, Wanted
from .figures import Figures, Has, Shortfall, Verdict
from .ways import Key, Ways

_MILDEST_FIRST = ("info", "warning", "error")
_MISSED = ()
"""What a case comes to in which a figure is missed."""


def whichever(
    figures: Figures,
    node: str,
    has: Has,
    wanted: Wanted,
    ways: Ways,
) -> tuple[list[Verdict], Mapping[Unknown, Threshold]]:
    """Return what a unit lacks in each of the cases, and what would have to be known.

    What it has in each of them needs no word.
    """
    cases, enough = ways
    if not cases:
        return [], wanted.unknown
    if enough is not None and _is_enough(has, enough):
        return [], {}
    missed: defaultdict[Key, list[Verdict]] = defaultdict(list)
    lacking: defaultdict[Key, dict[Unknown, Threshold]] = defaultdict(dict)
    outcomes: defaultdict[Key, dict[int, tuple[object, ...]]] = defaultdict(dict)
    for number, case in enumerate(cases):
        for key, aim in case:
            short, missing = figures.reached(has, aim)
            if short:
                missed[key].append(Verdict(node, aim.threshold, short))
                outcomes[key][number] = _MISSED
            elif missing:
                lacking[key] |= dict.fromkeys(missing, aim.threshold)
                asked = tuple((one.whole, one.percent) for one in aim.targets)
                outcomes[key].setdefault(number, ("unknown", *asked))
    certain: list[Verdict] = []
    unknown: dict[Unknown, Threshold] = {}
    for key, told in sorted(outcomes.items()):
        is_alike = len(told) == len(cases) and len(set(told.values())) == 1
        if is_alike and key in missed:
            certain.append(_mildest(missed[key], tuple(sorted(wanted.unknown))))
        else:
            unknown |= lacking[key]
            unknown |= {} if is_alike else wanted.unknown
    return certain, unknown


def _is_enough(has: Has, enough: Mapping[tuple[str, str | None], int]) -> bool:
    for figure, hundredths in enough.items():
        value, _ = has[figure]
        if value is None or value * 100 < hundredths:
            return False
    return True


def _mildest(verdicts: Sequence[Verdict], unknown: tuple[Unknown, ...]) -> Verdict:
    """Return the mildest of verdicts of which one is true, figure by figure."""

    def strictness(verdict: Verdict) -> tuple[int, list[int]]:
        severity = _MILDEST_FIRST.index(verdict.threshold.severity)
        return severity, sorted(one.missed for one in verdict.short)

    mildest = min(verdicts, key=strictness)
    if len(mildest.short) == 1:
        return mildest._replace(unknown=unknown)
    least: dict[str, Shortfall] = {}
    for shortfall in (one for verdict in verdicts for one in verdict.short):
        fact = shortfall.target.figure.fact
        if fact not in least or shortfall.missed < least[fact].missed:
            least[fact] = shortfall
    short = tuple(least[one.target.figure.fact] for one in mildest.short)
    return mildest._replace(short=short, unknown=unknown)
