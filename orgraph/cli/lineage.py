"""Commands that ask what became of units: lineage of one, crosswalk of a whole kind."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from ..files import write_output
from ..language import Dated, joined, laid, many, say
from .options import (
    FormatOption,
    LangOption,
    NamesOption,
    StoreOption,
    answered,
    checked_format,
    day,
    language_of,
    print_json,
    refuse_overwriting,
    store_name,
    tell,
)
from .questions import days

if TYPE_CHECKING:
    from ..language import Language
    from ..queries import Crosswalk, Lineage
    from ..queries.crosswalk import Pair, Side
    from ..queries.lineage import Step
    from ..stores import Store

WIDTH = 80
MOST_INDENTED = 10
SUFFIXES = {"csv": "csv", "json": "json"}


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (lineage, crosswalk):
        app.command(command.__name__)(command)


def lineage(
    context: typer.Context,
    node: Annotated[
        str,
        typer.Argument(
            metavar="NODE", help="An id, kind:code, code:CODE or a name, of any time."
        ),
    ],
    store: StoreOption = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DATE",
            help="The day on which NODE has that code or name; default all.",
        ),
    ] = None,
    form: FormatOption = "text",
    names: NamesOption = False,
    lang: LangOption = None,
) -> None:
    """Show what became of a unit and what it came from, through all reforms."""
    from ..queries import lineage as asked
    from ..queries import name_node

    checked_format(form)
    language = language_of(context, lang)
    when = day(on) if on is not None else None

    def ask(here: "Store") -> "Lineage":
        return asked(here, name_node(here, node, when), names=names)

    answer = answered(context, store, ask)
    if form == "json":
        print_json(answer.to_plain())
        return
    tell(language, *_lineage_lines(answer, language))


def _lineage_lines(answer: "Lineage", language: "Language") -> Iterator[str]:
    """Yield lines as they are said: only then it is known where they are wrapped."""
    named = " ".join(part for part in (answer.code, answer.name) if part)
    yield laid(
        "{node}  {kind}  {named}  {days}",
        node=answer.node,
        kind=say(answer.kind),
        named=named,
        days=days(answer.since, answer.until),
    )
    for title, none, steps, backwards in (
        (say("successors:"), say("successors: none"), answer.successors, False),
        (say("predecessors:"), say("predecessors: none"), answer.predecessors, True),
    ):
        yield title if steps else none
        yield from _tree(steps, answer.node, language, backwards=backwards)


def _tree(
    steps: "tuple[Step, ...]", root: str, language: "Language", *, backwards: bool
) -> Iterator[str]:
    """Yield the lines of steps, each below the one by which it was first reached.

    The paper that a step rests on is said where it isn't that of the step above.
    """
    below: defaultdict[str, list[int]] = defaultdict(list)
    for place, step in enumerate(steps):
        below[step.via or root].append(place)
    waiting = [(place, 1) for place in reversed(below.pop(root, []))]
    paper = None
    while waiting:
        place, depth = waiting.pop()
        step = steps[place]
        indent = "  " * min(depth, MOST_INDENTED)
        said = language.say(_said(step, backwards=backwards))
        yield from _wrapped(said, indent, f"{indent}  ")
        rest = [_amounts(step)]
        if step.revision != paper:
            rest.append(_paper(step))
        rested = language.say(joined(filter(None, rest)))
        yield from _wrapped(rested, f"{indent}    ")
        paper = step.revision
        # What a unit gave before this reached it isn't below it.
        mine = [other for other in below[step.id] if other > place]
        below[step.id] = [other for other in below[step.id] if other < place]
        waiting += [(other, depth + 1) for other in reversed(mine)]


def _wrapped(text: str, indent: str, hanging: str | None = None) -> list[str]:
    after = indent if hanging is None else hanging
    return wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=after,
        break_on_hyphens=False,  # an id is to be copied
        break_long_words=False,
    )


def _said(step: "Step", *, backwards: bool) -> str:
    kind = [say(step.kind)] if step.kind else []
    parts = [*kind, *filter(None, (step.code, step.name))]
    said = {
        "on": Dated(step.on),
        "part": say(step.part) if step.part else say("part unknown"),
        "unit": joined(parts, " "),
        "id": step.id,
    }
    line = (
        say("{on} {part} from {unit} ({id})", **said)
        if backwards
        else say("{on} {part} to {unit} ({id})", **said)
    )
    if step.until in {None, step.on}:
        return line
    return say("{step}, until {day}", step=line, day=Dated(step.until or ""))


def _paper(step: "Step") -> str:
    """Return the document that a step rests on, or else the title of its revision."""
    from ..proposal import basis_parts

    if step.basis is None:
        return step.title
    return laid("{parts}", parts=basis_parts(step.basis))


def _amounts(step: "Step") -> str:
    parts: list[str] = [say("all {fact}", fact=say(name)) for name in step.all_of]
    for name, value in step.amounts.items():
        if name in step.all_of:
            continue
        amount = laid("{n:,}", n=value) if isinstance(value, int) else say("unknown")
        parts.append(say("{fact} {amount}", fact=say(name), amount=amount))
    return laid("{parts}", parts=parts) if parts else ""


def crosswalk(
    context: typer.Context,
    first: Annotated[
        str,
        typer.Option(
            "--from", metavar="D1", help="A day; what takes effect on it is included."
        ),
    ],
    second: Annotated[
        str,
        typer.Option(
            "--to", metavar="D2", help="Another day, also an earlier one, taken alike."
        ),
    ],
    kind: Annotated[str, typer.Option(metavar="KIND", help="The kind of the units.")],
    store: StoreOption = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write it; the format by suffix."
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="text|json|csv", help="How to print.")
    ] = "text",
    names: NamesOption = False,
    lang: LangOption = None,
) -> None:
    """List the units of one day with those that have their places on another.

    A unit of the kind that lives on both days and gave and took nothing is unchanged;
    else `part` says how much of the earlier unit the later one has: whole or part.
    Where nobody has its place, or it took nobody's, the other side is empty. `steps`,
    `first` and `last` are those of the way between. An amount is that which moved where
    it can be known, ? where it is unknown, and empty where it can't be worked out.
    """
    from ..queries import crosswalk as asked

    checked_format(form, "text", "json", "csv")
    language = language_of(context, lang)
    days = day(first), day(second)
    targets = [] if output is None else [(output, _suffix(output))]
    refuse_overwriting([file for file, _ in targets], store_name(context, store)[0])
    answer = answered(
        context, store, lambda here: asked(here, *days, kind, names=names)
    )
    for file, wanted in targets:
        write_output(file, _rendered(answer, wanted))
    if form != "text":
        typer.echo(_rendered(answer, form), nl=False)
        return
    tell(language, *map(_pair_line, () if targets else answer.pairs))
    tell(language, *_summary(answer))


def _suffix(path: str) -> str:
    suffix = Path(path).suffix.lower().lstrip(".")
    if suffix not in SUFFIXES:
        message = f"{path}: write to .csv or .json"
        raise InputError(message)
    return SUFFIXES[suffix]


def _rendered(answer: "Crosswalk", form: str) -> str:
    if form == "csv":
        return answer.to_csv()
    import json

    return json.dumps(answer.to_plain(), ensure_ascii=False, indent=1) + "\n"


def _pair_line(pair: "Pair") -> str:
    line = laid("{old} → {new}", old=_named(pair.from_), new=_named(pair.to))
    if not pair.from_ or not pair.to:
        return line
    part = say(pair.part) if pair.part else say("part unknown")
    return laid("{pair}  {part}", pair=line, part=part)


def _named(side: "Side | None") -> str:
    if side is None:
        return say("(none)")
    return " ".join(part for part in (side.code or side.id, side.name) if part)


def _summary(answer: "Crosswalk") -> Iterator[str]:
    counts = answer.counts()
    yield say(
        "{kind}: {earlier:,} on {first}, {later:,} on {last}; {rows}",
        kind=say(answer.kind),
        earlier=counts["from"],
        first=answer.from_,
        later=counts["to"],
        last=answer.to,
        rows=many(counts["rows"], "{n:,} row", "{n:,} rows"),
    )
    words = {"without_to": say("to nobody"), "without_from": say("from nobody")}
    told = [
        laid("{word} {n:,}", word=words.get(word) or say(word), n=counts[word])
        for word in list(counts)[3:]
        if counts[word]
    ]
    if told:
        yield laid("  {counts}", counts=told)
