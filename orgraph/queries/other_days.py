"""Says when a node lives that doesn't live on the day that is asked about."""

from datetime import date, timedelta

from ..model import OUT, Span
from .library import Library

MOST_NAMED = 20


def other_days(store: Library, node: str, on: date) -> str:
    """Say when a node that doesn't live on a day does, and how to ask about it."""
    versions = sorted(store.nodes([node], Span.always()))
    if not versions:
        return "isn't known"
    since, until = versions[0].since, versions[-1].until
    if since > on:
        return f"begins on {since}: ask with --on {since}"
    last = max(since, until - timedelta(days=1))
    said = f"ended on {until}: ask with --on {last}"
    after = store.edges([node], [store.pack.lineage], OUT, Span.always())
    named = sorted({edge.target for edge in after})[:MOST_NAMED]
    return f"{said}, or for its successor {', '.join(named)}" if named else said
