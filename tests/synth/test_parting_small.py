"""However small an organisation is drawn, its parts leave nothing open of a reform."""

from collections import defaultdict
from pathlib import Path

import pytest
from harness import pack_named
from quang_ninh_reform import FOLDER, TABLE, drafted, table
from synthetic_provinces import synthetic

from orgraph.cli.synth_parts import read_passages
from orgraph.conversion import Beside, load_words, read_units
from orgraph.proposal import read_proposal_text
from orgraph.stores import MemoryStore
from orgraph.synth import Passage, goings, parts_text

SCALE = 0.02
"""Of this most communes have one village, which can't go to three new ones."""


@pytest.mark.parametrize("seed", [2, 3, 9])
def test_the_whole_way_asks_nothing(seed: int, tmp_path: Path) -> None:
    """Drawn, drafted with the committees, and planned: no gap is left."""
    pack, drawn = pack_named("vietnam"), synthetic("quang-ninh", SCALE, seed)
    given = goings(drawn, read_passages(str(TABLE), pack))
    path = tmp_path / "parts.csv"
    path.write_text(parts_text(given), encoding="utf-8")
    store = MemoryStore(pack)
    store.bulk_load(drawn.nodes(), drawn.edges())
    file, units, _ = read_units(FOLDER / "new_communes.csv", load_words(), "decree")
    done = drafted(TABLE, path, Beside(units=(file, units), organisation=store))
    (text,) = done.texts
    assert ": ask" not in text.text
    plan = store.plan(read_proposal_text(text.text, "drafted"))
    assert [f.message for f in plan.findings if f.blocks] == []


@pytest.mark.parametrize("seed", range(1, 7))
def test_no_new_commune_is_without_a_village(seed: int) -> None:
    """Of too few villages the parts that nothing else comes to have one first."""
    drawn = synthetic("quang-ninh", SCALE, seed)
    settled = {
        row.new
        for row in goings(drawn, read_passages(str(TABLE), pack_named("vietnam")))
        if "village" in row.part
    }
    whole = {row["new_code"] for row in table() if "một phần" not in row["note"]}
    assert settled | whole == {row["new_code"] for row in table()}


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_part_without_a_village_has_a_head(seed: int) -> None:
    """Of two communes of one village that make two, each new one has one secretary."""
    drawn = synthetic("quang-ninh", SCALE, seed)
    few = sorted(c for c, n in _villages(seed).items() if n == 1)[:2]
    ways = [Passage(old, new, "part") for old in few for new in ("10001", "10002")]
    role = {n.id: n.facts.get("role") for n in drawn.nodes() if n.kind == "post"}
    heads = [row for row in goings(drawn, ways) if role.get(row.part) == "secretary"]
    assert sorted(row.new for row in heads) == ["10001", "10002"]
    assert sorted(row.old for row in heads) == few


def _villages(seed: int) -> dict[str, int]:
    """Return how many villages each commune has, by its code."""
    drawn = synthetic("quang-ninh", SCALE, seed)
    code = {n.id: str(n.code) for n in drawn.nodes() if n.kind == "commune"}
    found: defaultdict[str, int] = defaultdict(int)
    for edge in drawn.edges():
        if edge.kind == "PART_OF" and edge.target in code and "village" in edge.source:
            found[code[edge.target]] += 1
    return found
