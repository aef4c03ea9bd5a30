"""Who is rotated stays for as many months as the law wants."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..model import FOREVER
from .base import Reach, Rule
from .census import Census
from .rotating import by_months, crowded, is_rotation, lasted, meant_runs

TOO_SHORT = Code(
    code="ROTATE01",
    meaning="A person who was rotated leaves the post too early, or is to leave it so.",
    structural=False,
)
NOT_KNOWN = Code(
    code="ROTATE02",
    meaning="Whether a rotation lasts long enough can't be told: a day isn't known.",
    severity="info",
    structural=False,
)


class RotationLength(Rule):
    """Who is rotated to a post elsewhere stays there for as long as the law wants."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at spells that end on the day, or begin on it with an end."""
        for (person, run, elsewhere), limits in meant_runs(view, reach, self.name()):
            first, last = run[0], run[-1]
            ends = last.until == view.day > first.since or (
                first.since == view.day < last.until < FOREVER
            )
            if not ends or not is_rotation(run, elsewhere):
                continue
            what = f"{view.shown(person)} holds {view.shown(last.target)} for"
            size = lasted(run, last.until)
            for limit in limits:
                codes = (TOO_SHORT, NOT_KNOWN)
                yield from by_months(codes, limit, person, size, what)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who leave a post for another."""
        return crowded(census)
