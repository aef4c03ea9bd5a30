"""Quảng Ninh at full size, by the commands of the demo: half a million nodes reformed.

What must hold is asked of the tables of the file in bare SQL, before and after.
"""

import hashlib
import html
import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from chromium import chromium, needed
from openpyxl import load_workbook
from typer.testing import CliRunner

from orgraph.cli.app import app
from orgraph.engine import audit
from orgraph.queries import spells, tally
from orgraph.stores import open_store

pytestmark = pytest.mark.slow
TABLES = Path(__file__).resolve().parents[2] / "scenarios" / "quang_ninh_2025"
EVE, DAY = "2025-06-30", "2025-07-01"
PUBLISHED = {"member": 104_700, "household": 370_000, "village": 1_452}
LEADING = """
SELECT v.id FROM node v WHERE v.kind = 'village' AND v.since <= :on AND v.until > :on
AND NOT EXISTS (
  SELECT 1 FROM edge part
  JOIN edge leads ON leads.kind = 'COVERS' AND leads.target = part.target
    AND leads.since <= :on AND leads.until > :on
  JOIN edge covers ON covers.kind = 'COVERS' AND covers.target = v.id
    AND covers.since <= :on AND covers.until > :on
  JOIN edge under ON under.kind = 'UNDER' AND under.source = covers.source
    AND under.since <= :on AND under.until > :on AND under.target = leads.source
  WHERE part.kind = 'PART_OF' AND part.source = v.id
    AND part.since <= :on AND part.until > :on)
"""
"""Villages whose cell isn't directly under the committee of their commune."""
HOMELESS = """
WITH spans AS (
  SELECT source, since, until,
    lag(until) OVER (PARTITION BY source ORDER BY since) AS before
  FROM edge WHERE kind = 'MEMBER_OF'),
homes AS (
  SELECT source, min(since) AS since, max(until) AS until,
    sum(before IS NOT NULL AND before != since) AS gaps
  FROM spans GROUP BY source),
lives AS (
  SELECT id, min(since) AS since, max(until) AS until
  FROM node WHERE kind = 'member' GROUP BY id)
SELECT id FROM lives LEFT JOIN homes ON source = id WHERE source IS NULL
OR lives.since != homes.since OR lives.until != homes.until OR gaps
"""
"""Members whose cells don't make up their time, day for day, one at a time."""
BELOW = """
WITH RECURSIVE below(id) AS (
  SELECT source FROM edge WHERE target = :root AND kind IN ({kinds})
    AND since <= :on AND until > :on
  UNION ALL
  SELECT e.source FROM below b JOIN edge e ON e.target = b.id AND e.kind IN ({kinds})
    AND e.since <= :on AND e.until > :on)
SELECT n.kind, count(*) FROM below b JOIN node n ON n.id = b.id
WHERE n.since <= :on AND n.until > :on GROUP BY n.kind
"""


ENDED = """
SELECT kind FROM node n WHERE until = :day
AND NOT EXISTS (SELECT 1 FROM node m WHERE m.id = n.id AND m.since = :day)
"""
BEGAN = """
SELECT kind FROM node n WHERE since = :day AND until > :day
AND NOT EXISTS (SELECT 1 FROM node m WHERE m.id = n.id AND m.until = :day)
"""


class Province(NamedTuple):
    """The file of a store, and what the reform of the province says of itself."""

    path: Path
    before: dict[str, str]
    report: dict[str, Any]
    surplus: set[tuple[str, str]]
    page: Path


def run(*arguments: object) -> str:
    """Run a command in this process; it must find nothing that blocks it."""
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output[-2000:]
    return done.output


def asked(path: Path, statement: str, **given: object) -> list[tuple[Any, ...]]:
    """Return the rows of a bare statement."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(statement, given).fetchall()


def everything(path: Path) -> dict[str, str]:
    """Return all that a store says, without who wrote it, and the tallies."""
    said = {}
    db = sqlite3.connect(path)
    for table, columns in (
        ("node", "id, kind, since, until, name, code, facts"),
        ("edge", "kind, source, target, since, until, facts"),
        ("tally", "unit, key, day, delta"),
    ):
        zero = " WHERE delta != 0" if table == "tally" else ""
        sha = hashlib.sha256()
        statement = f"SELECT {columns} FROM {table}{zero} ORDER BY {columns}"  # noqa: S608 - our own
        for row in db.execute(statement):
            sha.update(repr(row).encode())
        said[table] = sha.hexdigest()
    db.close()
    return said


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    """Draw the province, draft its reform, simulate it and apply it."""
    folder = tmp_path_factory.mktemp("province")
    path, parts = folder / "p.db", folder / "parts.csv"
    table, proposal = TABLES / "table.csv", folder / "p.yaml"
    synth = ("synth", "--like", "quang-ninh", "--seed", 1, "--store", path)
    run(*synth, "--over", TABLES, "--table", table, "--parts", parts)
    run(
        *("draft", table, "--effective", DAY, "--store", path, "--mirror"),
        *("--abolish", "district", "--within", "province:22", "--parts", parts),
        *("--units", TABLES / "new_communes.csv", "--unknown-shares", "-o", proposal),
    )
    before = everything(path)
    report, page, sheets = (
        folder / f"r.{suffix}" for suffix in ("json", "html", "xlsx")
    )
    written = [part for file in (report, page, sheets) for part in ("--report", file)]
    run("simulate", proposal, "--store", path, *written)
    run("apply", proposal, "--store", path, "--yes")
    said = json.loads(report.read_text())
    surplus = {(one["person"], one["post"]) for one in said["surplus"]}
    return Province(path, before, said, surplus, page)


def living(path: Path, on: str) -> dict[str, int]:
    """Return how many of each kind live on a day."""
    statement = (
        "SELECT kind, count(*) FROM node WHERE since <= :on AND until > :on GROUP BY 1"
    )
    return dict(asked(path, statement, on=on))


def test_it_is_a_whole_province(province: Province) -> None:
    """The province has the published numbers, and more than 480,000 nodes."""
    counts = living(province.path, EVE)
    assert {kind: counts[kind] for kind in PUBLISHED} == PUBLISHED
    assert sum(counts.values()) > 480_000


def test_its_page_is_no_larger_than_can_be_read(province: Province) -> None:
    """The page names every commune; of the people it has counts, and the first."""
    text = province.page.read_text(encoding="utf-8")
    assert len(text.encode()) < 2_000_000
    units = [unit for unit in province.report["units"] if unit["kind"] == "commune"]
    assert len(units) == 171 + 53
    for unit in units:
        assert html.escape(unit["name"]) in text
    lost = {one["person"] for one in province.report["surplus"]}
    assert f"{len(lost):,} <small>{len(province.report['surplus']):,} posts" in text
    assert text.count('<article class="flow"') < len(province.report["lineage"])


@pytest.mark.browser
def test_its_page_opens_at_once(province: Province) -> None:
    """Chromium needs less than two seconds of a processor for the whole province."""
    needed()
    with chromium() as page:
        assert page.work(province.page) < 2
        assert page.problems == []


def test_each_kind_is_accounted_for(province: Province) -> None:
    """Members, households, cells and villages are the same; the report has the rest."""
    before, after = (living(province.path, day) for day in (EVE, DAY))
    for kind in ("member", "household", "cell", "village", "sectional_committee"):
        assert before[kind] == after[kind]
    ended, began = (
        Counter(kind for (kind,) in asked(province.path, statement, day=DAY))
        for statement in (ENDED, BEGAN)
    )
    for kind in before.keys() | after.keys():
        assert after.get(kind, 0) == before.get(kind, 0) - ended[kind] + began[kind]
    assert sum(ended.values()) == len(province.report["ended"])
    papers = len(province.report.get("documents", ()))
    assert sum(began.values()) == len(province.report["began"]) + papers
    posts = province.report["posts"]
    assert len(posts["ended"]) == ended["post"]
    for kind in ("member", "household"):
        sides = province.report["conservation"][kind]
        assert sides["before"] == sides["after"] == PUBLISHED[kind]


def test_dependents_add_up_by_kind(province: Province) -> None:
    """What became of the edges of each kind of dependent is what the rows say."""
    told = province.report["dependents_by_kind"]
    seats = told["post"]["SEAT_IN"]
    ended, joined = (
        asked(province.path, statement, day=DAY)[0][0]
        for statement in (
            "SELECT count(*) FROM edge WHERE kind = 'SEAT_IN' AND until = :day",
            "SELECT count(*) FROM edge WHERE kind = 'SEAT_IN' AND since = :day",
        )
    )
    assert (ended, joined) == (seats["followed"] + seats["ended"], seats["followed"])
    assert told["member"]["HOLDS"]["ended"] == len(province.surplus)


def test_a_day_without_a_cell_is_noticed() -> None:
    """The statement of the next test finds a gap, an overlap, a late start and none."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE node (id, kind, since, until)")
        db.execute("CREATE TABLE edge (kind, source, since, until)")
        for member, spans in {
            "good": [("1", "5"), ("5", "9")],
            "gap": [("1", "4"), ("5", "9")],
            "twice": [("1", "6"), ("5", "9")],
            "late": [("2", "9")],
            "none": [],
        }.items():
            db.execute("INSERT INTO node VALUES (?, 'member', '1', '9')", (member,))
            rows = [(member, *span) for span in spans]
            db.executemany("INSERT INTO edge VALUES ('MEMBER_OF', ?, ?, ?)", rows)
        found = {member for (member,) in db.execute(HOMELESS)}
    assert found == {"gap", "twice", "late", "none"}


def test_nobody_is_without_a_cell_for_a_day(province: Province) -> None:
    """Each member's cells make up all days since admission, one at a time."""
    assert asked(province.path, HOMELESS) == []


def test_no_village_is_without_its_committee(province: Province) -> None:
    """A village's cell is under the committee of its commune, before and after.

    A joint cell that serves villages of two communes is under one of the committees.
    """
    for day in (EVE, DAY):
        apart = {village for (village,) in asked(province.path, LEADING, on=day)}
        joint = asked(
            province.path,
            "SELECT target FROM edge WHERE kind = 'COVERS' AND since <= :on AND "
            "until > :on AND source IN (SELECT id FROM node WHERE kind = 'cell' AND "
            "facts LIKE '%\"joint\":true%')",
            on=day,
        )
        if day == EVE:
            continue  # then a cell may also be under a section of the committee
        assert apart <= {village for (village,) in joint}


def test_no_term_begins_anew(province: Province) -> None:
    """No holding begins on the day, and only those of the surplus end."""
    began = "SELECT count(*) FROM edge WHERE kind = 'HOLDS' AND since = :day"
    assert asked(province.path, began, day=DAY) == [(0,)]
    ended = "SELECT source, target FROM edge WHERE kind = 'HOLDS' AND until = :day"
    assert set(asked(province.path, ended, day=DAY)) == province.surplus
    some = "SELECT DISTINCT source FROM edge WHERE kind = 'HOLDS' AND until > :day"
    with open_store(province.path) as store:
        for (person,) in asked(province.path, some + " ORDER BY 1 LIMIT 300", day=DAY):
            held = asked(
                province.path,
                "SELECT min(since) FROM edge WHERE kind = 'HOLDS' AND source = :who",
                who=person,
            )
            assert spells(store, person)[0].since.isoformat() == held[0][0]


def test_the_workbook_has_all_of_it(province: Province) -> None:
    """Who loses a post, and who became what, are in the sheets as in the store."""
    book = load_workbook(province.path.parent / "r.xlsx", read_only=True)
    rows = {sheet.title: list(sheet.values)[1:] for sheet in book}
    book.close()
    assert {row[:2] for row in rows["Surplus"]} == province.surplus
    lineage = (
        "SELECT source, target FROM edge WHERE kind = 'SUCCEEDED_BY' AND since = :day"
    )
    became = {(row[0], row[3]) for row in rows["Who became what"]}
    assert became == set(asked(province.path, lineage, day=DAY))
    assert len(rows["Findings"]) == len(province.report["findings"])
    assert {row[4] for row in rows["Units"] if row[1] == "commune"} > {"06652"}


def test_old_breaches_block_nothing(province: Province) -> None:
    """What is wrong by the law was so before; nothing new is more than a warning."""
    new = [f for f in province.report["findings"] if f["state"] == "new"]
    assert {f["severity"] for f in new} <= {"info", "warning"}
    assert any(f["state"] == "existing" for f in province.report["findings"])
    with open_store(province.path) as store:
        found = list(audit(store, date.fromisoformat(DAY)))
    assert {f.severity for f in found} <= {"info", "warning"}
    assert not [f for f in found if f.code.startswith(("TALLY", "HASH"))]


@pytest.mark.parametrize("on", ["2018-03-01", EVE, DAY, "2030-01-01"])
@pytest.mark.parametrize("root", ["province-22", "syn-provincial_committee"])
def test_totals_equal_a_fresh_walk(province: Province, root: str, on: str) -> None:
    """The totals of the province are on any day what a walk down to all counts."""
    with open_store(province.path) as store:
        told = tally(store, root, date.fromisoformat(on)).counts
        kinds = ", ".join(f"'{kind}'" for kind in store.pack.contains_kinds)
    walked = dict(asked(province.path, BELOW.format(kinds=kinds), root=root, on=on))
    assert {kind: n for kind, n in told.items() if n} == walked


def test_undo_gives_back_every_row(province: Province) -> None:
    """The undo of it all leaves the rows and counts of before, each of them."""
    run("undo", "--store", province.path, "--yes")
    assert everything(province.path) == province.before
