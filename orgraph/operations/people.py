"""The pack's words for members, their groups and places, as steps about them need."""

from collections.abc import Generator
from typing import NamedTuple

from ..draft import View
from ..findings import Code, Finding
from ..pack import Pack, People, Places

NO_WORD = Code(
    code="PEOPLE01",
    meaning="The schema pack lacks a word that a step about members speaks with.",
    hint="Name it in the pack, or write the step with units alone.",
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
    missing = [name for name in (*_ALWAYS, *wanted) if _word(view.pack, name) is None]
    for name in missing:
        message = f"The pack {view.pack.name} has no {name}, which this step needs."
        yield NO_WORD.at(name, message)
    return None if missing else spoken(view)


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


def _word(pack: Pack, path: str) -> object:
    here: object = pack
    for key in path.split("."):
        here = getattr(here, key, None)
    return here
