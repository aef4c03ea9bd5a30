"""Names units in a draft: labels of new ones, their types, the form of old ones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

from ..draft import View
from ..findings import Code, Severity
from ..language import say
from ..model.facts import fold
from ..model.ids import slug
from ..pack import Pack
from .edges import Edge, Key
from .found import Found
from .options import Options
from .points import points_of
from .spelling import label, tone_key, typed_name
from .tables import NewUnit
from .yaml_text import Ref

NO_SUCH_TYPE = Code(
    code="DRAFT21",
    meaning="A table gives a unit a type that the pack doesn't give to its kind.",
)

LONGEST_HALF = 28


class Names(NamedTuple):
    """How units are named: old ones by a form, new ones by label and by what they are.

    `types` are the types that the pack gives to the kind, `typed` those of new units,
    `points` where a map shows these.
    """

    form: str
    labels: Mapping[Key, str]
    types: tuple[str, ...]
    typed: Mapping[Key, str]
    points: Mapping[Key, Mapping[str, str]]

    def old(self, key: Key) -> Ref:
        """Return the name of a unit that is there before the proposal."""
        name = self.form.replace("{kind}", key.kind).replace("{code}", key.code)
        return Ref(name if ":" in name else name.lower())

    def new(self, key: Key, name: str) -> dict[str, Any]:
        """Return a new unit as steps found it."""
        fields: dict[str, Any] = {"kind": key.kind, "name": name, "code": key.code}
        facts = {"type": self.typed[key]} if self.typed.get(key) else {}
        facts |= self.points.get(key, {})
        if facts:
            fields["facts"] = facts
        return fields


Units = tuple[str, Sequence[NewUnit]]


def name_units(
    edges: Sequence[Edge],
    pack: Pack,
    options: Options,
    units: Units | None,
    view: View | None = None,
) -> tuple[Names, list[Found]]:
    """Return how the units of a table are named, and wrong types.

    Labels differ within a group, which is a proposal, and from the ids of a store.
    """
    kind = pack.nodes[options.kind]
    listed = {unit.code: unit for unit in units[1]} if units else {}
    first = {edge.new: edge.line for edge in reversed(edges)}
    typed: dict[Key, str] = {}
    words: dict[str, dict[Key, str]] = defaultdict(dict)
    problems: list[Found] = []
    prefix = f"{options.kind}_" if options.kind == options.upper_kind else ""
    for new, line in reversed(first.items()):
        place, said = line.place.of("new_type"), line.new_type
        if new.code in listed:
            unit = listed[new.code]
            place, said = unit.place.of("unit_type"), unit.type
        type_, slip = _type(said, line.new_name, kind.types)
        if slip:
            severity: Severity = "warning" if type_ else "error"
            at = NO_SUCH_TYPE.at(new.code, slip, severity=severity)
            problems.append(Found(place, at))
        if type_ and "type" in kind.facts:
            typed[new] = type_
        words[line.group][new] = prefix + label(line.new_name, kind.types, new.code)
    labels: dict[Key, str] = {}
    ids = _Ids(pack, view)
    for group in words.values():
        labels |= _single(group, ids)
    points, slips = points_of(
        [new for new in first if new.code in listed], listed, pack
    )
    problems += slips
    return Names(options.refs, labels, kind.types, typed, points), problems


def _type(said: str, name: str, types: tuple[str, ...]) -> tuple[str | None, str]:
    """Return a unit's type, in the pack's spelling, and what is wrong with it."""
    if not said:
        return typed_name(name, types).type, ""
    if not types:
        return said, ""
    known = next((kind for kind in types if fold(kind) == fold(said)), None)
    if known is None:
        return None, say(
            "{said} of {name} is not one of {types}.",
            said=said,
            name=name,
            types=", ".join(types),
        )
    if tone_key(known) != tone_key(said):
        return known, say(
            "{said} of {name} is read as {known}.", said=said, name=name, known=known
        )
    return known, ""


class _Ids:
    """The ids of a store, from which labels differ, also with what a mirror adds."""

    def __init__(self, pack: Pack, view: View | None) -> None:
        self.view = view
        added = {one.label for mirror in pack.mirrors for one in mirror.becomes}
        added |= {one.label for mirror in pack.mirrors for one in mirror.unite}
        self.added = ("", *sorted(f"_{word}" for word in added))

    def among(self, labels: Iterable[str]) -> set[str]:
        """Return the labels that can't be given, for a node has one of their ids."""
        if self.view is None:
            return set()
        tried = {label: [label + added for added in self.added] for label in labels}
        self.view.need_nodes(one for some in tried.values() for one in some)
        versions = self.view.versions
        return {label for label, some in tried.items() if any(map(versions, some))}


def _single(words: dict[Key, str], ids: _Ids) -> dict[Key, str]:
    """Make labels differ: those alike get their codes, and a number if need be."""
    times = Counter(words.values())
    given = ids.among(times)
    taken = given | {word for word, number in times.items() if number == 1}
    made: dict[Key, str] = {}
    for key, word in words.items():
        made[key] = word
        if times[word] > 1 or word in given:
            base = f"{word[:LONGEST_HALF]}_{slug(key.code).replace('-', '_')}"
            base = base[: 2 * LONGEST_HALF]
            tries = chain([base], (f"{base}_{number}" for number in count(2)))
            made[key] = next(
                word for word in tries if word not in taken and not ids.among([word])
            )
            taken.add(made[key])
    return made
