"""Where a map shows new units: what a table of them says in degrees, if it does."""

from collections.abc import Iterable, Mapping

from ..findings import Code
from ..language import say
from ..model.degrees import is_degrees
from ..pack import Pack
from .edges import Key
from .found import Found
from .tables import NewUnit

NO_POINT = Code(
    code="DRAFT34",
    meaning="A table of new units doesn't say in degrees where one of them is.",
    hint="Write both as decimal degrees, such as 105.838 and 21.0386, or neither.",
)


def points_of(
    news: Iterable[Key], listed: Mapping[str, NewUnit], pack: Pack
) -> tuple[dict[Key, Mapping[str, str]], list[Found]]:
    """Return the facts of a map by new unit, and what is said but can't be one."""
    found: dict[Key, Mapping[str, str]] = {}
    problems: list[Found] = []
    for key in sorted(news) if pack.map else ():
        unit = listed[key.code]
        if not (unit.longitude or unit.latitude) or not pack.has_point(key.kind):
            continue
        wrong = [
            form
            for form in ("longitude", "latitude")
            if not is_degrees(form, getattr(unit, form))
        ]
        if wrong:
            (form, *_) = wrong
            message = say(
                "{value!r} of {name} is no {form}.",
                value=getattr(unit, form),
                name=unit.name,
                form=say(form),
            )
            place = unit.place.of(f"unit_{form}")
            problems.append(Found(place, NO_POINT.at(unit.code, message)))
        elif pack.map:
            found[key] = {
                pack.map.longitude: unit.longitude,
                pack.map.latitude: unit.latitude,
            }
    return found, problems
