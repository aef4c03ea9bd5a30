"""People in steps: the pack's words for them and their groups, and those named."""

from collections.abc import Collection, Generator, Iterable
from typing import NamedTuple

from ..draft import View
from ..draft.names import resolve
from ..findings import Code, Finding
from ..language import either, say
from ..pack import Pack, People, Places
from .units import twice

NO_WORD = Code(
    code="PEOPLE01",
    meaning="The schema pack lacks a word that a step about people speaks with.",
    hint="Name it in the pack, or write the step with units alone.",
)
WRONG_PERSON = Code(
    code="PEOPLE02",
    meaning="The step needs a person of another kind.",
)
NAMED_TWICE = Code(
    code="PEOPLE03",
    meaning="A person is named twice in the step.",
    hint="Name each person once.",
)

_ALWAYS = ("questions.places", "people", "questions.covers")


class Words(NamedTuple):
    """What the pack calls places, groups and people; `covers` is what groups lead."""

    places: Places
    people: People
    covers: str


def words(view: View, *wanted: str) -> Generator[Finding, None, Words | None]:
    """Return the pack's words; yields each that is missing, of those `wanted` too.

    Words are named as the pack has them: `people.attends`, `questions.places.joint`.
    """
    known = yield from need_words(view, *_ALWAYS, *wanted)
    return spoken(view) if known else None


def need_words(view: View, *names: str) -> Generator[Finding, None, bool]:
    """Refuse a step whose words the pack doesn't have; tells whether it has all."""
    missing = [name for name in names if not _word(view.pack, name)]
    for name in missing:
        message = say(
            "The pack {pack} has no {name}, which this step needs.",
            pack=view.pack.name,
            name=name,
        )
        yield NO_WORD.at(name, message)
    return not missing


def speaks(view: View) -> bool:
    """Tell whether the pack has the words that all steps about members need."""
    return all(_word(view.pack, name) is not None for name in _ALWAYS)


def spoken(view: View) -> Words:
    """Return the pack's words, which `check` has found to be there."""
    pack = view.pack
    places, people, covers = pack.questions.places, pack.people, pack.questions.covers
    if places is None or people is None or covers is None:
        message = f"the words of the pack {pack.name} were not checked"
        raise TypeError(message)
    return Words(places, people, covers)


def people_named(
    view: View, refs: Iterable[str], kinds: Collection[str | None], *, once: bool = True
) -> Generator[Finding, None, list[str] | None]:
    """Resolve names of people of these kinds; None where one is wrong.

    Yields all that is wrong with them; with `once` each may be named only once.
    """
    found = [resolve(view, ref) for ref in refs]
    strange = [one for one in found if isinstance(one, Finding)]
    yield from strange
    ids = [one for one in found if isinstance(one, str)]
    view.need_nodes(ids)
    again = twice(ids) if once else []
    for node in again:
        yield NAMED_TWICE.at(node, say("{node} is named twice.", node=view.shown(node)))
    wrong = sorted({node for node in ids if view.kind(node) not in kinds})
    people = view.pack.people
    for node in wrong:
        kind = view.kind(node)
        wanted = either(say(kind) for kind in kinds if kind)
        message = say(
            "{node} is a {kind}, not a {wanted}.",
            node=view.shown(node),
            kind=say(kind),
            wanted=wanted,
        )
        early = people is not None and kind == people.candidate
        hint = say("Admit the candidate first.") if early else ""
        yield WRONG_PERSON.at(node, message, hint=hint)
    return None if strange or again or wrong else ids


def known_people(
    view: View, refs: Iterable[str], kinds: Collection[str | None]
) -> list[str]:
    """Return those of the people named who are known and of these kinds, each once.

    So a name that is wrong hides nothing that is wrong with the others.
    """
    found = [resolve(view, ref) for ref in refs]
    ids = dict.fromkeys(one for one in found if isinstance(one, str))
    return [node for node in ids if view.kind(node) in kinds]


def _word(pack: Pack, path: str) -> object:
    here: object = pack
    for key in path.split("."):
        here = getattr(here, key, None)
    return here
