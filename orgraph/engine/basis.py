"""Lets what a proposal founds rest on the document that the proposal names."""

from datetime import date

from ..draft import Draft, View
from ..model import FOREVER, NodeRow, default_id
from ..model.facts import PRECISION, without
from ..proposal import Basis


def rest_on(draft: Draft, basis: Basis | None) -> None:
    """Join every unit that begins to the document, founding that where it is unknown.

    A document is known by issuer, number and date together: the same number twice is
    legal. One that is recorded from a later day on, for what took effect then, is made
    to begin earlier. A basis without a number stays in the revision alone.
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


def document_names(view: View, basis: Basis | None) -> tuple[list[str], list[str]]:
    """Return the ids and the codes by which a document is looked for."""
    if basis is None or basis.number is None:
        return [], []
    return [_default(view, basis, basis.number)], [basis.number]


def _default(view: View, basis: Basis, number: str) -> str:
    """Return the id that a document gets, if no other one has it."""
    return default_id(view.pack.basis.document, number, number, _since(view, basis))


def _since(view: View, basis: Basis) -> date:
    return min(basis.date or view.day, view.day)


def _document(draft: Draft, basis: Basis) -> str:
    kind = draft.pack.basis.document
    number = basis.number or ""
    facts = {"issuer": basis.issuer}
    if basis.date is not None:
        facts["date"] = basis.date.isoformat()

    def is_it(row: NodeRow) -> bool:
        said = (row.facts.get(name) == facts.get(name) for name in ("issuer", "date"))
        return row.kind == kind and all(said)

    for row in draft.with_codes([number])[number]:
        if is_it(row):
            return row.id
    since = _since(draft, basis)
    for row in draft.coded(number):
        first = draft.versions(row.id)[0]
        if is_it(row) and first.since > draft.day:
            draft.drop(first)
            known = without(first.facts, PRECISION)
            draft.put(first._replace(since=since, facts=known))
            return row.id
    base = _default(draft, basis, number)
    place, node = 1, base
    while draft.versions(node):
        place += 1
        node = f"{base}-{place}"
    draft.put(NodeRow(node, kind, since, FOREVER, number, number, facts))
    return node
