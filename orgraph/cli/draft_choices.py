"""Reads the options of `orgraph draft`: kinds, columns, facts and the document."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from ..errors import InputError
from .options import Shared, opened
from .stores import WITHOUT

if TYPE_CHECKING:
    from ..conversion import Measures, Options, Words
    from ..conversion.notes import Basis, Measure
    from ..draft import Reader
    from ..pack import FactKind, Pack

Name = str | None
Names = list[str] | None


def columns_of(given: Names) -> dict[str, str]:
    """Return the headers that --column gives, by field."""
    columns = {}
    for pair in given or []:
        field, sign, header = pair.partition("=")
        if not sign:
            message = f"--column {pair}: write FIELD=HEADER"
            raise InputError(message)
        columns[field.strip()] = header.strip()
    return columns


def usual_kind(pack: "Pack", words: "Words", area: Names) -> str:
    """Return the kind that carries the area: the one that tables are mostly about."""
    for name in area or words.measures.get("area", ()):
        if area or name in pack.additive:
            return _additive(pack, name).carried_by[-1]
    message = f"the pack {pack.name} has no fact of area; name the units with --kind"
    raise InputError(message)


def _additive(pack: "Pack", name: str) -> "FactKind":
    if name not in pack.additive:
        known = ", ".join(pack.additive)
        message = f"{name} is no additive fact of the pack; there are: {known}"
        raise InputError(message)
    return pack.facts[name]


def kind_above(pack: "Pack", tier: Name) -> Name:
    """Return the kind above a tier, where the pack has but one."""
    edge = pack.parent_edge(tier) if tier in pack.nodes else None
    above = pack.edges[edge].ends.get(tier or "", ()) if edge else ()
    return above[0] if len(above) == 1 else None


def measures_of(
    pack: "Pack",
    kind: str,
    words: "Words",
    given: "dict[Measure, Names]",
    *,
    unknown: bool,
) -> "Measures":
    """Return which facts notes speak of; those not named are the pack's own."""
    from ..conversion import Measures

    facts: dict[Measure, tuple[str, ...]] = {}
    for measure, names in given.items():
        for name in names or ():
            _additive(pack, name)
        own = pack.nodes[kind].facts if kind in pack.nodes else ()
        usual = (n for n in words.measures.get(measure, ()) if n in pack.additive)
        facts[measure] = tuple(names or (n for n in usual if n in own))
    return Measures(facts, "unknown" if unknown else "ask")


def basis_of(words: "Words", text: Name) -> "Basis | None":
    """Read the document that --basis names."""
    if text is None:
        return None
    basis = words.decree(text)
    if basis is None:
        forms = " or ".join(f'"{form}"' for form in words.decree_forms())
        message = f"--basis: {text!r} can't be read; write it as {forms}"
        raise InputError(message)
    return basis


def check_choices(pack: "Pack", options: "Options", *, upper: Name) -> None:
    """Refuse kinds that the pack doesn't have, and options that don't go together."""
    problems = [
        f"the pack {pack.name} has no kind {kind}"
        for kind in (options.kind, options.abolish, options.upper_kind)
        if kind is not None and kind not in pack.nodes
    ]
    if options.abolish in pack.nodes and not pack.nodes[options.abolish].tier:
        problems.append(f"{options.abolish} is no tier that can be abolished")
    if "{code}" not in options.refs:
        problems.append("--refs names units by {code}, and by {kind} if need be")
    if upper and options.upper_kind is None:
        problems.append("name the kind of the units in --upper with --upper-kind")
    if options.grouped and options.within:
        problems.append("--within goes without --group-by, which names the units above")
    if problems:
        raise InputError(*problems)


@contextmanager
def compared(
    context: typer.Context, store: Name, pack: "Pack", *, named: Name, mirror: bool
) -> "Iterator[Reader | None]":
    """Open the store that a table is compared with; None where only a pack is named."""
    shared = context.obj.store if isinstance(context.obj, Shared) else None
    if named is not None and not mirror and not (store or shared):
        yield None
        return
    from ..pack import other_pack

    if mirror and not pack.mirrors:
        message = f"the pack {pack.name} doesn't say what follows its units (mirrors)"
        raise InputError(message)
    with opened(context, store) as here, here.snapshot():
        if here.pack.digest != pack.digest:
            message = f"{other_pack(here.pack, pack)}; {WITHOUT}"
            raise InputError(message)
        yield here
