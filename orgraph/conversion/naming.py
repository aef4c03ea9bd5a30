"""Names units in a draft: labels of new ones, their types, the form of old ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..findings import Code, Severity
from ..model.facts import fold
from ..pack import Pack
from .edges import Edge, Key
from .found import Found
from .options import Options
from .spelling import label, tone_key, typed_name
from .tables import NewUnit
from .yaml_text import Ref

NO_SUCH_TYPE = Code(
    code="DRAFT21",
    meaning="A table gives a unit a type that the pack doesn't give to its kind.",
)


class Names(NamedTuple):
    """How units are named: old ones by a form, new ones by label and by what they are.

    `types` are the types that the pack gives to the kind, `typed` those of new units.
    """

    form: str
    labels: Mapping[Key, str]
    types: tuple[str, ...]
    typed: Mapping[Key, str]

    def old(self, key: Key) -> Ref:
        """Return the name of a unit that is there before the proposal."""
        name = self.form.replace("{kind}", key.kind).replace("{code}", key.code)
        return Ref(name if ":" in name else name.lower())

    def new(self, key: Key, name: str) -> dict[str, Any]:
        """Return a new unit as steps found it."""
        fields: dict[str, Any] = {"kind": key.kind, "name": name, "code": key.code}
        if self.typed.get(key):
            fields["facts"] = {"type": self.typed[key]}
        return fields


Units = tuple[str, Sequence[NewUnit]]


def name_units(
    edges: Sequence[Edge], pack: Pack, options: Options, units: Units | None
) -> tuple[Names, list[Found]]:
    """Return how the units of a table are named, and wrong types."""
    types = pack.nodes[options.kind].types
    listed = {unit.code: unit for unit in units[1]} if units else {}
    typed: dict[Key, str] = {}
    words: dict[Key, str] = {}
    problems: list[Found] = []
    has_type = "type" in pack.nodes[options.kind].facts
    for edge in edges:
        line = edge.line
        if edge.new in words:
            continue
        said = line.new_type
        place = line.place
        if edge.new.code in listed:
            place, said = listed[edge.new.code].place, listed[edge.new.code].type
        kind, slip = _type(said, line.new_name, types)
        if slip:
            severity: Severity = "warning" if kind else "error"
            at = NO_SUCH_TYPE.at(edge.new.code, slip, severity=severity)
            problems.append(Found(place, at))
        if kind and has_type:
            typed[edge.new] = kind
        word = label(line.new_name, types, edge.new.code)
        if options.kind == options.upper_kind:
            word = f"{options.kind}_{word}"
        words[edge.new] = word
    return Names(options.refs, _single(words), types, typed), problems


def _type(said: str, name: str, types: tuple[str, ...]) -> tuple[str | None, str]:
    """Return a unit's type, in the pack's spelling, and what is wrong with it."""
    if not said:
        return typed_name(name, types).type, ""
    if not types:
        return said, ""
    known = next((kind for kind in types if fold(kind) == fold(said)), None)
    if known is None:
        return None, f"{said} of {name} is not one of {', '.join(types)}."
    if tone_key(known) != tone_key(said):
        return known, f"{said} of {name} is read as {known}."
    return known, ""


def _single(words: dict[Key, str]) -> dict[Key, str]:
    """Make labels differ: those alike get their codes."""
    times = Counter(words.values())
    made: dict[Key, str] = {}
    for key, word in words.items():
        tail = fold(key.code).replace(" ", "_")
        made[key] = f"{word}_{tail}" if times[word] > 1 else word
    return made
