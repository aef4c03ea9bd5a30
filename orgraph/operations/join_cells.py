"""Joins places into one cell that serves them all."""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from ..draft import Draft, View
from ..draft.names import known_as
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import say
from ..pack import Event
from .base import Answers, Label, NewNode, Operation, Ref, labelled
from .beginning import begin_in_place
from .members import (
    EMPTIED,
    is_group,
    may_move,
    members_of,
    move_members,
)
from .people import Words, known_people, people_named, spoken, words
from .seconding import check_seconded
from .serving import (
    Ground,
    ground_named,
    mark_joint,
    says_otherwise,
    served,
    serving,
)
from .units import (
    answer_refs,
    answers_of,
    check_new,
    known_living,
    may_be_under,
    new_id,
    one_living,
    row_of,
    state_sum,
    summed,
    unit,
    whole,
)

SERVES_OTHERS = Code(
    code="JOIN01",
    meaning="A cell that ends also serves a place that the step doesn't name.",
    hint="Name that place, too, or let it leave with separate_cell first.",
)
JOINED_ALREADY = Code(
    code="JOIN02",
    meaning="The host serves the place already, and no other cell does.",
    hint="Leave the place out.",
)
NOBODY = Code(
    code="JOIN03",
    meaning="The joint cell would have no members.",
    hint="Name with members: who comes from other cells.",
)


class JoinCells(Operation):
    """Join places into one cell, an existing host or a new one; their own cells end."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["host"], "not": {"required": ["under"]}},
                {
                    "required": ["cell", "under"],
                    "properties": {"places": {"minItems": 2}},
                },
            ]
        }
    )

    op: Literal["join_cells"] = "join_cells"
    places: Annotated[tuple[Ref, ...], Field(min_length=1)]
    host: Ref | None = None
    cell: NewNode | None = None
    under: Ref | None = None
    members: tuple[Ref, ...] = ()
    answers: Answers = {}
    as_: Label | None = Field(default=None, alias="as")

    of_people = True
    example = """\
op: join_cells
places: [village-03160-07, village-03160-08]
cell: {kind: cell, name: Chi bộ ghép Huổi Lếch}
under: committee-03160
"""

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.host is None) == (self.cell is None):
            message = "the joint cell is either a host that exists or a new cell"
            raise ValueError(message)
        if (self.cell is None) != (self.under is None):
            message = "a new cell comes under a committee, and a host stays where it is"
            raise ValueError(message)
        if self.cell and len(self.places) == 1:
            message = "a new joint cell serves two places or more"
            raise ValueError(message)
        return self

    def refs(self) -> list[str]:
        """Return the places, the host or committee, who comes, and answers."""
        above = [ref for ref in (self.host, self.under) if ref]
        named = [ref for ref in answer_refs(self.answers) if ref not in self.labels()]
        return [*self.places, *above, *self.members, *named]

    def founds(self) -> list[NewNode]:
        """Return the new cell, where there is one."""
        return [labelled(self.cell, self.as_)] if self.cell else []

    def ends_too(self, view: View) -> Mapping[Event, Collection[str]]:
        """Return the cells that serve the places."""
        places = [known_as(view, ref) for ref in self.places]
        host = known_as(view, self.host) if self.host else None
        found = serving(view, spoken(view), [place for place in places if place])
        cells = {cell for cells in found.values() for cell in cells}
        return {self._event: cells - {host}}

    def brings(self) -> list[tuple[Ref, Ref]]:
        """Return who comes from other cells, with the joint one."""
        to = self.cell.name if self.cell else self.host
        return [(member, to or "") for member in self.members]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse cells that serve others, an empty joint cell, and what is asked."""
        known = yield from words(view)
        if known is None:
            return
        ground = yield from ground_named(view, known, self.places)
        above = yield from one_living(view, self.host or self.under or "")
        if self.cell:
            yield from check_new(view, self.cell)
            yield from is_group(view, known, self.cell)
            if above is not None:
                group = known.places.group
                yield from may_be_under(view, group, above, self.cell.name)
        elif above is not None:
            wrong = list(is_group(view, known, above))
            yield from wrong
            above = None if wrong else above
        kinds = [known.people.person]
        named = yield from people_named(view, self.members, kinds)
        members = known_people(view, self.members, kinds)
        ending = self._ending(view, known, ground.known)
        coming = _from_elsewhere(view, known, members, ending)
        lost = self.host is not None and above is None
        for finding in may_move(view, known, coming, self.host and above):
            if finding.code != EMPTIED.code or not (
                lost or _may_end(view, known, finding.subject, ground)
            ):
                yield finding
        if lost:  # the host may be one of those that seem to end
            return
        if above is not None:
            yield from check_seconded(view, coming, [above, *ground.known])
        yield from self._check_places(view, known, ground, ending)
        if not (ground.unknown or coming or named is None):
            yield from self._check_members(view, known, ending)
        yield from self._settlement(view, ending).found(clear=not ground.unknown)

    def edit(self, draft: Draft) -> None:
        """Let all that the ending cells have go to the joint one, which serves all."""
        known = spoken(draft)
        places = [unit(draft, ref) for ref in self.places]
        people = [unit(draft, ref) for ref in self.members]
        ending = self._ending(draft, known, places)
        coming = _from_elsewhere(draft, known, people, ending)
        settlement = self._settlement(draft, ending)
        node = self._begin(draft, ending)
        rows = [row_of(draft, cell) for cell in ending]
        apply_settlement(draft, settlement)
        for place in places:
            if place not in served(draft, known, [node])[node]:
                draft.connect(known.covers, node, place)
        mark_joint(draft, known, node)
        move_members(draft, known, coming, node, {})
        draft.succeed(whole(draft, rows, node))
        for row in rows:
            draft.end(row.id, self._event)

    @property
    def _event(self) -> Event:
        return "absorbed" if self.host else "merged"

    def _begin(self, draft: Draft, ending: list[str]) -> str:
        """Return the joint cell, founded or with what it carries added up."""
        if self.host:
            node = unit(draft, self.host)
            facts = row_of(draft, node).facts
            sums = summed(draft, [node, *ending])
            state_sum(draft, [node, *ending], {**facts, **sums})
            if {**facts, **sums} != facts:
                draft.revise(node, facts={**facts, **sums})
            return node
        (new,) = self.founds()
        under = unit(draft, self.under) if self.under else None
        return begin_in_place(draft, new, ending, under)

    def _ending(self, view: View, known: Words, places: list[str]) -> list[str]:
        """Return the cells that serve these places, which end; the host doesn't."""
        host = known_living(view, [self.host] if self.host else [])
        found = serving(view, known, places).values()
        return sorted({cell for cells in found for cell in cells}.difference(host))

    def _check_places(
        self, view: View, known: Words, ground: Ground, ending: list[str]
    ) -> Iterator[Finding]:
        """Refuse cells that serve others, and places that the host serves already.

        What isn't known may be any of those that aren't named.
        """
        for cell, places in served(view, known, ending).items():
            others = sorted(set(places).difference(ground.known))
            if len(others) > ground.unknown:
                shown = ", ".join(view.shown(place) for place in others)
                message = say(
                    "{cell} would end, and also serves {shown}.",
                    cell=view.shown(cell),
                    shown=shown,
                )
                yield SERVES_OTHERS.at(cell, message)
        if self.cell:
            yield from says_otherwise(known, self.cell, joint=True)
            return
        host = unit(view, self.host or "")
        for place, cells in serving(view, known, ground.known).items():
            if cells == [host]:
                message = say(
                    "{host} serves {place} already.",
                    host=view.shown(host),
                    place=view.shown(place),
                )
                yield JOINED_ALREADY.at(place, message)

    def _check_members(
        self, view: View, known: Words, ending: list[str]
    ) -> Iterator[Finding]:
        """Refuse a joint cell to which nobody comes and in which nobody is."""
        host = [unit(view, self.host)] if self.host else []
        if not any(members_of(view, known, [*ending, *host]).values()):
            shown = self.cell.name if self.cell else view.shown(host[0])
            message = say("Nobody would be a member of {shown}.", shown=shown)
            yield NOBODY.at(shown, message)

    def _settlement(self, view: View, ending: list[str]) -> Settlement:
        new = [new_id(view, self.cell)] if self.cell else []
        node = new[0] if new else unit(view, self.host or "")
        successors: dict[str, str | None] = dict.fromkeys(ending, node)
        answers = answers_of(self.answers, dict.fromkeys(self.labels(), node))
        return settle(view, self._event, successors, answers, new=new)


def _may_end(view: View, known: Words, group: str, ground: Ground) -> bool:
    """Tell whether a group serves what may be meant by a name that isn't known."""
    places = served(view, known, [group])[group]
    return ground.unknown > 0 and not set(ground.known).issuperset(places)


def _from_elsewhere(
    view: View, known: Words, people: list[str], ending: list[str]
) -> list[str]:
    """Return who isn't brought along by a cell that ends."""
    along = {who for found in members_of(view, known, ending).values() for who in found}
    return [person for person in people if person not in along]
