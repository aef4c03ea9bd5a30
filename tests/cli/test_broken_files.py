"""Whatever file is broken, it is said where, and nothing is written."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from broken import Broken
from broken_packs import broken_packs
from broken_proposals import RICH, broken_proposals
from broken_stores import broken_stores
from broken_tables import broken_tables
from land import put
from running import Orgraph

SEED = 1
LEAST = 300
PROPOSALS = broken_proposals(30, SEED)
TABLES = broken_tables(20, SEED)
PACKS = broken_packs(20, SEED)
INSIDE = ("Traceback", "<class", "pydantic", "yaml.scanner", "yaml.parser", "tomllib")


def run(folder: Path, orgraph: Orgraph, case: Broken) -> None:
    """Run the command of a case, and check that it says for people what is wrong."""
    for name, data in case.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        put(folder, name, data)
    outcome = orgraph(*case.command)
    said = outcome.said
    assert outcome.code in case.codes, said
    assert said.strip()
    for piece in INSIDE:
        assert piece not in said
    for piece in case.says:
        assert piece in said
    assert len(said.splitlines()) < 60
    assert all(len(line) < 500 for line in said.splitlines())


def named(case: Broken) -> str:
    """Return the name of a case, as pytest shows it."""
    return case.name


def test_the_corpus_has_hundreds_of_files_and_no_two_alike(land: Path) -> None:
    """Nothing in it is counted twice."""
    corpus = [*PROPOSALS, *TABLES, *PACKS, *broken_stores(land, 30, SEED)]
    assert len(corpus) >= LEAST
    assert len({case.name for case in corpus}) == len(corpus)
    assert len({tuple(case.files.items()) for case in corpus}) == len(corpus)


@pytest.mark.usefixtures("land")
def test_what_is_broken_was_good(folder: Path, orgraph: Orgraph) -> None:
    """What is changed is all that is wrong with a broken file."""
    put(folder, "p.yaml", RICH)
    assert orgraph("validate", "p.yaml").code == 0
    assert orgraph("check", "--on", "2025-01-01").code == 0


@pytest.mark.parametrize("case", PROPOSALS, ids=named)
def test_a_broken_proposal(
    land: Path, folder: Path, orgraph: Orgraph, case: Broken
) -> None:
    """The line is named, and the store stays as it is."""
    before = land.read_bytes()
    run(folder, orgraph, case)
    assert land.read_bytes() == before


@pytest.mark.parametrize("case", [*TABLES, *PACKS], ids=named)
def test_a_broken_table_or_pack(folder: Path, orgraph: Orgraph, case: Broken) -> None:
    """The line or key is named, and no store is made."""
    run(folder, orgraph, case)
    assert not (folder / "orgraph.db").exists()


def test_a_broken_store(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """The audit notices, or the store is said to be damaged; it stays as it is."""
    wrong = []
    for case in broken_stores(land, 40, SEED):
        try:
            run(folder, orgraph, case)
        except Exception as error:  # noqa: BLE001 - whatever it is, the case is named
            wrong.append(f"{case.name}: {error!r:.200}")
        (data,) = case.files.values()
        assert (folder / "broken.db").read_bytes() == data, case.name
    assert not wrong


def test_a_damaged_row_is_told_with_its_table(land: Path, orgraph: Orgraph) -> None:
    """Nothing else is told, since nothing else could be read."""
    with closing(sqlite3.connect(land)) as db, db:
        db.execute("UPDATE node SET since = 'soon' WHERE id = 'm1'")
    outcome = orgraph("check", "--format", "json")
    assert outcome.code == 1
    (item,) = outcome.json["items"]
    assert item["code"] == "STORE01"
    assert item["message"] == "1 of the rows of node have no such since."
