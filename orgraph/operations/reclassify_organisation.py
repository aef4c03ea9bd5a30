"""Makes a committee with cells of a cell, or one cell of a committee."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import say
from ..model import IN
from ..pack import Event
from .base import Answers, Label, NewNode, Operation, Ref, labelled
from .beginning import begin_in_place
from .dividing import (
    NewCell,
    check_placed,
    check_served,
    divide,
    ground_of,
    people_of,
)
from .members import EMPTIED, members_of
from .people import Words, spoken, words
from .serving import (
    mark_joint,
    places_among,
    served,
)
from .units import (
    ID_TAKEN,
    WRONG_KIND,
    answer_refs,
    answers_of,
    check_new,
    may_be_under,
    new_id,
    one_living,
    row_of,
    unit,
    whole,
)

NO_OTHER_CLASS = Code(
    code="RECLASS01",
    meaning="A cell becomes what cells come under, and that becomes a cell.",
    hint="A unit that stays of its kind is changed with change_type or merge_units.",
)
CELLS_SAID = Code(
    code="RECLASS04",
    meaning="New cells are named where a committee comes about, and only there.",
)
OTHERS_BELOW = Code(
    code="RECLASS05",
    meaning="Below the committee is something that can't come under a cell.",
    hint="Dissolve its sections with dissolve_section, and move the rest, first.",
)


class ReclassifyOrganisation(Operation):
    """Make a committee with cells of a grassroots cell, or a cell of a committee."""

    op: Literal["reclassify_organisation"] = "reclassify_organisation"
    unit: Ref
    into: NewNode
    cells: tuple[NewCell, ...] = ()
    answers: Answers = {}
    as_: Label | None = Field(default=None, alias="as")

    of_people = True
    example = """\
op: reclassify_organisation
unit: cell-17
into: {kind: grassroots_committee, name: Đảng bộ Bệnh viện, facts: {type: other}}
cells:
  - cell: {kind: cell, name: Chi bộ Khoa Nội}
    members: [member-1, member-2, member-3]
    serves: [department-7]
  - cell: {kind: cell, name: Chi bộ Khoa Ngoại}
    members: [member-4, member-5, member-6]
"""

    def refs(self) -> list[str]:
        """Return the organisation, who and what goes where, and answers."""
        own = set(self.labels())
        return [
            self.unit,
            *(
                ref
                for new in self.cells
                for ref in (*new.members, *new.attending, *new.serves)
            ),
            *(ref for ref in answer_refs(self.answers) if ref not in own),
        ]

    def founds(self) -> list[NewNode]:
        """Return the new organisation, and its cells."""
        return [labelled(self.into, self.as_), *(new.cell for new in self.cells)]

    def ends(self) -> Mapping[Event, Sequence[Ref]]:
        """Return the organisation."""
        return {"merged": [self.unit]}

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a class that it has or can't have, and members without a place."""
        known = yield from words(view)
        if known is None:
            return
        for new in self.founds():
            yield from check_new(view, new)
        yield from self._ids_twice()
        node = yield from one_living(view, self.unit)
        people = yield from people_of(view, known, self.cells)
        ground = yield from ground_of(view, known, self.cells)
        if node is None or self.into.kind not in view.pack.nodes:
            return
        above = view.parent(node)
        if above is not None:
            kind = self.into.kind
            yield from may_be_under(view, kind, above.target, self.into.name)
        wrong = list(self._check_class(view, known, node))
        yield from wrong
        if wrong:
            return
        if self.cells:
            yield from check_placed(view, known, node, *people)
        yield from check_served(view, known, node, ground)
        yield from self._settlement(view, known, node).findings

    def edit(self, draft: Draft) -> None:
        """Found what it becomes, place its members, and let the rest follow."""
        known = spoken(draft)
        node = unit(draft, self.unit)
        above = draft.parent(node)
        ending = self._ending(draft, known, node)
        ids = self._ids(draft)
        begin_in_place(draft, self.founds()[0], ending, above and above.target)
        for new, cell in zip(self.cells, ids[1:], strict=True):
            begin_in_place(draft, new.cell, [], ids[0])
            divide(draft, known, new, node, cell)
        rows = [row_of(draft, unit) for unit in ending]
        apply_settlement(draft, self._settlement(draft, known, node, ids))
        if self.into.kind == known.places.group:
            # A body and a department of it are several, and don't make it a joint one.
            ground = served(draft, known, ids[:1])[ids[0]]
            if len(places_among(draft, known, ground)) > 1:
                mark_joint(draft, known, ids[0])
        draft.succeed(whole(draft, rows, ids[0]))
        for row in rows:
            draft.end(row.id, "merged")

    def _ids(self, view: View) -> list[str]:
        """Return the ids that the new organisation and its cells get."""
        ids: list[str] = []
        for new in self.founds():
            ids.append(new_id(view, new, ids))
        return ids

    def _ids_twice(self) -> Iterator[Finding]:
        given = Counter(new.id for new in self.founds() if new.id)
        for node in sorted(node for node, times in given.items() if times > 1):
            yield ID_TAKEN.at(
                node, say("The id {node} is given to two new units.", node=node)
            )

    def _check_class(self, view: View, known: Words, node: str) -> Iterator[Finding]:
        """Refuse what doesn't go from a cell to a committee or back."""
        group, edge = known.places.group, _edge(view, known)
        own, becomes = view.kind(node), self.into.kind
        shown = view.shown(node)
        up = own == group and view.pack.may_join(edge, group, becomes)
        down = becomes == group and view.pack.may_join(edge, group, own)
        lineage = view.pack.lineage
        if not (up or down) or not view.pack.may_join(lineage, own, becomes):
            message = say(
                "{shown}, a {own}, can't become a {becomes} by this step.",
                shown=shown,
                own=say(own),
                becomes=say(becomes),
            )
            yield NO_OTHER_CLASS.at(node, message)
            return
        if up != bool(self.cells):
            message = (
                say(
                    "{unit}, a {kind}, needs cells.",
                    unit=self.into.name,
                    kind=say(becomes),
                )
                if up
                else say(
                    "{unit}, a {kind}, has no cells below it.",
                    unit=self.into.name,
                    kind=say(becomes),
                )
            )
            yield CELLS_SAID.at(self.into.name, message)
        for new in self.cells:
            if new.cell.kind != group:
                message = say(
                    "{cell} is a {kind}, not a {group}.",
                    cell=new.cell.name,
                    kind=say(new.cell.kind),
                    group=say(group),
                )
                yield WRONG_KIND.at(new.cell.name, message)
        if down:
            yield from _check_below(view, known, node)
            cells = self._ending(view, known, node)[1:]
            if not any(members_of(view, known, cells).values()):
                message = say(
                    "Nobody would be a member of {into}.", into=self.into.name
                )
                yield EMPTIED.at(node, message)

    def _ending(self, view: View, known: Words, node: str) -> list[str]:
        """Return the organisation, and the cells below it, which end with it."""
        if self.into.kind != known.places.group:
            return [node]
        edge = _edge(view, known)
        below = [row.source for row in view.live_edges(node, edge, IN)]
        view.need_nodes(below)
        return [node, *sorted(n for n in below if view.kind(n) == known.places.group)]

    def _settlement(
        self, view: View, known: Words, node: str, ids: Sequence[str] = ()
    ) -> Settlement:
        ids = ids or self._ids(view)
        ending = self._ending(view, known, node)
        successors: dict[str, str | None] = dict.fromkeys(ending, ids[0])
        labels = {
            new.as_: id_ for new, id_ in zip(self.founds(), ids, strict=True) if new.as_
        }
        answers = answers_of(self.answers, labels)
        return settle(view, "merged", successors, answers, new=ids)


def _edge(view: View, known: Words) -> str:
    """Return the edge by which a cell is directly under another."""
    return view.pack.parent_edge(known.places.group) or ""


def _check_below(view: View, known: Words, node: str) -> Iterator[Finding]:
    """Refuse what is below a committee and can't be below a cell."""
    group, own = known.places.group, view.kind(node)
    kinds = [
        name
        for name in view.pack.contains_kinds
        if any(own in ends for ends in view.pack.edges[name].ends.values())
    ]
    view.need_edges([node], kinds, IN)
    below = [row for kind in kinds for row in view.live_edges(node, kind, IN)]
    view.need_nodes(row.source for row in below)
    for row in sorted(below):
        kind = view.kind(row.source)
        if kind != group and not view.pack.may_join(row.kind, kind, group):
            message = say(
                "{source}, a {kind}, is below {node}.",
                source=view.shown(row.source),
                kind=say(kind),
                node=view.shown(node),
            )
            yield OTHERS_BELOW.at(row.source, message)
