"""What the steps that put people in charge share: of what, and never of themselves."""

from collections.abc import Collection, Iterable, Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT, EdgeRow

OF_ONESELF = Code(
    code="INCHARGE01",
    meaning="A person would be in charge of oneself, or of the own household.",
    hint="Name another person.",
)
NOT_CHARGED = Code(
    code="INCHARGE02",
    meaning="This kind of node can't be in charge of such a unit.",
)
IN_CHARGE = Code(
    code="INCHARGE03",
    meaning="The person is already in charge of the unit.",
)


def need_charges(view: View, people: Collection[str], units: Iterable[str]) -> None:
    """Read at once who is in charge of these units, and these people's households."""
    view.need_edges(units, [view.pack.chain.charge], IN)
    for edge, ends in _homes(view).items():
        view.need_edges([p for p in people if view.kind(p) in ends], [edge], OUT)


def charges(view: View, unit: str) -> list[EdgeRow]:
    """Return who is in charge of a unit on the day, in order."""
    return sorted(view.live_edges(unit, view.pack.chain.charge, IN))


def check_charge(view: View, person: str, unit: str) -> Iterator[Finding]:
    """Refuse a charge of oneself, of what can't be charged, and one that is there."""
    own = {
        row.target
        for edge, ends in _homes(view).items()
        if view.kind(person) in ends
        for row in view.live_edges(person, edge, OUT)
        if view.pack.nodes[view.kind(row.target)].is_private
    }
    if unit == person or unit in own:
        message = (
            say("{person} would be in charge of itself.", person=person)
            if unit == person
            else say(
                "{person} would be in charge of the household {unit}, to which it "
                "belongs.",
                person=person,
                unit=unit,
            )
        )
        yield OF_ONESELF.at(person, message)
        return
    kind = view.kind(person), view.kind(unit)
    if not view.pack.may_join(view.pack.chain.charge, *kind):
        message = say(
            "{person}, a {kind}, can't be in charge of {unit}, a {kind_2}.",
            person=view.shown(person),
            kind=say(kind[0]),
            unit=view.shown(unit),
            kind_2=say(kind[1]),
        )
        yield NOT_CHARGED.at(unit, message)
    elif any(row.source == person for row in charges(view, unit)):
        message = say(
            "{person} is in charge of {unit} already.",
            person=view.shown(person),
            unit=view.shown(unit),
        )
        yield IN_CHARGE.at(unit, message)


def _homes(view: View) -> dict[str, Collection[str]]:
    """Return the edges on the way home, with the kinds that they leave."""
    places, edges = view.pack.questions.places, view.pack.edges
    return {edge: edges[edge].ends.keys() for edge in places.home} if places else {}
