"""Coverage and concurrency of two provinces with gaps, against bare SQL."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from harness import pack_named
from synthetic_provinces import rows as drawn

from orgraph.model import EdgeRow, NodeRow
from orgraph.queries import concurrency, coverage, white_villages
from orgraph.stores import SqliteStore
from orgraph.synth.people import DAY

TABLES = """
CREATE TEMP TABLE live AS SELECT * FROM node WHERE since <= 'DAY' AND until > 'DAY';
CREATE TEMP TABLE now AS SELECT * FROM edge WHERE since <= 'DAY' AND until > 'DAY';
CREATE INDEX temp.now_source ON now (source, kind);
CREATE INDEX temp.now_target ON now (target, kind);
CREATE TEMP TABLE serves AS SELECT e.source AS cell, e.target AS village FROM now e
  JOIN live c ON c.id = e.source AND c.kind = 'cell'
  JOIN live v ON v.id = e.target AND v.kind = 'village' WHERE e.kind = 'COVERS';
CREATE TEMP TABLE shared AS SELECT cell FROM serves GROUP BY cell HAVING count(*) > 1
  UNION SELECT id FROM live WHERE kind = 'cell' AND json_extract(facts, '$.joint');
CREATE TEMP TABLE member AS SELECT source AS id, target AS cell FROM now
  WHERE kind = 'MEMBER_OF';
CREATE TEMP TABLE dweller AS SELECT h.source AS id, l.target AS village FROM now h
  JOIN now l ON l.source = h.target AND l.kind = 'LIVES_IN'
  WHERE h.kind = 'OF_HOUSEHOLD';
CREATE TEMP TABLE seated AS SELECT s.source AS post,
  CASE u.kind WHEN 'executive_committee' THEN
    (SELECT target FROM now WHERE source = u.id AND kind = 'UNDER') ELSE u.id END
  AS unit FROM now s JOIN live u ON u.id = s.target WHERE s.kind = 'SEAT_IN';
CREATE TEMP TABLE full AS SELECT h.source AS person, h.target AS post, s.unit,
  u.kind, json_extract(p.facts, '$.role') AS role FROM now h
  JOIN live p ON p.id = h.target JOIN seated s ON s.post = p.id
  JOIN live u ON u.id = s.unit WHERE h.kind = 'HOLDS' AND role <> 'committee_member'
  AND coalesce(json_extract(h.facts, '$.form'), '')
      NOT IN ('acting', 'reinforcement');
"""
STATES = """
SELECT v.id, CASE
  WHEN EXISTS (SELECT 1 FROM serves s JOIN member m ON m.cell = s.cell
    WHERE s.village = v.id AND s.cell NOT IN shared) THEN 'own'
  WHEN EXISTS (SELECT 1 FROM now WHERE target = v.id AND kind = 'LIVES_IN')
    AND NOT EXISTS (SELECT 1 FROM dweller d JOIN member m ON m.id = d.id
      WHERE d.village = v.id)
    AND NOT EXISTS (SELECT 1 FROM serves s JOIN member m ON m.cell = s.cell
      WHERE s.village = v.id AND m.id NOT IN (SELECT id FROM dweller))
    THEN 'without_members'
  WHEN EXISTS (SELECT 1 FROM serves WHERE village = v.id AND cell IN shared)
    THEN 'joint'
  WHEN EXISTS (SELECT 1 FROM serves WHERE village = v.id) THEN 'unrecorded'
  ELSE 'without_cell' END
FROM live v WHERE v.kind = 'village'
"""
ABOVE = """
WITH RECURSIVE up(id, unit) AS (
  SELECT source, target FROM now WHERE kind = 'PART_OF' UNION
  SELECT up.id, e.target FROM up JOIN now e ON e.source = up.unit
  AND e.kind = 'PART_OF') SELECT up.id, up.unit FROM up
JOIN live v ON v.id = up.id AND v.kind = 'village'
"""
BORDER = """
SELECT v.id, coalesce(json_extract(v.facts, '$.border'), json_extract(c.facts,
  '$.border')) FROM live v JOIN now p ON p.source = v.id AND p.kind = 'PART_OF'
JOIN live c ON c.id = p.target WHERE v.kind = 'village'
"""
HEADS = """
SELECT c.id,
  EXISTS (SELECT 1 FROM serves WHERE cell = c.id),
  EXISTS (SELECT 1 FROM seated s JOIN live p ON p.id = s.post
    WHERE s.unit = c.id AND json_extract(p.facts, '$.role') = 'secretary')
  AND EXISTS (SELECT 1 FROM serves v JOIN seated s ON s.unit = v.village
    JOIN live p ON p.id = s.post WHERE v.cell = c.id
    AND json_extract(p.facts, '$.role') = 'head'),
  EXISTS (SELECT 1 FROM full WHERE unit = c.id AND role = 'secretary')
  AND EXISTS (SELECT 1 FROM serves v JOIN full f ON f.unit = v.village
    WHERE v.cell = c.id AND f.role = 'head'),
  EXISTS (SELECT 1 FROM full f JOIN serves v ON v.cell = c.id JOIN full h
    ON h.unit = v.village AND h.role = 'head' AND h.person = f.person
    WHERE f.unit = c.id AND f.role = 'secretary')
FROM live c WHERE c.kind = 'cell'
"""
KINDS = ("COVERS", "MEMBER_OF", "LIVES_IN", "HOLDS", "SEAT_IN")
"""What the gaps are in: of each kind a tenth of the targets or sources has none."""


class Asked(NamedTuple):
    """A store, and its file as SQLite itself reads it."""

    store: SqliteStore
    db: sqlite3.Connection


@pytest.fixture(scope="module", params=["quang-ninh", "dien-bien"])
def asked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asked]:
    """Return a fiftieth of a province, from which edges are left out here and there."""
    nodes, edges = drawn(request.param, 0.02)
    draw = Random(request.param)  # noqa: S311 - drawn from a seed, not for secrecy
    gaps: defaultdict[str, dict[str, bool]] = defaultdict(dict)

    def kept(row: EdgeRow) -> bool:
        if row.kind not in KINDS:
            return True
        end = row.target if row.kind in {"MEMBER_OF", "LIVES_IN"} else row.source
        return not gaps[row.kind].setdefault(end, draw.random() < 0.1)

    def stated(row: NodeRow) -> NodeRow:
        if row.kind != "cell" or draw.random() < 0.9:
            return row
        return row._replace(facts={**row.facts, "joint": True})

    def formed(row: EdgeRow) -> EdgeRow:
        if row.kind != "HOLDS" or draw.random() < 0.9:
            return row
        return row._replace(facts={**row.facts, "form": "acting"})

    path: Path = tmp_path_factory.mktemp("province") / "orgraph.db"
    with SqliteStore(path, create=pack_named("vietnam")) as store:
        store.bulk_load(map(stated, nodes), [formed(row) for row in edges if kept(row)])
        with closing(sqlite3.connect(path)) as db:
            db.executescript(TABLES.replace("DAY", DAY.isoformat()))
            yield Asked(store, db)


def test_villages_by_state_unit_and_tag(asked: Asked) -> None:
    """Each village is in one state, below each unit and by a tag of its commune."""
    states = dict(asked.db.execute(STATES).fetchall())
    found = coverage(asked.store, None, DAY)
    assert {s: n for s, n in found.states.items() if n} == Counter(states.values())
    assert set(states.values()) == set(found.states), "all states are drawn"
    below: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for village, unit in asked.db.execute(ABOVE):
        below[unit][states[village]] += 1
    listed = {i.id: {s: n for s, n in i.states.items() if n} for i in found.items}
    assert listed == below
    border = dict(asked.db.execute(BORDER).fetchall())
    tagged = Counter(states[village] for village, is_so in border.items() if is_so)
    assert {s: n for s, n in found.tags["border"].items() if n} == tagged
    assert found.unknown["border"] == sum(v is None for v in border.values())
    white = white_villages(asked.store, None, DAY)
    assert {i.id: i.state for i in white.items} == {
        village: state for village, state in states.items() if state != "own"
    }


def test_who_holds_several_posts(asked: Asked) -> None:
    """Of all who hold one for good that is more than a seat beside another."""
    (several,) = asked.db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM full GROUP BY person HAVING "
        "count(DISTINCT post) > 1)"
    ).fetchone()
    (people,) = asked.db.execute("SELECT count(DISTINCT person) FROM full").fetchone()
    found = concurrency(asked.store, None, DAY).several
    assert (found.number, found.all) == (several, people)


def test_secretaries_who_are_heads(asked: Asked) -> None:
    """A share has the units in which both are held, and the holders of each post."""
    told: Counter[str] = Counter()
    for _, serves, posts, held, both in asked.db.execute(HEADS):
        states = ("both", both), ("apart", held), ("vacant", posts), ("no_post", serves)
        told[next((state for state, is_so in states if is_so), "covers_none")] += 1
    items = concurrency(asked.store, None, DAY, ("secretary", "head")).items
    (found,) = (i for i in items if i.combination.id == "village-secretary-is-head")
    assert {state: n for state, n in found.counts.items() if n} == told
    assert {"both", "vacant", "no_post", "covers_none"} <= told.keys()
    units, secretaries, heads = found.shares
    assert (units.number, units.all) == (told["both"], told["both"] + told["apart"])
    people = asked.db.execute(
        "SELECT DISTINCT f.person FROM full f JOIN serves s ON s.cell = f.unit "
        "WHERE f.role = 'secretary'"
    ).fetchall()
    assert secretaries.all == len(people)
    (number,) = asked.db.execute(
        "SELECT count(DISTINCT f.person) FROM full f JOIN serves s ON "
        "s.village = f.unit WHERE f.role = 'head'"
    ).fetchone()
    assert heads.all == number
    assert secretaries.number == heads.number <= min(secretaries.all, heads.all)
