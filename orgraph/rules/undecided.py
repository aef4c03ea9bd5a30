"""Members whom a group lost without anybody's decision: by death, say."""

from collections.abc import Collection

from ..draft import View
from ..findings import Finding
from ..language import say
from ..model import IN
from .limiting import Size

CURE = say(
    "Nobody decided that, so it refuses nothing: bring others in with reinforce_cell "
    "or transfer_members, or let the rest join another with join_cells."
)


def lost_undecided(view: View, groups: Collection[str]) -> dict[str, Size]:
    """Return how many members of groups, official or perhaps, were lost on the day."""
    places, people = view.pack.questions.places, view.pack.people
    if places is None or people is None or people.left is None:
        return {}
    view.need_edges(groups, [places.member], IN)
    left = {
        group: [
            row.source
            for row in view.edges(group, places.member, IN)
            if row.since < row.until == view.day
            and row.facts.get(people.left) in people.undecided
        ]
        for group in groups
    }
    view.need_nodes({person for some in left.values() for person in some})
    before = {
        group: {person: view.versions(person)[-1].facts for person in some}
        for group, some in left.items()
    }
    fact = people.official
    return {
        group: Size(
            sum(fact is None or facts.get(fact) is True for facts in some.values()),
            sum(
                fact is not None and facts.get(fact) is None for facts in some.values()
            ),
        )
        for group, some in before.items()
    }


def groups_below(view: View, unit: str) -> list[str]:
    """Return the living groups below a unit, a level at a time."""
    places = view.pack.questions.places
    if places is None:
        return []
    edges = view.pack.leading_to({places.group})
    above = view.pack.above(places.group)
    found, frontier = set[str](), {unit}
    while frontier:
        view.need_edges(frontier, edges, IN)
        under = {
            row.source
            for node in frontier
            for edge in edges
            for row in view.live_edges(node, edge, IN)
        }
        view.need_nodes(under)
        kinds = {node: row.kind for node in under if (row := view.node(node))}
        found |= {node for node, kind in kinds.items() if kind == places.group}
        frontier = {node for node, kind in kinds.items() if kind in above}
    return sorted(found)


def excused(finding: Finding) -> Finding:
    """Return what is said of a limit that is missed by such a loss alone."""
    severity = "info" if finding.severity == "info" else "warning"
    return finding.model_copy(update={"severity": severity, "hint": CURE})
