"""The report: what a plan does, as one value that every renderer shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..findings import Findings
from ..language import say
from ..markup import paragraph, table
from ..model import FactValue
from ..pack import Pack
from .model_map import Map
from .model_people import (
    AlikePosts,
    ChainGroup,
    ExchangedPost,
    Person,
    PlaceState,
    Post,
    Removed,
    Revision,
    Uncharged,
    VacatedPost,
)
from .model_rest import Rest
from .model_sizes import Size

FORMAT = "orgraph.report/1"


@dataclass(frozen=True)
class Side:
    """How a unit is before or after: its parent, name, code and facts."""

    name: str
    code: str | None
    parent: str | None
    facts: Mapping[str, FactValue]

    def to_plain(self) -> dict[str, Any]:
        """Return the side as JSON data."""
        return {
            "name": self.name,
            "code": self.code,
            "parent": self.parent,
            "facts": dict(self.facts),
        }


@dataclass(frozen=True)
class Unit:
    """A unit that takes part, or stands above one that does; a post that moved.

    `passing` is how one was that was founded and ended on the day.
    """

    id: str
    kind: str
    before: Side | None
    after: Side | None
    sources: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    passing: Side | None = None

    @property
    def first(self) -> Side | None:
        """How it is before, or else later."""
        return self.before or self.after or self.passing

    @property
    def last(self) -> Side | None:
        """How it is after, or else earlier."""
        return self.after or self.before or self.passing

    @property
    def name(self) -> str:
        """Its last name."""
        side = self.last
        return (side.name if side else "") or self.id

    def to_plain(self) -> dict[str, Any]:
        """Return the unit as JSON data."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "before": self.before.to_plain() if self.before else None,
            "after": self.after.to_plain() if self.after else None,
            "sources": list(self.sources),
            "successors": list(self.successors),
        }


@dataclass(frozen=True)
class Passage:
    """That a unit's place is taken by another, wholly or in part, with what goes.

    `facts` are the amounts of additive facts, None where that is unknown; `all_of`
    names those of which everything goes. `source_name` is the source's last name: it
    may have ended long before, and be no unit of the report.
    """

    source: str
    source_name: str
    target: str
    part: str
    facts: Mapping[str, FactValue]
    all_of: tuple[str, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """Return the passage as JSON data."""
        return {
            "source": self.source,
            "source_name": self.source_name,
            "target": self.target,
            "part": self.part,
            "facts": dict(self.facts),
            "all_of": list(self.all_of),
        }


@dataclass(frozen=True)
class Report:
    """What began, ended, moved and was revised, and whom it touches.

    Nothing of a store's order, keys or clock is in it; `base` is a revision number.
    `totals` are below the roots; with them are counted `roots`, those that are roots on
    that side alone.
    `passing` were founded and ended on the one day; `documents` began to be known.
    `people` are those whose own unit is another, `chains` all others whose chain of
    units differs, by groups. `surplus` are holders who lose a post, `exchanged` those
    who take one of equal standing for it, `appointed` who comes to one, `alike` posts
    of a role that come together in a unit, `posts` those that "began" and "ended",
    `vacated` those left without a holder for good.
    `removed` are members who are none any more, with the ground and who decided,
    `revisions` people who live on with other facts or another home.
    `places` are those whose state a step changes, or leaves as it shouldn't be.
    `standing` is how many of a kind became what, by what they are directly below,
    `affected` how many people and households are below the units that ended, `sizes`
    how large units are whose size changes, `map` where those are that have a point.
    `rest` are the units below those of the report to which nothing happens.
    `kinds` has the kind of every unit named.

    >>> plan = store.plan(orgraph.read_proposal("proposal.yaml"))
    >>> report = orgraph.build_report(plan, store)
    >>> report.ended, report.began
    (('lead-south', 'north', 'south'), ('field-sales',))
    >>> report.conservation["budget_eur"]
    {'before': 830000, 'after': 830000}
    """

    title: str
    effective: str
    base: int
    basis: Mapping[str, Any] | None
    totals: Mapping[str, Mapping[str, int]]
    roots: Mapping[str, Mapping[str, int]]
    began: tuple[str, ...]
    ended: tuple[str, ...]
    moved: tuple[str, ...]
    revised: tuple[str, ...]
    passing: tuple[str, ...]
    documents: tuple[str, ...]
    dependents: Mapping[str, Mapping[str, int]]
    dependents_by_kind: Mapping[str, Mapping[str, Mapping[str, int]]]
    conservation: Mapping[str, Mapping[str, FactValue]]
    lineage: tuple[Passage, ...]
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    chains: tuple[ChainGroup, ...]
    surplus: tuple[Mapping[str, str | None], ...]
    exchanged: tuple[ExchangedPost, ...]
    appointed: tuple[Mapping[str, str | None], ...]
    alike: tuple[AlikePosts, ...]
    posts: Mapping[str, tuple[Post, ...]]
    vacated: tuple[VacatedPost, ...]
    uncharged: tuple[Uncharged, ...]
    removed: tuple[Removed, ...]
    revisions: tuple[Revision, ...]
    places: tuple[PlaceState, ...]
    standing: Mapping[str, Mapping[str, int]]
    affected: Mapping[str, int]
    sizes: tuple[Size, ...]
    map: Map
    rest: Mapping[str, tuple[Rest, ...]]
    findings: Findings
    unplanned: int
    kinds: Mapping[str, str]
    pack: Pack

    @property
    def roots_counted(self) -> str | None:
        """Which roots stand among what is below the roots, if there are any."""
        before, after = (sum(self.roots[side].values()) for side in ("before", "after"))
        if not before and not after:
            return None
        return say(
            "What has nothing above it on one side alone is counted on both: before it "
            "is {before:,}, after it is {after:,}.",
            before=before,
            after=after,
        )

    @property
    def ok(self) -> bool:
        """Whether nothing blocks the plan."""
        return not any(finding.blocks for finding in self.findings)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: before and after, who became what, findings."""
        before, after = (self.totals.get(side, {}) for side in ("before", "after"))
        kinds = sorted({*before, *after})
        rows: list[tuple[object, ...]] = [
            (kind, before.get(kind, 0), after.get(kind, 0)) for kind in kinds
        ]
        rows += (
            (fact, sides["before"], sides["after"])
            for fact, sides in sorted(self.conservation.items())
            if fact not in kinds
        )
        names = {unit.id: unit.name for unit in self.units}
        ways = [
            (way.source_name, way.part, names.get(way.target, way.target))
            for way in self.lineage
        ]
        verdict = "nothing blocks it" if self.ok else "refused"
        return (
            paragraph(self.title, strong=True)
            + paragraph(f"Effective {self.effective}: {verdict}.")
            + table(("below the roots", "before", "after"), rows)
            + (paragraph(self.roots_counted) if self.roots_counted else "")
            + (table(("from", "part", "to"), ways) if ways else "")
            + self.findings._repr_html_()
        )

    def to_plain(self) -> dict[str, Any]:
        """Return the report as JSON data, the bottom line first."""
        return {
            "format": FORMAT,
            "title": self.title,
            "effective": self.effective,
            "base": self.base,
            "basis": dict(self.basis) if self.basis else None,
            "ok": self.ok,
            "totals": {side: dict(n) for side, n in self.totals.items()},
            "roots_counted": {side: dict(n) for side, n in self.roots.items()},
            "began": list(self.began),
            "ended": list(self.ended),
            "moved": list(self.moved),
            "revised": list(self.revised),
            "passing": list(self.passing),
            "documents": list(self.documents),
            "dependents": {kind: dict(n) for kind, n in self.dependents.items()},
            "dependents_by_kind": {
                kind: {edge: dict(n) for edge, n in edges.items()}
                for kind, edges in self.dependents_by_kind.items()
            },
            "conservation": {fact: dict(n) for fact, n in self.conservation.items()},
            "lineage": [passage.to_plain() for passage in self.lineage],
            "units": [unit.to_plain() for unit in self.units],
            "people": [person.to_plain() for person in self.people],
            "chains": [group.to_plain() for group in self.chains],
            "surplus": [dict(holder) for holder in self.surplus],
            "exchanged": [posts.to_plain() for posts in self.exchanged],
            "appointed": [dict(holder) for holder in self.appointed],
            "surplus_posts": [posts.to_plain() for posts in self.alike],
            "posts": {
                word: [post.to_plain() for post in posts]
                for word, posts in self.posts.items()
            },
            "vacated": [post.to_plain() for post in self.vacated],
            "uncharged": [unit.to_plain() for unit in self.uncharged],
            "removed": [one.to_plain() for one in self.removed],
            "revisions": [one.to_plain() for one in self.revisions],
            "places": [place.to_plain() for place in self.places],
            "standing": {kind: dict(n) for kind, n in self.standing.items()},
            "affected": dict(self.affected),
            "sizes": [size.to_plain() for size in self.sizes],
            "map": self.map.to_plain(),
            "rest": {
                when: [some.to_plain() for some in rest]
                for when, rest in self.rest.items()
            },
            "findings": [finding.model_dump(mode="json") for finding in self.findings],
            "unplanned": self.unplanned,
        }
