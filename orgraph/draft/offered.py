"""Which answers are offered where the pack asks: none that is always refused."""

from ..pack import Pack
from .answers import ANSWERS
from .cases import Case
from .view import View


def offered(
    view: View, case: Case, successor: str | None, parent: str | None
) -> set[str]:
    """Return the words that may say what becomes of an edge.

    `successor` takes the place of the unit, `parent` is above it and stays; None where
    there is none.
    """
    left_out = set()
    if _must_be_somewhere(view.pack, case, view.kind(case.dependent)):
        left_out.add("end")
    if view.kind(case.dependent) in view.pack.heads:
        left_out.add("ends_with")
    if not _may_go_to(view, case, successor):
        left_out.add("follow")
    if not case.is_own_parent(view) and not _may_go_to(view, case, parent):
        left_out.add("parent")
    return set(ANSWERS) - left_out


def _must_be_somewhere(pack: Pack, case: Case, kind: str) -> bool:
    """Tell whether a dependent shouldn't merely leave the unit that it is in."""
    edge = pack.edges[case.row.kind]
    is_wanted = edge.targets == "1" or case.row.kind == pack.chain.seat
    is_unit = edge.contains and kind not in pack.heads
    return case.end == "target" and (is_wanted or is_unit)


def _may_go_to(view: View, case: Case, other: str | None) -> bool:
    """Tell whether the edge may join another instead of the unit, if that is known."""
    if other is None:
        return False
    ends = case.joined_to(other)
    kinds = [view.kind(end) for end in ends if view.versions(end)]
    return len(kinds) < len(ends) or view.pack.may_join(case.row.kind, *kinds)
