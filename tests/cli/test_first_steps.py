"""The first commands, init and import, make a store or leave nothing behind."""

import shutil
from pathlib import Path

import pytest
from land import NODES, kept, put
from running import Orgraph

pytestmark = pytest.mark.usefixtures("proposal_and_table")


def test_init_over_a_file(land: Path, orgraph: Orgraph) -> None:
    """Init doesn't go over a store, nor over another file."""
    for name in ("orgraph.db", "p.yaml"):
        before = kept(land), Path(name).read_bytes()
        outcome = orgraph("init", "--pack", "territory", "--store", name)
        assert outcome.code == 4
        assert "a file already" in outcome.err
        assert (kept(land), Path(name).read_bytes()) == before


@pytest.mark.parametrize(
    ("command", "code", "word"),
    [
        (["init", "--pack", "nowhere"], 2, "territory, vietnam"),
        (["init", "--pack", "here"], 2, "pack"),
        (["init", "--pack", "territory", "--store", "no/new.db"], 4, "folder"),
        (["import", "n.csv"], 4, "--pack"),
        (["import", "n.csv", "--pack", "nowhere"], 2, "territory, vietnam"),
        (["import", "no.csv", "--pack", "territory"], 2, "no such file"),
        (["import", "p.yaml", "--pack", "territory"], 2, "CSV"),
        (["import", "bad.csv", "--pack", "territory"], 2, "bad.csv:2"),
        (["import", "n.csv", "--pack", "territory", "--since", "2000"], 2, "2000"),
    ],
)
def test_a_first_step_that_fails(
    folder: Path, orgraph: Orgraph, command: list[str], code: int, word: str
) -> None:
    """An init or a first import that fails leaves no store behind."""
    put(folder, "bad.csv", "id,kind,name,since\nz,stat,Zed,2000\n")
    (folder / "here").mkdir()
    put(folder / "here", "pack.toml", "[pack]\nname = 'a'\n")
    before = sorted(folder.iterdir())
    outcome = orgraph(*command)
    assert outcome.code == code, outcome.said
    assert word in outcome.err
    assert sorted(folder.iterdir()) == before


def test_packs_are_compared_by_what_they_say(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """--pack on a store that has one must be the same pack, wherever it lies."""
    assert land.is_file()
    source = Path(__file__).resolve().parents[2] / "schema" / "territory"
    for place in ("other name", "changed"):
        shutil.copytree(source, folder / place)
    same = orgraph("import", "n.csv", "--pack", "other name")
    assert same.code == 0, same.said
    pack = folder / "changed" / "pack.toml"
    text = pack.read_text(encoding="utf-8").replace("1_000", "2_000")
    pack.write_text(text, encoding="utf-8")
    before = kept(land)
    outcome = orgraph("import", "n.csv", "--pack", "changed")
    assert (outcome.code, outcome.out) == (4, "")
    assert "another version of the pack territory" in outcome.err
    assert "these words differ: thresholds[1];" in outcome.err
    assert orgraph("import", "n.csv", "--pack", "vietnam").code == 4
    assert kept(land) == before
    made = orgraph("import", "n.csv", "--pack", "changed", "--store", "new.db")
    assert made.code == 0, made.said


def test_importing_again(folder: Path, orgraph: Orgraph) -> None:
    """After a first import that failed, the mended one is revision 1."""
    put(folder, "n.csv", NODES.replace("state", "stat"))
    command = ["import", "n.csv", "--pack", "territory"]
    assert orgraph(*command).code == 2
    put(folder, "n.csv", NODES)
    outcome = orgraph(*command)
    assert outcome.code == 0, outcome.said
    assert "orgraph.db: revision 1, 13 rows\n" in outcome.out
