"""What the questions cost: as many statements for a large region as for a small one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness import pack_named
from towns import edge, node

from orgraph.model import EdgeRow, NodeRow, Row
from orgraph.queries import (
    concurrency,
    eligible,
    joint_cells,
    path,
    span,
    uncovered,
    vacancies,
    white_villages,
)
from orgraph.stores import SqliteStore, Store

DAY = date(2025, 1, 1)
QUESTIONS: dict[str, Callable[[Store], Any]] = {
    "path": lambda store: path(store, "m0", "m1", DAY),
    "span": lambda store: span(store, "co", DAY),
    "vacancies": lambda store: vacancies(store, "co", DAY, date(2030, 1, 1)),
    "eligible": lambda store: eligible(store, "p0", DAY),
    "concurrency": lambda store: concurrency(store, "co", DAY),
    "uncovered": lambda store: uncovered(store, "co", DAY),
    "joint cells": lambda store: joint_cells(store, "co", DAY),
    "white villages": lambda store: white_villages(store, "co", DAY),
    "uncovered, all": lambda store: uncovered(store, None, DAY),
}


def commune(villages: int, others: int) -> list[Row]:
    """Return a commune whose villages share cells in pairs, and other communes."""
    rows: list[Row] = [node("pr", "province")]
    for name in ["co", *(f"other{n}" for n in range(others))]:
        rows += [node(name, "commune"), edge("PART_OF", name, "pr")]
    rows += [node("gc", "grassroots_committee"), edge("COVERS", "gc", "co")]
    for n in range(villages):
        rows += [node(f"v{n}", "village"), edge("PART_OF", f"v{n}", "co")]
        rows += [node(f"c{n}", "cell"), edge("UNDER", f"c{n}", "gc")]
        rows += [edge("COVERS", f"c{n}", f"v{at % villages}") for at in (n, n + 1)]
        rows += [node(f"p{n}", "post"), edge("SEAT_IN", f"p{n}", f"c{n}")]
        rows += [node(f"m{n}", "member"), edge("MEMBER_OF", f"m{n}", f"c{n}")]
        rows += [node(f"h{n}", "household"), edge("LIVES_IN", f"h{n}", f"v{n}")]
        rows += [
            edge("OF_HOUSEHOLD", f"m{n}", f"h{n}"),
            edge("HOLDS", f"m{n}", f"p{n}"),
        ]
    return rows


def filled(path_: Path, rows: list[Row]) -> SqliteStore:
    """Return a store in a file."""
    store = SqliteStore(path_, create=pack_named("vietnam"))
    store.bulk_load(
        [row for row in rows if isinstance(row, NodeRow)],
        [row for row in rows if isinstance(row, EdgeRow)],
    )
    return store


@pytest.mark.parametrize("name", QUESTIONS)
def test_statements_of_a_question_do_not_grow(name: str, tmp_path: Path) -> None:
    """A commune of 300 villages is asked about in as many statements as one of 4."""
    counts = []
    for villages in (4, 300):
        with filled(tmp_path / f"{villages}.db", commune(villages, 2)) as store:
            store.statements = []
            QUESTIONS[name](store)
            counts.append(len(store.statements))
    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize("name", [n for n in QUESTIONS if "all" not in n])
def test_rows_read_do_not_grow_with_others(
    name: str, tmp_path: Path, rows_read: list[int]
) -> None:
    """A question about a commune reads as many rows beside 1,000 others as beside 2."""
    counts = []
    for others in (2, 1000):
        with filled(tmp_path / f"{others}.db", commune(5, others)) as store:
            rows_read.clear()
            QUESTIONS[name](store)
            counts.append(sum(rows_read))
    assert counts[0] == counts[1] > 0
