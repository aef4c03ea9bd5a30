"""Who is seconded is alone in a unit, comes from elsewhere, and goes nowhere else."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ..draft import View
from ..draft.holding import posts_on
from ..draft.seconding import home_of, is_officer, seconded, seconding_of
from ..draft.spells import begun_from
from ..findings import Code, Finding
from ..language import both, either, laid, say
from ..model import IN, OUT, Direction, EdgeRow
from ..pack import Pack
from .base import Bearing, Reach, Rule
from .census import Census
from .limiting import seated

SEVERAL = Code(
    code="OFFICER01",
    meaning="A unit has several seconded officers on one day: a unit has one.",
    hint="Relieve one of them, or appoint the officer in another form.",
    severity="warning",
    structural=False,
)
AT_HOME = Code(
    code="OFFICER02",
    meaning="An officer is seconded to the unit that the officer belongs to.",
    hint="Relieve the officer, or appoint the officer in another form.",
    severity="warning",
    structural=False,
)
ELSEWHERE = Code(
    code="OFFICER03",
    meaning="An officer is seconded to more posts on one day than the pack allows.",
    hint="Relieve the officer of one of them.",
    severity="warning",
    structural=False,
)
NO_OFFICER = Code(
    code="OFFICER04",
    meaning="Who is seconded doesn't belong to a unit whose officers are.",
    hint="Relieve the person, or appoint the person in another form.",
    severity="warning",
    structural=False,
)


class Seconded(Rule):
    """A unit has one seconded officer, from elsewhere, who is seconded nowhere else.

    What a step would refuse may come about by a merger, an undo or an import. Whose
    group isn't recorded may be an officer.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at units and officers whose secondments, or what joins them, change."""
        if view.pack.questions.posts.reinforcing is None:
            return
        units, officers = _looked_at(view, reach)
        if not units and not officers:
            return
        holds = view.pack.chain.holds
        posts = seated(view, [unit for unit in units if view.node(unit)])
        view.need_edges({p for some in posts.values() for p in some}, [holds], IN)
        for unit, some in posts.items():
            held = [row for post in some for row in view.edges(post, holds, IN)]
            rows = seconded(view, held)
            yield from _several(view, unit, rows)
            for row in rows:
                if row.since <= view.day:
                    yield from _whence(view, unit, row.source)
        words = seconding_of(view.pack)
        if words is not None and words.at_once is not None:
            view.need_edges(officers, [holds], OUT)
            for one in officers:
                rows = seconded(view, view.edges(one, holds, OUT))
                yield from _elsewhere(view, one, rows, words.at_once)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the units that officers go to, and those who hold several posts."""
        if census.pack.questions.posts.reinforcing is not None:
            yield from census.living(_kinds(census.pack))
            yield from census.crowded([census.pack.chain.holds], OUT)


def _kinds(pack: Pack) -> frozenset[str]:
    """Return the kinds of the units that officers go to; what leads one is part."""
    words, people = seconding_of(pack), pack.people
    if words is not None and words.to:
        return frozenset(words.to)
    units = frozenset().union(*pack.edges[pack.chain.seat].ends.values())
    return units - {people.lead} if people else units


def _looked_at(view: View, reach: Reach) -> tuple[list[str], list[str]]:
    """Return the units and the officers on whom a plan bears, in an audit all."""
    bearing, holders = reach.bearing, view.pack.edges[view.pack.chain.holds].ends
    if bearing is None:
        return reach.of(_kinds(view.pack)), reach.of(holders)
    units, officers = ((Seconded, "units"), (Seconded, "officers"))
    if units not in bearing.memo:
        bearing.memo[units], bearing.memo[officers] = _borne(reach, bearing)
    return sorted(bearing.memo[units]), sorted(bearing.memo[officers])


def _borne(reach: Reach, bearing: Bearing) -> tuple[set[str], set[str]]:
    """Return the units with officers whom a plan may concern, and these.

    Nearly always there are none: that is told by the holders of the posts that go
    elsewhere, or are in what others come under, and by what else those hold who move.
    """
    pack, keys = bearing.base.pack, bearing.keys
    holds, name = pack.chain.holds, pack.questions.posts.form
    word = pack.questions.posts.reinforcing
    posts = {key[1] for key in keys.get(pack.chain.seat, ())}
    posts.update(_near(reach, bearing))
    people = {key[1] for key in keys.get(holds, ())}
    rows = _rows(bearing.base, posts, holds, IN)
    rows += _rows(bearing.base, people | _moving(bearing), holds, OUT)
    rows += _rows(bearing.result, people, holds, OUT)
    found = [row for row in rows if name and row.facts.get(name) == word]
    kinds, units = _kinds(pack), set[str]()
    for view in (bearing.base, bearing.result) if found else ():
        seats = posts_on(view, {row.target for row in found}).values()
        units.update(post.unit for post in seats if post.kind in kinds)
    return units, {row.source for row in found}


def _rows(
    view: View, nodes: Collection[str], kind: str, way: Direction
) -> list[EdgeRow]:
    if not nodes:
        return []
    view.need_edges(nodes, [kind], way)
    return [row for node in nodes for row in view.edges(node, kind, way)]


def _near(reach: Reach, bearing: Bearing) -> set[str]:
    """Return the posts in bodies that move, and in what lives on above what moves."""
    base, kinds = bearing.base, _kinds(bearing.base.pack)
    people = base.pack.people
    lead = [people.lead] if people and people.lead else []
    bodies, ways = set[str](), set[tuple[str, str]]()
    for edge in {base.pack.parent_edge(kind) for kind in (*kinds, *lead)} - {None}:
        keys = bearing.keys.get(edge or "", ())
        there = {key[1]: key[2] for key in keys}
        back = {key[1]: key[2] for key in reversed(keys)}
        moved = {node for node, end in there.items() if back[node] != end}
        if moved:
            led = moved.intersection(reach.borne(lead, out=[str(edge)]))
            ends = {key[2] for key in keys if key[1] in led}
            meant = {node for node in ends if base.kind_or_none(node) in kinds}
            bodies.update([key[1] for key in keys if key[1] in led and key[2] in meant])
            ways.update([(there[node], back[node]) for node in moved - led])
    found = {row.source for row in _rows(base, bodies, base.pack.chain.seat, IN)}
    return found.union(*seated(base, _passed(bearing, ways, kinds)).values())


def _passed(
    bearing: Bearing, ways: Collection[tuple[str, str]], kinds: Collection[str]
) -> set[str]:
    """Return what lives on and is above only one end of a way that something went."""
    base, result = bearing.base, bearing.result
    ends = {end for way in ways for end in way}
    if not ends:
        return ends
    near = base.need_ancestors(ends) | result.need_ancestors(ends)
    living = {n for n in near if base.node(n) and result.node(n)}
    units = {node for node in living if base.kind(node) in kinds}
    if not units:
        return units
    above = {
        end: units.intersection((end, *base.ancestors(end), *result.ancestors(end)))
        for end in ends
    }
    return set[str]().union(*(above[here] ^ above[there] for here, there in ways))


def _moving(bearing: Bearing) -> set[str]:
    """Return the people whose groups change, or what these lead."""
    base, keys, questions = bearing.base, bearing.keys, bearing.base.pack.questions
    words = seconding_of(base.pack)
    if words is None or questions.places is None:
        return set()
    member, covers = questions.places.member, questions.covers
    found = {key[1] for key in keys.get(member, ())}
    groups = {
        key[1]
        for key in keys.get(covers or "", ())
        if bearing.result.kind_or_none(key[2]) in words.units
    }
    for view in (base, bearing.result) if groups else ():
        found.update(row.source for row in _rows(view, groups, member, IN))
    return found


def _most(view: View, rows: Sequence[EdgeRow], most: int) -> list[EdgeRow]:
    """Return the holdings of the first day on which they are of more posts."""
    for _, here in begun_from(rows, view.day):
        if len({row.target for row in here}) > most:
            return here
    return []


def _several(view: View, unit: str, rows: Sequence[EdgeRow]) -> Iterator[Finding]:
    here = _most(view, rows, 1)
    if here:
        message = say(
            "{unit} has several seconded officers from {day}: {named}.",
            unit=view.shown(unit),
            day=max(row.since for row in here),
            named=[
                laid("{who} ({post})", who=row.source, post=view.shown(row.target))
                for row in here
            ],
        )
        yield SEVERAL.at(unit, message, missed=(len(here) - 1,))


def _whence(view: View, unit: str, officer: str) -> Iterator[Finding]:
    words = seconding_of(view.pack)
    home = home_of(view, officer) if words else set()
    if words is None or not home:
        return
    said: Mapping[str, str] = {
        "officer": view.shown(officer),
        "unit": view.shown(unit),
    }
    if unit in home:
        message = say("{officer} is seconded to {unit}, and belongs to it.", **said)
        yield AT_HOME.at(officer, message, about=unit)
    elif not is_officer(view, officer, home, words):
        message = say(
            "{officer} is seconded to {unit}, and belongs to no {kinds}.",
            **said,
            kinds=either(view.pack.nodes[kind].label for kind in words.units),
        )
        yield NO_OFFICER.at(officer, message, about=unit)


def _elsewhere(
    view: View, officer: str, rows: Sequence[EdgeRow], most: int
) -> Iterator[Finding]:
    here = _most(view, rows, most)
    if here:
        message = say(
            "{officer} is seconded to {posts} from {day}.",
            officer=view.shown(officer),
            posts=both(view.shown(row.target) for row in here),
            day=max(row.since for row in here),
        )
        missed = (len(here) - most,)
        yield ELSEWHERE.at(officer, message, missed=missed)
