"""A name of another day is answered with that day, and with who came after."""

from datetime import date
from pathlib import Path

import pytest
from land import DAY, ELM, MERGE, RENAME, put
from running import Orgraph

from orgraph.model import BEGINNING, NodeRow
from orgraph.pack import load_pack
from orgraph.proposal import read_proposal_text
from orgraph.stores.sqlite import SqliteStore

PACK = "territory"
ENDED = date(2020, 1, 1)
STEPS = """\
title: After the merger
effective: 2025-06-01
steps:
"""


@pytest.fixture
def merged(land: Path, folder: Path, orgraph: Orgraph) -> Path:
    """Return the small land after Ash (m1) and Birch (m2) became Elm."""
    assert land.is_file()
    for text in (MERGE, RENAME):
        assert orgraph("apply", put(folder, "p.yaml", text), "--yes").code == 0
    return land


@pytest.mark.parametrize("command", ["tally", "chain"])
@pytest.mark.parametrize("named", ["code:M1", "municipality:M1", "Ash"])
def test_a_unit_that_has_ended(
    merged: Path, orgraph: Orgraph, command: str, named: str
) -> None:
    """The question says when it ended, and the day that it suggests answers it."""
    assert merged.is_file()
    outcome = orgraph(command, named, "--on", "2025-06-01")
    assert outcome.code == 2
    assert (
        f"nothing is called {named!r} on 2025-06-01; m1 ended on {DAY}" in outcome.err
    )
    assert outcome.err.endswith(f", or for its successor {ELM}\n")
    day = outcome.err.partition("--on ")[2][:10]
    assert orgraph(command, named, "--on", day).code == 0


def test_a_unit_that_is_yet_to_begin(merged: Path, orgraph: Orgraph) -> None:
    """Before its first day a unit is said to begin then."""
    assert merged.is_file()
    err = orgraph("tally", "Elm", "--on", "2020-01-01").err
    assert f"{ELM} begins on {DAY}: ask with --on {DAY}" in err
    err = orgraph("chain", "m1", "--on", DAY).err
    assert f"m1 doesn't live on {DAY}: it ended on {DAY}: ask" in err


def test_a_name_that_a_unit_had(merged: Path, orgraph: Orgraph) -> None:
    """A name that is another now leads to the id that stays."""
    assert merged.is_file()
    assert orgraph("show", "Cedar", "--on", "2025-06-01").code == 0  # m4 is Cedar still
    err = orgraph("tally", "Fir", "--on", "2020-01-01").err
    assert "m3 is later: name it by that id" in err


@pytest.mark.parametrize(
    ("ref", "hint"),
    [
        ("code:M1", f"Ash (m1), which ended on {DAY}; its successor is {ELM}"),
        ("municipality:M2", f"Birch (m2), which ended on {DAY}; its successor is"),
        ("m1", f"Its successors: {ELM}. Give an earlier effective date."),
        ("code:nobody", ""),
    ],
)
def test_a_step_with_the_code_of_an_ended_unit(
    merged: Path, folder: Path, orgraph: Orgraph, ref: str, hint: str
) -> None:
    """A proposal is told whose code it was, and until when."""
    assert merged.is_file()
    put(folder, "q.yaml", STEPS + f"  - {{op: close_unit, unit: {ref}}}\n")
    document = orgraph("validate", "q.yaml", "--format", "json").json
    (finding,) = (f for f in document["findings"] if f["code"] != "PLAN01")
    assert hint in finding["hint"]
    assert bool(hint) == bool(finding["hint"])


def test_a_step_with_a_code_that_is_given_later(
    merged: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A code that a unit gets only after the effective date is said to be later."""
    assert merged.is_file()
    text = STEPS.replace("2025-06-01", "2020-06-01")
    put(folder, "q.yaml", text + "  - {op: close_unit, unit: code:M9}\n")
    (line,) = (
        line
        for line in orgraph("validate", "q.yaml").out.splitlines()
        if "effective date" in line
    )
    assert f"Elm ({ELM}), which begins on {DAY}" in line


def test_many_codes_of_ended_units_are_looked_up_at_once(tmp_path: Path) -> None:
    """The number of statements doesn't grow with the codes that nobody has now."""
    counts = []
    for number in (2, 20):
        with SqliteStore(tmp_path / f"{number}.db", create=load_pack(PACK)) as store:
            ids = [f"m{place}" for place in range(number)]
            store.bulk_load(
                [NodeRow(i, "state", BEGINNING, ENDED, i, i, {}) for i in ids], []
            )
            steps = [f"  - {{op: close_unit, unit: code:{i}}}\n" for i in ids]
            store.statements = []
            plan = store.plan(read_proposal_text(STEPS + "".join(steps)))
            hints = [f.hint for f in plan.findings if f.code == "UNIT01"]
            assert len(hints) == number
            assert all("ended on 2020-01-01; nothing succeeded it" in h for h in hints)
            counts.append(len(store.statements))
    assert counts[0] == counts[1]
