"""What steps that bring members from group to group share: who may go, and how."""

from collections.abc import Iterable, Iterator, Sequence

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import both, say
from ..model import FOREVER, IN, OUT, EdgeRow, Facts
from .base import NewNode
from .people import Words
from .units import row_of

IN_TWO = Code(
    code="GROUP03",
    meaning="A member is in two groups on the day: which one is left isn't known.",
    hint="Correct what is recorded first: who moves leaves one group.",
)
THERE_ALREADY = Code(
    code="GROUP04",
    meaning="The member belongs to this group already.",
    hint="Leave the member out.",
)
EMPTIED = Code(
    code="GROUP05",
    meaning="A group would be left without members; none is emptied without a word.",
    hint="Let somebody stay; or join it to another, with join_cells or absorb_units.",
)
NOT_A_GROUP = Code(
    code="GROUP06",
    meaning="The step speaks of a group that has members, and this isn't one.",
)

ATTENDS_ALREADY = Code(
    code="GROUP07",
    meaning="The person takes part in this group already.",
    hint="Leave the person out.",
)

MOVED_TWICE = Code(
    code="GROUP09",
    meaning="Two steps bring a member into two groups; the last one counts.",
    hint="Name the member in one step.",
    severity="warning",
)


def is_group(view: View, words: Words, unit: str | NewNode) -> Iterator[Finding]:
    """Refuse a unit, or a new one, of a kind that isn't that of groups."""
    group = words.places.group
    if isinstance(unit, NewNode):
        kind, subject, shown = unit.kind, unit.name, unit.name
    else:
        kind, subject, shown = view.kind(unit), unit, view.shown(unit)
    if kind in view.pack.nodes and kind != group:
        yield NOT_A_GROUP.at(
            subject,
            say(
                "{shown} is a {kind}, not a {group}.",
                shown=shown,
                kind=say(kind),
                group=say(group),
            ),
        )


def members_of(view: View, words: Words, groups: Iterable[str]) -> dict[str, list[str]]:
    """Return the members of groups on the day, read at once."""
    return _sources(view, words.places.member, words.people.person, groups)


def attending(view: View, words: Words, groups: Iterable[str]) -> dict[str, list[str]]:
    """Return who takes part in groups that aren't their own, read at once."""
    edge = words.people.attends
    return _sources(view, edge, None, groups) if edge else {}


def memberships(
    view: View, words: Words, people: Sequence[str]
) -> dict[str, list[EdgeRow]]:
    """Return the edges in force by which people are members, read at once."""
    edge = words.places.member
    view.need_edges(people, [edge], OUT)
    return {person: view.live_edges(person, edge, OUT) for person in people}


def may_move(
    view: View, words: Words, people: Sequence[str], to: str | None = None
) -> Iterator[Finding]:
    """Refuse members who are in two groups, or there already, or the last of theirs."""
    left: dict[str, set[str]] = {}
    for person, rows in memberships(view, words, people).items():
        if len(rows) > 1:
            shown = both(sorted(view.shown(row.target) for row in rows))
            yield IN_TWO.at(
                person,
                say(
                    "{person} is a member of {shown}.",
                    person=view.shown(person),
                    shown=shown,
                ),
            )
        elif rows and rows[0].target == to:
            message = say(
                "{person} already is a member of {to}.",
                person=view.shown(person),
                to=view.shown(to),
            )
            yield THERE_ALREADY.at(person, message)
        elif rows:
            if _moved_before(view, rows[0]):
                came = view.shown(rows[0].target)
                message = say(
                    "{person} came to {came} by an earlier step.",
                    person=view.shown(person),
                    came=came,
                )
                yield MOVED_TWICE.at(person, message)
            left.setdefault(rows[0].target, set()).add(person)
    for group, members in sorted(members_of(view, words, left).items()):
        if left[group].issuperset(members):
            message = say(
                "{group} would have no members left.", group=view.shown(group)
            )
            yield EMPTIED.at(group, message)


def may_attend(
    view: View, words: Words, people: Sequence[str], group: str
) -> Iterator[Finding]:
    """Refuse who is a member of a group, or takes part in it, already."""
    inside = set(members_of(view, words, [group])[group])
    visiting = set(attending(view, words, [group])[group])
    for person in sorted(people):
        if person in inside:
            message = say(
                "{person} already is a member of {group}.",
                person=view.shown(person),
                group=view.shown(group),
            )
            yield THERE_ALREADY.at(person, message)
        if person in visiting:
            message = say(
                "{person} already attends {group}.",
                person=view.shown(person),
                group=view.shown(group),
            )
            yield ATTENDS_ALREADY.at(person, message)


def begin_attending(
    draft: Draft, words: Words, people: Sequence[str], group: str, facts: Facts
) -> None:
    """Let people take part in a group until a recorded day on which it is their own."""
    edge = words.people.attends
    if edge is not None:
        own = draft.pack.edges[edge].apart_from
        draft.need_edges(people, [edge, *([own] if own else [])], OUT)
        for person in people:
            rows = draft.edges(person, own, OUT) if own else ()
            later = (row.since for row in rows if row.target == group)
            until = min((day for day in later if day > draft.day), default=FOREVER)
            draft.connect(edge, person, group, facts, until)


def stated(words: Words, ground: str | None) -> Facts:
    """Return the facts of an edge that says on what ground somebody came."""
    fact = words.people.ground
    return {fact: ground} if fact and ground else {}


def move_members(
    draft: Draft,
    words: Words,
    people: Sequence[str],
    to: str,
    facts: Facts | None = None,
) -> None:
    """Let people leave the groups that they are in and belong to another.

    Without `facts` what was said of how they came to the one is said of the other.
    """
    edge = words.places.member
    others = [k for k, kind in draft.pack.edges.items() if kind.apart_from == edge]
    draft.need_edges(people, others, OUT)
    for person, rows in memberships(draft, words, people).items():
        if facts is not None or len(rows) != 1 or not draft.rejoin(rows[0], person, to):
            for row in rows:
                draft.disconnect(row)
            until = rows[0].until if rows else FOREVER
            kept = rows[0].facts if facts is None and rows else facts or {}
            draft.connect(edge, person, to, kept, until)
        for other in others:
            for guest in draft.live_edges(person, other, OUT):
                if guest.target == to:
                    draft.disconnect(guest)


def switch(draft: Draft, edge: str, people: Sequence[str], old: str, new: str) -> None:
    """Let people who are joined to one group by an edge be joined to another so."""
    draft.need_edges(people, [edge], OUT)
    for person in people:
        for row in draft.live_edges(person, edge, OUT):
            if row.target == old:
                draft.disconnect(row)
                draft.connect(edge, person, new, row.facts, row.until)


def officials(
    view: View, words: Words, people: Iterable[str]
) -> tuple[list[str], list[str]]:
    """Return who counts as an official member, and of whom that isn't known.

    Candidates count as neither; where the pack has no such fact, every member counts.
    """
    fact = words.people.official
    known, doubtful = [], []
    for person in sorted(people):
        row = row_of(view, person)
        if row.kind != words.people.person:
            continue
        if fact is None or row.facts.get(fact) is True:
            known.append(person)
        elif row.facts.get(fact) is None:
            doubtful.append(person)
    return known, doubtful


def homes(view: View, way: Sequence[str], people: Iterable[str]) -> dict[str, set[str]]:
    """Return where people live, as far as it is recorded, a level at a time.

    `way` are the edges that lead there.
    """
    here = {person: {person} for person in people}
    for edge in way:
        view.need_edges(set().union(*here.values()), [edge], OUT)
        here = {
            person: {
                row.target for node in nodes for row in view.live_edges(node, edge, OUT)
            }
            for person, nodes in here.items()
        }
    return here if way else {person: set() for person in here}


def _sources(
    view: View, edge: str, kind: str | None, groups: Iterable[str]
) -> dict[str, list[str]]:
    asked = sorted(groups)
    view.need_edges(asked, [edge], IN)
    found = {
        group: sorted(row.source for row in view.live_edges(group, edge, IN))
        for group in asked
    }
    view.need_nodes(node for nodes in found.values() for node in nodes)
    return {
        group: [node for node in nodes if kind is None or view.kind(node) == kind]
        for group, nodes in found.items()
    }


def _moved_before(view: View, row: EdgeRow) -> bool:
    """Tell whether an edge was begun by a plan that ended another of its kind."""
    others = view.edges(row.source, row.kind, OUT)
    return not row.rev and any(not one.rev and one.until == view.day for one in others)
