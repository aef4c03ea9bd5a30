"""Who is rotated stays for as many months as the law wants."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..model import FOREVER, EdgeRow
from .base import Reach, Rule
from .census import Census
from .limiting import limits_of
from .rotating import Spells, by_months, crowded, is_for, lasted, spells_in

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
        limits = limits_of(view.pack, view.day, self.name())
        spells = spells_in(view, reach) if limits else Spells({}, {})
        for person, runs in spells.by.items():
            for run in runs:
                first, last = run[0], run[-1]
                ends = last.until == view.day > first.since or (
                    first.since == view.day < last.until < FOREVER
                )
                post = spells.posts.get(last.target)
                if not ends or post is None or not _is_rotation(run, runs, spells):
                    continue
                what = f"{view.shown(person)} holds {view.shown(last.target)} for"
                for limit in limits:
                    if is_for(limit, post):
                        size = lasted(run, last.until)
                        codes = (TOO_SHORT, NOT_KNOWN)
                        yield from by_months(codes, limit, person, size, what)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who leave a post for another."""
        return crowded(census)


def _is_rotation(
    run: Sequence[EdgeRow], runs: Sequence[Sequence[EdgeRow]], spells: Spells
) -> bool:
    """Tell whether a spell began when the same person left a post elsewhere."""
    here = spells.posts[run[-1].target].unit
    return any(
        other[-1].until == run[0].since
        and other[-1].target in spells.posts
        and spells.posts[other[-1].target].unit != here
        for other in runs
    )
