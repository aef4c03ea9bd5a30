"""Who is rotated stays for as many months as the law wants."""

from collections.abc import Iterator, Sequence
from functools import partial

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import FOREVER, EdgeRow
from ..pack import Limit
from .base import Reach, Rule
from .breaks import latest_until
from .careers import Careers
from .census import Census
from .either_way import either_way
from .limiting import limits_of
from .rotating import by_months, careers_in, is_for, lasted, posts_of, turning

TOO_SHORT = Code(
    code="ROTATE01",
    meaning="A person who was rotated leaves the post too early, or is to leave it so.",
    structural=False,
)
NOT_KNOWN = Code(
    code="ROTATE02",
    meaning="Whether a rotation lasts long enough can't be told by what is known.",
    severity="info",
    structural=False,
)

CURE = say(
    "The post itself ends, so it refuses nothing: let another take its place, or "
    "appoint the person to one in the same place on that day."
)


class RotationLength(Rule):
    """Who is rotated to a post elsewhere stays there for as long as the law wants."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at spells that end on the day, or begin on it with an end."""
        limits = limits_of(view.pack, view.day, self.name())
        if limits:
            careers, judge = careers_in(view, reach), partial(_judged, limits)
            yield from either_way(careers, judge, NOT_KNOWN)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who take or leave a post."""
        return turning(census)


def _judged(limits: Sequence[Limit], careers: Careers) -> Iterator[Finding]:
    view = careers.view
    for person, runs in careers.by.items():
        for run in runs:
            held = careers.counted(run)
            ends = bool(held) and _ends(view, person, held)
            post = careers.last(held) if ends else None
            meant = [limit for limit in limits if post and is_for(limit, post)]
            if not meant or not careers.is_rotation(run, runs):
                continue
            last, stay = held[-1], careers.whole(run, runs)
            what = say(
                "{person} holds {target} for",
                person=view.shown(person),
                target=posts_of(view, stay),
            )
            size = lasted(stay, last.until, latest_until(last))
            closed = last.until == view.day and view.node(last.target) is None
            if closed and careers.stays(person, held):
                continue
            for limit in meant:
                codes = (TOO_SHORT, NOT_KNOWN)
                for found in by_months(codes, limit, person, size, what):
                    yield _warned(found) if closed else found


def _warned(finding: Finding) -> Finding:
    """Return what is said of who can't stay, as the post is no more."""
    if finding.severity == "info":
        return finding
    return finding.model_copy(update={"severity": "warning", "hint": CURE})


def _ends(view: View, person: str, run: Sequence[EdgeRow]) -> bool:
    """Tell whether a spell ends on the day, or begins on it with an end.

    Where the person is gone, nobody leaves it.
    """
    first, last = run[0], run[-1]
    if last.until == view.day > first.since:
        return view.node(person) is not None
    return first.since == view.day < last.until < FOREVER
