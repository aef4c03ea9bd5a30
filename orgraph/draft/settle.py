"""Settles what becomes of all dependents of units that end, and of what ends too."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..findings import Finding
from ..language import say
from ..pack import Event
from .answers import ANSWERS, NOT_ASKED, UNANSWERED, Answer
from .cases import Leaving
from .duplicates import Settled, apart, overtaken, same_role, unite
from .settler import Settler
from .view import View


class Settlement(NamedTuple):
    """What becomes of all dependents: edges, nodes that end too, and what is wrong."""

    edges: list[Settled]
    ending: list[str]
    united: set[int]
    findings: list[Finding]

    def found(self, *, clear: bool) -> Iterator[Finding]:
        """Yield what is wrong; unless it is `clear` what ends, whatever that may be.

        An answer about which nothing is asked may be about what isn't known.
        """
        for finding in self.findings:
            if clear or finding.code != NOT_ASKED.code:
                yield finding


def settle(
    view: View,
    event: Event,
    successors: Mapping[str, str | None],
    answers: Mapping[str, Answer] | None = None,
    *,
    new: Iterable[str] = (),
) -> Settlement:
    """Settle what becomes of everything joined to units that end in one event.

    `successors` names, for each, the one that takes its place, or None; `new` are those
    that don't exist yet.
    """
    leavings = {unit: Leaving(event, to) for unit, to in successors.items()}
    return settle_all(view, leavings, answers, new=new)


def settle_all(
    view: View,
    leavings: Mapping[str, Leaving],
    answers: Mapping[str, Answer] | None = None,
    *,
    new: Iterable[str] = (),
) -> Settlement:
    """Settle what becomes of everything that leaves these units."""
    asked = ("settled", tuple(sorted(leavings.items())), repr(answers))
    known = view.memo.get(asked)
    if not isinstance(known, Settlement):
        known = _settlement(view, leavings, answers or {}, set(new))
        view.memo[asked] = known
    return known


def _settlement(
    view: View,
    leavings: Mapping[str, Leaving],
    answers: Mapping[str, Answer],
    new: set[str],
) -> Settlement:
    settler = Settler(view, answers, new)
    frontier = settler.frontier(leavings)
    while frontier:
        settler.ending += sorted(frontier)
        closed = Leaving("closed")
        frontier = settler.frontier(dict.fromkeys(sorted(frontier), closed))
        frontier -= set(settler.ending)
    edges = apart(view, settler.edges)
    edges += overtaken(view, settler.edges)
    findings = settler.findings
    findings += [_unanswered(settler, unit) for unit in sorted(settler.asked)]
    united, unlike = unite(view, edges)
    findings += unlike
    findings += same_role(view, edges, new)
    for name in sorted(answers.keys() - settler.used):
        message = say("Nothing is asked about {name} here.", name=name)
        findings.append(NOT_ASKED.at(name, message))
    return Settlement(edges, settler.ending, united, findings)


def _unanswered(settler: Settler, unit: str) -> Finding:
    """Ask what becomes of the dependents of a unit for which nobody answered."""
    kinds = sorted(settler.asked[unit].items())
    shown = settler.view.shown(unit)
    counts = ", ".join(f"{kind}: {n}" for kind, n in kinds)
    words = {
        kind: [word for word in ANSWERS if word in settler.offered[unit, kind]]
        for kind, _ in kinds
    }
    answers = ", ".join(
        f"{kind}: {' | '.join([*offered, '{to: UNIT}'])}"
        for kind, offered in words.items()
    )
    return UNANSWERED.at(
        unit,
        say(
            "What becomes of the dependents of {unit}? {counts}.",
            unit=shown,
            counts=counts,
        ),
        hint=say("Add answers: {{{answer}}}.", answer=answers),
    )
