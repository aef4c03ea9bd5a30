"""Puts the steps of a proposal in order: units above, then a tier, then the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..findings import Code
from ..language import say
from ..pack import Pack
from .components import Component
from .edges import Key
from .found import Found
from .mirror import Level
from .naming import Names
from .notes import Basis, Words
from .options import Options
from .shapes import Parts, founds, steps_of
from .tables import NewUnit
from .uppers import Uppers
from .yaml_text import Ref, Step, proposal_text

UNREADABLE_BASIS = Code(
    code="DRAFT23",
    meaning="The document that a row rests on can't be read.",
)
SEVERAL_BASES = Code(
    code="DRAFT24",
    meaning="The rows of one proposal rest on several documents.",
    hint="Group by another column, or name one document with --basis.",
)
NO_UNIT_ABOVE = Code(
    code="DRAFT25",
    meaning="A unit is founded, and the table doesn't say under which.",
    hint="Name the column of the units above with --group-by, or one with --within.",
)
NOTHING_CHANGES = Code(
    code="DRAFT26",
    meaning="The rows of a proposal change nothing, so there is none.",
    severity="warning",
)
TWO_ABOVE = Code(
    code="DRAFT27",
    meaning="A new unit draws on units with different units above, which live on.",
    hint="Add under: with the unit above the new one.",
    severity="warning",
)


class Layout(NamedTuple):
    """What all proposals of a draft share."""

    pack: Pack
    options: Options
    words: Words
    uppers: Uppers
    names: Names
    parts: Parts
    mirror: Level | None = None


class Chapter(NamedTuple):
    """The rows of one proposal: the code of its group, and components in order."""

    code: str
    file: str
    parts: Sequence[Component]
    units: tuple[str, Sequence[NewUnit]] | None


def chapter_text(
    layout: Layout, chapter: Chapter, findings: list[Found]
) -> tuple[str, str] | None:
    """Return the name and the YAML of a proposal; None where nothing changes.

    What is found goes to `findings`.
    """
    options = layout.options
    name = _name(chapter, layout.uppers)
    steps = [*_steps(layout, chapter, findings)]
    basis = options.basis or _basis(layout, chapter, findings)
    if not steps:
        line = chapter.parts[0].first.line
        findings.append(
            Found(
                line.place,
                NOTHING_CHANGES.at(name, say("Nothing changes in {name}.", name=name)),
            )
        )
        return None
    head = [f"yaml-language-server: $schema={options.schema}"] if options.schema else []
    head.append(f"Drafted from {Path(chapter.file).name}.")
    fields: dict[str, Any] = {
        "title": options.title or _title(layout, chapter, name),
        "effective": Ref(options.effective.isoformat()),
    }
    if basis is not None:
        fields["basis"] = {
            "issuer": basis.issuer,
            # A number of digits alone would be read as one, not as text.
            "number": basis.number if basis.number.isdigit() else Ref(basis.number),
            "date": Ref(basis.date),
        }
    return name, proposal_text(head, fields, steps)


def _name(chapter: Chapter, uppers: Uppers) -> str:
    """Return the name of a proposal's group, or of its table."""
    own = [edge.line.group_name for c in chapter.parts for edge in c.edges]
    above = [e.line.new_name for e in uppers.edges if e.new.code == chapter.code]
    last = chapter.code or Path(chapter.file).stem
    return next((name for name in (*above, *own) if name), last)


def _title(layout: Layout, chapter: Chapter, name: str) -> str:
    kind = layout.pack.nodes[layout.options.kind]
    olds = {old for c in chapter.parts for old in c.olds}
    others = [old for old in olds if old.kind != layout.options.kind]
    before: str = kind.counted(len(olds) - len(others))
    for other in sorted({old.kind for old in others}):
        number = sum(old.kind == other for old in others)
        before += f" and {layout.pack.nodes[other].counted(number)}"
    after = kind.counted(sum(len(c.news) for c in chapter.parts))
    return f"{name}: {before} become {after}"


def _steps(layout: Layout, chapter: Chapter, findings: list[Found]) -> Iterator[Step]:
    """Yield units above, what takes the place of a tier's units, the tier, the rest."""
    options, uppers = layout.options, layout.uppers
    above = uppers.of(chapter.code) if options.grouped else uppers.parts
    for component in above:
        if uppers.names is not None:
            own = steps_of(component, uppers.going, uppers.names)
            yield from _mirrored(uppers.mirror, component, own)
    under = _above(layout, chapter)
    early = [c for c in chapter.parts if _is_early(c)]
    for component in early:
        if under is None:
            edge = component.first
            message = say("{unit} is founded under nothing.", unit=edge.line.new_name)
            findings.append(
                Found(edge.line.place, NO_UNIT_ABOVE.at(edge.new.code, message))
            )
        own = steps_of(component, layout.parts, layout.names, under)
        yield from _mirrored(layout.mirror, component, own)
    if options.abolish:
        within = {"within": under} if under else {}
        yield Step("abolish_tier", {"kind": Ref(options.abolish), **within})
        if layout.mirror is not None:
            yield from layout.mirror.tier(chapter.parts)
    for component in chapter.parts:
        if component not in early:
            if not options.abolish:
                findings += _two_above(component, uppers.becomes())
            own = steps_of(component, layout.parts, layout.names)
            yield from _mirrored(layout.mirror, component, own)


def _mirrored(
    mirror: Level | None, component: Component, own: Iterable[Step]
) -> Iterable[Step]:
    """Return the steps of units, with those of what covers them where that is asked."""
    return own if mirror is None else mirror.steps(component, own)


def _is_early(component: Component) -> bool:
    """Tell whether a unit of a tier takes part, which has to be there still."""
    return any(edge.old.kind != edge.new.kind for edge in component.edges)


def _above(layout: Layout, chapter: Chapter) -> Ref | None:
    """Return how the unit is named that all of a proposal is in."""
    options = layout.options
    if not options.grouped or not chapter.code:
        return Ref(options.within) if options.within else None
    named = layout.uppers.named(chapter.code)
    if named is not None or options.upper_kind is None:
        return named
    return layout.names.old(Key(options.upper_kind, chapter.code))


def _two_above(component: Component, becomes: Mapping[str, str]) -> Iterator[Found]:
    for new in founds(component):
        lines = [edge.line for edge in component.edges if edge.new == new]
        above = {
            becomes.get(line.tier_code, line.tier_code): line.tier_name
            for line in lines
            if line.tier_code
        }
        if len(above) > 1:
            shown = ", ".join(name or code for code, name in sorted(above.items()))
            message = say(
                "{unit} draws on units in {shown}.",
                unit=lines[0].new_name,
                shown=shown,
            )
            yield Found(lines[0].place, TWO_ABOVE.at(new.code, message))


def _basis(layout: Layout, chapter: Chapter, findings: list[Found]) -> Basis | None:
    """Return the document that all rows of a proposal rest on."""
    listed = {unit.code: unit for unit in chapter.units[1]} if chapter.units else {}
    said: dict[str, tuple[str, str]] = {}
    for component in chapter.parts:
        for edge in component.edges:
            unit = listed.get(edge.new.code)
            text, place = edge.line.basis, edge.line.place.of("basis")
            if not text and unit is not None:
                text, place = unit.basis, unit.place
            if text:
                said.setdefault(text, (place, edge.new.code))
    known: dict[Basis, str] = {}
    for text, (place, code) in said.items():
        basis = layout.words.decree(text)
        if basis is None:
            forms = " or ".join(layout.words.decree_forms())
            hint = say("Write it as {forms}.", forms=forms)
            message = say("“{text}” names no issuer, number and date.", text=text)
            findings.append(Found(place, UNREADABLE_BASIS.at(code, message, hint=hint)))
        else:
            known.setdefault(basis, place)
    if len(known) > 1:
        shown = ", ".join(sorted(basis.number for basis in known))
        place = [*known.values()][1]
        findings.append(
            Found(
                place,
                SEVERAL_BASES.at(
                    chapter.code or chapter.file, say("There are {shown}.", shown=shown)
                ),
            )
        )
    return next(iter(known)) if len(known) == 1 else None
