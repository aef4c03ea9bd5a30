"""What a pack may not say of a person: ethnicity and religion are nobody's business."""

import re
from collections.abc import Iterator
from itertools import chain

from ..model.facts import fold
from .kinds import EdgeKind
from .models import Pack
from .problems import Keys, Problem

AREA_TAGS = frozenset({"border", "island", "ethnic_minority", "religious"})
"""Tags of territory: a pack that gives one to a person is refused."""

STEMS = (
    *("ethni", "minorit", "nationalit", "racial", "tribal", "religi", "faith", "belie"),
    *("denomination", "confession", "church", "christian", "catholic", "protestant"),
    *("buddhis", "islam", "muslim", "hindu", "atheis"),
)
"""Parts of English words: plurals, adjectives and compounds have them, too."""

WORDS = ("race", "caste", "creed", "tribe", "people group")
"""Whole words, or in plural: trace and broadcaster have nothing to do with them."""

SYLLABLES = (
    *("dân tộc", "sắc tộc", "tộc người", "tôn giáo", "tín ngưỡng", "công giáo"),
    *("phật giáo", "tin lành", "cao đài", "hòa hảo"),
)
"""Vietnamese words of two syllables, which names write apart or as one."""


def _pattern() -> re.Pattern[str]:
    apart = (fold(word) for word in SYLLABLES)
    return re.compile(
        "|".join(
            [
                *STEMS,
                *(rf"\b{word}s?\b" for word in WORDS),
                *(rf"\b{two}\b|\b{two.replace(' ', '')}" for two in apart),
            ]
        )
    )


_PATTERN = _pattern()


def privacy_problems(pack: Pack) -> Iterator[Problem]:
    """Yield a problem for each name or word by which a pack would tell them."""
    for fact in sorted(pack.facts.keys() - AREA_TAGS):
        if _is_private(fact):
            what = f"{fact} is nobody's business: no fact of anybody says it"
            yield ("facts", fact), what
    persons = {name for name, node in pack.nodes.items() if node.is_private}
    for person in sorted(persons):
        yield from _named(pack, person)
    for name, edge in pack.edges.items():
        others = {person: _others(edge, person) for person in sorted(persons)}
        found = (_joined(pack, name, *ends) for ends in others.items() if ends[1])
        yield from dict.fromkeys(chain.from_iterable(found))


def _named(pack: Pack, person: str) -> Iterator[Problem]:
    """What a kind of person is called, may be, and has as facts."""
    node, at = pack.nodes[person], ("nodes", person)
    called = (person, node.label, node.plural, node.local)
    for words in (called, node.types, tuple(node.standing)):
        yield from _told(at, words)
    yield from _facts(pack, (*at, "facts"), person, node.facts)


def _joined(
    pack: Pack, name: str, person: str, others: tuple[str, ...]
) -> Iterator[Problem]:
    """What a kind of edge that begins or ends at a person leads to, and says."""
    edge, at = pack.edges[name], ("edges", name)
    ends = [pack.nodes[to] for to in others if to in pack.nodes]
    labels = (words for end in ends for words in (end.label, end.local))
    for said in dict.fromkeys((name, edge.label, edge.local, *others, *labels)):
        if _is_private(said):
            yield at, f"{said} is nobody's business: no {person} is joined to it"
    yield from _facts(pack, (*at, "facts"), person, edge.facts)


def _others(edge: EdgeKind, person: str) -> tuple[str, ...]:
    """Return the kinds at the other end of an edge from or to a person."""
    sources = (kind for kind, targets in edge.ends.items() if person in targets)
    return (*edge.ends.get(person, ()), *sources)


def _facts(
    pack: Pack, at: Keys, person: str, facts: tuple[str, ...]
) -> Iterator[Problem]:
    """Tags of territory, and the words of other facts that tell the same."""
    for tag in sorted(AREA_TAGS.intersection(facts)):
        yield at, f"{tag} belongs to territory, never to a {person}"
    for fact in (pack.facts[name] for name in facts if name in pack.facts):
        yield from _told(at, (*fact.values, *fact.words))


def _told(at: Keys, words: tuple[str, ...]) -> Iterator[Problem]:
    for word in dict.fromkeys(words):
        if _is_private(word):
            yield at, f"{word} is nobody's business: nobody is said to be it"


def _is_private(said: str) -> bool:
    """Tell whether a name, label or word tells it, in whichever way it is written."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", said)
    return _PATTERN.search(fold(apart)) is not None
