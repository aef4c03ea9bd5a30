"""Finds the node that a person means by an id, a code or a name."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..errors import InputError
from ..model import NodeRow, Span, fold, id_problem
from .library import Library, last_rows, plain_days, shown_name
from .other_days import other_days

MOST_LISTED = 20


def name_node(
    store: Library, text: str, on: date | None, *, ended: bool = False
) -> str:
    """Return the id that a text names: an id, `kind:code`, `code:…` or a name.

    Codes and names are those of the day `on`; of all days where it is None, and with
    `ended` where nothing is called so on the day. Raises InputError when nothing fits,
    or several do, listing them, and what was called so on other days.
    """
    if id_problem(text) is None and store.nodes([text], Span.always()):
        return text
    found = _called(store, text, on)
    others = _called(store, text, None) if on and not found else []
    if ended and not found:
        found, others, on = others, [], None
    if len(found) == 1:
        return found[0].id
    when = f" on {on}" if on else ""
    if found:
        several = f"{text!r} can mean {len(found)} nodes{when}"
        message = f"{several}; name one by its id{'' if on else ' or a day'}:"
        raise InputError(message, *_listed(store, found, days=not on))
    message = f"nothing is called {text!r}{when}"
    if not others and id_problem(text) is None and store.revisions_of(text):
        message = f"{text} was founded and taken back: see orgraph history {text}"
    if on and len(others) == 1:
        raise InputError(f"{message}; {_other_day(store, others[0], on)}")
    if others:
        message = f"{message}; on other days:"
    raise InputError(message, *_listed(store, others, days=True))


def written(store: Library, text: str, on: date) -> str:
    """Return the id that a text names, also of a node that was taken back."""
    if id_problem(text) is None and store.revisions_of(text):
        return text
    return name_node(store, text, on, ended=True)


def _other_day(store: Library, row: NodeRow, on: date) -> str:
    """Say when the one node that a text names on other days was called so."""
    if store.nodes([row.id], Span.day(on)):
        turns = f"was until {row.until}" if row.until <= on else "is later"
        return f"{row.id} {turns}: name it by that id"
    return f"{row.id} {other_days(store, row.id, on)}"


def _called(store: Library, text: str, on: date | None) -> list[NodeRow]:
    """Return the versions, one of each node, that a code or else a name means."""
    return _by_code(store, text, on) or _by_name(store, text, on)


def _listed(store: Library, rows: list[NodeRow], *, days: bool) -> list[str]:
    """Return a line for each of the first nodes, with its days of that name."""
    since = _since(store, rows[:MOST_LISTED]) if days else {}
    listed = []
    for row in rows[:MOST_LISTED]:
        shown = shown_name(store.pack, row, names=False)
        if days:
            first = plain_days(since[row.id])["since"]
            shown = f"{shown}  {first} to {plain_days(row)['until'] or '…'}"
        listed.append(f"  {row.id}  {row.kind}  {shown}")
    if len(rows) > MOST_LISTED:
        listed.append(f"  … {len(rows) - MOST_LISTED} more")
    return listed


def _since(store: Library, rows: list[NodeRow]) -> dict[str, NodeRow]:
    """Return the versions with which nodes began to be called what they are called."""
    found = {row.id: row for row in rows}
    ids = sorted(found)
    for row in sorted(store.nodes(ids, Span.always()) if ids else (), reverse=True):
        first = found[row.id]
        if row.until == first.since and row[4:6] == first[4:6]:
            found[row.id] = row
    return found


def _by_code(store: Library, text: str, on: date | None) -> list[NodeRow]:
    kind, colon, code = text.partition(":")
    if not colon or (kind != "code" and kind not in store.pack.nodes):
        return []
    rows = last_rows(store.with_codes([code], _span(on))).values()
    return sorted(row for row in rows if kind in ("code", row.kind))


def _by_name(store: Library, text: str, on: date | None) -> list[NodeRow]:
    kind, colon, name = text.partition(":")
    wanted = name if colon and kind in store.pack.nodes else text
    found = find_nodes(store, wanted, on, limit=1000)
    if wanted != text:
        found = [row for row in found if row.kind == kind]
    return [row for row in found if fold(row.name) == fold(wanted)] or found


def _span(on: date | None) -> Span:
    return Span.always() if on is None else Span.day(on)


class Life(NamedTuple):
    """A node as it was found, with its first and last version.

    `called_until` is the day from which it is called otherwise, or has another code;
    None where it is called so to its end.
    """

    found: NodeRow
    first: NodeRow
    last: NodeRow
    called_until: date | None


def lives(store: Library, rows: Sequence[NodeRow]) -> list[Life]:
    """Return the whole lives of nodes of which one version each was found."""
    versions: defaultdict[str, list[NodeRow]] = defaultdict(list)
    ids = sorted({row.id for row in rows})
    for row in sorted(store.nodes(ids, Span.always()), key=lambda row: row.since):
        versions[row.id].append(row)
    return [_life(row, versions[row.id]) for row in rows]


def _life(found: NodeRow, versions: Sequence[NodeRow]) -> Life:
    called = (found.name, found.code)
    later = (row for row in versions if row.since > found.since)
    other = next((row for row in later if (row.name, row.code) != called), None)
    return Life(found, versions[0], versions[-1], other.since if other else None)


def find_nodes(
    store: Library, text: str, on: date | None, limit: int = 50
) -> list[NodeRow]:
    """Return nodes by the beginning of the words of their names, or by their code.

    Case, accents and the place of tone marks don't matter. `on` None searches all days.
    """
    span = _span(on)
    words = fold(text).split()
    rows = store.find(words, span, limit) if words else []
    if text.strip():
        rows = [*store.with_codes([text.strip()], span), *rows]
    return sorted(last_rows(rows).values(), key=lambda row: (fold(row.name), row.id))[
        :limit
    ]
