"""Reads ahead what the steps of a proposal will ask for, one batch for all of them.

A step reads what it needs by itself. Read ahead, the statements of a plan don't grow
with its steps, which counts where the store is behind a network.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from ..draft import Snapshot, View
from ..draft.cases import Case, ending_edges
from ..draft.names import known_as
from ..model import IN, OUT, EdgeRow
from ..operations import Operation
from ..operations.people import speaks
from ..pack import Event
from .foresight_people import read_people


def read_ahead(view: Snapshot, steps: Sequence[Operation]) -> None:
    """Read what stands around all units that the steps name."""
    ending: defaultdict[Event, set[str]] = defaultdict(set)
    for step in steps:
        for event, refs in step.ends().items():
            ending[event] |= _known(view, refs)
    read_people(view, steps)
    for step in steps if speaks(view) else ():
        for event, ids in step.ends_too(view).items():
            ending[event] |= {node for node in ids if view.node(node)}
    units = set().union(*ending.values())
    named = set().union(*(_known(view, step.refs()) for step in steps))
    _need_people(view, named)
    if not units:
        return
    others = named - units
    met = view.need_ancestors(units | others)
    for direction in (IN, OUT):
        view.need_edges(sorted(units | others), [view.pack.lineage], direction)
    met |= _need_dependents(view, ending, _sitting(view, others))
    containers = view.pack.containers
    view.need_tallies(node for node in met if view.kind(node) in containers)


def founded(view: View, steps: Iterable[Operation]) -> set[str]:
    """Return the ids that new units are likely to have, and the steps' labels."""
    ids: set[str] = set()
    for step in steps:
        ids.update(step.labels())
        ids.update(step.new_ids(view.pack, view.day))
    return ids


def _known(view: Snapshot, refs: Iterable[str]) -> set[str]:
    return {node for ref in refs if (node := known_as(view, ref))}


def _sitting(view: Snapshot, units: Collection[str]) -> set[str]:
    """Return what sits in units to which others may come that are like it."""
    kinds = [name for name, kind in view.pack.edges.items() if kind.unique_by]
    view.need_edges(sorted(units), sorted(kinds), IN)
    return {
        row.source
        for unit in units
        for kind in kinds
        for row in view.edges(unit, kind, IN)
    }


def _need_people(view: Snapshot, nodes: Collection[str]) -> None:
    """Read what joins the people that steps name to posts, groups and charges.

    Where people are named, so may be the posts and units that they come to or leave.
    """
    pack = view.pack
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for node in sorted(nodes):
        roles[pack.nodes[view.kind(node)].role].append(node)
    people, posts = roles.pop("person", []), roles.pop("post", [])
    if not people:
        return
    holds, seat, charge = pack.chain.holds, pack.chain.seat, pack.chain.charge
    kinds = {view.kind(node) for node in people}
    leaving = sorted(k for k, e in pack.edges.items() if not kinds.isdisjoint(e.ends))
    view.need_edges(people, leaving, OUT)
    near = [row for node in people for k in leaving for row in view.edges(node, k, OUT)]
    view.need_nodes(row.target for row in near)
    held = {row.target for row in near if row.kind == holds}
    view.need_edges(held.union(posts), [seat], OUT)
    charged = {row.target for row in near if row.kind == charge}
    units = charged.union(*roles.values())
    view.need_edges(units, [seat, charge], IN)
    posts += [row.source for node in units for row in view.edges(node, seat, IN)]
    others = [row.source for node in units for row in view.edges(node, charge, IN)]
    view.need_edges(others, [charge], OUT)
    view.need_edges(held.union(posts), [holds], IN)


def _need_dependents(
    view: Snapshot, units: dict[Event, set[str]], others: set[str]
) -> set[str]:
    """Read what is joined to ending units, and to what ends with them.

    Other nodes are read with the first of these. Of heads that meet, all but one may
    end, too.
    """
    seen, done = set[str](), set[str]().union(*units.values())
    ending = {event: sorted(nodes) for event, nodes in sorted(units.items())}
    while ending:
        slots: defaultdict[str, list[EdgeRow]] = defaultdict(list)
        dependents: set[str] = set()
        closing: list[Case] = []
        for event, nodes in ending.items():
            for kind, end, rows in ending_edges(view, event, nodes):
                slots[kind] += rows
                at_target = end == "target"
                other = [row.source if at_target else row.target for row in rows]
                dependents.update(other)
                if "ends_with" in view.pack.edges[kind].fates(event, end):
                    closing += [Case.seen(event, row, end) for row in rows]
        view.need_nodes(dependents | others)
        meeting = _meeting(view, slots, others)
        others = set()
        for kind, leaving in sorted(slots.items()):
            view.need_slots(kind, leaving)
        closed = {one.dependent for one in closing if one.fate(view) == "ends_with"}
        closed = (closed | meeting) - seen - done
        done |= closed
        seen |= dependents
        ending = {"closed": sorted(closed)} if closed else {}
    return seen


def _meeting(
    view: Snapshot, slots: Mapping[str, Iterable[EdgeRow]], others: Iterable[str]
) -> set[str]:
    """Return those that leave ending units of which one unit has only one of a role."""
    by_role: defaultdict[tuple[str, object], set[str]] = defaultdict(set)
    for kind, rows in slots.items():
        fact = view.pack.edges[kind].unique_by
        for node in {row.source for row in rows}.union(others) if fact else ():
            role = view.versions(node)[-1].facts.get(fact or "")
            by_role[kind, role].add(node)
    several = (nodes for (_, role), nodes in by_role.items() if role and len(nodes) > 1)
    return set[str]().union(*several) - set(others)
