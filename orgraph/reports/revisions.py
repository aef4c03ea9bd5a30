"""What changes about people who live on: their facts, their home, and their posts.

Somebody who only comes to a post or loses one is told of among the posts.
"""

from collections import defaultdict
from collections.abc import Iterable

from ..model import EdgeRow, FactValue
from ..queries.library import plain_facts
from .compared import Compared
from .model_people import Chain, Revision

Ids = defaultdict[str, set[str]]


def revisions(compared: Compared) -> tuple[Revision, ...]:
    """Return the people and households revised, or with another home, by their ids."""
    pack = compared.pack
    heads = pack.heads
    homes = _homes(compared)
    posts = _by_source(compared, pack.chain.holds)
    moved = {person for side in homes for person in side if side[person]}
    turned = {*compared.ended, *compared.newborn}
    revised = {node for node in compared.revised if compared.kind(node) in heads}
    found = []
    for node in sorted(revised | moved - turned):
        old, new = compared.old.get(node), compared.new.get(node)
        both = old is not None and new is not None
        found.append(
            Revision(
                node,
                compared.kind(node),
                both and old.name != new.name,  # type: ignore[union-attr]
                _facts(compared, node),
                _sides(homes, node),
                _sides(posts, node),
            )
        )
    return tuple(found)


def _facts(compared: Compared, node: str) -> dict[str, dict[str, FactValue]]:
    """Return the facts that are another, each with the sides on which it is."""
    old, new = compared.old.get(node), compared.new.get(node)
    if old is None or new is None:
        return {}
    sides = {"before": plain_facts(old.facts), "after": plain_facts(new.facts)}
    names = sorted({name for facts in sides.values() for name in facts})
    found = {
        name: {when: facts[name] for when, facts in sides.items() if name in facts}
        for name in names
    }
    return {
        name: said
        for name, said in found.items()
        if len(said) == 1 or said["before"] != said["after"]
    }


def _homes(compared: Compared) -> tuple[Ids, Ids]:
    """Return the homes that people leave and come to, but for their places above."""
    pack = compared.pack
    places = pack.questions.places
    left, taken = Ids(set), Ids(set)
    for kind in places.home if places else ():
        gone, come = _by_source(compared, kind)
        for source in gone.keys() | come.keys():
            of_kind = compared.kind(source)
            if pack.parent_edge(of_kind) != kind and gone[source] != come[source]:
                left[source] |= gone[source]
                taken[source] |= come[source]
    return left, taken


def _by_source(compared: Compared, kind: str) -> tuple[Ids, Ids]:
    """Return where edges of a kind led that are no more, and that are new."""
    return _led(compared.gone(kind)), _led(compared.come(kind))


def _led(rows: Iterable[EdgeRow]) -> Ids:
    found = Ids(set)
    for row in rows:
        found[row.source].add(row.target)
    return found


def _sides(pair: tuple[Ids, Ids], node: str) -> tuple[Chain, Chain]:
    before, after = (tuple(sorted(side.get(node, ()))) for side in pair)
    return before, after
