"""Lets what a proposal founds rest on the document that the proposal names."""

from ..draft import Draft, View
from ..model import FOREVER, NodeRow, default_id
from ..proposal import Basis


def rest_on(draft: Draft, basis: Basis | None) -> None:
    """Join every unit that begins to the document, founding that where it is unknown.

    A document is known by issuer, number and date together: the same number twice is
    legal. A basis without a number stays in the revision alone.
    """
    if basis is None or basis.number is None:
        return
    edge = draft.pack.basis.edge
    sources = draft.pack.edges[edge].ends
    began = [node for node in draft.founded() if draft.kind(node) in sources]
    if not began:
        return
    document = _document(draft, basis)
    for node in began:
        draft.connect(edge, node, document)


def document_id(view: View, basis: Basis) -> str:
    """Return the id that a document gets, if no other one has it."""
    since, number = min(basis.date or view.day, view.day), basis.number or ""
    return default_id(view.pack.basis.document, number, number, since)


def _document(draft: Draft, basis: Basis) -> str:
    kind = draft.pack.basis.document
    number = basis.number or ""
    facts = {"issuer": basis.issuer}
    if basis.date is not None:
        facts["date"] = basis.date.isoformat()
    for row in draft.with_codes([number])[number]:
        same = all(
            row.facts.get(name) == facts.get(name) for name in ("issuer", "date")
        )
        if row.kind == kind and same:
            return row.id
    since = min(basis.date or draft.day, draft.day)
    base = document_id(draft, basis)
    place, node = 1, base
    while draft.versions(node):
        place += 1
        node = f"{base}-{place}"
    draft.put(NodeRow(node, kind, since, FOREVER, number, number, facts))
    return node
