"""Runs the rules and the laws where changes touch the graph, and says what is new."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..change import Change
from ..draft import Draft, View
from ..findings import Finding
from ..language import say
from ..model import EdgeKey, EdgeRow
from ..rules import Bearing, Reach, laws, rules

UNTOLD: dict[str, object] = {"covers": (), "missed": ()}
"""What a finding has for those alone who compare it: none keeps it."""


class Touched(NamedTuple):
    """What changes touch.

    `nodes` are all whose versions or edges change, `revised` those whose versions do;
    `before` and `after` are the edges as they were and as they become, and `keys` those
    of both, by kind.
    """

    nodes: set[str]
    revised: set[str]
    before: list[EdgeRow]
    after: list[EdgeRow]
    keys: dict[str, list[EdgeKey]]


def touch(changes: Iterable[Change]) -> Touched:
    """Return what changes touch."""
    touched = Touched(set(), set(), [], [], {})
    nodes, revised, old, new, keys = touched
    for key, before, after in changes:
        if len(key) == 2:  # noqa: PLR2004 - a NodeKey
            revised.add(key[0])
            continue
        kind, source, target, _ = key
        nodes.add(source)
        nodes.add(target)
        if kind in keys:
            keys[kind].append(key)
        else:
            keys[kind] = [key]
        if isinstance(before, EdgeRow):
            old.append(before)
        if isinstance(after, EdgeRow):
            new.append(after)
    nodes |= revised
    return touched


def law_findings(draft: Draft, touched: Touched) -> list[Finding]:
    """Compare what is carried before and after, by all that the changes bear on.

    Those are the nodes that change themselves, what gets another parent and carries
    figures, and above them those whose own figures hold only as long as nobody below
    has one. People who only go elsewhere are as many as before. Posts that somebody
    leaves are looked at, too.
    """
    leaves = draft.pack.leaves
    nodes = {
        node
        for node in touched.nodes
        if (rows := draft.versions(node)) and rows[0].kind not in leaves
    }
    nodes |= touched.revised
    for view in (draft.base, draft):
        met = view.need_ancestors(nodes)
        nodes |= {n for n in met - nodes if _is_coarse(view, n)}
    holds = draft.pack.chain.holds
    nodes |= {row.target for row in touched.before if row.kind == holds}
    found: list[Finding] = []
    carried, bearing = sorted(nodes), _bearing(draft, touched)
    for law in laws().values():
        concerned = law.concerns(draft.pack, carried, bearing)
        found += law.check(draft.base, draft, concerned, draft.stated)
    return found


def _is_coarse(view: View, node: str) -> bool:
    rows = view.versions(node)
    return bool(rows) and rows[0].kind in view.pack.coarse


def rule_findings(
    draft: Draft, touched: Touched, only: Collection[str] | None = None
) -> list[Finding]:
    """Run every rule, or `only` some, on base and result, and say what is new."""
    bearing = _bearing(draft, touched)
    before = Reach.within(draft.base, touched.nodes, touched.before, bearing)
    after = Reach.within(draft, touched.nodes, touched.after, bearing)
    came = came_of_one(draft, touched.after)
    return [
        finding
        for name, rule in rules().items()
        if only is None or name in only
        for finding in compared(
            rule.check(draft.base, before), rule.check(draft, after), came
        )
    ]


def findings_on(draft: Draft, touched: Touched) -> Iterator[Finding]:
    """Yield what the rules find on a draft where the changes of another touch it."""
    reach = Reach.within(draft, touched.nodes, touched.after, _bearing(draft, touched))
    for rule in rules().values():
        yield from rule.check(draft, reach)


def _bearing(draft: Draft, touched: Touched) -> Bearing:
    return Bearing(touched.revised, touched.keys, draft.base, draft, {})


def came_of_one(draft: Draft, edges: Iterable[EdgeRow]) -> dict[str, str]:
    """Return what each unit was that begins on the day wholly as one of its kind.

    Nothing else went into it, and of what it was nothing went elsewhere.
    """
    lineage, day = draft.pack.lineage, draft.day
    rows = [row for row in edges if row.kind == lineage and row.since == day]
    givers = Counter(row.source for row in rows)
    takers = Counter(row.target for row in rows)
    return {
        row.target: row.source
        for row in rows
        if row.facts.get("part") == "whole"
        and givers[row.source] == takers[row.target] == 1
        and (life := draft.life(row.target)) is not None
        and life[0] == day
        and draft.kind(row.source) == draft.kind(row.target)
    }


def compared(
    before: Iterable[Finding],
    after: Iterable[Finding],
    came: Mapping[str, str] = MappingProxyType({}),
) -> list[Finding]:
    """Return findings of one rule with their state: new, existing or resolved.

    One whose figures miss what is wanted by more than before is new, and says so. What
    isn't judged any more isn't resolved. What was said of a unit is said of what it
    `came` to be.
    """
    old = {finding.key: finding for finding in before}
    found = []
    still = set()
    unjudged: set[str] = set()
    for finding in after:
        was = finding.key
        if was not in old and finding.subject in came:
            was = (finding.code, came[finding.subject], finding.about)
        still.add(was)
        unjudged.update(finding.covers)
        found.append(_told(finding, old.get(was)))
    found += [
        finding.model_copy(update={"state": "resolved", **UNTOLD})
        for key, finding in old.items()
        if key not in still
        and finding.severity != "info"
        and finding.subject not in unjudged
    ]
    return found


def _told(finding: Finding, before: Finding | None) -> Finding:
    """Say whether a finding of the result is new, or worse than it was."""
    update: dict[str, object] = {"state": "existing" if before else "new", **UNTOLD}
    if before and finding.is_worse_than(before):
        update["state"] = "new"
        update["message"] = say(
            "{message} It was so before, and the plan makes it worse.",
            message=finding.message,
        )
    told = finding.state == update["state"] and not (finding.covers or finding.missed)
    return finding if told else finding.model_copy(update=update)
