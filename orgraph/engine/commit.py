"""Commits a plan inside a store's write lock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol

from ..change import Change, change_line, digest
from ..collector import uncollected
from ..draft import Reader, Revision, TallyRow
from ..draft.tally import tally_changes
from ..errors import RefusedError, StaleError
from ..findings import Finding
from ..model import OUT, Row, Span, same_content
from ..plan import Plan
from ..proposal import proposal_from_plain
from .planning import base_hash, make_plan

REVISION_TAG = "orgraph.revision/1"
MOST_NAMED = 20
OTHER_PACK = "the plan was made with another schema pack than the store's"


class Transaction(Reader, Protocol):
    """A store inside its write lock: what is written is kept wholly or not at all."""

    def write(
        self, revision: Revision, changes: Sequence[Change], tally: Iterable[TallyRow]
    ) -> None:
        """Write the changes as this revision, and the steps of the tallies."""
        ...


class Stamp(NamedTuple):
    """Who commits, and when: the one place where the clock is read."""

    author: str
    time: str

    @classmethod
    def now(cls, author: str) -> "Stamp":
        """Return the stamp of this second."""
        return cls(author, datetime.now(UTC).isoformat(timespec="seconds"))


@uncollected
def commit(store: Transaction, plan: Plan, stamp: Stamp) -> Revision:
    """Write a plan; plan it again first where the head is no longer its base.

    So is a plan that was written and read again: a file proves nothing. Raises
    RefusedError when a finding blocks it, and StaleError, naming what differs, when it
    would now do something else.
    """
    if plan.pack_digest != store.pack.digest:
        raise StaleError(OTHER_PACK)
    draft = plan.draft
    if draft is None or base_hash(store) != plan.base_hash:
        again = make_plan(store, proposal_from_plain(plan.proposal))
        check_fresh(plan, again)
        draft = again.draft
    if plan.refused:
        blocking = [finding for finding in plan.findings if finding.blocks]
        message = f"{len(blocking)} findings block the plan"
        raise RefusedError(message)
    proposal = dict(plan.proposal)
    tally = draft.tally() if draft else None
    return append(store, plan.changes, proposal, stamp, tally)


def check_fresh(plan: Plan, again: Plan) -> None:
    """Raise StaleError where a plan, made again on the head, is another one."""
    if plan.pack_digest != again.pack_digest:
        raise StaleError(OTHER_PACK)
    differences = list(_differences(plan, again))
    if differences and again.draft is not None:
        number = applied_as(again.draft.reader, plan)
        if number is not None:
            message = f"the plan was applied already, as revision {number}"
            raise StaleError(message)
    if differences:
        message = (
            f"the plan was made on revision {plan.base} and the store is at revision "
            f"{again.base}; planned again it is not the same"
        )
        more = len(differences) - MOST_NAMED
        named = differences[:MOST_NAMED]
        raise StaleError(message, [*named, f"… {more} more"] if more > 0 else named)


def applied_as(store: Reader, plan: Plan) -> int | None:
    """Return the revision, after a plan's base, that wrote the plan; None if none did.

    It is known by the rows that the plan writes, of which a few are looked up.
    """
    keys = [change.key for change in plan.changes if change.after][:MOST_NAMED]
    nodes = {key[0] for key in keys if len(key) == 2}  # noqa: PLR2004 - a NodeKey
    ends = {(key[0], key[1]) for key in keys if len(key) > 2}  # noqa: PLR2004 - the other
    kinds, sources = ({end[place] for end in ends} for place in (0, 1))
    if not all(isinstance(name, str) for name in (*nodes, *kinds, *sources)):
        return None  # a plan that was made by hand
    rows: list[Row] = [*store.nodes(sorted(nodes), Span.always())]
    rows += store.edges(sorted(sources), sorted(kinds), OUT, Span.always())
    for number in sorted({row.rev for row in rows if row.rev > plan.base}):
        revision = store.revision(number)
        if revision is not None and revision.proposal == plan.proposal:
            return number
    return None


def append(
    store: Transaction,
    changes: Sequence[Change],
    proposal: Mapping[str, Any],
    stamp: Stamp,
    tally: Sequence[TallyRow] | None = None,
) -> Revision:
    """Write changes, and what they add to the tallies, as the next revision."""
    revision = new_revision(store, changes, proposal, stamp)
    steps = tally_changes(store, changes) if tally is None else tally
    store.write(revision, changes, steps)
    return revision


def new_revision(
    store: Reader,
    changes: Sequence[Change],
    proposal: Mapping[str, Any],
    stamp: Stamp,
) -> Revision:
    """Return the next revision, chained to the one before by its hash."""
    lines = map(change_line, changes)
    return revision_of(store, proposal, stamp, lines, len(changes))


def revision_of(
    store: Reader,
    proposal: Mapping[str, Any],
    stamp: Stamp,
    lines: Iterable[str],
    rows: int,
) -> Revision:
    """Return the next revision, of the lines that say its rows, in order."""
    head = store.head()
    last = store.revision(head) if head else None
    content = {
        "number": head + 1,
        "effective": proposal["effective"],
        "title": proposal["title"],
        "basis": proposal.get("basis"),
        "author": stamp.author,
        "time": stamp.time,
        "pack": store.pack.name,
        "pack_digest": store.pack.digest,
        "proposal": dict(proposal),
        "previous": last.hash if last else "",
    }
    held = digest(REVISION_TAG, _said(content), lines)
    return Revision(**content, hash=held, rows=rows)


def revision_hash(content: Mapping[str, Any], lines: Iterable[str]) -> str:
    """Return the hash of a revision: of all it says, and of its lines in order."""
    return digest(REVISION_TAG, _said(content), lines)


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in content.items() if k not in {"hash", "rows"}}


def _differences(plan: Plan, again: Plan) -> Iterator[str]:
    """Name the findings and rows in which two plans differ, one sentence each.

    Findings come first: of many rows they say why.
    """
    was, now = (set(map(_shown, one.findings)) for one in (plan, again))
    for finding in sorted(was ^ now):
        yield f"found {'now' if finding in now else 'by the plan'}: {finding}"
    old = {change.key: change for change in plan.changes}
    new = {change.key: change for change in again.changes}
    for key in sorted(old.keys() | new.keys(), key=str):
        name = " ".join(str(part) for part in key)
        if key not in new:
            yield f"{name}: no longer changed"
        elif key not in old:
            yield f"{name}: changed now"
        elif not same_content(old[key].before, new[key].before):
            yield f"{name}: was changed meanwhile"
        elif not same_content(old[key].after, new[key].after):
            yield f"{name}: would become something else"


def _shown(finding: Finding) -> str:
    return f"{finding.code} ({finding.state}) {finding.message}"
