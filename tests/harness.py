"""Runs scenarios: what is given, what is applied and what is expected, all in YAML.

A scenario says what it is about in the user's words, and gets the rest for free: see
`check`. Its `expect.changes` are exact; how the lines are written is in showing.py.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from showing import Rows, shown_changes

from orgraph.engine import Stamp, audit, undo_proposal
from orgraph.errors import RefusedError, StaleError
from orgraph.findings import Finding
from orgraph.model import FOREVER, OUT, EdgeRow, Facts, Key, NodeRow, Row, Span
from orgraph.pack import Pack, load_pack, pack_from_data
from orgraph.plan import Plan
from orgraph.proposal import Proposal, read_proposal, read_proposal_text
from orgraph.proposal.yaml_tree import compose
from orgraph.stores.base import Store
from orgraph.stores.memory import MemoryStore
from orgraph.stores.sqlite import SqliteStore

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
if str(SCENARIOS.parent) not in sys.path:
    sys.path.append(str(SCENARIOS.parent))  # for the scripts beside scenarios
FOLDERS = ("operations", "rules", "cases", "cells_and_cadres")
STAMP = Stamp("harness", "2026-01-01T00:00:00+00:00")
STORES: dict[str, Callable[[Pack, Path], Store]] = {
    "memory": lambda pack, _: MemoryStore(pack),
    "sqlite": lambda pack, path: SqliteStore(path, create=pack),
}
"""Makes an empty store with a pack; those with a file, at a path."""
NewStore = Callable[[str], Store]
"""Makes an empty store with the pack of this name."""

_KEYS = {
    "": {
        "title",
        "pack",
        "built",
        "given",
        "apply",
        "meanwhile",
        "audit",
        "asks",
        "expect",
        "xfail",
    },
    "given": {"since", "nodes", "edges", "applied", "faults"},
    "audit": {"on"},
    "expect": {
        "refused",
        "findings",
        "changes",
        "stale",
        "counts",
        "dependents",
        "unplanned",
    },
    "finding": {"code", "subject", "state", "says", "hints", "waived"},
}
_NODE_COLUMNS = {"id", "kind", "name", "code", "since", "until", "parent"}
_EDGE_COLUMNS = {"kind", "source", "target", "since", "until"}


class Scenario(NamedTuple):
    """One file: rows, proposals committed before, and a proposal or a day to audit."""

    path: Path
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Where it is, without the ending: operations/merge_units/two_communes."""
        return self.path.relative_to(SCENARIOS).with_suffix("").as_posix()

    @property
    def given(self) -> Mapping[str, Any]:
        """What is there before."""
        return self.data.get("given", {})

    @property
    def expect(self) -> Mapping[str, Any]:
        """What must be found."""
        return self.data["expect"]

    @property
    def pack(self) -> str:
        """The name of the schema pack."""
        return str(self.data["pack"])

    @property
    def rows(self) -> list[Row]:
        """The rows that are given."""
        since = self.given.get("since", "2020-01-01")
        return list(_rows(pack_named(self.pack), self.given, since))

    @property
    def applied(self) -> list[Proposal]:
        """The proposals that are committed before."""
        given = enumerate(self.given.get("applied", ()), 1)
        return [self._proposal(data, f"Before: {number}") for number, data in given]

    @property
    def apply(self) -> Proposal | None:
        """The proposal that is tried; None where a day is audited instead."""
        if "apply" not in self.data:
            return None
        return self._proposal(self.data["apply"], self.data["title"])

    @property
    def meanwhile(self) -> list[Proposal]:
        """The proposals that are committed after it was planned."""
        given = enumerate(self.data.get("meanwhile", ()), 1)
        return [self._proposal(data, f"Meanwhile: {number}") for number, data in given]

    @property
    def day(self) -> date:
        """The effective day, or the day that is audited."""
        at = self.data.get("apply", {}).get("effective") or self.data["audit"]["on"]
        return date.fromisoformat(at)

    def _proposal(self, data: Mapping[str, Any], title: str) -> Proposal:
        if "file" in data:
            return read_proposal(str(self.path.parent / data["file"]))
        text = json.dumps({"title": title, **data}, ensure_ascii=False)
        return read_proposal_text(text, str(self.path))


_LIMITS = ("limits", "combinations")


@cache
def pack_named(name: str) -> Pack:
    """Return a pack, read once; "vietnam without limits" is that one without them.

    So small worlds can be told in which an operation alone is looked at.
    """
    plain, _, limits = name.partition(" ")
    if not limits:
        return load_pack(name)
    data = load_pack(plain).data
    kept = {key: value for key, value in data.items() if key not in _LIMITS}
    return pack_from_data(kept)


@cache
def lenient(name: str) -> Pack:
    """Return a pack whose limits warn and don't refuse, for small worlds of tests."""
    data = pack_named(name).data
    softer = {
        key: [{**one, "severity": "warning"} for one in data[key]]
        for key in _LIMITS
        if key in data
    }
    return pack_from_data({**data, **softer})


# Reading


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Return every scenario, in the order of their paths."""
    paths = (path for name in FOLDERS for path in (SCENARIOS / name).rglob("*.yaml"))
    return tuple(read_scenario(path) for path in sorted(paths))


def read_scenario(path: Path) -> Scenario:
    """Read one file; a key that means nothing is refused, not overlooked."""
    data = compose(path.read_text(encoding="utf-8")).data
    if "built" in data:
        data = {**built(path.parent.name, data["built"]), **data}
    places = {"": data, **{name: data.get(name, {}) for name in ("given", "audit")}}
    places["expect"] = expect = data["expect"]
    for place, part in places.items():
        _known(path, place, part)
    for finding in [*expect.get("refused", ()), *expect.get("findings", ())]:
        _known(path, "finding", finding)
    return Scenario(path, data)


@cache
def built(folder: str, name: str) -> Mapping[str, Any]:
    """Return the world that a script beside scenarios makes."""
    made: Mapping[str, Any] = import_module(f"scenarios.{folder}.{name}").world()
    return made


def _known(path: Path, place: str, data: Mapping[str, Any]) -> None:
    unknown = sorted(set(data) - _KEYS[place])
    assert not unknown, f"{path}: {place or 'a scenario'} has no {', '.join(unknown)}"


def _rows(pack: Pack, given: Mapping[str, Any], since: str) -> Iterator[Row]:
    for node in given.get("nodes", ()):
        texts = [node.get(name, "") for name in sorted(_NODE_COLUMNS)]
        assert all(type(text) is str for text in texts), f"{node}: quote the code"
        facts = _facts(node, _NODE_COLUMNS)
        name, code = node.get("name", node["id"]), node.get("code")
        span = _span(node, since)
        yield NodeRow(node["id"], node["kind"], *span, name, code, facts)
        edge = pack.parent_edge(node["kind"])
        if "parent" in node:
            assert edge, f"{node['id']}: a {node['kind']} has no parent"
            yield EdgeRow(edge, node["id"], node["parent"], *span, {})
    for edge in given.get("edges", ()):
        facts = _facts(edge, _EDGE_COLUMNS)
        ends = (edge["kind"], edge["source"], edge["target"])
        yield EdgeRow(*ends, *_span(edge, since), facts)


def _span(row: Mapping[str, str], since: str) -> tuple[date, date]:
    begins = date.fromisoformat(row.get("since", since))
    return begins, date.fromisoformat(row["until"]) if "until" in row else FOREVER


def _facts(row: Mapping[str, Any], columns: set[str]) -> Facts:
    facts = {name: value for name, value in row.items() if name not in columns}
    return {name: None if value == "?" else value for name, value in facts.items()}


# Running


def start(scenario: Scenario, store: Store) -> None:
    """Fill a store with what is given, and commit what was applied before."""
    nodes = [row for row in scenario.rows if isinstance(row, NodeRow)]
    edges = [row for row in scenario.rows if isinstance(row, EdgeRow)]
    store.bulk_load(nodes, edges)
    for proposal in scenario.applied:
        plan = store.plan(proposal)
        assert not plan.refused, f"{proposal.title} is refused: {plan.findings}"
        store.commit(plan, stamp=STAMP)


def check(scenario: Scenario, store: Store) -> None:
    """Check all that a scenario expects, and what every scenario is held to.

    The plan survives JSON and is committed as read from it; nothing but what is
    expected changes; a second apply is refused; no rule is broken that wasn't before,
    and counts and hashes are right; undo gives the start back row for row, and the undo
    of that the result. Where it is refused, nothing changes.
    """
    start(scenario, store)
    proposal = scenario.apply
    if proposal is None:
        expect_findings(scenario, audit(store, scenario.day))
        return
    faults = errors(store, scenario.day)
    given = set(scenario.given.get("faults", ()))
    assert faults == given, f"what is given breaks: {sorted(faults)}"
    base, days = rows(store), _days(scenario)
    before = {day: errors(store, day) for day in days}
    plan = store.plan(proposal)
    expect_findings(scenario, plan.findings)
    assert len(set(plan.findings)) == len(plan.findings), "a finding stands twice"
    again = Plan.from_json(plan.to_json())
    assert again == plan, "the plan doesn't survive JSON"
    assert rows(store) == base, "planning wrote to the store"
    unplanned = scenario.expect.get("unplanned", 0)
    assert plan.unplanned == unplanned, "steps left out because another failed"
    if "stale" in scenario.expect:
        _check_stale(scenario, store, (again, plan))
        return
    if "refused" in scenario.expect:
        with pytest.raises(RefusedError):
            store.commit(again, stamp=STAMP)
        assert rows(store) == base, "a refused plan changed the store"
        return
    store.commit(again, stamp=STAMP)
    result = rows(store)
    expect_changes(scenario, plan, base, result)
    with pytest.raises(StaleError):
        store.commit(plan, stamp=STAMP)
    waived = {f"{f.code} {f.subject}" for f in plan.findings if f.waived}
    for day in days:
        broken = errors(store, day) - before[day] - waived
        assert not broken, f"on {day} the result breaks a rule: {sorted(broken)}"
    _check_undo(store, base, result, before)


def _check_stale(scenario: Scenario, store: Store, plans: Iterable[Plan]) -> None:
    """Commit what came meanwhile; then the plan, of the same base, is stale."""
    for proposal in scenario.meanwhile:
        other = store.plan(proposal)
        assert not other.refused, f"{proposal.title} is refused: {other.findings}"
        store.commit(other, stamp=STAMP)
    base = rows(store)
    for plan in plans:
        with pytest.raises(StaleError) as caught:
            store.commit(plan, stamp=STAMP)
        for said in scenario.expect["stale"]:
            assert said in str(caught.value)
    assert rows(store) == base, "a stale plan changed the store"


def _check_undo(
    store: Store, base: Rows, result: Rows, before: Mapping[date, set[str]]
) -> None:
    """Take the last revision back, and then that, and then that again."""
    for expected, what in ((base, "undo"), (result, "redo"), (base, "undo again")):
        plan = store.plan(undo_proposal(store))
        assert not plan.refused, f"{what} is refused: {plan.findings}"
        store.commit(plan, stamp=STAMP)
        difference = "\n".join(shown_changes(expected, rows(store), date.min))
        assert not difference, f"{what} doesn't give the rows back:\n{difference}"
    for day, faults in before.items():
        found = errors(store, day) ^ faults
        assert not found, f"on {day} the audit after undo differs: {sorted(found)}"


def _days(scenario: Scenario) -> list[date]:
    """Return the effective day, and the last on which something is recorded."""
    turning = {row.since for row in scenario.rows} | {
        row.until for row in scenario.rows
    }
    turning |= {proposal.effective for proposal in scenario.applied}
    return sorted({scenario.day, max(turning - {FOREVER} | {scenario.day})})


def rows(store: Store) -> dict[Key, Row]:
    """Return all rows of a store by their keys, whichever revision wrote them."""
    ids = list(store.all_ids())
    kinds = sorted(store.pack.edges)
    found: list[Row] = list(store.nodes(ids, Span.always()))
    found += store.edges(ids, kinds, OUT, Span.always())
    return {row.key: row._replace(rev=0) for row in found}


def errors(store: Store, day: date) -> set[str]:
    """Return the errors of an audit, each as its code and subject."""
    found = (f for f in audit(store, day) if f.severity == "error")
    return {f"{finding.code} {finding.subject}" for finding in found}


# Expecting


def expect_findings(scenario: Scenario, findings: Iterable[Finding]) -> None:
    """Compare what blocks with `refused`, and all the rest with `findings`.

    In an audit nothing is new, so nothing blocks.
    """
    found = list(findings)
    for key, blocking in (("refused", True), ("findings", False)):
        wanted = list(scenario.expect.get(key, ()))
        here = [finding for finding in found if finding.blocks == blocking]
        state = "existing" if "audit" in scenario.data else "new"
        for finding in here:
            fits = next((w for w in wanted if _fits(w, finding, state)), None)
            assert fits is not None, f"not expected in {key}: {finding!r}"
            wanted.remove(fits)
        assert not wanted, f"expected in {key} and not found: {wanted}; found {here}"


def _fits(wanted: Mapping[str, str], finding: Finding, state: str) -> bool:
    return (
        (finding.code, finding.subject) == (wanted["code"], wanted["subject"])
        and finding.state == wanted.get("state", state)
        and wanted.get("says", "") in finding.message
        and wanted.get("hints", "") in finding.hint
        and finding.waived == wanted.get("waived")
    )


def expect_changes(scenario: Scenario, plan: Plan, base: Rows, result: Rows) -> None:
    """Compare what changed with the plan, and with every line that is expected.

    Of a world that is built there are too many lines: `counts` has how many begin with
    each sign and kind.
    """
    planned = dict(base)
    for change in plan.changes:
        planned.pop(change.key, None)
        if change.after is not None:
            planned[change.key] = change.after
    assert result == planned, "the store holds something else than the plan says"
    found = Counter(shown_changes(base, result, scenario.day))
    if "counts" in scenario.expect:
        counts = Counter(" ".join(line.split()[:2]) for line in found.elements())
        assert counts == scenario.expect["counts"], counts
        return
    wanted = Counter(line for line in scenario.expect["changes"].splitlines() if line)
    missing = "\n  ".join((wanted - found).elements())
    more = "\n  ".join((found - wanted).elements())
    assert found == wanted, f"expected:\n  {missing}\nbut changed:\n  {more}"
    if "dependents" in scenario.expect:
        assert plan.dependents == scenario.expect["dependents"], "dependents"


# For tests in Python


def filled(store: Store, given: str) -> Store:
    """Fill a store with nodes and edges, written in YAML as in a scenario."""
    data = {"title": "", "pack": store.pack.name, "given": compose(given).data}
    start(Scenario(SCENARIOS, {**data, "expect": {}}), store)
    return store


def proposed(steps: str, effective: str = "2025-01-01") -> Proposal:
    """Return a proposal with these steps, a list in YAML."""
    text = f"title: A test\neffective: {effective}\nsteps:\n{steps}"
    return read_proposal_text(text, "proposal.yaml")


def applied(store: Store, steps: str, effective: str = "2025-01-01") -> Plan:
    """Plan and commit steps; returns the plan."""
    plan = store.plan(proposed(steps, effective))
    store.commit(plan, stamp=STAMP)
    return plan
