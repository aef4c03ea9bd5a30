"""Composes YAML into plain data and the place of every value in the file.

Scalars are judged by their text and style, never by what a parser would build of them:
an unquoted 06652 is 3498 to one parser and 6652 to another, and here neither.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from ..errors import InputError
from .halves import Joined

LARGEST_FILE = 16 * 1024 * 1024
DEEPEST = 64
MOST_NUMBER_DIGITS = 16

NO_CHARACTER = "found invalid Unicode character escape code"
"""What the parser says of half a surrogate pair, which JSON allows."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z", re.ASCII)
_BOOLEANS = {"true": True, "false": False}
_NULLS = {"", "~", "null", "Null", "NULL"}
_UNCLEAR = re.compile(
    r"(?:[-+]?0[0-9_]+|[-+]?0[xob][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*_[0-9_]*"
    r"|[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[0-9]+(?::[0-5]?[0-9])+"
    r"|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|True|TRUE|False|FALSE)\Z",
    re.ASCII,
)


class Mark(NamedTuple):
    """A place in a file, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Unclear:
    """An unquoted scalar that parsers read differently, or that is too long.

    It is no tuple, which would be taken for a list.
    """

    text: str


class Tree(NamedTuple):
    """Plain data, the mark of every value and key by its path, and plain scalars."""

    data: Any
    marks: dict[tuple[Any, ...], Mark]
    plain: dict[tuple[Any, ...], str]

    def mark(self, path: tuple[Any, ...]) -> Mark:
        """Return the place of a value, or of the nearest that encloses it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(1, 1))


class YamlProblemError(InputError):
    """A file that isn't YAML, with the place where it stops being so."""

    def __init__(self, message: str, mark: Mark) -> None:
        """Keep the sentence and the place."""
        super().__init__(message)
        self.mark = mark


def compose(text: str) -> Tree:
    """Return the tree of one YAML or JSON document; raises YamlProblemError."""
    joined = Joined.of(text)

    def written(mark: Mark) -> Mark:
        return Mark(mark.line, joined.column(*mark))

    try:
        tree = _composed(joined.text)
    except YamlProblemError as error:
        error.mark = written(error.mark)
        raise
    if not joined.joins:
        return tree
    marks = {path: written(mark) for path, mark in tree.marks.items()}
    return tree._replace(marks=marks)


def _composed(text: str) -> Tree:
    try:
        _guard(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position].decode(errors="ignore")
        place = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = "this holds a control character, which YAML does not allow"
        raise YamlProblemError(message, place) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"this is not YAML: {error.problem or error.context}"
        if error.problem == NO_CHARACTER:
            message = "this escape is no whole character; write the character itself"
        raise YamlProblemError(message, _mark(mark)) from None
    except yaml.YAMLError as error:
        message = f"this is not YAML: {str(error).splitlines()[0]}"
        raise YamlProblemError(message, Mark(1, 1)) from None
    if node is None:
        message = "the file is empty"
        raise YamlProblemError(message, Mark(1, 1))
    tree = Tree(None, {}, {})
    return tree._replace(data=_build(node, (), tree))


def _mark(mark: Any) -> Mark:  # noqa: ANN401 - two parsers, two classes
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


def _guard(text: str) -> None:
    """Scan the events first: the composer crashes the process on deep nesting."""
    depth = 0
    documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        mark = _mark(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "anchors and aliases (& and *) are not read; write it out"
            raise YamlProblemError(message, mark)
        tag = getattr(event, "tag", None)
        if tag:
            message = f"the tag {tag} is not read; leave it out"
            raise YamlProblemError(message, mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                message = f"this is nested deeper than {DEEPEST} levels"
                raise YamlProblemError(message, mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                message = "a proposal is one document; a second begins here"
                raise YamlProblemError(message, mark)


def _build(node: yaml.Node, path: tuple[Any, ...], tree: Tree) -> Any:  # noqa: ANN401 - plain data
    tree.marks[path] = _mark(node.start_mark)
    if isinstance(node, yaml.SequenceNode):
        return [_build(n, (*path, i), tree) for i, n in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, path, tree))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path, tree)
    message = "this is neither a word, a list nor a mapping"
    raise YamlProblemError(message, tree.marks[path])


def _pairs(
    node: yaml.MappingNode, path: tuple[Any, ...], tree: Tree
) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key, value in node.value:
        mark = _mark(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            message = "a key is a word, not a list or a mapping"
            raise YamlProblemError(message, mark)
        name = key.value
        if name in seen:
            message = f"the key {name!r} stands twice"
            raise YamlProblemError(message, mark)
        seen.add(name)
        yield name, _build(value, (*path, name), tree)
        tree.marks[*path, name, "key"] = mark


def _scalar(node: yaml.ScalarNode, path: tuple[Any, ...], tree: Tree) -> Any:  # noqa: ANN401 - plain data
    text = str(node.value)
    if node.style:  # quoted or a block; a plain scalar has none
        return text
    tree.plain[path] = text
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.match(text) and len(text) <= MOST_NUMBER_DIGITS:
        return int(text)
    return Unclear(text) if _UNCLEAR.match(text) else text
