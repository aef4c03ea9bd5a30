"""Says which units a table leaves out whose level changes, with what covers them."""

from collections.abc import Collection, Iterator

from ...findings import Code
from ...language import MOST_NAMED, first_of, say
from ..found import Found
from .goings import bodies_of, mirror_of, need_bodies
from .mirroring import Mirroring

LEFT_OUT = Code(
    code="DRAFT38",
    meaning="Units that the table doesn't name come to another level with the end of "
    "the tier, and nothing is drafted for what covers them.",
    hint="Add a row for each: a unit that is unchanged gets its body of that level.",
    severity="warning",
)


def left_out(
    mirroring: Mirroring, named: Collection[str], place: str
) -> Iterator[Found]:
    """Yield what is left out within the units above those that are named.

    `place` is where the table begins.
    """
    view = mirroring.view
    tops = {mirroring.above(unit) for unit in named}
    for kind in sorted({view.kind(unit) for unit in named}):
        mirror = mirror_of(view.pack, kind)
        others = [row for row in view.of_kind(kind) if row.id not in named]
        view.need_ancestors(row.id for row in others)
        need_bodies(view, [row.id for row in others])
        unlike: dict[str, list[str]] = {}
        for row in others:
            above, parent = mirroring.above(row.id), view.parent(row.id)
            if above not in tops or above is None or mirror is None:
                continue
            becomes = mirror.becoming(view.kind(above), row.facts)
            moves = parent is not None and parent.target != above
            kinds = {view.kind(body) for body in bodies_of(view, row.id)}
            if moves and becomes is not None and kinds - {becomes.kind}:
                unlike.setdefault(above, []).append(row.id)
        for above, units in sorted(unlike.items()):
            names = [view.shown(unit) for unit in units]
            message = say(
                "{above} gets {number} directly below it that the table doesn't name, "
                "and what covers them stays of another kind: {units}.",
                number=len(units),
                above=view.shown(above),
                units=first_of([*names[:MOST_NAMED], *units[MOST_NAMED:]]),
            )
            yield Found(place, LEFT_OUT.at(above, message))
