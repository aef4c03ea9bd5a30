"""Steps about cells and cadres, each planned, checked and reported on the province.

Which cells, members and posts take part is asked of the file by bare SQL, in order of
their ids, so that every run measures the same steps.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from orgraph.proposal import Proposal
from orgraph.reports import build_report
from orgraph.stores import SqliteStore

from .ground import Ground, note
from .measure import alternate, worked
from .table import Result, at_most

DAY = "2025-03-01"
LIMIT = 10.0

_VIEW = """
CREATE TEMP VIEW now AS SELECT * FROM edge
WHERE since <= '2025-03-01' AND until > '2025-03-01'
"""
_SERVED = """
SELECT e.target FROM now e JOIN node n ON n.id = e.target AND n.kind = 'village'
WHERE e.source = ? AND e.kind = 'COVERS' ORDER BY 1
"""
_MEMBERS = "SELECT source FROM now WHERE target = ? AND kind = 'MEMBER_OF' ORDER BY 1"
_SEATS = "SELECT source FROM now WHERE target = ? AND kind = 'SEAT_IN' ORDER BY 1"
_ABOVE = "SELECT target FROM now WHERE source = ? AND kind = 'UNDER'"
_CELLS = """
SELECT e.source, count(*) FROM now e
JOIN node n ON n.id = e.source AND n.kind = 'cell'
JOIN node v ON v.id = e.target AND v.kind = 'village'
WHERE e.kind = 'COVERS' GROUP BY 1 ORDER BY 1
"""
# Secretaries of cells who hold nothing else, and their posts.
_HOLDERS = """
SELECT e.source, e.target FROM now e JOIN node p ON p.id = e.target
JOIN now s ON s.source = p.id AND s.kind = 'SEAT_IN'
JOIN node c ON c.id = s.target AND c.kind = 'cell'
WHERE e.kind = 'HOLDS' AND json_extract(p.facts, '$.role') = 'secretary'
AND NOT EXISTS (SELECT 1 FROM now o WHERE o.source = e.source AND o.kind = 'HOLDS'
                AND o.target <> e.target) ORDER BY 2 LIMIT 5
"""


def people(ground: Ground) -> Iterator[Result]:
    """Plan one step of each sort with its rules, and build the report."""
    province = ground.province
    assert province.made
    steps = _steps(province.path)
    with SqliteStore(province.path) as store:
        for name, step in steps.items():
            plain = {"title": name, "effective": DAY, "steps": [step]}
            proposal = Proposal.model_validate(plain)
            plan = store.plan(proposal)
            if plan.refused and ground.quick:
                note(f"{name}: {province.name} has no cells and posts for it")
                continue
            assert not plan.refused, (name, plan.findings)
            series = alternate(ground.rounds, partial(_round, store, proposal))
            milliseconds = series.seconds("plan") * 1e3
            best = f"{len(plan.changes)} changes, best {series.best('plan') * 1e3:.1f}"
            what = f"{name} on {province.name}"
            yield at_most("people", what, milliseconds, LIMIT, unit="ms", note=best)


def _round(store: SqliteStore, proposal: Proposal) -> Mapping[str, float]:
    seconds, _ = worked(lambda: build_report(store.plan(proposal), store))
    return {"plan": seconds}


def _steps(path: Path) -> dict[str, dict[str, Any]]:
    """Return one step of each sort, by what it is called."""
    with closing(sqlite3.connect(path)) as db:
        db.execute(_VIEW)
        cells = dict(db.execute(_CELLS).fetchall())
        holders = db.execute(_HOLDERS).fetchall()

        def ask(statement: str, at: str) -> list[str]:
            return [one for (one,) in db.execute(statement, (at,))]

        near = _neighbours((ask(_ABOVE, c)[0], c) for c in cells if cells[c] == 1)
        joint = max(cells, key=lambda cell: (cells[cell], cell))
        members = {cell: ask(_MEMBERS, cell) for cell in (joint, *near)}
        served = {cell: ask(_SERVED, cell) for cell in (joint, *near)}
        seats = [seat for cell in near[:-1] for seat in ask(_SEATS, cell)]
    *joined, host = near
    circle = [
        {"person": person, "from": post, "to": holders[(place + 1) % 3][1]}
        for place, (person, post) in enumerate(holders[:3])
    ]
    chain = [
        {"person": person, "from": post, "to": holders[place + 1][1]}
        for place, (person, post) in enumerate(holders[:4])
    ]
    new = {"kind": "cell", "name": "Chi bộ mới"}
    return {
        "join_cells": {
            "op": "join_cells",
            "places": [place for cell in joined for place in served[cell]],
            "host": host,
            "answers": dict.fromkeys(seats, "ends_with"),
        },
        "separate_cell": {
            "op": "separate_cell",
            "place": served[joint][0],
            "cell": new,
            "members": members[joint][:3],
        },
        "reinforce_cell": {
            "op": "reinforce_cell",
            "cell": near[0],
            "transferred": members[host][:2],
            "attending": members[joint][:2],
            "ground": "Điều động",
        },
        "transfer_members": {
            "op": "transfer_members",
            "members": members[host][:3],
            "to": near[0],
        },
        "rotate_cadres, a circle of three": {
            "op": "rotate_cadres",
            "moves": circle,
        },
        "rotate_cadres, a chain of four": {
            "op": "rotate_cadres",
            "moves": chain,
            "leaves_vacant": [holders[0][1]],
            "without_post": [holders[4][0]],
        },
    }


def _neighbours(cells: Iterable[tuple[str, str]]) -> list[str]:
    """Return three cells that one committee has, or two where none has three.

    Given are (above, cell); in a tenth of a province few cells stand side by side.
    """
    below: defaultdict[str, list[str]] = defaultdict(list)
    for above, cell in cells:
        below[above].append(cell)
    most = min(below, key=lambda above: (-min(len(below[above]), 3), above))
    return below[most][:3]
