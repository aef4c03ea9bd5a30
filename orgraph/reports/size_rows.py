"""How large units are, as rows: a figure before and after, and what is wanted of it."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ..language import laid
from ..model import FactValue
from .model_sizes import Size


class SizeRow(NamedTuple):
    """A figure of a unit before and after, with what is wanted; "" where it isn't."""

    kind: str
    unit: str
    name: str
    figure: str
    before: FactValue
    after: FactValue
    wanted: int | None
    title: str


def size_rows(sizes: Sequence[Size], name: Callable[[str], str]) -> Iterator[SizeRow]:
    """Yield the figures of units, less those that are nothing on both sides."""
    for size in sizes:
        before, after = size.before or {}, size.after or {}
        wanted = {one.fact: one for one in reversed(size.wanted)}
        for figure in sorted({*before, *after, *wanted}):
            old, new = before.get(figure, ""), after.get(figure, "")
            aim = wanted.get(figure)
            if aim is None and old in {"", 0} and new in {"", 0}:
                continue
            least = aim.at_least if aim else None
            title = ""
            if aim:
                title = laid("{title} ({on})", title=aim.title, on=aim.document)
            unit = name(size.unit)
            yield SizeRow(size.kind, size.unit, unit, figure, old, new, least, title)
