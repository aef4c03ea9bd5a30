"""A merger gives a unit of the type that the law of the day says."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import either, say
from ..pack import MergerType
from .base import Reach, Rule
from .census import Census
from .forming import Formed, fact_before, formed

OTHER_TYPE = Code(
    code="MERGED01",
    meaning="A merger gives a unit of another type than the law says.",
    structural=False,
)
NOT_JUDGED = Code(
    code="MERGED02",
    meaning="What type a merger must give can't be told: a type is unknown.",
    severity="info",
    structural=False,
)


class MergedType(Rule):
    """A merger gives the type that the law derives from those that are merged."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Compare the type of each unit merged on the day with what it was made of."""
        asked: dict[tuple[str, str], list[MergerType]] = {}
        for one in view.pack.merger_types:
            if one.is_asked(view.day):
                asked.setdefault((one.kind, one.fact), []).append(one)
        for (kind, fact), rules in sorted(asked.items()):
            for unit in formed(view, reach, {kind}):
                if unit.is_merger:
                    yield from self._compare(view, unit, fact, rules)

    def where(self, census: Census) -> Iterator[str]:
        """Look at what units are formed of whose type the law of the day says."""
        asked = [m.kind for m in census.pack.merger_types if m.is_asked(census.day)]
        return census.givers(asked)

    def _compare(
        self, view: View, unit: Formed, fact: str, rules: Sequence[MergerType]
    ) -> Iterator[Finding]:
        view.need_nodes(unit.whole)
        row = view.node(unit.unit)
        now = row.facts.get(fact) if row else None
        had = {node: fact_before(view, node, fact) for node in unit.whole}
        unknown = [node for node, value in had.items() if value is None]
        shown = view.shown(unit.unit)
        for rule in rules:
            if set(rule.present) <= set(had.values()):
                if now is None:
                    unknown = [unit.unit]
                    break
                if now not in rule.gives:
                    message = say(
                        "{shown} is merged of {present} and becomes "
                        "{now}; {rule} gives {gives}.",
                        shown=shown,
                        present=list(map(say, rule.present)),
                        now=say(str(now)),
                        rule=rule.title,
                        gives=either(map(say, rule.gives)),
                    )
                    yield OTHER_TYPE.at(
                        unit.unit,
                        message,
                        hint=rule.exemptions or None,
                        source=rule.source,
                        severity=rule.severity,
                    )
                return
            if unknown:
                break
        if unknown:
            named = ", ".join(view.shown(node) for node in unknown)
            message = say(
                "The {fact} of {shown} isn't judged: {fact} of {named} unknown.",
                fact=say(fact),
                shown=shown,
                named=named,
            )
            yield NOT_JUDGED.at(unit.unit, message, source=rules[0].source)
