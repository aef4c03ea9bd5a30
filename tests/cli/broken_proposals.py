"""Proposals broken by one change: of a key, a value, the layout, the bytes, or a name.

What is changed is found by PyYAML's own marks, so that the line which must be named is
known without orgraph.
"""

from collections.abc import Iterator
from typing import NamedTuple

import yaml
from broken import Broken, drawn

RICH = """\
title: The north and the south are arranged anew
effective: 2025-01-01
basis: {issuer: Assembly, number: 7/2024, date: 2024-12-01}
steps:
  - op: merge_units
    sources: [m1, code:M2]
    into: {kind: municipality, name: Elm, code: M9, facts: {type: town}}
    under: e
    as: elm
  - op: rename_unit
    unit: elm
    name: New Elm
  - op: move_unit
    unit: municipality:M3
    from: e
    to: d
  - op: change_type
    unit: m3
    type: town
    name: Fir
  - op: set_facts
    unit: m3
    facts: {people: 600}
  - op: split_unit
    source: m4
    targets:
      - new: {kind: municipality, name: Low, code: M5, facts: {type: rural}}
        shares: {people: unknown}
      - new: {kind: municipality, name: High, code: M6, facts: {type: rural}}
        shares: {people: unknown}
  - op: found_unit
    new: {kind: district, name: West, code: D3}
    under: s
    as: west
"""
FILE = "p.yaml"
OPEN = {"facts", "shares", "answers"}
"""Mappings whose keys are names of the pack or the store, which no form can know."""
REFERENCES = {"sources", "unit", "source", "under", "from", "to"}
NEEDED = {"title", "effective", "steps", "op", "sources", "unit", "kind", "source"}
NEEDED |= {"targets", "type", "facts"}


class Key(NamedTuple):
    """A key with its value, as YAML nodes, and the keys that lead to it."""

    path: tuple[str | int, ...]
    key: yaml.Node
    value: yaml.Node

    @property
    def name(self) -> str:
        """The key's text."""
        return str(self.path[-1])


def keys(node: yaml.Node, path: tuple[str | int, ...] = ()) -> Iterator[Key]:
    """Yield every key of a document, outermost first."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, key.value)
            yield Key(here, key, value)
            yield from keys(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            yield from keys(item, (*path, place))


def put(node: yaml.Node, text: str, whole: str = RICH) -> str:
    """Return the document with another text in the place of a node."""
    return whole[: node.start_mark.index] + text + whole[node.end_mark.index :]


def line(node: yaml.Node) -> int:
    """Return the line of a node, from 1."""
    return int(node.start_mark.line) + 1


def step_line(document: yaml.Node, path: tuple[str | int, ...]) -> int:
    """Return the line on which the step of a path begins."""
    steps = next(v for k, v in document.value if k.value == "steps")
    return line(steps.value[int(path[1])])


def case(name: str, text: str | bytes, code: int, *says: str) -> Broken:
    """Return a broken proposal, to be validated."""
    data = text.encode() if isinstance(text, str) else text
    return Broken(f"proposal: {name}", {FILE: data}, ("validate", FILE), (code,), says)


def broken_proposals(number: int, seed: int) -> list[Broken]:
    """Return so many broken proposals of each sort at the most."""
    document = yaml.compose(RICH)
    found = list(keys(document))
    sorts = (
        _misspelt(found),
        _doubled(found),
        _of_other_form(found),
        _empty(found),
        _of_no_unit(document, found),
        _laid_out_wrongly(found),
        _in_other_bytes(),
        _wrong_by_themselves(),
    )
    return [one for sort in sorts for one in drawn(list(sort), number, seed)]


def _misspelt(found: list[Key]) -> Iterator[Broken]:
    """A field that there isn't: the line and the nearest field are named."""
    for key in found:
        if not OPEN.intersection(map(str, key.path[:-1])):
            text = put(key.key, f"{key.name}x")
            where = f"{FILE}:{line(key.key)}:"
            name = ".".join(map(str, key.path))
            says = "op" if key.name == "op" else f"{key.name}x"
            yield case(f"misspelt {name}", text, 2, where, says)


def _doubled(found: list[Key]) -> Iterator[Broken]:
    """A key that stands twice in one mapping, in flow style beside itself."""
    for key in found:
        if isinstance(key.value, yaml.ScalarNode) and "\n" not in key.value.value:
            end = key.value.end_mark.index
            flow = RICH[key.key.start_mark.index : end]
            column = key.key.start_mark.column
            inner = "{" in RICH[: key.key.start_mark.index].rpartition("\n")[2]
            again = f", {flow}" if inner else f"\n{' ' * column}{flow}"
            text = RICH[:end] + again + RICH[end:]
            at = line(key.key) + (not inner)
            name = ".".join(map(str, key.path))
            yield case(f"doubled {name}", text, 2, f"{FILE}:{at}:", key.name)


def _of_other_form(found: list[Key]) -> Iterator[Broken]:
    """A value of another form than is wanted: the line is named."""
    for key in found:
        name = ".".join(map(str, key.path))
        where = f"{FILE}:{line(key.value)}:"
        if isinstance(key.value, yaml.ScalarNode):
            yield case(f"a list for {name}", put(key.value, "[1, 2]"), 2, where)
            yield case(f"a table for {name}", put(key.value, "{a: {b: c}}"), 2, where)
        elif not OPEN.intersection(map(str, key.path)):
            block = (
                isinstance(key.value, yaml.SequenceNode) and not key.value.flow_style
            )
            text = put(key.value, "7\n  " if block else "7")
            yield case(f"a number for {name}", text, 2, where)


def _empty(found: list[Key]) -> Iterator[Broken]:
    """A key that has no value, where one is needed: its line is named."""
    for key in found:
        block = "\n" in RICH[key.value.start_mark.index : key.value.end_mark.index]
        if (
            key.name in NEEDED
            and not block
            and not OPEN.intersection(map(str, key.path))
        ):
            name = ".".join(map(str, key.path))
            where = f"{FILE}:{line(key.key)}:"
            yield case(f"nothing for {name}", put(key.value, ""), 2, where)


def _of_no_unit(document: yaml.Node, found: list[Key]) -> Iterator[Broken]:
    """A name that no unit has: the step is refused, with its line."""
    for key in found:
        scalar = isinstance(key.value, yaml.ScalarNode)
        if key.name not in REFERENCES or key.path[0] != "steps" or not scalar:
            continue
        at = f"step {int(key.path[1]) + 1}, line {step_line(document, key.path)}"
        name = ".".join(map(str, key.path))
        for named in ("nowhere", "code:Z9"):
            text = put(key.value, named)
            says = (at, "UNIT01", named.removeprefix("code:"))
            yield case(f"{named} for {name}", text, 1, *says)


def _laid_out_wrongly(found: list[Key]) -> Iterator[Broken]:
    """A layout that isn't YAML: a line is named, though not always the same."""
    for key in found:
        start, end = key.key.start_mark.index, key.value.end_mark.index
        name = ".".join(map(str, key.path))
        if isinstance(key.value, yaml.ScalarNode):
            for what, text in (
                ("a quote left open", put(key.value, '"' + key.value.value)),
                ("an unknown anchor", put(key.value, "*nobody")),
                ("a bracket left open", put(key.value, "[a, b")),
                ("a tag", put(key.value, "!!python/name:os.system " + key.value.value)),
            ):
                yield case(f"{what} at {name}", text, 2, f"{FILE}:")
        head = RICH[:start].rpartition("\n")[2]
        if not head.strip(" ") and len(key.path) > 2:
            tab = RICH[: start - len(head)] + "\t" + RICH[start:]
            yield case(f"a tab before {name}", tab, 2, f"{FILE}:{line(key.key)}:")
        if "{" in RICH[start:end]:
            cut = RICH[: start + RICH[start:end].index("{") + 3]
            yield case(f"cut off in {name}", cut, 2, f"{FILE}:")


def _in_other_bytes() -> Iterator[Broken]:
    """Bytes that are no text in UTF-8, or hold what no text should."""
    plain = RICH.encode()
    for what, data in (
        ("in UTF-16", RICH.encode("utf-16")),
        ("in Latin-1", RICH.replace("Elm", "Élm").encode("latin-1")),
        ("with a byte of no character", plain.replace(b"Elm", b"E\xfflm")),
        ("with a null byte", plain.replace(b"Elm", b"E\0lm")),
        ("with an escape character", plain.replace(b"Elm", b"E\x1b[31mlm")),
        ("with nothing in it", b""),
        ("with blanks alone", b" \n\n"),
        ("with a comment alone", b"# nothing\n"),
        ("with a word alone", b"merge\n"),
        ("with a list", b"- op: merge_units\n"),
        ("with two documents", plain + b"---\n" + plain),
        ("100,000 levels deep", b"a: " + b"[" * 100_000),
        ("with an alias bomb", _bomb()),
        ("of a million digits", plain.replace(b"600", b"6" * 1_000_000)),
    ):
        yield case(what, data, 2, FILE)


def _bomb() -> bytes:
    """Return a document that ten small lines make a thousand million words of."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 10):
        aliases = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{aliases}]")
    return ("\n".join(lines) + "\n" + RICH).encode()


def _wrong_by_themselves() -> Iterator[Broken]:
    """Values that are of the right form, and wrong: each with what must be said."""
    for old, new, code, *says in (
        ("effective: 2025-01-01", "effective: 2025-02-30", 2, f"{FILE}:2:"),
        ("effective: 2025-01-01", "effective: tomorrow", 2, f"{FILE}:2:"),
        ("effective: 2025-01-01", "effective: 01/01/2025", 2, f"{FILE}:2:"),
        ("effective: 2025-01-01", "effective: 9999-12-31", 2, f"{FILE}:2:"),
        ("date: 2024-12-01", "date: 2024-13-01", 2, f"{FILE}:3:"),
        ("code: M9", "code: 06652", 2, f"{FILE}:7:", 'write "06652"'),
        ("code: M9", "code: 0x1F", 2, f"{FILE}:7:", 'write "0x1F"'),
        ("op: merge_units", "op: merge_unit", 2, f"{FILE}:5:", "merge_units"),
        ("op: merge_units", "op: destroy", 2, f"{FILE}:5:", "destroy"),
        ("as: elm", "as: Elm", 2, f"{FILE}:9:", "Elm"),
        ("[m1, code:M2]", "[m1]", 2, f"{FILE}:6:"),
        ("[m1, code:M2]", "[]", 2, f"{FILE}:6:"),
        ("[m1, code:M2]", "[m1, m1]", 1, "step 1, line 5", "m1"),
        ("[m1, code:M2]", "[m1, b]", 1, "step 1, line 5", "KIND01"),
        ("[m1, code:M2]", "[m1, x]", 1, "step 1, line 5"),
        ("kind: municipality, name: Elm", "kind: town, name: Elm", 1, "KIND02"),
        ("kind: municipality, name: Elm", "kind: district, name: Elm", 1, "KIND01"),
        ("facts: {type: town}", "facts: {tipe: town}", 1, "FACT01", "type"),
        ("facts: {type: town}", "facts: {type: hamlet}", 1, "FACT01", "hamlet"),
        ("facts: {people: 600}", "facts: {people: -1}", 1, "FACT01", "line 21"),
        ("facts: {people: 600}", "facts: {people: many}", 1, "FACT01", "line 21"),
        ("facts: {people: 600}", "facts: {people: 6.5}", 2, f"{FILE}:23:"),
        ("facts: {people: 600}", "facts: {people: true}", 1, "FACT01", "line 21"),
        ("name: Elm", "id: m3, name: Elm", 1, "ID01", "m3"),
        ("name: Elm", "id: M 3, name: Elm", 2, f"{FILE}:7:", "M 3"),
        ("under: e\n", "under: m1\n", 1, "step 1, line 5", "m1"),
        ("    from: e\n", "    from: d\n", 1, "step 3, line 13"),
        ("    to: d\n", "    to: e\n", 1, "step 3, line 13"),
        ("    to: d\n", "    to: x\n", 1, "step 3, line 13", "KIND01"),
        ("{people: unknown}", "{people: 1/0}", 2, f"{FILE}:28:"),
        ("{people: unknown}", "{people: 3/2}", 2, f"{FILE}:28:"),
        ("{people: unknown}", "{people: half}", 2, f"{FILE}:28:"),
        ("{people: unknown}", "{staff: all}", 1, "step 6, line 24"),
        ("under: s\n", "under: m3\n", 1, "step 7, line 31"),
        ("as: west", "as: elm", 1, "elm"),
        ("title: The north and the south are arranged anew", "title: ''", 2, ":1:"),
        ("effective: 2025-01-01", "effective: 1999-01-01", 1, "step 1, line 5"),
    ):
        assert old in RICH, old
        text = RICH.replace(old, new, 1)
        yield case(f"{new} for {old}".replace("\n", ""), text, code, *says)
