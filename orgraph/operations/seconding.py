"""Who may be seconded, whither and to which post, as the pack declares it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..draft import View
from ..draft.seconding import (
    home_of,
    is_officer,
    led,
    seconded,
    seconding_of,
    with_above,
)
from ..findings import Code, Finding
from ..language import any_of, both, either, laid, say
from ..model import OUT, Facts
from ..pack.limits import is_so
from .holders import form_of

NO_OFFICER = Code(
    code="SECOND06",
    meaning="Who is seconded doesn't come from a unit whose officers are.",
    hint="Second an officer of such a unit, or appoint the person in another form.",
)
AT_HOME = Code(
    code="SECOND07",
    meaning="An officer would be seconded to the unit that the officer belongs to.",
    hint="Appoint the officer in another form, or second somebody from elsewhere.",
)
NOT_FOR_OFFICERS = Code(
    code="SECOND08",
    meaning="The post isn't one to which officers are seconded.",
    hint=(
        "Name a post that the pack has for them under people.seconding, or appoint in "
        "another form."
    ),
)

WRONG_PLACE = Code(
    code="SECOND09",
    meaning="The unit is for no place to which officers are seconded.",
    hint="Second the officer to the unit of such a place; or record that it is one.",
)
WRONG_UNIT = Code(
    code="SECOND10",
    meaning="The unit isn't of a kind to which officers are seconded.",
    hint="Name an organisation of a kind that the pack has under people.seconding.",
)
SECONDED_ELSEWHERE = Code(
    code="SECOND11",
    meaning="The officer is seconded to as many posts already as the pack allows.",
    hint="Relieve the officer there first, or second another.",
)
PLACE_NOT_KNOWN = Code(
    code="SECOND12",
    meaning="Whether officers are seconded to the place of a unit isn't recorded.",
    hint="Record it of the place with set_facts.",
    severity="info",
)


def check_officer(view: View, officer: str, unit: str) -> Iterator[Finding]:
    """Refuse who comes from no unit of officers, and a unit that is their own."""
    words = seconding_of(view.pack)
    if words is None:
        return
    home = home_of(view, officer)
    if not home.isdisjoint(led(view, unit)):
        message = say(
            "{officer} belongs to {unit} already.",
            officer=view.shown(officer),
            unit=view.shown(unit),
        )
        yield AT_HOME.at(officer, message)
    elif not is_officer(view, officer, home, words):
        message = say(
            "{officer} belongs to no {kinds}.",
            officer=view.shown(officer),
            kinds=either(view.pack.nodes[kind].label for kind in words.units),
        )
        yield NO_OFFICER.at(officer, message)


def check_seconded(
    view: View, people: Sequence[str], units: Iterable[str]
) -> Iterator[Finding]:
    """Refuse that the seconded come to belong to `units`, as if that were so before.

    Those are a group, or what a new one is to be under and to serve.
    """
    words, chain = seconding_of(view.pack), view.pack.chain
    if words is None:
        return
    view.need_edges(people, [chain.holds], OUT)
    held = [
        row
        for person in dict.fromkeys(people)
        for row in seconded(view, view.live_edges(person, chain.holds, OUT))
    ]
    if not held:
        return
    home = with_above(view, set(units))
    view.need_edges({row.target for row in held}, [chain.seat], OUT)
    for row in held:
        hint = say("Relieve the officer of {post} first.", post=view.shown(row.target))
        for seat in sorted(view.live_edges(row.target, chain.seat, OUT)):
            said = {
                "officer": view.shown(row.source),
                "unit": view.shown(seat.target),
            }
            if not home.isdisjoint(led(view, seat.target)):
                message = say(
                    "{officer} is seconded to {unit}, and would belong to it.", **said
                )
                yield AT_HOME.at(row.source, message, hint=hint)
            elif not is_officer(view, row.source, home, words):
                message = say(
                    "{officer} is seconded to {unit}, and would belong to no {kinds}.",
                    **said,
                    kinds=either(view.pack.nodes[kind].label for kind in words.units),
                )
                yield NO_OFFICER.at(row.source, message, hint=hint)


def check_role(view: View, facts: Facts, post: str, shown: str) -> Iterator[Finding]:
    """Refuse a post, by its facts, to which no officer is seconded."""
    words = seconding_of(view.pack)
    if words is None or is_so(words.posts, facts):
        return
    has = [
        laid("{fact} {value}", fact=say(name), value=say(str(facts[name])))
        if facts.get(name)
        else say("{fact} not known", fact=say(name))
        for name in words.posts
    ]
    wanted = both(
        laid("{fact} {value}", fact=say(name), value=any_of(value))
        for name, value in words.posts.items()
    )
    message = say(
        "Officers are seconded to posts with {wanted}; {shown} has {has}.",
        wanted=wanted,
        shown=shown,
        has=has,
    )
    yield NOT_FOR_OFFICERS.at(post, message)


def check_whither(view: View, unit: str) -> Iterator[Finding]:
    """Refuse a unit of another kind, or for another place, than the pack has.

    A body that leads an organisation is judged as that.
    """
    words = seconding_of(view.pack)
    if words is None:
        return
    bodies = sorted(led(view, unit))
    kinds = {view.kind(one) for one in bodies}
    if words.to and kinds.isdisjoint(words.to):
        message = say(
            "Officers are seconded to a {kinds}; {unit} is of the kind {kind}.",
            unit=view.shown(unit),
            kind=view.pack.nodes[view.kind(unit)].label,
            kinds=either(view.pack.nodes[kind].label for kind in words.to),
        )
        yield WRONG_UNIT.at(unit, message)
    elif words.tags:
        yield from _check_place(view, unit, bodies, words.tags)


def _check_place(
    view: View, unit: str, bodies: Sequence[str], tags: Sequence[str]
) -> Iterator[Finding]:
    covers = view.pack.questions.covers
    kinds = [covers] if covers else []
    view.need_edges(bodies, kinds, OUT)
    rows = [
        r for one in bodies for kind in kinds for r in view.live_edges(one, kind, OUT)
    ]
    places = sorted({row.target for row in rows})
    view.need_nodes(places)
    # What can't have such a tag is no such place.
    said = {
        row.facts.get(tag) if tag in view.pack.nodes[row.kind].facts else False
        for place in places
        if (row := view.node(place))
        for tag in tags
    }
    if True in said:
        return
    wanted = either(map(say, tags))
    if said == {False}:
        message = say(
            "{unit} is for {places}, which isn't {tags}.",
            unit=view.shown(unit),
            places=", ".join(map(view.shown, places)),
            tags=wanted,
        )
        yield WRONG_PLACE.at(unit, message)
        return
    message = say(
        "Whether {unit} is for a place that is {tags} isn't recorded.",
        unit=view.shown(unit),
        tags=wanted,
    )
    yield PLACE_NOT_KNOWN.at(unit, message)


def check_at_once(
    view: View, officer: str, post: str | None, until: date
) -> Iterator[Finding]:
    """Refuse an officer who is seconded to as many other posts as the pack allows."""
    words, holds = seconding_of(view.pack), view.pack.chain.holds
    if words is None or words.at_once is None:
        return
    view.need_edges([officer], [holds], OUT)
    others = sorted(
        row.target
        for row in view.edges(officer, holds, OUT)
        if row.since < until
        and row.until > view.day
        and row.target != post
        and form_of(view, row) == view.pack.questions.posts.reinforcing
    )
    if len(others) >= words.at_once:
        message = say(
            "{officer} is seconded to {posts} already.",
            officer=view.shown(officer),
            posts=", ".join(map(view.shown, others)),
        )
        yield SECONDED_ELSEWHERE.at(officer, message)
