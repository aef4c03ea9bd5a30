"""What covers a unit is of the kind that the pack wants of it at the unit's level."""

from collections.abc import Iterable, Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT, NodeRow
from ..pack import Mirror
from .base import Reach, Rule
from .census import Census

OTHER_KIND = Code(
    code="MIRROR05",
    meaning="What covers a unit isn't of the kind that such bodies become at the level "
    "of the unit.",
    hint="Let it become one of that kind: orgraph draft --mirror drafts that for all "
    "units of the table, also for those that stay as they are.",
    severity="warning",
    structural=False,
)


class BodyOfLevel(Rule):
    """What covers a unit is of the kind that it becomes at the unit's level."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at units that change, whose level does, or of which what covers them."""
        for word in view.pack.mirrors:
            units = _units(view, reach, word) if word.becomes else []
            if not units:
                continue
            view.need_edges(units, [word.edge], IN)
            covered: dict[str, list[str]] = {}
            for unit in units:
                for row in view.live_edges(unit, word.edge, IN):
                    covered.setdefault(row.source, []).append(unit)
            view.need_nodes(covered)
            view.need_parents(units)
            for body, ground in sorted(covered.items()):
                own = view.node(body)
                if own and own.kind in word.bodies and word.fits(own.facts):
                    every = ground if reach.bearing else _ground(view, word, body)
                    for unit, found in _judged(view, word, own, every):
                        if unit in ground:
                            yield found

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living units that have bodies."""
        for word in census.pack.mirrors:
            yield from census.living([word.unit] if word.becomes else [])


def _units(view: View, reach: Reach, word: Mirror) -> list[str]:
    """Return the units that change, or whose parent does, or what covers them.

    It is `Reach.borne`, without a look at the kind of each of many other ends.
    """
    found, bearing = reach.of([word.unit]), reach.bearing
    if bearing is None or not found:
        return found
    above, keys = view.pack.parent_edge(word.unit) or "", bearing.keys
    borne = {key[1] for key in keys.get(above, ())}
    borne |= {key[2] for key in keys.get(word.edge, ())}
    borne.update(bearing.revised)
    return [unit for unit in found if unit in borne]


def _ground(view: View, word: Mirror, body: str) -> list[str]:
    """Return all units that a body covers: an audit in batches meets each by itself."""
    rows = view.live_edges(body, word.edge, OUT)
    units = {row.target for row in rows}
    view.need_parents(units)
    return sorted(unit for unit in units if view.kind_or_none(unit) == word.unit)


def _judged(
    view: View, word: Mirror, body: NodeRow, units: Iterable[str]
) -> Iterator[tuple[str, Finding]]:
    """Find a body of another kind than the pack wants where one of its units is.

    It is said once for a kind, beside the first of the units; where the pack says none
    any kind will do.
    """
    said = {body.kind}
    for unit in units:
        edge, row = view.parent(unit), view.node(unit)
        above = view.kind_or_none(edge.target) if edge else None
        becomes = word.becoming(above, row.facts) if row else None
        if becomes is None or becomes.kind in said:
            continue
        said.add(becomes.kind)
        message = say(
            "{body} covers {unit}, directly below {above}, and is a {own}; there it is "
            "to be a {kind}.",
            body=view.shown(body.id),
            unit=view.shown(unit),
            above=view.shown(edge.target) if edge else say("nothing"),
            own=say(body.kind),
            kind=say(becomes.kind),
        )
        about = f"kind:{becomes.kind}"
        yield unit, OTHER_KIND.at(body.id, message, about=about, source=word.source)
