"""Dissolves the optional level between a committee and some of its cells."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from ..draft import Draft, View
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import say
from ..pack import Event
from .base import Answers, Operation, Ref
from .people import words
from .units import answer_refs, answers_of, one_living, unit

NO_SECTION = Code(
    code="SECTION03",
    meaning="The step dissolves sections, and this isn't one.",
)


class DissolveSection(Operation):
    """Dissolve a section; its cells come back directly under the committee."""

    op: Literal["dissolve_section"] = "dissolve_section"
    section: Ref
    answers: Answers = {}

    example = """\
op: dissolve_section
section: section-42
"""

    def refs(self) -> list[str]:
        """Return the section and where dependents go."""
        return [self.section, *answer_refs(self.answers)]

    def ends(self) -> Mapping[Event, Sequence[Ref]]:
        """Return the section."""
        return {"tier_abolished": [self.section]}

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse what is no section, and what is asked and not answered."""
        known = yield from words(view, "people.section")
        node = yield from one_living(view, self.section)
        if known is None or node is None:
            return
        kind = view.kind(node)
        if kind != known.people.section:
            message = say(
                "{node} is a {kind}, not a {section}.",
                node=view.shown(node),
                kind=say(kind),
                section=say(str(known.people.section)),
            )
            yield NO_SECTION.at(node, message)
            return
        yield from self._settlement(view, node).findings

    def edit(self, draft: Draft) -> None:
        """Let what is under the section come under the committee, and end it."""
        node = unit(draft, self.section)
        apply_settlement(draft, self._settlement(draft, node))
        draft.end(node, "tier_abolished")

    def _settlement(self, view: View, node: str) -> Settlement:
        view.need_parents([node])
        return settle(view, "tier_abolished", {node: None}, answers_of(self.answers))
