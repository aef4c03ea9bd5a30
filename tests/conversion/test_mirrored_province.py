"""Quảng Ninh's reform with its organisation: drafted, planned, committed and undone.

What must hold is read off plain rows, without a view, a rule or a tally.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from provinces_with_people import World, drafted, filled, part_rows, rows
from quang_ninh_reform import DAY, table

from orgraph.engine import undo_proposal
from orgraph.model import FOREVER, OUT, EdgeRow, NodeRow, Span
from orgraph.plan import Plan
from orgraph.proposal import Proposal, read_proposal_text
from orgraph.reports import build_report
from orgraph.reports.model import Report
from orgraph.reports.text import text_of
from orgraph.stores import MemoryStore

SCALE = 0.02
EVE = date(2025, 6, 30)
DISTRICTS = {"district", "town", "city"}


class Reform(NamedTuple):
    """The province after its reform, with what was planned and reported."""

    text: str
    plan: Plan
    report: Report
    store: MemoryStore


def _rows(store: MemoryStore) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Return all rows of a store, without who wrote them."""
    ids = list(store.all_ids())
    kinds = sorted(store.pack.edges)
    nodes = [row._replace(rev=0) for row in store.nodes(ids, Span.always())]
    edges = store.edges(ids, kinds, OUT, Span.always())
    return sorted(nodes), sorted(row._replace(rev=0) for row in edges)


def _read(text: str) -> Proposal:
    return read_proposal_text(text, "drafted")


@pytest.fixture(scope="module")
def reform(tmp_path_factory: pytest.TempPathFactory) -> Reform:
    """Draft, plan, report and commit it."""
    done = drafted(tmp_path_factory.mktemp("reform"), SCALE, part_rows(SCALE))
    (text,) = done.texts
    store = filled(SCALE)
    plan = store.plan(_read(text.text))
    assert [f.message for f in plan.findings if f.blocks] == []
    report = build_report(plan, store)
    store.commit(plan)
    return Reform(text.text, plan, report, store)


def faults(nodes: list[NodeRow], edges: list[EdgeRow]) -> Iterator[str]:
    """Yield what is wrong with an organisation on the day of the reform."""
    world = World(nodes, edges, DAY)
    yield from _without_a_cell(world, edges)
    for commune in world.of("commune"):
        yield from _badly_led(world, commune)
    for village in world.of("village"):
        yield from _badly_served(world, village)
    for body in world.of("direct_committee"):
        if world.node[body].facts["type"] in DISTRICTS:
            yield f"{body} lives on"


def _without_a_cell(world: World, edges: list[EdgeRow]) -> Iterator[str]:
    """Find members who on some day to come are in no cell, or in two."""
    spans: dict[str, list[tuple[date, date]]] = {m: [] for m in world.of("member")}
    for row in edges:
        if row.kind == "MEMBER_OF":
            spans[row.source].append((row.since, row.until))
    for member, days in spans.items():
        days.sort()
        apart = any(one[1] != two[0] for one, two in pairwise(days))
        if not days or days[-1][1] != FOREVER or apart:
            yield f"{member} is without a cell, or in two"


def _badly_led(world: World, commune: str) -> Iterator[str]:
    """Find communes without one committee that is directly under the province."""
    (above,) = world.out["PART_OF", commune]
    bodies = world.into["COVERS", commune]
    types = [world.node[body].facts.get("type") for body in bodies]
    if world.node[above].kind != "province" or types != ["commune"]:
        yield f"{commune} under {above} is led by {bodies}"
    for body in bodies:
        up = [world.node[unit].kind for unit in world.out["UNDER", body]]
        kinds = (world.node[body].kind, *up)
        if kinds != ("direct_committee", "provincial_committee"):
            yield f"{body} is {' under '.join(kinds)}"
        if len(world.heads(body)) > 1:
            yield f"{body} has {len(world.heads(body))} heads"
        below = [world.node[unit].kind for unit in world.into["UNDER", body]]
        if below.count("executive_committee") != 1:
            yield f"{body} has {below.count('executive_committee')} executives"


def _badly_served(world: World, village: str) -> Iterator[str]:
    """Find villages whose cell isn't one below the committee of their commune."""
    (commune,) = world.out["PART_OF", village]
    cells = world.into["COVERS", village]
    if len(cells) != 1:
        yield f"{village} has {cells}"
    for cell in cells:
        joint = len(world.out["COVERS", cell]) > 1
        leading = world.out["UNDER", cell]
        if not joint and leading != world.into["COVERS", commune]:
            yield f"{village} of {commune} is led by {leading}"
        if [world.node[body].kind for body in leading] != ["direct_committee"]:
            yield f"{cell} is under {leading}"


def test_everybody_and_every_village_has_a_place(reform: Reform) -> None:
    """Each member has one cell on each day, each village and commune its committee."""
    assert list(faults(*_rows(reform.store))) == []


def test_a_row_less_is_noticed(tmp_path: Path) -> None:
    """Without one row of the table a commune's committee stays as it was."""
    lines = [row for row in table() if row["old_code"] != "06664"]
    rest = [row for row in part_rows(SCALE) if row[0] != "06652"]
    (text,) = drafted(tmp_path, SCALE, rest, lines).texts
    store = filled(SCALE)
    plan = store.plan(_read(text.text))
    assert not plan.refused
    store.commit(plan)
    (left,) = World(*rows(SCALE), EVE).into["COVERS", "commune-06664"]
    found = list(faults(*_rows(store)))
    assert [line for line in found if line.startswith(f"{left} is grassroots")]


def test_a_step_less_is_noticed(reform: Reform) -> None:
    """Without one committee's merger the rule of mirrors and plain rows both say so."""
    store = filled(SCALE)
    whole = _read(reform.text)
    left_out = {"ha_tu_committee", "ha_tu_executive"}
    steps = [s for s in whole.steps if getattr(s, "as_", "") not in left_out]
    assert len(steps) == len(whole.steps) - 2
    plan = store.plan(whole.model_copy(update={"steps": tuple(steps)}))
    found = [f for f in plan.findings if f.code.startswith("MIRROR")]
    assert [(f.code, f.subject) for f in found] == [
        ("MIRROR01", "commune-06652-2025-07-01"),
        ("MIRROR05", "syn-grassroots_committee-000001"),
        ("MIRROR05", "syn-grassroots_committee-000005"),
    ]
    store.commit(plan)
    assert list(faults(*_rows(store)))


def test_no_mirror_is_broken_and_nothing_is_left_open(reform: Reform) -> None:
    """The plan has no gap and no warning of the rule."""
    codes = {f.code for f in reform.plan.findings if f.state == "new"}
    assert not {code for code in codes if code.startswith(("MIRROR", "ASK"))}
    assert ": ask" not in reform.text


def test_heads_and_cells_are_conserved(reform: Reform) -> None:
    """As many members, households, villages and cells as before, and the same ones."""
    before, after = World(*rows(SCALE), EVE), World(*_rows(reform.store), DAY)
    for kind in ("member", "household", "village", "cell", "sectional_committee"):
        assert after.of(kind) == before.of(kind)
    conserved = reform.report.conservation
    assert conserved["member"]["before"] == conserved["member"]["after"]
    assert conserved["member"]["after"] == len(after.of("member"))
    for member in before.of("member"):
        cells = before.out["MEMBER_OF", member], after.out["MEMBER_OF", member]
        assert cells[0] == cells[1]


def test_committees_without_territory_stay(reform: Reform) -> None:
    """Those of agencies, enterprises and armed forces are as they were, with theirs."""
    before, after = World(*rows(SCALE), EVE), World(*_rows(reform.store), DAY)
    stay = [
        body
        for body in before.of("direct_committee")
        if before.node[body].facts["type"] not in DISTRICTS
    ]
    assert stay
    for body in stay:
        assert after.node[body] == before.node[body]
        assert set(before.into["UNDER", body]) == set(after.into["UNDER", body])


def test_what_was_below_districts_comes_under_the_province(reform: Reform) -> None:
    """Organisations that lead no commune come under the parent: the pack says so."""
    before, after = World(*rows(SCALE), EVE), World(*_rows(reform.store), DAY)
    (top,) = after.of("provincial_committee")
    moved = [
        unit
        for body in before.of("direct_committee")
        if before.node[body].facts["type"] in DISTRICTS
        for unit in before.into["UNDER", body]
        if not before.out["COVERS", unit]
        and before.node[unit].kind != "executive_committee"
    ]
    assert moved
    assert {tuple(after.out["UNDER", unit]) for unit in moved} == {(top,)}


def test_the_report_counts_grassroots_cells_and_lists_the_surplus(
    reform: Reform,
) -> None:
    """Counted anew: cells once below communes, and the holders of ended posts."""
    before, after = World(*rows(SCALE), EVE), World(*_rows(reform.store), DAY)
    cells = [
        cell
        for cell in before.of("cell")
        for above in before.out["UNDER", cell]
        if before.node[above].facts.get("type") == "commune"
    ]
    assert reform.report.standing == {"cell": {"grassroots cell": len(cells)}}
    assert f"Became grassroots cell: {len(cells):,} cells." in text_of(reform.report)
    ended = set(before.of("post")) - set(after.of("post"))
    surplus = {
        (person, post) for post in ended for person in before.into["HOLDS", post]
    }
    said = {(held["person"], held["post"]) for held in reform.report.surplus}
    assert said == surplus
    assert surplus


def test_undo_gives_the_province_back(reform: Reform) -> None:
    """Row for row, on a store of its own."""
    store = filled(SCALE)
    store.commit(store.plan(_read(reform.text)))
    store.commit(store.plan(undo_proposal(store, store.head())))
    assert _rows(store) == _rows(filled(SCALE))
