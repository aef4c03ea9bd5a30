"""Restores an ended unit as a new one."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from ..draft import Draft, View
from ..draft.names import resolve
from ..findings import Code, Finding
from ..language import say
from ..model import OUT
from .base import Answers, Label, NewId, Ref, labelled
from .flowing import Flowing
from .found_unit import FoundUnit
from .parts import Given, NewUnder
from .reshaping import reshape
from .routing import Routing, Way
from .units import WRONG_KIND, new_id

NEVER_WAS = Code(
    code="RESTORE01",
    meaning="There never was a unit with the id that is to be restored.",
)
STILL_LIVES = Code(
    code="RESTORE02",
    meaning="Only a unit that has ended can be restored.",
)
LIVES_AGAIN = Code(
    code="RESTORE03",
    meaning="The unit has been restored already, and what restores it lives.",
    hint="Transfer to that unit, or take its restoration back first.",
)


NOT_A_SUCCESSOR = Code(
    code="RESTORE04",
    meaning="The unit that gives a restored one its parts isn't known to have taken "
    "its place.",
    hint="Name a successor, as lineage shows them, if this one isn't meant.",
    severity="warning",
    structural=False,
)


class Restored(NewUnder):
    """The new unit, and the id of the ended one that it is again."""

    restores: NewId


class RestoreUnit(Flowing, Given):
    """Establish an ended unit again as a new one; a living one may give its parts."""

    op: Literal["restore_unit"] = "restore_unit"
    unit: Restored
    from_: Ref | None = Field(default=None, alias="from")
    under: Ref | None = None
    answers: Answers = {}
    as_: Label | None = Field(default=None, alias="as")

    example = """\
op: restore_unit
unit: {kind: commune, name: Xã Tân Việt, code: "07102", restores: commune-07102}
from: commune-07099
parts: [village-12]
shares: {people: 4100, area_m2: unknown}
"""

    @model_validator(mode="after")
    def _gives_or_founds(self) -> Self:
        given = self.parts or self.answers or self.shares is not None
        if self.from_ is None and given:
            message = "say with from which unit gives parts and shares"
            raise ValueError(message)
        if self.under is not None and self.unit.under is not None:
            message = "under is said twice, of the step and of the unit"
            raise ValueError(message)
        return self

    def refs(self) -> list[str]:
        """Return the unit that gives, the parts and the parent."""
        return super().refs() if self.from_ else self._founding().refs()

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse what never was or still lives, and what can't be given to it."""
        old = self.unit.restores
        rows = view.versions(old)
        if not rows:
            yield NEVER_WAS.at(old, say("No unit ever had the id {old}.", old=old))
        elif rows[-1].until > view.day:
            yield STILL_LIVES.at(
                old, say("{old} lives on {day}.", old=view.shown(old), day=view.day)
            )
        elif rows[0].kind != self.unit.kind and self.unit.kind in view.pack.nodes:
            message = say(
                "{old} was a {kind}, not a {other}.",
                old=view.shown(old),
                kind=say(rows[0].kind),
                other=say(self.unit.kind),
            )
            yield WRONG_KIND.at(old, message)
        yield from self._check_once(view)
        yield from self._check_giver(view)
        yield from super().check(view) if self.from_ else self._founding().check(view)

    def _check_giver(self, view: View) -> Iterator[Finding]:
        """Warn of a giver that isn't among the known successors."""
        giver = resolve(view, self.from_) if self.from_ else self.unit.restores
        met: set[str] = set()
        frontier = {self.unit.restores}
        while frontier and giver not in met:
            met |= frontier
            view.need_edges(frontier, [view.pack.lineage], OUT)
            passed = [
                e for n in frontier for e in view.edges(n, view.pack.lineage, OUT)
            ]
            frontier = {row.target for row in passed} - met
        met |= frontier
        if isinstance(giver, str) and giver not in met and len(met) > 1:
            old = view.shown(self.unit.restores)
            message = say(
                "{giver} is no successor of {old}.", giver=view.shown(giver), old=old
            )
            yield NOT_A_SUCCESSOR.at(giver, message)

    def _check_once(self, view: View) -> Iterator[Finding]:
        """Refuse to restore what is restored: it would be so twice at a time."""
        old = self.unit.restores
        passed = sorted(view.edges(old, view.pack.lineage, OUT))
        again = [row.target for row in passed if row.facts.get("part") == "restored"]
        for node in again:
            life = view.life(node)
            if life is not None and life[1] > view.day:
                message = say(
                    "{old} is restored as {node}.",
                    old=view.shown(old),
                    node=view.shown(node),
                )
                yield LIVES_AGAIN.at(old, message)

    def edit(self, draft: Draft) -> None:
        """Found the unit with what is given to it, and say whom it restores."""
        again = (self.unit.restores, new_id(draft, self.unit), {"part": "restored"})
        if self.from_:
            reshape(draft, self.routing().resolved(draft), [again])
        else:
            self._founding().edit(draft)
            draft.succeed([again])

    def _new(self) -> NewUnder:
        under = self.under or self.unit.under
        new = labelled(self.unit, self.as_)
        given = new.model_dump(by_alias=True, exclude={"restores", "under"})
        return NewUnder.model_validate({**given, "under": under})

    def _founding(self) -> FoundUnit:
        new = self._new()
        return FoundUnit(new=new, under=new.under)

    def routing(self) -> Routing:
        """Return what the unit gets from the one that gives."""
        new = self._new()
        ways = [Way(self.from_, new, self)] if self.from_ else []
        return Routing([new], ways, [self.from_] if self.from_ else [], self.answers)
