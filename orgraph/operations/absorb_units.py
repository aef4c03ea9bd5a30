"""Absorbs units into an existing one, which keeps its id."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import say
from ..pack import Event
from .base import Answers, Operation, Ref, Text
from .units import (
    answer_refs,
    answers_of,
    known_living,
    living,
    may_succeed,
    one_living,
    row_of,
    state_sum,
    summed,
    twice,
    unit,
    whole,
)

SOURCE_TWICE = Code(
    code="ABSORB01",
    meaning="A unit to be absorbed is named twice.",
    hint="Name each source once.",
)
BELOW_SOURCE = Code(
    code="ABSORB02",
    meaning="The unit that lives on is one of the absorbed, or below one of them.",
)


class AbsorbUnits(Operation):
    """Absorb one or more units into an existing one, which lives on with its id."""

    op: Literal["absorb_units"] = "absorb_units"
    sources: Annotated[tuple[Ref, ...], Field(min_length=1)]
    into: Ref
    name: Text | None = None
    code: Text | None = None
    answers: Answers = {}

    example = """\
op: absorb_units
sources: [code:06850]
into: code:06838
"""

    def refs(self) -> list[str]:
        """Return the units and where dependents go."""
        return [*self.sources, self.into, *answer_refs(self.answers)]

    def ends(self) -> Mapping[Event, Sequence[Ref]]:
        """Return the sources."""
        return {"absorbed": self.sources}

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse wrong sources, a target below them, and unanswered dependents."""
        named = yield from living(view, self.sources)
        sources = known_living(view, self.sources) if named is None else named
        into = yield from one_living(view, self.into)
        for source in twice(sources):
            message = say(
                "{source} is named twice as a source.", source=view.shown(source)
            )
            yield SOURCE_TWICE.at(source, message)
        if into is None:
            return
        view.need_ancestors([*sources, into])
        wrong = {into, *view.ancestors(into)} & set(sources)
        if wrong:
            message = say(
                "{into} can't absorb {wrong}: it is that unit, or below it.",
                into=view.shown(into),
                wrong=view.shown(min(wrong)),
            )
            yield BELOW_SOURCE.at(into, message)
            return
        yield from may_succeed(view, sources, view.kind(into))
        clear = named is not None
        yield from self._settlement(view, sources, into).found(clear=clear)

    def edit(self, draft: Draft) -> None:
        """Let the dependents follow, add up the facts, and end the sources."""
        sources = [unit(draft, ref) for ref in self.sources]
        into = unit(draft, self.into)
        row = row_of(draft, into)
        settlement = self._settlement(draft, sources, into)
        facts = {**row.facts, **summed(draft, [into, *sources])}
        state_sum(draft, [into, *sources], facts)
        name, code = self.name or row.name, self.code or row.code
        if (facts, name, code) != (row.facts, row.name, row.code):
            draft.revise(into, facts=facts, name=name, code=code)
        rows = [row_of(draft, source) for source in sources]
        apply_settlement(draft, settlement)
        draft.succeed(whole(draft, rows, into))
        for source in rows:
            draft.end(source.id, "absorbed")

    def _settlement(self, view: View, sources: list[str], into: str) -> Settlement:
        successors: dict[str, str | None] = dict.fromkeys(sources, into)
        return settle(view, "absorbed", successors, answers_of(self.answers))
