"""Sets facts of a unit: a new census figure, a tag of its territory."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.carried import carried, finer_key
from ..findings import Code, Finding
from ..language import say
from .base import FactMap, Operation, Ref
from .fact_checks import check_facts, check_order
from .units import one_living, row_of, unit

SAME_FACTS = Code(
    code="FACT03",
    meaning="The unit already has these facts.",
)


class SetFacts(Operation):
    """Set facts of a unit from the day on; `unknown` is a value too."""

    op: Literal["set_facts"] = "set_facts"
    unit: Ref
    facts: Annotated[FactMap, Field(min_length=1)]

    example = """\
op: set_facts
unit: code:03127
facts: {people: 36217, mountainous: true, area_m2: unknown}
"""

    def refs(self) -> list[str]:
        """Return the unit."""
        return [self.unit]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse facts that the pack doesn't give to a kind, false dates, no change."""
        node = yield from one_living(view, self.unit)
        if node is None:
            return
        row = row_of(view, node)
        yield from check_facts(view, row.kind, self.facts, node)
        both = {**row.facts, **self.facts}
        yield from check_order(view, both, node, self.facts)
        if both == row.facts:
            message = say("{node} already has these facts.", node=view.shown(node))
            yield SAME_FACTS.at(node, message)

    def edit(self, draft: Draft) -> None:
        """Begin a new version of the unit, and state what it carries more or less."""
        row = row_of(draft, unit(draft, self.unit))
        before = carried(draft, [row.id])
        draft.revise(row.id, facts={**row.facts, **self.facts})
        after = carried(draft, [row.id])
        draft.state(after)
        draft.state(before, -1)
        for name in sorted(self.facts.keys() & draft.pack.additive):
            more = after[f"fact:{name}"] - before[f"fact:{name}"]
            draft.state({finer_key(name, row.id): more})
