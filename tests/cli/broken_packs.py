"""Packs broken in one line: a key, a value, a reference, or TOML itself."""

import re
from collections.abc import Iterator

from broken import Broken, drawn

from orgraph.pack.loader import schema_folder

FOLDER = "own pack"
KEYS = {
    "label", "type", "additive", "facts", "becomes", "types", "contains", "ends",
    "targets", "sources", "kind", "since", "by", "unit", "at_least", "title", "source",
    "fact", "holds", "seat", "person", "group", "place", "member", "lineage", "edge",
}  # fmt: skip
"""Keys whose absence or other form nothing can make up for, or that no pack knows."""
LINE = re.compile(r"^(?P<key>[a-z_]+) = (?P<value>.+)$", re.MULTILINE)


def broken_packs(number: int, seed: int) -> list[Broken]:
    """Return so many broken packs of each sort at the most."""
    good = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((schema_folder() / "territory").glob("*.toml"))
    }
    sorts = (_misspelt, _of_other_form, _no_toml, _of_nothing)
    return [one for sort in sorts for one in drawn(list(sort(good)), number, seed)]


def case(what: str, good: dict[str, str], file: str, text: str, *says: str) -> Broken:
    """Return a pack with one broken file, of which a store is to be made."""
    files = {f"{FOLDER}/{name}": data.encode() for name, data in good.items()}
    files[f"{FOLDER}/{file}"] = text.encode()
    command = ("init", "--pack", FOLDER)
    return Broken(f"pack: {what} in {file}", files, command, (2,), (file, *says))


def _lines(good: dict[str, str]) -> Iterator[tuple[str, str, re.Match[str], int]]:
    for file, text in good.items():
        for found in LINE.finditer(text):
            if found["key"] in KEYS and not found["value"].endswith(("[", "{")):
                yield file, text, found, text.count("\n", 0, found.start()) + 1


def _misspelt(good: dict[str, str]) -> Iterator[Broken]:
    """A key that no pack has."""
    for file, text, found, line in _lines(good):
        new = text[: found.start()] + "z" + text[found.start() :]
        what = f"z{found['key']} on line {line}"
        yield case(what, good, file, new, f"z{found['key']}")


def _of_other_form(good: dict[str, str]) -> Iterator[Broken]:
    """A value of a form that no key has."""
    for file, text, found, line in _lines(good):
        for value in ("[[1.5]]", "{ a = { b = 1.5 } }"):
            new = text[: found.start("value")] + value + text[found.end("value") :]
            what = f"{value} for {found['key']} on line {line}"
            yield case(what, good, file, new, found["key"])


def _no_toml(good: dict[str, str]) -> Iterator[Broken]:
    """Text that isn't TOML."""
    for file, text, found, line in _lines(good):
        for what, piece in (
            ("a quote", '"'),
            ("an equals sign", "="),
            ("a bracket", "["),
        ):
            new = text[: found.end()] + piece + text[found.end() :]
            said = f"{what} more on line {line}"
            yield case(said, good, file, new, "this is not TOML")


def _of_nothing(good: dict[str, str]) -> Iterator[Broken]:
    """The name of a kind, fact or edge that the pack doesn't have."""
    names = re.compile(
        r'"(state|region|district|municipality|locality|body|post|people)"'
    )
    for file, text in good.items():
        for found in names.finditer(text):
            if (
                text[: found.start()]
                .rstrip()
                .endswith(("label =", "plural =", "title ="))
            ):
                continue  # words, which may be any
            line = text.count("\n", 0, found.start()) + 1
            new = text[: found.start(1)] + "nothing" + text[found.end(1) :]
            yield case(f"nothing for {found[1]} on line {line}", good, file, new)
