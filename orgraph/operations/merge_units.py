"""Merges units into a new one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement, common_parent
from ..findings import Code, Finding
from ..language import say
from ..model import FOREVER
from ..pack import Event
from .base import Answers, Label, NewNode, Operation, Ref, labelled
from .following import followed
from .units import (
    SUMMED,
    amounts,
    answer_refs,
    answers_of,
    check_new,
    found_node,
    known_living,
    living,
    may_be_under,
    may_succeed,
    new_id,
    one_living,
    row_of,
    state_sum,
    summed,
    twice,
    unit,
    whole,
)

SOURCE_TWICE = Code(
    code="MERGE01",
    meaning="A source of the merger is named twice.",
    hint="Name each source once.",
)
BELOW_SOURCE = Code(
    code="MERGE02",
    meaning="The new unit would come under one of its sources.",
    hint="Name a unit that lives on with under:.",
)
PARENTS_DIFFER = Code(
    code="MERGE03",
    meaning="The sources have different parents, and the step doesn't choose.",
    hint="Say with under: which unit the new one comes under; it must live on.",
)


class MergeUnits(Operation):
    """Merge two or more units into a new one; the sources end."""

    op: Literal["merge_units"] = "merge_units"
    sources: Annotated[tuple[Ref, ...], Field(min_length=2)]
    into: NewNode
    under: Ref | None = None
    answers: Answers = {}
    as_: Label | None = Field(default=None, alias="as")

    example = """\
op: merge_units
sources: [code:06652, code:06664]
into: {kind: commune, name: Phường Hà Tu, code: "06652", facts: {type: phường}}
as: ha_tu
"""

    def refs(self) -> list[str]:
        """Return the sources, the parent and where dependents go."""
        under = [self.under] if self.under else []
        named = [ref for ref in answer_refs(self.answers) if ref not in self.labels()]
        return [*self.sources, *under, *named]

    def founds(self) -> list[NewNode]:
        """Return the new unit."""
        return [labelled(self.into, self.as_)]

    def ends(self) -> Mapping[Event, Sequence[Ref]]:
        """Return the sources."""
        return {"merged": self.sources}

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse wrong sources, an unclear parent and unanswered dependents."""
        named = yield from living(view, self.sources)
        sources = known_living(view, self.sources) if named is None else named
        under = None
        if self.under:
            under = yield from one_living(view, self.under)
        yield from check_new(view, self.into)
        if self.into.kind not in view.pack.nodes:
            return
        for source in twice(sources):
            message = say(
                "{source} is named twice as a source.", source=view.shown(source)
            )
            yield SOURCE_TWICE.at(source, message)
        yield from may_succeed(view, sources, self.into.kind)
        clear = named is not None
        if under or (not self.under and (clear or self._parent(view, sources) is None)):
            yield from self._check_parent(view, sources, under)
        if clear:
            yield from self._check_sums(view, sources)
        yield from self._settlement(view, sources).found(clear=clear)

    def edit(self, draft: Draft) -> None:
        """Found the new unit, let the dependents follow, and end the sources."""
        sources = [unit(draft, ref) for ref in self.sources]
        parent = self._parent(draft, sources)
        settlement = self._settlement(draft, sources)
        rows = [row_of(draft, source) for source in sources]
        facts = {
            **followed(draft, self.into, rows),
            **self.into.facts,
            **summed(draft, sources),
        }
        state_sum(draft, sources, facts)
        node = found_node(draft, self.founds()[0], facts)
        edge = draft.pack.parent_edge(self.into.kind)
        if edge and parent:
            draft.connect(edge, node, parent)
        apply_settlement(draft, settlement)
        draft.succeed(whole(draft, rows, node))
        for row in rows:
            draft.end(row.id, "merged")

    def _parent(self, view: View, sources: list[str]) -> str | None:
        if self.under:
            return unit(view, self.under)
        view.need_ancestors(sources)
        return common_parent(view, sources)[0]

    def _check_parent(
        self, view: View, sources: list[str], under: str | None
    ) -> Iterator[Finding]:
        view.need_ancestors([*sources, *([under] if under else [])])
        parent, parents = common_parent(view, sources)
        if under is None and parent is None and parents:
            shown = ", ".join(view.shown(node) for node in parents)
            message = say(
                "The sources of {into} are under {shown}.",
                into=self.into.name,
                shown=shown,
            )
            fit = next((p for p in parents if self._fits(view, sources, p)), None)
            hint = say("Add under: {fit}, or another unit.", fit=fit) if fit else None
            yield PARENTS_DIFFER.at(self.into.name, message, hint=hint)
        parent = under or parent
        if parent is None:
            return
        wrong = {parent, *view.ancestors(parent)} & set(sources)
        if wrong:
            message = say(
                "{into} would come under {wrong}.",
                into=self.into.name,
                wrong=view.shown(min(wrong)),
            )
            yield BELOW_SOURCE.at(self.into.name, message)
        else:
            yield from may_be_under(view, self.into.kind, parent, self.into.name)

    def _fits(self, view: View, sources: list[str], parent: str) -> bool:
        """Tell whether the new unit may come under a parent, which lives on."""
        life = view.life(parent)
        edge = view.pack.parent_edge(self.into.kind)
        return (
            not {parent, *view.ancestors(parent)} & set(sources)
            and parent not in self._settlement(view, sources).ending
            and life is not None
            and life[1] == FOREVER
            and edge is not None
            and view.pack.may_join(edge, self.into.kind, view.kind(parent))
        )

    def _check_sums(self, view: View, sources: list[str]) -> Iterator[Finding]:
        sums = summed(view, sources)
        for name, value in sorted(amounts(view, self.into.facts).items()):
            if name not in sums:
                message = say(
                    "{into} gets no {name} from its sources, and can't have {stated}.",
                    into=self.into.name,
                    name=say(name),
                    stated=say("unknown") if value is None else value,
                )
                yield SUMMED.at(self.into.name, message)
            elif sums[name] != value:
                total = sums[name]
                shown = say("unknown") if total is None else total
                message = say(
                    "{name} of {into} is {sum}, the sum of its sources, not {stated}.",
                    name=say(name),
                    into=self.into.name,
                    sum=shown,
                    stated=say("unknown") if value is None else value,
                )
                yield SUMMED.at(self.into.name, message)

    def _settlement(self, view: View, sources: list[str]) -> Settlement:
        node = new_id(view, self.into)
        successors: dict[str, str | None] = dict.fromkeys(sources, node)
        answers = answers_of(self.answers, dict.fromkeys(self.labels(), node))
        return settle(view, "merged", successors, answers, new=[node])
