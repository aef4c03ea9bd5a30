"""What changes about people who live on: facts, home, posts, charges, and attendance.

Somebody who only comes to a post or loses one is told of among the posts. A charge that
follows a unit into what takes its place is as it was. Where one post, charge or group
is another, those that stay are told, too: who loses one of two isn't without any.
"""

from collections import defaultdict
from collections.abc import Iterable

from ..model import OUT, EdgeRow, FactValue
from ..queries.library import plain_facts
from .compared import Compared
from .model_people import Chain, Revision

Ids = defaultdict[str, set[str]]


def revisions(compared: Compared) -> tuple[Revision, ...]:
    """Return the people and households revised, by their ids.

    They have other facts, another home or charge, or attend another group.
    """
    pack = compared.pack
    heads = pack.heads
    homes = _homes(compared)
    holds, charge = pack.chain.holds, pack.chain.charge
    attends = pack.people.attends if pack.people else None
    posts = _by_source(compared, holds)
    charges = _unfollowed(compared, charge)
    guests = _unfollowed(compared, attends) if attends else (Ids(set), Ids(set))
    moved = {
        person
        for side in (*homes, *charges, *guests)
        for person in side
        if side[person]
    }
    turned = {*compared.ended, *compared.newborn}
    revised = {node for node in compared.revised if compared.kind(node) in heads}
    listed = sorted(revised | moved - turned)
    for kind, pair in ((holds, posts), (charge, charges), (attends, guests)):
        if kind:
            _add_staying(compared, kind, pair, listed)
    found = []
    for node in listed:
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
                _sides(charges, node),
                _sides(guests, node),
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


def _unfollowed(compared: Compared, kind: str) -> tuple[Ids, Ids]:
    """Return where edges led and lead, but for those that a unit took along."""
    passed = _led(compared.come(compared.pack.lineage))
    old, new = _by_source(compared, kind)
    left, taken = Ids(set), Ids(set)
    for source in old.keys() | new.keys():
        followed = {end: passed[end] & new[source] for end in old[source]}
        left[source] = {end for end in old[source] - new[source] if not followed[end]}
        known = old[source].union(*followed.values())
        taken[source] = new[source] - known
    return left, taken


def _add_staying(
    compared: Compared, kind: str, pair: tuple[Ids, Ids], people: Iterable[str]
) -> None:
    """Add to both sides, of those for whom one is another, where edges lead and led."""
    asked = [one for one in people if any(side.get(one) for side in pair)]
    for view, side in zip((compared.before, compared.after), pair, strict=True):
        view.need_edges(asked, [kind], OUT)
        for one in asked:
            side[one].update(row.target for row in view.live_edges(one, kind, OUT))


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
