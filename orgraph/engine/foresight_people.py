"""Reads ahead what joins the people, groups and places that steps name."""

from collections.abc import Collection, Sequence

from ..draft import Snapshot
from ..draft.names import known_as
from ..model import IN, OUT
from ..operations import Operation
from ..operations.people import speaks, spoken


def read_people(view: Snapshot, steps: Sequence[Operation]) -> None:
    """Read around all that steps about people name, a frontier at a time.

    That is who is in which group, what groups serve and are under, and the posts of the
    people named. A pack without words for people has nothing to read.
    """
    about = [step for step in steps if step.of_people]
    if len(about) < 2 or not speaks(view):  # noqa: PLR2004
        return  # a step by itself reads less than what stands around all that it names
    places, people, covers = spoken(view)
    refs = {ref for step in about for ref in step.refs()}
    named = {node for ref in refs if (node := known_as(view, ref))}
    kinds = [places.member, covers, *([people.attends] if people.attends else [])]
    around = named | _joined(view, named, kinds)
    view.need_nodes(around)
    groups = {node for node in around if view.kind_or_none(node) == places.group}
    met = around | _joined(view, groups, kinds)
    view.need_nodes(met)
    above = view.need_ancestors(met)
    if people.seconding is not None:
        # What officers come from may be covered by what their group is below.
        view.need_edges(above, [covers], OUT)
        view.need_nodes({r.target for n in above for r in view.edges(n, covers, OUT)})
        _read_leading(
            view, [n for n in named if view.kind_or_none(n) in people.seconding.to]
        )
    if people.attends:
        # Who comes along with a group may attend the one that it comes to.
        here = [node for node in met if view.kind_or_none(node) == people.person]
        view.need_edges(here, [people.attends], OUT)
    persons = [
        n for n in named if view.kind_or_none(n) in {people.person, people.candidate}
    ]
    chain = view.pack.chain
    view.need_edges(persons, kinds, OUT)
    view.need_edges(persons, [chain.holds], OUT)
    posts = {r.target for n in persons for r in view.edges(n, chain.holds, OUT)}
    view.need_edges(posts, [chain.seat], OUT)
    view.need_nodes(posts)
    view.need_ancestors(posts)


def _read_leading(view: Snapshot, units: Collection[str]) -> None:
    """Read the bodies that lead units, with their posts and who holds them."""
    people, chain = view.pack.people, view.pack.chain
    edge = view.pack.parent_edge(people.lead) if people and people.lead else None
    if people is None or edge is None:
        return
    view.need_edges(units, [edge], IN)
    below = {row.source for unit in units for row in view.edges(unit, edge, IN)}
    view.need_nodes(below)
    bodies = {node for node in below if view.kind_or_none(node) == people.lead}
    view.need_edges(bodies, [chain.seat], IN)
    posts = {row.source for body in bodies for row in view.edges(body, chain.seat, IN)}
    view.need_edges(posts, [chain.holds], IN)


def _joined(view: Snapshot, nodes: Collection[str], kinds: Sequence[str]) -> set[str]:
    """Read the edges of these kinds at nodes; returns what is at their other ends."""
    found = set[str]()
    for direction in (OUT, IN):
        view.need_edges(nodes, kinds, direction)
        for node in nodes:
            for kind in kinds:
                for row in view.edges(node, kind, direction):
                    found.add(row.target if direction == OUT else row.source)
    return found
