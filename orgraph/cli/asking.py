"""What the questions about a region share: their node, and how they are answered."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeVar

import typer

from ..language import laid, say
from .options import answered, checked_format, day, language_of, print_json, tell

if TYPE_CHECKING:
    from ..stores import Store

MOST_SHOWN = 30
BelowArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="NODE",
        help="An id, kind:code or a name: its region; by default all roots.",
    ),
]


class Answer(Protocol):
    """What every question returns."""

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON data."""
        ...


A = TypeVar("A", bound=Answer)
T = TypeVar("T")


def answer(
    context: typer.Context,
    store: str | None,
    on: str | None,
    form: str,
    ask: "Callable[[Store, date], A]",
    lines: Callable[[A], Iterator[str]],
    lang: str | None,
) -> None:
    """Ask a question inside one snapshot, and print what it answers."""
    checked_format(form)
    language = language_of(context, lang)
    answer = answered(context, store, lambda here: ask(here, day(on)))
    if form == "json":
        print_json(answer.to_plain())
        return
    tell(language, *lines(answer))


def named(store: "Store", node: str | None, on: date) -> str | None:
    """Return the id of a node that may be left out."""
    from ..queries import name_node

    return None if node is None else name_node(store, node, on)


def below(
    asked: "Callable[[Store, str | None, date], A]", node: str | None
) -> "Callable[[Store, date], A]":
    """Return a question of a region as `answer` asks it."""

    def ask(here: "Store", on: date) -> A:
        return asked(here, named(here, node, on), on)

    return ask


def unit_said(unit: Any) -> str:  # noqa: ANN401 - whatever has an id, a kind and a name
    """Return a unit as it is listed."""
    return laid("{kind} {name}", kind=say(unit.kind), name=named_id(unit.name, unit.id))


def named_id(name: str | None, node: str) -> str:
    """Return a node by its name, if it has one, and its id."""
    return f"{name} ({node})" if name else node


def shown(items: Iterable[T]) -> Iterator[T]:
    """Return the items that are listed in text."""
    return islice(items, MOST_SHOWN)


def more(items: "tuple[Any, ...]") -> Iterator[str]:
    """Yield a line that counts the others, if there are some."""
    if len(items) > MOST_SHOWN:
        yield say("… {n:,} more", n=len(items) - MOST_SHOWN)
