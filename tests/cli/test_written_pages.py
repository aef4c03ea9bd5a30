"""Reports that simulate writes as a page and in Markdown, beside the others."""

import json
from pathlib import Path

from land import MERGE, kept, put
from running import Orgraph


def test_reports_by_suffix(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """One run writes a report in every format named, and nothing to the store."""
    put(folder, "p.yaml", MERGE)
    before = kept(land)
    names = ("r.html", "r.htm", "r.md", "r.json", "r.txt")
    outcome = orgraph(
        "simulate", "p.yaml", *(word for name in names for word in ("--report", name))
    )
    assert outcome.code == 0
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    assert texts["r.html"] == texts["r.htm"]
    assert texts["r.html"].startswith("<!doctype html>\n")
    assert texts["r.html"].endswith("</html>\n")
    assert texts["r.md"].startswith("# Ash and Birch become Elm\n")
    assert json.loads(texts["r.json"])["title"] in texts["r.html"]
    for name in names:
        assert "Elm" in texts[name]
        assert "Jane Doe" not in texts[name]
        (folder / name).unlink()
    assert kept(land) == before


def test_a_refused_plan_is_reported(
    land: Path,  # noqa: ARG001 - it is the store
    folder: Path,
    orgraph: Orgraph,
) -> None:
    """What is refused is written, too, and the exit code says so."""
    put(folder, "p.yaml", MERGE.replace("m1, m2", "m1, m9"))
    outcome = orgraph("simulate", "p.yaml", "--report", "r.html", "--report", "r.md")
    assert outcome.code == 1
    for name in ("r.html", "r.md"):
        assert "refused by 1 finding" in (folder / name).read_text(encoding="utf-8")
