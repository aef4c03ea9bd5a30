"""Settles what becomes of each edge of units that end: the pack's policies at work.

No kind of node or edge is named here; the pack says which word holds for which.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from ..findings import Finding
from ..language import both, say
from ..model import EdgeKey, EdgeRow
from ..pack import Event
from .answers import (
    BETWEEN,
    NO_SUCCESSOR,
    ONLY_ONE,
    REFUSED,
    TO_ENDING,
    TO_ITSELF,
    Answer,
)
from .cases import Case, Leaving, ending_cases, parting_cases
from .duplicates import Settled
from .names import resolve
from .offered import offered
from .view import View

_DONE: dict[Event, str] = {
    "merged": say("merged"),
    "absorbed": say("absorbed"),
    "split": say("split"),
    "closed": say("closed"),
    "tier_abolished": say("abolished with its tier"),
    "moved": say("moved"),
}


class Settler:
    """Says what becomes of edges, and keeps what is asked and what is wrong.

    `edges` are those settled, `ending` the nodes that end with a unit; `asked` counts
    the dependents that nobody answered for, by unit and kind, `offered` are the words
    that may answer for all of them, and `used` the answers that were taken.
    """

    def __init__(
        self, view: View, answers: Mapping[str, Answer], new: Collection[str]
    ) -> None:
        """Settle nothing yet; `new` are units that don't exist yet."""
        self.view = view
        self.kinds = view.pack.edges
        self.answers = answers
        self.new = new
        self.named = {name.partition("@")[0] for name in answers}
        self.open: set[str] = set()
        self.used: set[str] = set()
        self.divided: set[str] = set()
        self.edges: dict[EdgeKey, Settled] = {}
        self.ending: list[str] = []
        self.asked: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.offered: dict[tuple[str, str], set[str]] = {}
        self.findings: list[Finding] = []

    def frontier(self, leavings: Mapping[str, Leaving]) -> set[str]:
        """Settle the edges of these units; returns the nodes that end with them."""
        successors = {u: left.to for u, left in leavings.items() if left.only is None}
        self.divided |= {u for u in successors if leavings[u].event == "split"}
        cases: list[Case] = []
        for event in sorted({left.event for left in leavings.values()}):
            units = [u for u in sorted(successors) if leavings[u].event == event]
            cases += ending_cases(self.view, event, units, self.edges)
        for unit, left in sorted(leavings.items()):
            if left.only:
                cases += parting_cases(self.view, left.event, unit, left.only)
        self.view.need_nodes(case.dependent for case in cases)
        bare = [case for case in cases if case.dependent in self.answers]
        self.open |= {case.dependent for case in bare if self._asks(case, successors)}
        ending: set[str] = set()
        for case in cases:
            settled = self._settle(case, successors)
            if settled is not None:
                self.edges.setdefault(case.row.key, settled)
                if settled.fate == "ends_with":
                    ending.add(case.dependent)
        return ending - successors.keys()

    def _settle(
        self, case: Case, successors: Mapping[str, str | None]
    ) -> Settled | None:
        """Say what becomes of one edge; None where that is refused or still asked."""
        view, row, dependent = self.view, case.row, case.dependent
        fate = case.fate(view)
        if fate == "keep":
            return Settled(row, dependent, "keep", None)
        if fate == "refuse":
            message = say(
                "{unit} can't be {done} while {node} is joined to it by {kind}.",
                unit=view.shown(case.unit),
                done=_DONE[case.event],
                node=view.shown(dependent),
                kind=say(row.kind),
            )
            self.findings.append(REFUSED.at(case.unit, message))
            self.used.update(self._names(case))
            return None
        if dependent in successors and case.unit in successors and fate != "end":
            return self._between(row, successors)
        if fate == "parent" and self._nowhere(case, successors):
            fate = "ask"
        name = self._answer(case, fate)
        if name is None and fate == "ask":
            self._ask(case, successors)
            return None
        if name is None:
            return self._fated(case, fate, None, successors)
        self.used.add(name)
        return self._answered(case, self.answers[name], successors)

    def _ask(self, case: Case, successors: Mapping[str, str | None]) -> None:
        """Ask what becomes of an edge, and keep to the words that stand for all."""
        kind = self.view.kind(case.dependent)
        self.asked[case.unit][kind] += 1
        above = self.view.parent(case.unit)
        parent = above.target if above and above.target not in successors else None
        words = offered(self.view, case, successors.get(case.unit), parent)
        self.offered.setdefault((case.unit, kind), words).intersection_update(words)

    def _asks(self, case: Case, successors: Mapping[str, str | None]) -> bool:
        """Tell whether it has to be said what becomes of an edge."""
        if case.dependent in successors and case.unit in successors:
            return False
        fate = case.fate(self.view)
        return fate == "ask" or (fate == "parent" and self._nowhere(case, successors))

    def _between(
        self, row: EdgeRow, successors: Mapping[str, str | None]
    ) -> Settled | None:
        """Both ends are ending: the edge goes where both go; a loop is dropped.

        Where one goes to several, only an edge to a parent is dropped so: what comes
        after it is placed by the step.
        """
        divided = self.divided & {row.source, row.target}
        if divided and not self.view.pack.edges[row.kind].contains:
            ends = both(self.view.shown(node) for node in row[1:3])
            message = say(
                "{ends} both end; what becomes of {kind} isn't said.",
                ends=ends,
                kind=say(row.kind),
            )
            self.findings.append(BETWEEN.at(min(divided), message))
            return None
        source = successors.get(row.source, row.source)
        target = successors.get(row.target, row.target)
        if source is None or target is None or source == target:
            return Settled(row, row.source, "end", None)
        return Settled(row, row.source, "follow", (source, target))

    def _answer(self, case: Case, fate: str) -> str | None:
        """Return the name under which an answer is given: the nearest there is.

        An id alone answers for all that is asked of it. Its other edges go by the
        pack's word then; where nothing is asked, the answer is for each of them.
        """
        if case.dependent in self.named:
            near, bare = self._names(case)
            if near in self.answers:
                return near
            is_meant = fate == "ask" or case.dependent not in self.open
            if is_meant and bare in self.answers:
                return bare
        if fate != "ask":
            return None
        kind = self.view.kind(case.dependent)
        return kind if kind in self.answers else None

    def _names(self, case: Case) -> list[str]:
        """Return the names of one dependent in answers, the nearest first."""
        return [f"{case.dependent}@{case.unit}", case.dependent]

    def _nowhere(self, case: Case, successors: Mapping[str, str | None]) -> bool:
        """Tell whether there is no parent that stays, for dependents to come under."""
        parent = self.view.parent(case.unit)
        gone = parent is None or parent.target in successors
        return gone and not case.is_own_parent(self.view)

    def _answered(
        self, case: Case, answer: Answer, successors: Mapping[str, str | None]
    ) -> Settled | None:
        """Settle an edge as the proposal says."""
        if isinstance(answer, str):
            return self._told(case, answer, successors)
        found: list[Settled] = []
        for to in dict.fromkeys(answer["to"]):
            named = self._named(case, to, successors)
            if isinstance(named, Finding):
                self.findings.append(named)
                return None
            settled = self._fated(case, "follow", named, successors)
            if settled is None:
                return None
            found.append(settled._replace(answer="to"))
        if len(found) > 1 and not self._may_be_several(case):
            message = say(
                "{kind} of {dependent} can't go on to {number} units.",
                kind=say(case.row.kind),
                dependent=self.view.shown(case.dependent),
                number=len(found),
            )
            self.findings.append(ONLY_ONE.at(case.dependent, message))
            return None
        # What stays where it is comes first: it isn't ended for the sake of the others.
        first, *others = sorted(found, key=lambda one: one.fate != "keep")
        return first._replace(also=tuple(one.joins for one in others if one.joins))

    def _named(
        self, case: Case, to: str, successors: Mapping[str, str | None]
    ) -> str | Finding:
        """Return the unit that an answer names, or why nothing can go to it."""
        named = to if to in self.new else resolve(self.view, to)
        if isinstance(named, Finding):
            return named
        if named == case.dependent:
            message = say(
                "{named} can't be joined to itself.", named=self.view.shown(named)
            )
            return TO_ITSELF.at(named, message)
        if named in successors and case.event != "moved":
            message = say(
                "{named} ends by this step, and {dependent} can't go to it.",
                named=self.view.shown(named),
                dependent=self.view.shown(case.dependent),
            )
            return TO_ENDING.at(case.dependent, message)
        return named

    def _told(
        self, case: Case, word: str, successors: Mapping[str, str | None]
    ) -> Settled | None:
        """Settle an edge by the word that the proposal says."""
        if word == "ask":  # the step is refused as it stands: see its gaps
            return Settled(case.row, case.dependent, "end", None)
        settled = self._fated(case, word, None, successors)
        return settled and settled._replace(answer=word)

    def _may_be_several(self, case: Case) -> bool:
        """Tell whether the edge may lead to, or from, several on one day."""
        edge = self.view.pack.edges[case.row.kind]
        many = edge.targets if case.end == "target" else edge.sources
        return many.endswith("*")

    def _fated(
        self,
        case: Case,
        fate: str,
        to: str | None,
        successors: Mapping[str, str | None],
    ) -> Settled | None:
        """Settle an edge by a word that says what to do."""
        view = self.view
        if fate == "follow":
            to = to or successors.get(case.unit)
            if to is None:
                message = say(
                    "{dependent} is to follow {unit}, which has no single successor.",
                    dependent=view.shown(case.dependent),
                    unit=view.shown(case.unit),
                )
                self.findings.append(NO_SUCCESSOR.at(case.dependent, message))
                return None
        elif fate == "parent" and not case.is_own_parent(view):
            parent = view.parent(case.unit)
            if parent is None or self._nowhere(case, successors):
                message = say(
                    "There is nothing above {unit} that stays.",
                    unit=view.shown(case.unit),
                )
                self.findings.append(NO_SUCCESSOR.at(case.dependent, message))
                return None
            fate, to = "follow", parent.target
        if to == case.unit:
            return Settled(case.row, case.dependent, "keep", None)
        joins = case.joined_to(to) if to is not None else None
        if joins is not None and joins[0] == joins[1]:
            fate, joins = "end", None
        return Settled(case.row, case.dependent, fate, joins)
