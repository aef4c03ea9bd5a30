"""An audit finds just what the rules find when they are run once on everything.

Rules say where an audit must look; a store full of breaches, drawn from a seed, shows
that they never say too little. Nothing here asks a store what it is swept for.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from itertools import chain
from pathlib import Path
from random import Random

import pytest
from harness import pack_named

from orgraph.draft import Snapshot, View
from orgraph.engine import audit
from orgraph.engine.recount import recount
from orgraph.findings import Finding
from orgraph.model import FOREVER, OUT, EdgeRow, FactValue, NodeRow
from orgraph.pack import Pack
from orgraph.rules import Reach, Rule, rules
from orgraph.stores import MemoryStore, SqliteStore, Store

AUDIT = import_module("orgraph.engine.audit")
RECOUNT = import_module("orgraph.engine.recount")
FIRST = date(2018, 1, 1)
DAYS = [FIRST, date(2021, 3, 1), date(2025, 7, 1), date(2025, 12, 15), date(2030, 6, 1)]
"""Days on which one law or the other is in force, in one pack or the other."""
WITHOUT_RULES = ("TALLY", "HASH", "STORE")
STRUCTURE = {"CODE01", "EDGE01", "EDGE02", "EDGE03", "ENDED01"}
STRUCTURE |= {"PARENT01", "PARENT02", "PARENT03"}
LAW = {"FORMED02", "FREEZE01", "REARRANGE02", "STANDARD01", "STANDARD02"}
FOUND = {
    "territory": STRUCTURE | LAW | {"MERGED02", "REARRANGE01"},
    "vietnam": STRUCTURE | LAW | {"CARD01", "CARD02", "MIRROR01"},
}
LEAST, MOST = 6, 60
"""How many stores are drawn, until all of these are met."""
"""What is met at least; no kind of edge of the territory is bounded but to parents."""


class Mess:
    """Nodes and edges drawn with little care for what the pack allows."""

    def __init__(self, pack: Pack, seed: int, size: int = 70) -> None:
        """Draw the nodes, then the edges."""
        self.pack, self.random = pack, Random(seed)  # noqa: S311 - data, not secrets
        self.kinds = sorted(pack.nodes)
        self.ids: dict[str, str] = {}
        self.nodes: list[NodeRow] = []
        for number in range(size):
            kind = self.random.choice(self.kinds)
            self.ids[f"n{number:03}"] = kind
            self.nodes += self.versions(f"n{number:03}", kind)
        edges = [self.edge() for _ in range(size * 4)]
        self.edges = list({row.key: row for row in edges}.values())

    def day(self) -> date:
        """Draw a day, often one that is asked about."""
        if self.random.random() < 0.5:
            return self.random.choice(DAYS)
        return FIRST + timedelta(days=self.random.randrange(4600))

    def versions(self, node: str, kind: str) -> Iterator[NodeRow]:
        """Yield the versions of a node, sometimes with days between them."""
        days = sorted({self.day() for _ in range(self.random.choice((1, 1, 1, 2, 4)))})
        ends = [*days[1:], FOREVER]
        if self.random.random() < 0.4:
            ends[-1] = days[-1] + timedelta(days=self.random.randrange(1, 1500))
        for since, until in zip(days, ends, strict=True):
            if until > since and self.random.random() < 0.9:
                code = self.random.choice((None, "1", "2", "3"))
                yield NodeRow(node, kind, since, until, "", code, self.facts(kind))

    def facts(self, kind: str) -> dict[str, FactValue]:
        """Draw some of the facts that a kind may have."""
        drawn: dict[str, FactValue] = {}
        for name in self.pack.nodes[kind].facts:
            fact = self.pack.facts[name]
            if self.random.random() < 0.6:
                values: list[FactValue] = [None]
                if fact.type == "boolean":
                    values += [True, False]
                elif fact.type == "integer":
                    values += [3, 4000]
                else:
                    values += self.pack.nodes[kind].types if name == "type" else ["x"]
                drawn[name] = self.random.choice(values)
        return drawn

    def edge(self) -> EdgeRow:
        """Draw an edge, three times of four one that may join its ends."""
        kind = self.random.choice(sorted(self.pack.edges))
        if self.random.random() < 0.2:
            kind = self.pack.lineage
        facts = {"part": "whole"} if kind == self.pack.lineage else {}
        source, target = self.random.choices([*sorted(self.ids), "none"], k=2)
        allowed = self.pack.edges[kind].ends
        if self.random.random() < 0.75:
            sources = [n for n in sorted(self.ids) if self.ids[n] in allowed]
            source = self.random.choice(sources or [source])
            wanted = allowed.get(self.ids.get(source, ""), ())
            targets = [n for n in sorted(self.ids) if self.ids[n] in wanted]
            target = self.random.choice(targets or [target])
        since = self.day()
        until = self.random.choice((FOREVER, FOREVER, since + timedelta(days=900)))
        return EdgeRow(kind, source, target, since, until, facts)


def in_one_reach(store: Store, edges: list[EdgeRow], day: date) -> list[Finding]:
    """Return what the rules find in one reach of every node and edge."""
    view = Snapshot(store, day)
    ids = sorted({*store.all_ids(), *(row.source for row in edges)})
    kinds = sorted(store.pack.edges)
    view.need_edges(ids, kinds, OUT)
    there = list(chain(*(view.edges(n, k, OUT) for n in ids for k in kinds)))
    reach = Reach.within(view, ids, there)
    return [finding for rule in rules().values() for finding in rule.check(view, reach)]


def shown(findings: list[Finding] | Iterator[Finding]) -> list[str]:
    """Return what is found, less its state, in an order to compare."""
    return sorted(
        finding.model_copy(update={"state": "new"}).model_dump_json()
        for finding in findings
        if not finding.code.startswith(WITHOUT_RULES)
    )


@pytest.mark.parametrize("small", [False, True], ids=["", "in small batches"])
@pytest.mark.parametrize("pack", sorted(FOUND))
def test_audit_is_one_reach(
    pack: str,
    small: bool,  # noqa: FBT001 - a parameter of pytest
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On any day, in either store, every finding of the rules is one of the audit's."""
    if small:
        monkeypatch.setattr(AUDIT, "BATCH", 7)
    met: Counter[str] = Counter()
    for seed in range(2 if small else MOST):
        if seed >= LEAST and met.keys() >= FOUND[pack]:
            break
        mess = Mess(pack_named(pack), seed)
        here = MemoryStore(mess.pack)
        with SqliteStore(tmp_path / f"{seed}.db", create=mess.pack) as file:
            for store in (here, file):
                store.bulk_load(mess.nodes, mess.edges)
                for day in DAYS:
                    expected = in_one_reach(store, mess.edges, day)
                    met.update(finding.code for finding in expected)
                    assert shown(audit(store, day)) == shown(expected), (seed, day)
    assert small or met.keys() >= FOUND[pack]


def test_rule_that_says_nothing_looks_everywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A rule that doesn't say where to look is run on every node, in batches."""
    seen: list[str] = []

    class Everywhere(Rule):
        def check(self, _: View, reach: Reach) -> Iterator[Finding]:
            seen.extend(reach.nodes)
            yield from ()

    monkeypatch.setattr(AUDIT, "rules", lambda: {"it": Everywhere()})
    monkeypatch.setattr(AUDIT, "BATCH", 20)
    mess = Mess(pack_named("territory"), 1)
    store = MemoryStore(mess.pack)
    store.bulk_load(mess.nodes, mess.edges)
    assert shown(audit(store, DAYS[0])) == []
    assert seen == sorted({row.id for row in mess.nodes})


def test_recount_is_the_same_in_every_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is counted anew of a mess is the same whichever store does the counting."""
    nothing = {"said": 0}
    monkeypatch.setattr(RECOUNT, "sums_on", lambda _, __: nothing)
    for seed in range(6):
        mess = Mess(pack_named("vietnam"), seed)
        here = MemoryStore(mess.pack)
        with SqliteStore(tmp_path / f"{seed}.db", create=mess.pack) as file:
            for store in (here, file):
                store.bulk_load(mess.nodes, mess.edges)
            for day in DAYS:
                counted, same = (
                    {unit: counts for unit, counts, _ in recount(one, day) if counts}
                    for one in (here, file)
                )
                assert counted == same
                assert day == FIRST or counted
