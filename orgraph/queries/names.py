"""Finds the node that a person means by an id, a code or a name."""

from datetime import date

from ..errors import InputError
from ..model import NodeRow, Span, fold, id_problem
from .library import Library, last_rows, shown_name
from .other_days import other_days

MOST_LISTED = 20


def name_node(store: Library, text: str, on: date) -> str:
    """Return the id that a text names: an id, `kind:code`, `code:…` or a name.

    Raises InputError when nothing fits, or several do, listing them.
    """
    if id_problem(text) is None and store.nodes([text], Span.always()):
        return text
    found = _by_code(store, text, on) or _by_name(store, text, on)
    if len(found) == 1:
        return found[0].id
    if not found:
        message = f"nothing is called {text!r} on {on}"
        raise InputError(f"{message}{_on_other_days(store, text, on)}")
    listed = [
        f"  {row.id}  {row.kind}  {shown_name(store.pack, row, names=False)}"
        for row in found[:MOST_LISTED]
    ]
    if len(found) > MOST_LISTED:
        listed.append(f"  … {len(found) - MOST_LISTED} more")
    message = f"{text!r} can mean {len(found)} nodes on {on}; name one by its id:"
    raise InputError(message, *listed)


def _on_other_days(store: Library, text: str, on: date) -> str:
    """Say what a text names on other days, and how that can be asked about."""
    found = last_rows(_by_code(store, text, None) or _by_name(store, text, None))
    if len(found) > 1:
        listed = sorted(found)[:MOST_LISTED]
        return f"; on other days {', '.join(listed)} are: --on DATE asks about a day"
    for node, row in found.items():
        if store.nodes([node], Span.day(on)):
            turns = f"was until {row.until}" if row.until <= on else "is later"
            return f"; {node} {turns}: name it by that id"
        return f"; {node} {other_days(store, node, on)}"
    return ""


def _by_code(store: Library, text: str, on: date | None) -> list[NodeRow]:
    kind, colon, code = text.partition(":")
    if not colon or (kind != "code" and kind not in store.pack.nodes):
        return []
    rows = store.with_codes([code], Span.always() if on is None else Span.day(on))
    return sorted(row for row in rows if kind in ("code", row.kind))


def _by_name(store: Library, text: str, on: date | None) -> list[NodeRow]:
    kind, colon, name = text.partition(":")
    wanted = name if colon and kind in store.pack.nodes else text
    found = find_nodes(store, wanted, on, limit=1000)
    if wanted != text:
        found = [row for row in found if row.kind == kind]
    return [row for row in found if fold(row.name) == fold(wanted)] or found


def find_nodes(
    store: Library, text: str, on: date | None, limit: int = 50
) -> list[NodeRow]:
    """Return nodes by the beginning of the words of their names, or by their code.

    Case, accents and the place of tone marks don't matter. `on` None searches all days.
    """
    span = Span.always() if on is None else Span.day(on)
    words = fold(text).split()
    rows = store.find(words, span, limit) if words else []
    if text.strip():
        rows = [*store.with_codes([text.strip()], span), *rows]
    return sorted(last_rows(rows).values(), key=lambda row: (fold(row.name), row.id))[
        :limit
    ]
