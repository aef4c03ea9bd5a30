"""Judges a plan on later days, too, on which what it touches changes again.

What is recorded for later days was judged with what was known then. A plan for a day
before may break there what it leaves whole on its own day.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from ..change import Change
from ..draft import Draft, Snapshot
from ..findings import Finding
from ..language import say
from ..model import NodeRow
from .ruling import Touched, rule_findings
from .undoing import judged_before


def found_afterwards(
    draft: Draft,
    touched: Touched,
    found: Iterable[Finding],
    taken_back: Collection[int] = (),
) -> Iterator[Finding]:
    """Yield what is new on later days, each with the first on which it is.

    `found` is what the rules found on the draft's own day, and isn't said again.
    `taken_back` are the revisions of a plan that only takes some back.
    """
    known = {finding.key for finding in found if finding.state == "new"}
    for day in draft.base.turning(touched.nodes):
        then = Draft(Snapshot(draft.reader, day))
        then.redo(change for change in draft.changes() if _lasts(change, day))
        ruled: Iterable[Finding] = rule_findings(then, touched)
        if taken_back:
            ruled = judged_before(then, touched, [*ruled], taken_back)
        for one in ruled:
            if one.state == "new" and one.severity != "info" and one.key not in known:
                known.add(one.key)
                yield _on(one, day)


def _lasts(change: Change, day: date) -> bool:
    """Tell whether a change still bears on a day; that of a node always does.

    What was there may be named by edges that last longer, as by lineage.
    """
    rows = change.before, change.after
    return any(r and (isinstance(r, NodeRow) or r.until > day) for r in rows)


def _on(finding: Finding, day: date) -> Finding:
    """Return a finding that says on which day it is one."""
    message = say(
        "From {day}, by what is recorded for then: {message}",
        day=day,
        message=finding.message,
    )
    about = f"{finding.about} {day}".strip()
    return finding.model_copy(update={"message": message, "about": about})
