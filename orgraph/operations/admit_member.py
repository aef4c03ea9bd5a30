"""Admits a candidate to a group, as a member."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.carried import carried
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import say
from ..model import OUT, EdgeRow, FactValue, NodeRow, default_id
from ..pack import Event, Pack
from .base import Flag, Label, NewId, NewNode, Operation, Ref
from .fact_checks import check_order
from .people import need_words
from .units import ID_TAKEN, new_id, one_living, row_of, unit

NOT_A_CANDIDATE = Code(
    code="ADMIT01",
    meaning="Who is admitted isn't a candidate.",
)
NOT_A_GROUP = Code(
    code="ADMIT02",
    meaning="Members are admitted to a group, and this is none.",
)


class AdmitMember(Operation):
    """Admit a candidate to a cell: a member begins, who succeeds the candidate."""

    op: Literal["admit_member"] = "admit_member"
    candidate: Ref
    to: Ref
    official: Flag = False
    id: NewId | None = None
    as_: Label | None = Field(default=None, alias="as")

    example = """\
op: admit_member
candidate: candidate-12
to: cell-31
as: newcomer
"""

    def refs(self) -> list[str]:
        """Return the candidate and the group."""
        return [self.candidate, self.to]

    def ends(self) -> Mapping[Event, Sequence[Ref]]:
        """Return the candidate."""
        return {"closed": [self.candidate]}

    def new_ids(self, pack: Pack, day: date) -> list[str]:
        """Return the id of the member."""
        if self.id is not None or pack.people is None:
            return [self.id] if self.id else []
        return [default_id(pack.people.person, self.candidate, "", day)]

    def labels(self) -> list[str]:
        """Return the label of the member."""
        return [self.as_] if self.as_ else []

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse who is no candidate, what is no group, and an id that is taken."""
        candidate = yield from one_living(view, self.candidate)
        to = yield from one_living(view, self.to)
        people, places = view.pack.people, view.pack.questions.places
        if people is None or places is None or people.candidate is None:
            yield from need_words(view, "questions.places", "people.candidate")
            return
        if candidate and view.kind(candidate) != people.candidate:
            kind = view.kind(candidate)
            message = say(
                "{candidate} is a {kind}, not a {candidate_2}.",
                candidate=view.shown(candidate),
                kind=say(kind),
                candidate_2=say(people.candidate),
            )
            yield NOT_A_CANDIDATE.at(candidate, message)
        elif candidate:
            yield from self._settlement(view, candidate).findings
            facts = self._facts(view, row_of(view, candidate))
            yield from check_order(view, facts, candidate)
        if to and view.kind(to) != places.group:
            message = say(
                "{to} is a {to_kind}, not a {group}.",
                to=view.shown(to),
                to_kind=say(view.kind(to)),
                group=say(places.group),
            )
            yield NOT_A_GROUP.at(to, message)
        if self.id is not None and view.versions(self.id):
            yield ID_TAKEN.at(self.id, say("The id {what} is taken.", what=self.id))

    def edit(self, draft: Draft) -> None:
        """Begin the member with what was said of the candidate, who ends."""
        people, places = draft.pack.people, draft.pack.questions.places
        if people is None or places is None:
            return
        row, to = row_of(draft, unit(draft, self.candidate)), unit(draft, self.to)
        # The candidate's name makes no id, and may be unknown: a person is known by an
        # opaque one.
        new = NewNode(id=self.id, kind=people.person, name=row.id, code=row.id)
        node = new_id(draft, new)
        followed = self._following(draft, row, people.person)
        draft.state(carried(draft, [row.id]), -1)
        apply_settlement(draft, self._settlement(draft, row.id))
        draft.found(node, people.person, row.name, None, self._facts(draft, row))
        if self.as_:
            draft.labels[self.as_] = node
        draft.connect(places.member, node, to)
        for edge in followed:
            draft.connect(edge.kind, node, edge.target, edge.facts, edge.until)
        draft.succeed([(row.id, node, {"part": "whole"})])
        draft.end(row.id, "closed")
        draft.state(carried(draft, [node]))

    def _facts(self, view: View, row: NodeRow) -> dict[str, FactValue]:
        """Return what is known of the member: of the candidate, and the admission."""
        people = view.pack.people
        if people is None:
            return {}
        known = view.pack.nodes[people.person].facts
        facts = {name: value for name, value in row.facts.items() if name in known}
        if people.admitted:
            facts[people.admitted] = view.day.isoformat()
        if people.official:
            facts[people.official] = self.official
        return facts

    def _following(self, view: View, row: NodeRow, person: str) -> list[EdgeRow]:
        """Return the candidate's edges that the member has: not where one attended."""
        people, pack = view.pack.people, view.pack
        left = {pack.lineage, people.attends if people else None}
        kinds = [
            k for k, e in pack.edges.items() if row.kind in e.ends and k not in left
        ]
        view.need_edges([row.id], kinds, OUT)
        rows = [edge for kind in kinds for edge in view.live_edges(row.id, kind, OUT)]
        return [e for e in rows if pack.may_join(e.kind, person, view.kind(e.target))]

    def _settlement(self, view: View, candidate: str) -> Settlement:
        return settle(view, "closed", {candidate: None})
