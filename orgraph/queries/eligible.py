"""Who is eligible for a post on a day, and why the others are not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from ..collector import uncollected
from ..draft import Snapshot, View
from ..draft.holding import Post, posts_on
from ..draft.reading import in_one_revision
from ..engine.codes import codes
from ..errors import InputError
from ..findings import Finding
from ..model import NodeRow
from ..pack import Limit, Pack
from ..rules.rotating import is_for
from .candidates import NEAR, Sought, candidates
from .library import Library, shown_name
from .other_days import other_days
from .trial import Trial

Standing = Literal["eligible", "unknown", "not_eligible", "holder"]
STANDINGS: tuple[Standing, ...] = ("eligible", "unknown", "not_eligible", "holder")


class Reason(NamedTuple):
    """One thing that stands against somebody, or, if `unknown`, may do so.

    `limit` is the pack's, with what it asks and where that stands; None where no limit
    of the pack is behind it.
    """

    code: str
    unknown: bool
    severity: str
    message: str
    limit: str | None
    asks: str | None
    document: str | None
    article: str | None

    def to_plain(self) -> dict[str, Any]:
        """Return the reason as JSON data."""
        return self._asdict()


class Candidate(NamedTuple):
    """Somebody who is asked about: how they stand, and for what reasons.

    `leaves` is the full post that they would leave for this one, and `keeps` are those
    that they would hold beside it; a holder of the post leaves nothing, and the reasons
    are those against another term.
    """

    person: str
    name: str
    because: str
    planned: bool
    standing: Standing
    leaves: str | None
    keeps: tuple[str, ...]
    reasons: tuple[Reason, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the candidate as JSON data."""
        reasons = [reason.to_plain() for reason in self.reasons]
        return {**self._asdict(), "keeps": list(self.keeps), "reasons": reasons}


@dataclass(frozen=True)
class Eligible:
    """The candidates for a post on a day, the eligible first.

    `below` is the region in which they were looked for; `asked` are the limits of the
    day that are meant for the post.
    """

    post: str
    name: str
    unit: str
    on: date
    below: str | None
    asked: tuple[Limit, ...]
    items: tuple[Candidate, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many candidates stand how."""
        found = Counter(item.standing for item in self.items)
        return {standing: found[standing] for standing in STANDINGS}

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.eligible/1",
            "post": self.post,
            "name": self.name,
            "unit": self.unit,
            "on": self.on.isoformat(),
            "below": self.below,
            "asked": [
                {"limit": limit.id, "rule": limit.by, "asks": limit.asks}
                | limit.source_data
                for limit in self.asked
            ],
            "candidates": len(self.items),
            "counts": self.counts,
            "items": [item.to_plain() for item in self.items],
        }


@in_one_revision
@uncollected
def eligible(
    store: Library,
    post: str,
    on: date,
    sought: Sought = NEAR,
    *,
    names: bool = False,
) -> Eligible:
    """Return who is eligible for a post on a day, and why the others are not.

    InputError when the post doesn't live on the day or isn't one, or one of the people
    doesn't live or isn't one.

    >>> sought = orgraph.Sought(below="acme")
    >>> found = orgraph.eligible(store, "lead-repair", day, sought)
    >>> [(one.person, one.standing, one.leaves) for one in found.items]
    [('e-02', 'eligible', 'lead-north'), ('e-04', 'eligible', 'lead-south')]
    """
    view = Snapshot(store, on)
    place = _place(store, view, post)
    for person in sought.people:
        _check_person(store, view, person)
    if sought.below is None:
        sought = sought._replace(below=_above(view, place.unit))
    known = candidates(store, view, place, sought)
    asked = list(known.because)
    view.need_nodes(asked)
    trial = Trial(view, place, asked)
    asks = {limit.id: limit.asks for limit in store.pack.limits}
    reasons = {person: _reasons(asks, trial.findings[person]) for person in asked}
    items = [
        Candidate(
            person=person,
            name=shown_name(store.pack, view.versions(person)[-1], names=names),
            because=known.because[person],
            planned=person in known.planned,
            standing=_standing(reasons[person], holds=person in trial.incumbents),
            leaves=trial.leaves[person],
            keeps=trial.keeps[person],
            reasons=reasons[person],
        )
        for person in asked
    ]
    return Eligible(
        post=post,
        name=view.name(post),
        unit=place.unit,
        on=on,
        below=None if sought.people else sought.below,
        asked=_asked(store.pack, place, on),
        items=tuple(sorted(items, key=_order)),
    )


def _order(item: Candidate) -> tuple[int, bool, str]:
    return STANDINGS.index(item.standing), not item.planned, item.person


def _living(store: Library, view: View, node: str) -> NodeRow:
    row = view.node(node)
    if row is None:
        said = other_days(store, node, view.day)
        message = f"{node} doesn't live on {view.day}: it {said}"
        raise InputError(message)
    return row


def _place(store: Library, view: View, post: str) -> Post:
    """Return the post with its unit; InputError where it isn't one on the day."""
    row = _living(store, view, post)
    if store.pack.nodes[row.kind].role != "post":
        message = f"{post} is a {row.kind}, and nobody holds one: name a post"
        raise InputError(message)
    place = posts_on(view, [post]).get(post)
    if place is None:
        message = f"{post} is a post of no unit on {view.day}"
        raise InputError(message)
    return place


def _check_person(store: Library, view: View, person: str) -> None:
    row = _living(store, view, person)
    if store.pack.nodes[row.kind].role != "person":
        message = f"{person} is a {row.kind}, not a person"
        raise InputError(message)


def _above(view: View, unit: str) -> str:
    """Return what a unit is directly under, or the unit where that is nothing."""
    row = view.parent(unit)
    return row.target if row else unit


def _reasons(
    asks: Mapping[str, str], findings: Iterable[Finding]
) -> tuple[Reason, ...]:
    """Return findings as reasons; `asks` says what is asked by each limit."""
    found = []
    for finding in findings:
        # HOLD02 says after the limit which posts it is about.
        limit = finding.about.partition(" ")[0]
        source = finding.source
        found.append(
            Reason(
                code=finding.code,
                unknown=codes()[finding.code].severity == "info",
                severity=finding.severity,
                message=finding.message,
                limit=limit if limit in asks else None,
                asks=asks.get(limit),
                document=source.document if source else None,
                article=(source.article or None) if source else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.unknown, one.code, one.message)))


def _asked(pack: Pack, post: Post, on: date) -> tuple[Limit, ...]:
    """Return the limits on people that are meant for a post."""
    return tuple(
        limit
        for limit in pack.limits
        if pack.nodes[limit.kind].role == "person"
        and limit.is_asked(on)
        and is_for(limit, post)
    )


def _standing(reasons: Sequence[Reason], *, holds: bool) -> Standing:
    if holds:
        return "holder"
    if any(not reason.unknown for reason in reasons):
        return "not_eligible"
    return "unknown" if reasons else "eligible"
