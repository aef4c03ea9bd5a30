"""`orgraph synth`: a store or tables, over a store or tables, sound and labelled."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from running import Orgraph

from orgraph.engine.codes import codes
from orgraph.model import Span
from orgraph.stores import Store, open_store

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
SMALL = ("synth", "--like", "dien-bien", "--seed", "1", "--scale", "0.02")


def content(store: Store) -> list[str]:
    """Return all rows and tallies, whichever revision wrote them."""
    ids = list(store.all_ids())
    nodes = store.nodes(ids, Span.always())
    edges = store.edges(ids, sorted(store.pack.edges), "out", Span.always())
    rows = [*nodes, *edges, *store.tallies(ids, 0)]
    return sorted(
        repr(row._replace(rev=0) if hasattr(row, "rev") else row) for row in rows
    )


@pytest.mark.parametrize("like", ["quang-ninh", "dien-bien"])
def test_store_is_sound(orgraph: Orgraph, folder: Path, like: str) -> None:
    """The audit of a small one finds no fault of structure; its communes are small."""
    made = orgraph("synth", "--like", like, "--seed", "1", "--scale", "0.02")
    assert made.code == 0, made.said
    assert f"Synthetic organisation like {like}, seed 1, scale 0.02" in made.out
    for on in ("2016-01-01", "2025-01-01", "2026-01-01"):
        found = orgraph("check", "--on", on, "--format", "json").json["items"]
        errors = {item["code"] for item in found if item["severity"] == "error"}
        small = {"CELL01", "FORM01", "REARRANGE01", "STANDARD01"}
        assert errors - {"GONE01"} <= small, "too few people, as scaled"
        assert ("GONE01" in errors) == (on > "2025-07-01"), "its districts live on"
        assert not any(codes()[code].structural for code in errors)
    assert "Synthetic" in orgraph("history").out
    assert (folder / "orgraph.db").is_file()


def test_tables_import_to_an_equal_store(orgraph: Orgraph, folder: Path) -> None:
    """What --csv writes imports without a finding, to the rows of the store."""
    assert orgraph(*SMALL, "--store", "one.db").code == 0
    assert orgraph(*SMALL, "--csv", "tables").code == 0
    tables = [f"tables/{name}.csv" for name in ("nodes", "edges")]
    loaded = orgraph("import", *tables, "--pack", "vietnam", "--store", "two.db")
    assert loaded.code == 0, loaded.said
    with open_store(folder / "one.db") as one, open_store(folder / "two.db") as two:
        assert content(one) == content(two)


def test_same_store_every_time(orgraph: Orgraph, folder: Path) -> None:
    """Two runs make the same revision, to its hash; another seed another one."""
    hashes = []
    for number, seed in enumerate(("1", "1", "2")):
        name = f"{number}.db"
        run = ("synth", "--like", "dien-bien", "--seed", seed, "--scale", "0.01")
        assert orgraph(*run, "--store", name).code == 0
        with open_store(folder / name) as store:
            revision = store.revision(1)
            assert revision is not None
            hashes.append(revision.hash)
    assert hashes[0] == hashes[1] != hashes[2]


def test_over_a_store_or_its_export(orgraph: Orgraph, folder: Path) -> None:
    """A store of communes, and the folder of its export, give what the tables give."""
    tables = [
        str(SCENARIOS / "dien_bien_2025" / f"{name}.csv") for name in ("nodes", "edges")
    ]
    land = ("--store", "land.db")
    assert orgraph("import", *tables, "--pack", "vietnam", *land).code == 0
    assert orgraph("export", "--to", "csv", "-o", "land", *land).code == 0
    for over in ("land.db", "land"):
        done = orgraph(*SMALL, "--over", over, "--csv", f"from {over}")
        assert done.code == 0, done.said
    assert orgraph(*SMALL, "--csv", "by default").code == 0
    for table in ("nodes.csv", "edges.csv"):
        found = {
            (folder / name / table).read_bytes()
            for name in ("from land.db", "from land", "by default")
        }
        assert len(found) == 1


def test_answer_as_json(orgraph: Orgraph, folder: Path) -> None:
    """The comparison with what was published is to be had as JSON."""
    made = orgraph(*SMALL, "--format", "json", "--csv", "tables")
    assert made.json["format"] == "orgraph.synth/1"
    nodes = (folder / "tables" / "nodes.csv").read_text().count("\n") - 1
    edges = (folder / "tables" / "edges.csv").read_text().count("\n") - 1
    rows = {
        k: n for k, n in made.json["rows"].items() if re.search("^(past )?\\w+$", k)
    }
    del rows["people"]
    assert sum(rows.values()) == nodes + edges
    members = next(r for r in made.json["per_thousand"] if r["what"] == "members")
    assert members["published"] == 48_000_000
    assert members["synthetic"] == 1000 * made.json["rows"]["member"]
    joint = next(r for r in made.json["per_thousand"] if r["what"] == "joint cells")
    assert joint["published"] is joint["difference"] is None
    assert joint["synthetic"] > 0
    json.dumps(made.json)


def test_parts_of_a_coming_reorganisation(orgraph: Orgraph, folder: Path) -> None:
    """Beside the store it says what goes where; the same as beside tables, each run."""
    table = SCENARIOS / "quang_ninh_2025" / "table.csv"
    run = ("synth", "--like", "quang-ninh", "--seed", "1", "--scale", "0.02")
    given = ("--table", str(table))
    assert orgraph(*run, *given, "--parts", "one.csv").code == 0
    assert orgraph(*run, *given, "--parts", "two.csv", "--csv", "tables").code == 0
    text = (folder / "one.csv").read_text()
    assert text == (folder / "two.csv").read_text()
    assert text.startswith("old,new,part\n06652,06652,syn-post-")
    olds = {line[:5] for line in text.splitlines() if "village" in line}
    assert len(olds) == 12


def test_parts_need_a_table(orgraph: Orgraph, folder: Path) -> None:
    """Parts without a table, a table with a fault, and its overwriting are refused."""
    assert "give both, or neither" in orgraph(*SMALL, "--parts", "p.csv").err
    (folder / "table.csv").write_text(
        "old_code,old_name,new_code,new_name,note\n1,A,2,B,perhaps\n"
    )
    given = ("--table", "table.csv", "--parts")
    answer = orgraph(*SMALL, *given, "p.csv")
    assert answer.code == 2
    assert "table.csv:2: “perhaps” is no note that can be read." in answer.err
    assert orgraph(*SMALL, *given, "table.csv").code == 2
    whole = (folder / "table.csv").read_text().replace("perhaps", "whole")
    (folder / "table.csv").write_text(whole)
    answer = orgraph(*SMALL, *given, "p.csv")
    assert answer.code == 2
    assert "there is no commune 1 of the table in the territory" in answer.err
    assert [path.name for path in folder.iterdir()] == ["table.csv"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("--like", "ha-noi"), "there are no figures like ha-noi"),
        (("--scale", "0"), "a scale is above 0"),
        (("--scale", "nan"), "a scale is above 0"),
        (("--over", "nowhere"), "nowhere"),
        (("--over", "empty"), "empty/nodes.csv"),
        (("--csv", "c", "--store", "s.db"), "name one of them"),
        (("--seed", "one"), "seed"),
    ],
)
def test_wrong_use(
    orgraph: Orgraph, folder: Path, change: tuple[str, ...], said: str
) -> None:
    """What can't be meant is said in a sentence, and nothing is written."""
    (folder / "empty").mkdir()
    answer = orgraph(*SMALL, *change)
    assert answer.code in {2, 4}, answer.said
    assert said in answer.said
    assert "Traceback" not in answer.said
    assert [path.name for path in folder.iterdir()] == ["empty"]


def test_no_store_is_overwritten(orgraph: Orgraph, folder: Path) -> None:
    """A store that is there stays as it is, and so do the tables it is made over."""
    assert orgraph(*SMALL).code == 0
    before = (folder / "orgraph.db").read_bytes()
    again = orgraph(*SMALL)
    assert again.code == 4
    assert "there is a file already" in again.err
    assert (folder / "orgraph.db").read_bytes() == before
    assert orgraph(*SMALL, "--csv", "land").code == 0
    over = orgraph(*SMALL, "--over", "land", "--csv", "land")
    assert over.code == 2
    assert "write elsewhere" in over.err


def test_tables_are_overwritten_only_by_force(orgraph: Orgraph, folder: Path) -> None:
    """A table that is there is named and stays; nothing is written beside it."""
    (folder / "tables").mkdir()
    (folder / "tables" / "edges.csv").write_text("mine")
    run = (*SMALL, "--csv", "tables")
    refused = orgraph(*run)
    assert refused.code == 2
    assert "tables/edges.csv: there already; write elsewhere" in refused.err
    assert [path.name for path in (folder / "tables").iterdir()] == ["edges.csv"]
    assert (folder / "tables" / "edges.csv").read_text() == "mine"
    assert orgraph(*run, "--force").code == 0
    assert (folder / "tables" / "edges.csv").read_text() != "mine"
    assert orgraph(*run).code == 2


def test_territory_must_go_on(orgraph: Orgraph, folder: Path) -> None:
    """Over communes whose end is recorded nothing is drawn: it would outlive them."""
    (folder / "land").mkdir()
    (folder / "land" / "nodes.csv").write_text(
        "id,kind,since,until\np,province,2020-01-01,\nc,commune,2020-01-01,2025-07-01\n"
    )
    (folder / "land" / "edges.csv").write_text(
        "kind,source,target,since,until\nPART_OF,c,p,2020-01-01,2025-07-01\n"
    )
    answer = orgraph(*SMALL, "--over", "land")
    assert answer.code == 2
    assert "ends on 2025-07-01" in answer.said


@pytest.mark.slow
def test_province_needs_little_memory(tmp_path: Path) -> None:
    """A whole province goes into a store with at most 300 MB of memory."""
    root = Path(__file__).resolve().parents[2]
    # A process of its own: a child counts what its parent held when it began.
    peak = [sys.executable, str(root / "benchmarks" / "peak.py")]
    command = [sys.executable, "-m", "orgraph", "synth", "--like", "quang-ninh"]
    options = ["--seed", "1", "--store", str(tmp_path / "s.db")]
    run = [*peak, *command, *options]
    done = subprocess.run(run, check=True, capture_output=True, cwd=root, text=True)
    assert 50_000_000 < json.loads(done.stdout)["peak"] <= 300_000_000
