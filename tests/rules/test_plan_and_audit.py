"""What a plan calls new is what an audit finds after it and didn't before."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from dwelt import led, led_step
from harness import STAMP, filled, lenient, pack_named, proposed
from synthetic_provinces import FOLDERS, SCENARIOS, synthetic

from orgraph.cli.synth_parts import read_passages
from orgraph.conversion import (
    Beside,
    Measures,
    Options,
    draft,
    load_words,
    read_conversion,
    read_parts,
    read_units,
)
from orgraph.engine import audit
from orgraph.model import Span
from orgraph.proposal import Proposal, read_proposal_text
from orgraph.queries import white_villages
from orgraph.reports import build_report
from orgraph.stores.memory import MemoryStore
from orgraph.synth import goings, parts_text

DAY = date(2025, 7, 1)
SCALE = 0.02
Keys = set[tuple[str, str, str]]


def audited(store: MemoryStore) -> Keys:
    """Return what an audit finds on the day, by code, subject and what about it."""
    return {finding.key for finding in audit(store, DAY)}


def told_and_found(store: MemoryStore, proposal: Proposal) -> tuple[Keys, Keys]:
    """Return what a plan calls new, and what audits find after it and not before.

    What was so before and gets worse is new to a plan, and to no audit.
    """
    before, plan = audited(store), store.plan(proposal)
    assert [f.message for f in plan.findings if f.blocks] == []
    store.commit(plan, STAMP)
    new = {finding.key for finding in plan.findings if finding.state == "new"}
    return new - before, audited(store) - before


def reform(name: str, seed: int, folder: Path) -> tuple[MemoryStore, Proposal]:
    """Return a small synthetic province and its reform, with the party's side."""
    pack, words, there = pack_named("vietnam"), load_words(), SCENARIOS / FOLDERS[name]
    drawn, store = synthetic(name, SCALE, seed), MemoryStore(pack_named("vietnam"))
    store.bulk_load(drawn.nodes(), drawn.edges())
    table, parts = there / "table.csv", folder / "parts.csv"
    going = goings(drawn, read_passages(str(table), pack))
    parts.write_text(parts_text(going), encoding="utf-8")
    file, units, _ = read_units(there / "new_communes.csv", words, "decree")
    options = Options(
        kind="commune",
        effective=DAY,
        measures=Measures(words.measures, "unknown"),
        abolish="district",
        upper_kind="province",
        grouped=True,
    )
    read = read_conversion(table, words, {"group": "new_province_code"})
    said = read_parts(parts, words, pack.additive)
    beside = Beside(units=(file, units), organisation=store, parts=said)
    (text,) = draft(read, words, pack, options, beside).texts
    return store, read_proposal_text(text.text, "drafted.yaml")


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        ("dien-bien", 1),
        pytest.param("quang-ninh", 1, marks=pytest.mark.slow),
        pytest.param("quang-ninh", 5, marks=pytest.mark.slow),
        pytest.param("dien-bien", 2, marks=pytest.mark.slow),
    ],
)
def test_the_reform_of_a_province(name: str, seed: int, tmp_path: Path) -> None:
    """No rule looks elsewhere in a plan than it does in an audit."""
    store, proposal = reform(name, seed, tmp_path)
    planned, found = told_and_found(store, proposal)
    assert planned == found
    assert planned


# What cells, posts and people are beside changes here, and nothing of their own.

GIVEN = """\
nodes:
  - {id: p, kind: province}
  - {id: x, kind: commune, parent: p}
  - {id: v, kind: village, parent: x}
  - {id: pc, kind: provincial_committee}
  - {id: q, kind: direct_committee, parent: pc}
  - {id: g, kind: grassroots_committee, parent: q}
  - {id: h, kind: grassroots_committee, parent: q}
  - {id: c, kind: cell, parent: g}
  - {id: o, kind: cell, parent: g}
  - {id: b, kind: cell, parent: g}
  - {id: d, kind: cell, parent: h}
  - {id: e, kind: cell, parent: h}
  - {id: f, kind: cell, parent: h}
  - {id: k, kind: cell, parent: h}
  - {id: ei, kind: executive_committee, parent: h}
  - {id: j, kind: grassroots_committee, parent: q}
  - {id: l, kind: cell, parent: j}
  - {id: r, kind: cell, parent: q}
  - {id: cs, kind: post, role: secretary, parent: c}
  - {id: os, kind: post, role: secretary, parent: o}
  - {id: es, kind: post, role: secretary, parent: e}
  - {id: hs, kind: post, role: secretary, parent: ei}
  - {id: rs, kind: post, role: secretary, parent: r}
  - {id: qs, kind: post, role: secretary, parent: q}
  - {id: vh, kind: post, role: head, parent: v}
""" + "".join(
    f"  - {{id: {cell}{n}, kind: member, official: true, parent: {cell}}}\n"
    for cell in "cobdefklr"
    for n in range(3)
)
HELD = """\
edges:
  - {kind: COVERS, source: e, target: v}
  - {kind: HOLDS, source: e0, target: es}
  - {kind: HOLDS, source: e0, target: hs}
  - {kind: HOLDS, source: e1, target: vh}
"""
MERGED = (
    "{op: merge_units, sources: [g, h], into: "
    "{id: n, kind: grassroots_committee, name: N}, under: q}"
)
CASES = {
    "cells without a holder come beside one that has one": (
        HELD,
        MERGED,
        {("LEAD01", "c"), ("LEAD01", "o")},
    ),
    "a cell with a holder comes beside those without": (
        HELD,
        "{op: move_unit, unit: e, to: g}",
        {("LEAD01", "c"), ("LEAD01", "o"), ("HOLD02", "e0")},
    ),
    "a cell without a holder comes where one was held before": (
        "edges: [{kind: HOLDS, source: e0, target: es, until: 2024-07-01}]\n",
        "{op: move_unit, unit: c, to: h}",
        {("LEAD01", "c")},
    ),
    "the first post of all is filled": (
        "",
        "{op: appoint, person: c0, post: cs}",
        {("LEAD01", "o")},
    ),
    "a cell without posts comes beside those that have some": (
        "",
        "{op: move_unit, unit: l, to: g}",
        {("LEAD03", "l")},
    ),
    "a cell leaves the committee that its secretary leads": (
        HELD
        + "".join(f"  - {{kind: HOLDS, source: r0, target: {x}s}}\n" for x in "rq"),
        "{op: move_unit, unit: r, to: pc}",
        {("HOLD02", "r0")},
    ),
    "a post goes to a unit with which it may not be combined": (
        HELD,
        "{op: transfer_parts, from: h, to: q, parts: [ei]}",
        {("HOLD02", "e0")},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_stands_beside(case: str) -> None:
    """A group, a post and a holder are judged anew by what comes beside them."""
    more, step, wanted = CASES[case]
    store = MemoryStore(lenient("vietnam"))
    filled(store, GIVEN + more)
    planned, found = told_and_found(store, proposed(f"  - {step}\n", str(DAY)))
    assert planned == found
    shown = {key[:2] for key in planned if key[0] in {"HOLD02", "LEAD01", "LEAD03"}}
    assert shown == wanted


def _states(store: MemoryStore) -> dict[str, str]:
    """Return the state of every village, as the question about them says it."""
    villages = [row.id for row in store.of_kind("village", Span.day(DAY))]
    white = white_villages(store, None, DAY).items
    return dict.fromkeys(villages, "own") | {item.id: item.state for item in white}


def test_villages_that_bodies_lead() -> None:
    """Plan, audit, report and question agree on villages, whatever leads them."""
    about = {"OWN01", "WHITE01", "SERVED01"}
    told = Counter[tuple[str, str]]()
    for seed in range(150):
        store = MemoryStore(lenient("vietnam"))
        filled(store, led(seed))
        before, stood = audited(store), _states(store)
        plan = store.plan(proposed(f"  - {led_step(seed)}\n", str(DAY)))
        if plan.refused:
            continue
        places = build_report(plan, store).places
        store.commit(plan, STAMP)
        after, stands = audited(store), _states(store)
        for state, found in (("new", after - before), ("resolved", before - after)):
            said = {
                f.key for f in plan.findings if f.state == state and f.code in about
            }
            known = {key for key in found if key[0] in about}
            # What was so before and gets worse is new to a plan, and to no audit.
            assert said - (before & after) == known, (seed, state)
            told.update((key[0], state) for key in known)
        shown = {one.id: (one.before, one.after) for one in places}
        for village in stood.keys() | stands.keys():
            sides = stood.get(village), stands.get(village)
            assert shown.get(village, sides) == sides, seed
            assert village in shown or sides[0] == sides[1], seed
    assert len(told) == 2 * len(about), told
