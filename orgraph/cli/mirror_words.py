"""Shows what a schema pack says of the bodies that follow the units they cover."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..language import any_of, either, laid, say

if TYPE_CHECKING:
    from ..pack import Pack
    from ..pack.asked import Where

MIRROR = "MIRROR"
"""How the codes of the rule begin that reads these words."""


def mirror_words(pack: "Pack | None") -> list[dict[str, Any]]:
    """Return the mirrors of a pack as JSON data."""
    mirrors = pack.mirrors if pack is not None else ()
    return [
        one.model_dump(mode="json") | {"source": str(one.source)} for one in mirrors
    ]


def mirror_lines(pack: "Pack | None") -> Iterator[str]:
    """Say which bodies follow which units, into what, and on what."""
    if pack is None:
        return
    for one in pack.mirrors:
        bodies = either(map(say, one.bodies))
        where = _facts(one.where)
        if where:
            bodies = laid("{bodies} ({where})", bodies=bodies, where=where)
        yield say(
            "mirror of {unit}: {bodies}, by {edge}",
            unit=say(one.unit),
            bodies=bodies,
            edge=say(one.edge),
        )
        for form in one.becomes:
            kind, below = say(form.kind), form.below and say(form.below)
            line = (
                say("    they become a {kind} below a {below}", kind=kind, below=below)
                if below
                else say("    they become a {kind}", kind=kind)
            )
            of = _facts(form.of)
            yield laid("{line} ({of})", line=line, of=of) if of else line
        if not one.becomes:
            yield say("    they end with their units")
        elif all(pack.nodes[node].tier for node in (one.unit, *one.bodies)):
            yield say("    they end with their tier")
        for single in one.unite:
            kind = say(single.kind)
            yield (
                say("    each has one {kind}, founded where none comes", kind=kind)
                if single.founded
                else say("    each has one {kind}", kind=kind)
            )
        yield laid("    {source}", source=str(one.source))


def _facts(facts: "Where") -> list[str]:
    """Say facts that are wanted, each with the values of which any will do."""
    return [
        laid("{fact} {value}", fact=say(name), value=any_of(value))
        for name, value in facts.items()
    ]
