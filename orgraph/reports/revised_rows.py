"""What is another of the units and people that live on, as rows for every renderer."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..language import say
from ..model import FactValue
from ..pack import Pack
from .model import Report, Unit
from .model_people import Chain, Revision


class Changed(NamedTuple):
    """A name, code, fact, home or post that is another; what isn't there is said."""

    what: str
    before: FactValue
    after: FactValue


class RevisedRow(NamedTuple):
    """Something that lives on, and what of it is another; people have no name here."""

    id: str
    kind: str
    name: str
    changes: tuple[Changed, ...]


def revised_rows(report: Report) -> list[RevisedRow]:
    """Return all that is revised, and people whose home is another, by their ids."""
    units = {unit.id: unit for unit in report.units}
    people = {one.id: one for one in report.revisions}
    found = []
    for node in sorted({*report.revised, *people}):
        if node in people:
            one = people[node]
            found.append(
                RevisedRow(node, one.kind, "", tuple(_of_person(one, report.pack)))
            )
        else:
            unit = units.get(node)
            changes = tuple(_of_unit(unit, report.pack)) if unit else ()
            name = unit.name if unit else ""
            found.append(RevisedRow(node, report.kinds[node], name, changes))
    return found


def people_revised(report: Report) -> list[RevisedRow]:
    """Return the rows of people and households alone."""
    people = {one.id for one in report.revisions}
    return [row for row in revised_rows(report) if row.id in people]


def _of_unit(unit: Unit, pack: Pack) -> Iterator[Changed]:
    old, new = unit.before, unit.after
    if old is None or new is None:
        return
    for what in ("name", "code"):
        was, now = getattr(old, what), getattr(new, what)
        if was != now:
            yield Changed(what, was or say("absent"), now or say("absent"))
    for fact in sorted({*old.facts, *new.facts}):
        sides = [_of_side(pack, fact, facts, fact) for facts in (old.facts, new.facts)]
        if sides[0] != sides[1]:
            yield Changed(fact, *sides)


def _of_person(one: Revision, pack: Pack) -> Iterator[Changed]:
    if one.renamed:
        yield Changed("name", say("not shown"), say("another"))
    for fact, sides in one.facts.items():
        told = (_of_side(pack, fact, sides, when) for when in ("before", "after"))
        yield Changed(fact, *told)
    for what, (old, new) in (
        (say("home"), one.homes),
        (say("posts"), one.posts),
        (say("in charge of"), one.charges),
        (say("attends"), one.attends),
    ):
        if old or new:
            yield Changed(what, _ids(old, new), _ids(new, old))


def _ids(side: Chain, other: Chain) -> str:
    """Name what is on a side, and what is on the other as well after the rest."""
    return ", ".join(sorted(side, key=lambda one: one in other)) or say("nothing")


def _of_side(
    pack: Pack, fact: str, values: Mapping[str, FactValue], name: str
) -> FactValue:
    """Return what a fact is on a side; a year is no number of anything."""
    value = values.get(name, say("absent"))
    known = pack.facts.get(fact)
    is_year = known is not None and known.format == "year" and value is not None
    return str(value) if is_year and isinstance(value, int) else value
