"""A place where enough members live has a group of its own."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from .base import Reach, Rule
from .census import Census
from .dwelling import can_tell, dwellings
from .limiting import limits_of, living_of, of_limit

WITHOUT = Code(
    code="OWN01",
    meaning="Enough members live in a place for a group of its own, and it has none.",
    severity="warning",
    structural=False,
)
NOT_KNOWN = Code(
    code="OWN02",
    meaning="Whether a place needs a group of its own can't be told by its members.",
    severity="info",
    structural=False,
)


class OwnCell(Rule):
    """A village where three official members live has a cell of its own."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the places whose people or groups change; a joint group isn't own."""
        limits = limits_of(view.pack, view.day, self.name())
        if not limits or not can_tell(view.pack):
            return
        for one in dwellings(view, reach):
            if one.own or one.living is None:
                continue
            joint = ", ".join(map(view.shown, one.joint))
            has = (
                say("only the joint {joint}", joint=joint) if joint else say("no cell")
            )
            shown = say(
                "{place} has {official}",
                place=view.shown(one.place),
                official=one.living.official,
            )
            for limit in limits:
                meant = limit.is_meant(one.living.sure, one.living.most)
                if meant is not False:
                    code = WITHOUT if meant else NOT_KNOWN
                    message = say(
                        "{shown} and {has}; {limit} wants its own.",
                        shown=shown,
                        has=has,
                        limit=limit.title,
                    )
                    yield of_limit(code, limit, one.place, message)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living places."""
        if can_tell(census.pack):
            yield from living_of(census, self.name())
