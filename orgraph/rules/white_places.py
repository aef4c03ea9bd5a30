"""No place is without a member."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from .base import Reach, Rule
from .census import Census
from .dwelling import can_tell, dwellings
from .limiting import judged, limits_of, living_of, of_limit

WHITE = Code(
    code="WHITE01",
    meaning="Nobody who lives in a place, nor in a group of its own, is a member.",
    severity="warning",
    structural=False,
)


class WhitePlaces(Rule):
    """No village is without a member, where it is recorded who lives there."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the places whose people or groups change."""
        limits = limits_of(view.pack, view.day, self.name())
        if not limits or not can_tell(view.pack):
            return
        for one in dwellings(view, reach):
            for limit in limits:
                if one.peopled or one.members is None:
                    continue
                if judged(limit, one.members) in {"few", "many"}:
                    message = say(
                        "{place} has {members}; {limit} wants {bounds}.",
                        place=view.shown(one.place),
                        members=one.members.members,
                        limit=limit.title,
                        bounds=limit.bounds,
                    )
                    yield of_limit(WHITE, limit, one.place, message)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living places."""
        if can_tell(census.pack):
            yield from living_of(census, self.name())
