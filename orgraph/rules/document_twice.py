"""No two documents have issuer, number and date in common: by these one is known."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import NodeRow, Span
from .base import Reach, Rule
from .census import Census

DOCUMENT_TWICE = Code(
    code="CODE02",
    meaning="Two documents have the same issuer, number and date.",
    hint="Keep one of them. If they are two, one of the three differs: correct it.",
)
Identity = tuple[str, str, str]


class DocumentTwice(Rule):
    """No two documents, on whatever days, have the same issuer, number and date.

    The number alone is given anew every year, and by every issuer. A document of which
    one of the three isn't known may be any.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look for others like the documents that a plan writes, or like any."""
        kind = view.pack.basis.document
        if reach.bearing is None:
            mine: Sequence[str] = reach.of([kind])
        else:
            mine = sorted(reach.revised.get(kind, ()))
        alike = _alike(view, mine)
        for node in mine:
            identity = _identity_of(view, node)
            for other in alike.get(identity, ()) if identity else ():
                # Of two that are looked at, the second is the one too many.
                told = reach.bearing is not None and other not in mine
                if identity and other != node and (told or other < node):
                    yield _shared(view, node, other, identity)
                    break

    def where(self, census: Census) -> Iterator[str]:
        """Look at the documents of which there are several."""
        kind = census.pack.basis.document
        having: defaultdict[Identity, set[str]] = defaultdict(set)
        for row in census.store.of_kind(kind, Span.always()):
            if identity := known_by(row):
                having[identity].add(row.id)
        return iter(
            sorted({n for some in having.values() if some - {min(some)} for n in some})
        )


def known_by(row: NodeRow) -> Identity | None:
    """Return issuer, number and date of a document; None where one isn't known."""
    issuer, day = row.facts.get("issuer"), row.facts.get("date")
    if isinstance(issuer, str) and row.code and isinstance(day, str):
        return issuer, row.code, day
    return None


def _identity_of(view: View, node: str) -> Identity | None:
    rows = view.versions(node)
    return known_by(rows[-1]) if rows else None


def _alike(view: View, nodes: Sequence[str]) -> dict[Identity, list[str]]:
    """Return the documents there are by what they are known by; read at once."""
    known = {node: found for node in nodes if (found := _identity_of(view, node))}
    numbers = sorted({identity[1] for identity in known.values()})
    others = {
        row.id
        for number in numbers
        for row in view.coded(number, *numbers)
        if row.kind == view.pack.basis.document and row.id not in known
    }
    for node in sorted(others):
        if identity := _identity_of(view, node):
            known[node] = identity
    alike: defaultdict[Identity, list[str]] = defaultdict(list)
    for node in sorted(known):
        alike[known[node]].append(node)
    return alike


def _shared(view: View, node: str, other: str, identity: Identity) -> Finding:
    issuer, number, day = identity
    message = say(
        "{document} has the issuer, number and date of {other}: {issuer}, {number}, "
        "{day}.",
        document=view.shown(node),
        other=view.shown(other),
        issuer=issuer,
        number=number,
        day=day,
    )
    return DOCUMENT_TWICE.at(node, message)
