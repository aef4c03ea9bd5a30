"""Says how much of an old unit goes with each part, as far as notes and files tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from ..findings import Code
from ..language import say
from ..operations.parts import Share
from .components import Component
from .edges import Edge, Key
from .found import Found
from .notes import MEASURES, Measure, Note
from .tables import PartLine

CONTRADICTORY = Code(
    code="DRAFT15",
    meaning="What the notes say of the parts of one unit doesn't add up to the whole.",
)
WRONG_PART = Code(
    code="DRAFT16",
    meaning="A row of the parts file speaks of nothing in the table, or contradicts.",
)

ASK = "ask"
_SHARE: TypeAdapter[int | str] = TypeAdapter(Share)


class Measures(NamedTuple):
    """Which facts a note means by its area and its people, and what fills a gap."""

    facts: Mapping[Measure, tuple[str, ...]]
    gap: str = ASK

    @property
    def names(self) -> list[str]:
        """All the facts."""
        return sorted({name for names in self.facts.values() for name in names})

    def said(self, note: Note, fact: str) -> str:
        """Return what a note says goes of a fact: all, none, or that it is asked."""
        shares = [note.share(m) for m, facts in self.facts.items() if fact in facts]
        return shares[0] if shares else ASK


class Part(NamedTuple):
    """What goes along one part edge: shares of all facts or by fact, and units."""

    shares: str | dict[str, str]
    parts: tuple[str, ...] = ()


Said = dict[tuple[str, str], tuple[dict[str, str], list[str]]]
"""(old code, new code) → shares by fact, and the units that go along."""


def rows_of_table(
    lines: Iterable[PartLine], edges: Sequence[Edge]
) -> tuple[list[PartLine], list[Found]]:
    """Return the rows of a parts file that are of the table, and refuse the others."""
    known = {(edge.old.code, edge.new.code) for edge in edges}
    kept, problems = [], []
    for line in lines:
        if (line.old, line.new) in known:
            kept.append(line)
        else:
            message = say(
                "{old} → {new} is no row of the table.", old=line.old, new=line.new
            )
            problems.append(Found(line.place, WRONG_PART.at(line.old, message)))
    return kept, problems


def part_rows(
    lines: Iterable[PartLine], edges: Sequence[Edge], measures: Measures
) -> tuple[Said, list[Found]]:
    """Gather the rows of a parts file; each must be about a part edge of the table."""
    notes = {(edge.old.code, edge.new.code): edge.note for edge in edges}
    said: Said = defaultdict(lambda: ({}, []))
    problems = []
    for line in lines:
        pair = (line.old, line.new)
        if notes[pair].means != "part":
            message = say(
                "{old} → {new} is no part in the table.", old=line.old, new=line.new
            )
            problems.append(Found(line.place, WRONG_PART.at(line.old, message)))
            continue
        shares, parts = said[pair]
        noted = notes[pair]
        for fact, share in line.shares.items():
            meant = measures.said(noted, fact)
            if meant not in {ASK, share}:
                message = say(
                    "{fact}: {share}: the note of the table says {meant}.",
                    fact=fact,
                    share=share,
                    meant=meant,
                )
                found = WRONG_PART.at(line.old, message)
                problems.append(Found(line.place.of(fact), found))
        if line.part and line.part not in parts:
            parts.append(line.part)
        for fact, share in line.shares.items():
            if wrong := _share_problem(share):
                message = say(
                    "{fact}: {share}: {wrong}.", fact=fact, share=share, wrong=wrong
                )
            elif shares.setdefault(fact, share) != share:
                message = say(
                    "{fact} of {old} → {new} is {shares} before.",
                    fact=fact,
                    old=line.old,
                    new=line.new,
                    shares=shares[fact],
                )
            else:
                continue
            found = WRONG_PART.at(line.old, message)
            problems.append(Found(line.place.of(fact), found))
    return dict(said), problems


def _share_problem(text: str) -> str | None:
    """Say why a share can't be written in a step, or None."""
    try:
        _SHARE.validate_python(int(text) if text.isdecimal() else text)
    except ValidationError as error:
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    return None


def component_parts(
    component: Component, ending: frozenset[Key], measures: Measures, said: Said
) -> tuple[dict[tuple[Key, Key], Part], list[Found]]:
    """Return what goes along each part edge of a component."""
    by_old: dict[Key, list[Edge]] = defaultdict(list)
    for edge in component.edges:
        if edge.note.means == "part":
            by_old[edge.old].append(edge)
    parts: dict[tuple[Key, Key], Part] = {}
    problems: list[Found] = []
    for old, edges in by_old.items():
        words = [{m: edge.note.share(m) for m in MEASURES} for edge in edges]
        if old in ending:
            problems += _contradictions(edges, words)
            _conclude(words)
        for edge, word in zip(edges, words, strict=True):
            own = said.get((edge.old.code, edge.new.code), ({}, []))
            parts[edge.old, edge.new] = _part(word, own, measures)
    return parts, problems


def _contradictions(
    edges: Sequence[Edge], words: Sequence[Mapping[Measure, str]]
) -> Iterator[Found]:
    line = edges[0].line
    for measure in MEASURES:
        shares = [word[measure] for word in words]
        wrong = ""
        if shares.count("all") > 1:
            wrong = say(
                "all of the {measure} goes to {count} units",
                measure=measure,
                count=shares.count("all"),
            )
        elif "all" in shares and ASK in shares:
            wrong = say(
                "all of the {measure} goes to one, and a part of it to another",
                measure=measure,
            )
        elif set(shares) == {"none"}:
            wrong = say("none of the {measure} goes anywhere", measure=measure)
        if wrong:
            message = say(
                "Of {old_name} ({old_code}) {wrong}.",
                old_name=line.old_name,
                old_code=line.old_code,
                wrong=wrong,
            )
            yield Found(line.place, CONTRADICTORY.at(line.old_code, message))


def _conclude(words: Sequence[dict[Measure, str]]) -> None:
    """Give all of a measure to the one part that has any of it."""
    for measure in MEASURES:
        having = [word for word in words if word[measure] != "none"]
        if len(having) == 1 and len(words) > 1:
            having[0][measure] = "all"


def _part(
    word: Mapping[Measure, str],
    own: tuple[dict[str, str], list[str]],
    measures: Measures,
) -> Part:
    given, units = own
    shares = {
        fact: measures.gap if share == ASK else share
        for measure, share in word.items()
        for fact in measures.facts.get(measure, ())
    }
    shares = dict(sorted((shares | given).items()))
    same = set(shares.values())
    whole = same.pop() if len(same) == 1 else None
    if whole in {ASK, "unknown"} or not shares:
        return Part(whole or measures.gap, tuple(units))
    return Part(shares, tuple(units))
