"""What a report shows to readers: figures, rows and groups, without a word of text.

Pages and Markdown are filled from it; the words stand in the templates.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ..findings import Finding
from ..model import FactValue
from ..proposal import basis_parts
from .finding_groups import FindingGroup, finding_groups
from .model import Report, Unit
from .model_people import AlikePosts, Chain
from .revised_rows import RevisedRow, revised_rows
from .size_rows import SizeRow, size_rows
from .wording import counted_label, label_of, name_of, of_people_alone

Counts = tuple[tuple[str, int], ...]
"""How many of which kinds, in the order of the pack."""


class Total(NamedTuple):
    """A kind or fact with its counts or sums before and after, and their difference."""

    name: str
    label: str
    before: FactValue
    after: FactValue
    change: int | None


class ChainRow(NamedTuple):
    """Two chains, as far up as they differ, with whom they are the chains of.

    `alone` have another parent themselves, `below` are in `units` that do.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    alone: Counts
    below: Counts
    units: Counts


class Shown:
    """A report, made ready to be shown."""

    def __init__(self, report: Report) -> None:
        """Take the report; what a section needs is worked out when it is asked for."""
        self.report = report
        self.by_id = {unit.id: unit for unit in report.units}
        self._order = {kind: place for place, kind in enumerate(report.pack.nodes)}

    def name(self, node: str | None) -> str:
        """Return the name of a unit, or the id of what isn't one of the report."""
        return name_of(self.by_id, node) if node is not None else ""

    def last_name(self, node: str) -> str:
        """Return the name that a unit has after the plan."""
        unit = self.by_id.get(node)
        return unit.name if unit else node

    def kind(self, node: str) -> str:
        """Return the kind of a node of the report, or nothing."""
        unit = self.by_id.get(node)
        return unit.kind if unit else self.report.kinds.get(node, "")

    @property
    def of_people_alone(self) -> str:
        """What the plan does where no node begins, ends, moves or is revised."""
        return of_people_alone(self.report)

    def plural(self, kind: str) -> str:
        """Return what several of a kind of node are called."""
        found = self.report.pack.nodes.get(kind)
        return found.several if found else kind

    def label(self, kind: str) -> str:
        """Return what a kind, a fact or a role is called."""
        return label_of(self.report.pack, kind)

    def counted(self, counts: Iterable[tuple[str, int]]) -> list[str]:
        """Return "1 commune", "45 villages"."""
        nodes = self.report.pack.nodes
        return [nodes[kind].counted(number) for kind, number in counts]

    def counts(self, ids: Iterable[str]) -> Counts:
        """Return how many of which kinds these are."""
        return self.ordered(Counter(self.report.kinds[node] for node in ids))

    def ordered(self, counts: Mapping[str, int]) -> Counts:
        """Return counts by kind in the order of the pack."""
        return tuple(sorted(counts.items(), key=lambda one: self._order[one[0]]))

    @property
    def basis(self) -> list[str]:
        """What the plan rests on: issuer, number, day and article."""
        return basis_parts(self.report.basis or {})

    @property
    def what(self) -> list[tuple[str, Counts]]:
        """What ends, begins, moves and is revised, by kind; without what doesn't."""
        report = self.report
        found = (
            ("ended", self.counts(report.ended)),
            ("began", self.counts(report.began)),
            ("moved", self.counts(report.moved)),
            ("revised", self.counts(report.revised)),
        )
        return [(word, counts) for word, counts in found if counts]

    @property
    def blocking(self) -> int:
        """How many findings refuse the plan."""
        return sum(finding.blocks for finding in self.report.findings)

    @property
    def main_kind(self) -> str | None:
        """The kind of unit that the plan is about: most of which take part in lineage.

        Where nothing succeeds anything it is that of which most begin, end or move.
        """
        report, nodes = self.report, self.report.pack.nodes
        units = [unit for unit in report.units if nodes[unit.kind].role == "unit"]
        linked = [unit.kind for unit in units if unit.sources or unit.successors]
        named = {*report.began, *report.ended, *report.moved}
        kinds = Counter(linked or [unit.kind for unit in units if unit.id in named])
        if not kinds:
            return None
        return min(kinds, key=lambda kind: (-kinds[kind], self._order[kind]))

    @property
    def totals(self) -> list[Total]:
        """Counts below the roots by kind, in the order of the pack."""
        before, after = self.report.totals["before"], self.report.totals["after"]
        return [
            self._total(kind, before.get(kind, 0), after.get(kind, 0))
            for kind in self._order
            if kind in before or kind in after
        ]

    @property
    def conserved(self) -> list[Total]:
        """Additive facts and heads, before and after."""
        return [
            self._total(name, sides["before"], sides["after"])
            for name, sides in self.report.conservation.items()
        ]

    def total(self, kind: str) -> Total:
        """Return the counts of one kind below the roots."""
        sides = self.report.totals
        return self._total(
            kind, sides["before"].get(kind, 0), sides["after"].get(kind, 0)
        )

    def _total(self, name: str, before: FactValue, after: FactValue) -> Total:
        known = isinstance(before, int) and isinstance(after, int)
        change = int(after or 0) - int(before or 0) if known else None
        label = counted_label(self.report.pack, name, self._counted)
        return Total(name, label, before, after, change)

    @cached_property
    def _counted(self) -> frozenset[str]:
        """All kinds and facts that are counted or summed."""
        report = self.report
        return frozenset().union(*report.totals.values(), report.conservation)

    @property
    def changing(self) -> Counts:
        """How many people and households have another chain of units."""
        total: Counter[str] = Counter(one.kind for one in self.report.people)
        for group in self.report.chains:
            total.update(group.counts)
        return self.ordered(total)

    @property
    def chain_rows(self) -> list[ChainRow]:
        """How chains change, those that change alike in one row."""
        alone: defaultdict[tuple[Chain, Chain], Counter[str]] = defaultdict(Counter)
        below: defaultdict[tuple[Chain, Chain], Counter[str]] = defaultdict(Counter)
        units: defaultdict[tuple[Chain, Chain], Counter[str]] = defaultdict(Counter)
        for person in self.report.people:
            alone[self._paths(person.before, person.after)][person.kind] += 1
        for group in self.report.chains:
            paths = self._paths(group.before, group.after)
            if group.kind is None:
                alone[paths].update(group.counts)
            else:
                units[paths][group.kind] += 1
                below[paths].update(group.counts)
        return [
            ChainRow(
                *paths,
                self.ordered(alone[paths]),
                self.ordered(below[paths]),
                self.ordered(units[paths]),
            )
            for paths in sorted(alone.keys() | below.keys())
        ]

    def _paths(self, before: Chain, after: Chain) -> tuple[Chain, Chain]:
        """Name two chains as far up as they differ."""
        one, other = list(before), list(after)
        while len(one) > 1 and len(other) > 1 and one[-1] == other[-1]:
            del one[-1], other[-1]
        return tuple(map(self.name, one)), tuple(map(self.last_name, other))

    @property
    def moved(self) -> list[Unit]:
        """The units that moved."""
        return [self.by_id[node] for node in self.report.moved if node in self.by_id]

    def unlinked(self, ids: Iterable[str]) -> list[str]:
        """Return those that no lineage of the plan joins to another."""
        linked = {
            node for one in self.report.lineage for node in (one.source, one.target)
        }
        return [node for node in ids if node not in linked]

    @cached_property
    def revised(self) -> list[RevisedRow]:
        """What lives on and isn't as it was, with what of it is another."""
        return revised_rows(self.report)

    @property
    def dependents(self) -> list[tuple[str, str, Mapping[str, int]]]:
        """What became of dependents: kind, what joins them, and how many by word."""
        return [
            (kind, self.label(edge), words)
            for kind, edges in self.report.dependents_by_kind.items()
            for edge, words in edges.items()
            if any(words.values())
        ]

    def origins(self, place: AlikePosts) -> list[str]:
        """Return from which units posts come that are alike now: "2 × Xã A"."""
        found = Counter(self.name(post.unit) for post in place.posts)
        return [f"{number} × {unit}" for unit, number in sorted(found.items())]

    @property
    def group_label(self) -> str:
        """What a group of people is called that places have their own of."""
        places = self.report.pack.questions.places
        return self.label(places.group) if places else ""

    @cached_property
    def size_rows(self) -> tuple[SizeRow, ...]:
        """The figures of units, less those that are nothing on both sides."""
        return tuple(size_rows(self.report.sizes, self.last_name))

    @property
    def finding_groups(self) -> list[FindingGroup]:
        """The findings that aren't waived, by state and severity, the worst first."""
        return finding_groups(self.report.findings)

    @property
    def waived(self) -> Sequence[Finding]:
        """The findings that a waiver of the proposal covers."""
        return [one for one in self.report.findings if one.waived]

    def fresh(self, severity: str) -> int:
        """Return how many findings of a severity are new, and not waived."""
        return sum(
            (one.severity, one.state) == (severity, "new") and not one.waived
            for one in self.report.findings
        )
