"""Finds which old and new units hang together, and in which order they are changed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..findings import Code
from ..language import say
from .edges import Edge, Key
from .found import Found

CROSSES_GROUPS = Code(
    code="DRAFT12",
    meaning="Units that hang together are in several groups, each a proposal.",
    hint="Group by another column, or draft one proposal of all.",
)
CODES_IN_A_CIRCLE = Code(
    code="DRAFT13",
    meaning="Units take over codes of others so that a code can't name one of them.",
    hint="Name the units by ids: --refs '{kind}-{code}', as the store has them.",
)
CODE_LIVES_ON = Code(
    code="DRAFT14",
    meaning="A new unit gets the code of a unit that lives on in the same step.",
    hint="Name the units by ids: --refs '{kind}-{code}', as the store has them.",
)


class Component(NamedTuple):
    """Old and new units that hang together; they are changed in one go."""

    edges: tuple[Edge, ...]

    @property
    def olds(self) -> list[Key]:
        """The old units, sorted."""
        return sorted({edge.old for edge in self.edges})

    @property
    def news(self) -> list[Key]:
        """The new units, sorted."""
        return sorted({edge.new for edge in self.edges})

    @property
    def first(self) -> Edge:
        """The edge that stands first in the table."""
        return self.edges[0]


def components(edges: Sequence[Edge]) -> list[Component]:
    """Return the connected components of the old–new graph, by their first new unit."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_edges_from((("old", edge.old), ("new", edge.new)) for edge in edges)
    number: dict[Key, int] = {}
    for place, nodes in enumerate(nx.connected_components(graph)):
        number |= {unit: place for side, unit in nodes if side == "new"}
    gathered: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        gathered[number[edge.new]].append(edge)
    found_ones = [Component(tuple(group)) for group in gathered.values()]
    return sorted(found_ones, key=lambda component: component.news)


def group_problems(parts: Sequence[Component]) -> Iterator[Found]:
    """Refuse components whose rows are in several groups."""
    for component in parts:
        groups = {edge.line.group: edge for edge in reversed(component.edges)}
        if len(groups) > 1:
            said = ", ".join(
                f"{code or '(empty)'} ({edge.line.place})"
                for code, edge in sorted(groups.items())
            )
            edge = component.first
            message = say(
                "{old_name} hangs together with units of {said}.",
                old_name=edge.line.old_name,
                said=said,
            )
            yield Found(edge.line.place, CROSSES_GROUPS.at(edge.line.old_code, message))


def codes_across_groups(parts: Sequence[Component]) -> Iterator[Found]:
    """Refuse a code that goes from one group to another: each is applied by itself."""
    group = {old: c.first.line.group for c in parts for old in c.olds}
    for component in parts:
        for edge in component.edges:
            if group.get(edge.new, edge.line.group) != edge.line.group:
                message = say(
                    "{new_name} gets the code {code} of a unit of the group {group}.",
                    new_name=edge.line.new_name,
                    code=edge.new.code,
                    group=group[edge.new],
                )
                line = edge.line
                yield Found(line.place, CODES_IN_A_CIRCLE.at(line.new_code, message))


def in_order_of_codes(
    parts: Sequence[Component],
) -> tuple[list[Component], list[Found]]:
    """Order components so that each old unit can be named by its code.

    What gives a code to a new unit comes after what ends the old unit that had it; the
    order is otherwise kept. What can't be ordered so is refused.
    """
    import networkx as nx

    bearer = {old: place for place, c in enumerate(parts) for old in c.olds}
    before = nx.DiGraph()
    before.add_nodes_from(range(len(parts)))
    problems: list[Found] = []
    for place, component in enumerate(parts):
        problems += _taken_over(component)
        for new in component.news:
            other = bearer.get(new, place)
            if other != place:
                before.add_edge(other, place)
    if not nx.is_directed_acyclic_graph(before):
        circle = sorted({source for source, _ in nx.find_cycle(before)})
        names = ", ".join(parts[place].first.line.new_name for place in circle)
        line = parts[circle[0]].first.line
        message = say("These take over each other's codes: {names}.", names=names)
        problem = Found(line.place, CODES_IN_A_CIRCLE.at(line.new_code, message))
        return list(parts), [*problems, problem]
    order = nx.lexicographical_topological_sort(before)
    return [parts[place] for place in order], problems


def _taken_over(component: Component) -> Iterator[Found]:
    """Refuse a new unit with the code of one that lives on and gives it up after."""
    moves = [edge for edge in component.edges if not edge.note.lives_on]
    founded = {edge.new: edge for edge in reversed(moves)}
    for edge in component.edges:
        taker = founded.get(edge.old)
        if edge.note.lives_on and edge.old != edge.new and taker is not None:
            line = taker.line
            message = say(
                "{new_name} gets the code {new_code} of {old_name}, which lives on.",
                new_name=line.new_name,
                new_code=line.new_code,
                old_name=edge.line.old_name,
            )
            yield Found(line.place, CODE_LIVES_ON.at(line.new_code, message))
