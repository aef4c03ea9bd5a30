"""What was waived is no fault of the store: `orgraph check` shows it and exits 0."""

from pathlib import Path

from land import put
from running import Orgraph

TOWN = """\
title: A small town
effective: 2025-01-01
steps:
  - op: found_unit
    new: {id: t, kind: commune, name: Xã Đảo, facts: FACTS}
    under: p
"""
FACTS = "{type: xã, mountainous: false, people: 900, area_m2: 30000000}"
WAIVERS = "waivers: [{code: STANDARD01, subject: t, basis: Resolution 35}]\n"


def test_a_waived_breach(folder: Path, orgraph: Orgraph) -> None:
    """The breach stays listed, with the basis and the revision, and isn't counted."""
    put(folder, "n.csv", "id,kind,name,since\np,province,Tỉnh,2000\n")
    assert orgraph("import", "n.csv", "--pack", "vietnam").code == 0
    put(folder, "p.yaml", TOWN.replace("FACTS", FACTS) + WAIVERS)
    assert orgraph("apply", "p.yaml", "--yes").code == 0
    for options in ([], ["--strict"]):
        outcome = orgraph("check", "--on", "2025-02-01", *options)
        assert outcome.code == 0, outcome.out
        assert (
            "STANDARD01 (existing) waived: Resolution 35 (revision 2):" in outcome.out
        )
        assert "0 faults, 1 other finding" in outcome.out
    document = orgraph("check", "--on", "2025-02-01", "--format", "json").json
    assert document["ok"] is True
    (item,) = document["items"]
    assert item["waived"] == "Resolution 35 (revision 2)"
