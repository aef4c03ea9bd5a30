"""Communes that a table leaves out when the districts end: their bodies are named."""

from datetime import date
from pathlib import Path

from drafting import codes
from test_mirrored import EXECUTIVES, mirrored, planned, store

from orgraph.engine import audit

ONE = ["1,Xã Một,1,Xã Một,unchanged"]
TWO = [*ONE, "2,Xã Hai,2,Xã Hai,unchanged"]


def test_communes_that_the_table_leaves_out_are_named(tmp_path: Path) -> None:
    """DRAFT38: one comes directly under the province with its committee as it was."""
    here = store()
    done = mirrored(tmp_path, ONE, here)
    assert codes(done) == [("DRAFT38", "warning", 2)]
    assert done.findings[0].finding.message == (
        "Tỉnh (p) gets 1 directly below it that the table doesn't name, and what "
        "covers them stays of another kind: Xã Hai (c2)."
    )
    plan = planned(done, here)
    found = {f.key for f in plan.findings if f.code == "MIRROR05"}
    assert {(code, subject) for code, subject, _ in found} == {("MIRROR05", "g2")}
    here.commit(plan)
    assert {f.key for f in audit(here, date(2025, 1, 1))} >= found


def test_nothing_is_said_where_the_table_has_all_or_the_districts_stay(
    tmp_path: Path,
) -> None:
    """An unchanged commune gets a committee of its new level."""
    here = store(given=EXECUTIVES)
    done = mirrored(tmp_path, TWO, here)
    assert codes(done) == []
    plan = planned(done, here)
    assert not [f for f in plan.findings if f.code in ("MIRROR05", "MIRROR07")]
    stays = mirrored(tmp_path, ONE, here, abolish=None, within=None)
    assert "DRAFT38" not in {code for code, _, _ in codes(stays)}
