"""A plan that one process wrote is applied by another: as it is, or not at all."""

import json
import shutil
from pathlib import Path

import pytest
from land import ELM, MERGE, RENAME, kept, put
from running import Orgraph

FORMAT = "orgraph.plan/1"


def apply(orgraph: Orgraph, text: str, name: str = "other.yaml") -> None:
    """Apply a proposal meanwhile."""
    path = put(Path.cwd(), name, text)
    outcome = orgraph("apply", path, "--yes")
    assert outcome.code == 0, outcome.said


def test_a_plan_is_applied_by_another_process(
    plan: Path, process: Orgraph, orgraph: Orgraph
) -> None:
    """What one process planned another applies, with the plan's own rows."""
    outcome = process("apply", plan, "--yes")
    assert outcome.code == 0, outcome.said
    assert "revision 2 (" in outcome.out
    assert orgraph("diff", "1", "2").out.count(ELM) >= 2


def test_a_plan_names_its_base(plan: Path, orgraph: Orgraph) -> None:
    """A plan says which revision of which store it was made on."""
    plain = json.loads(plan.read_text(encoding="utf-8"))
    (first,) = orgraph("history", "--format", "json").json["items"]
    assert (plain["format"], plain["base"]) == (FORMAT, 1)
    assert plain["base_hash"] == first["hash"]


def test_an_unrelated_commit_meanwhile(plan: Path, orgraph: Orgraph) -> None:
    """After a commit that has nothing to do with it, a plan still goes through."""
    apply(orgraph, RENAME)
    outcome = orgraph("apply", plan, "--yes")
    assert outcome.code == 0, outcome.said
    assert "planned again" in outcome.out
    assert "revision 3 (" in outcome.out


def test_an_older_plan_shows_its_report_before_asking(
    plan: Path, orgraph: Orgraph
) -> None:
    """Planned again, a plan shows what it does before anybody is asked."""
    apply(orgraph, RENAME)
    outcome = orgraph("apply", plan, stdin=b"n\n", terminal=True)
    assert outcome.code == 1
    shown, _, _ = outcome.out.partition("Apply this?")
    assert "on revision 2" in shown
    assert "Elm ← Ash, Birch" in shown


@pytest.mark.parametrize(
    ("step", "row"),
    [
        ("{op: rename_unit, unit: m1, name: Oak}", "m1 2000-01-01"),
        ("{op: move_unit, unit: m1, to: e}", "PART_OF m1 d 2000-01-01"),
        ("{op: close_unit, unit: q}", None),
        (
            "{op: found_unit, new: {id: loc, kind: locality, name: L}, under: m1}",
            "PART_OF loc m1",
        ),
    ],
)
def test_a_related_commit_meanwhile(
    land: Path, plan: Path, orgraph: Orgraph, step: str, row: str | None
) -> None:
    """After a commit that touches what it changes, a plan is stale: exit 3."""
    apply(orgraph, f"title: T\neffective: 2025-01-01\nsteps: [{step}]\n")
    before = kept(land)
    outcome = orgraph("apply", plan, "--yes")
    if row is None:
        assert outcome.code == 0, outcome.said
        return
    assert outcome.code == 3, outcome.said
    assert "revision 1" in outcome.err
    assert "revision 2" in outcome.err
    assert row in outcome.err
    assert kept(land) == before


def test_applied_twice(land: Path, plan: Path, orgraph: Orgraph) -> None:
    """A plan that was applied says so the second time, and nothing is written."""
    assert orgraph("apply", plan, "--yes").code == 0
    apply(orgraph, RENAME)
    before = kept(land)
    outcome = orgraph("apply", plan, "--yes")
    assert outcome.code == 3
    assert outcome.err == "the plan was applied already, as revision 2\n"
    assert kept(land) == before


def test_another_plan_of_the_same_rows(
    plan: Path, folder: Path, orgraph: Orgraph
) -> None:
    """Where another proposal did the same, the plan isn't said to be applied."""
    other = MERGE.replace("become Elm", "become one")
    put(folder, "other.yaml", other)
    assert orgraph("apply", "other.yaml", "--yes").code == 0
    outcome = orgraph("apply", plan, "--yes")
    assert outcome.code == 3
    assert "already" not in outcome.err
    assert "planned again it is not the same" in outcome.err


def test_applied_again_after_undo(plan: Path, orgraph: Orgraph) -> None:
    """Taken back, the same plan goes through again."""
    assert orgraph("apply", plan, "--yes").code == 0
    assert orgraph("undo", "--yes").code == 0
    assert orgraph("apply", plan, "--yes").code == 0
    assert orgraph("diff", "2", "4").out == "0 differences\n"


def test_another_store_that_says_the_same(
    land: Path, folder: Path, plan: Path, orgraph: Orgraph
) -> None:
    """On another store with the same rows a plan is planned again, and goes through."""
    other = folder / "other.db"
    shutil.copy(land, other)
    put(folder, "more.csv", "id,kind,name,since\nz,state,Zed,2000\n")
    assert orgraph("import", "more.csv").code == 0
    assert (
        orgraph("import", "more.csv", "--store", other, "--since", "2001-01-01").code
        == 0
    )
    outcome = orgraph("apply", plan, "--yes", "--store", other)
    assert outcome.code == 0, outcome.said


def test_another_store_of_the_same_length(
    folder: Path, plan: Path, orgraph: Orgraph
) -> None:
    """On another store at the same revision a plan never writes its rows blindly."""
    nodes = "id,kind,name,since\ns,state,Land,2000\nm1,municipality,Yew,2000\n"
    nodes += "m2,municipality,Box,2000\n"
    put(folder, "n.csv", nodes)
    put(
        folder,
        "e.csv",
        "kind,source,target,since\nPART_OF,m1,s,2000\nPART_OF,m2,s,2000\n",
    )
    made = orgraph(
        "import", "n.csv", "e.csv", "--pack", "territory", "--store", "other.db"
    )
    assert made.code == 0, made.said
    before = kept(folder / "other.db")
    outcome = orgraph("apply", plan, "--yes", "--store", "other.db")
    assert outcome.code == 3, outcome.said
    assert "m1 2000-01-01" in outcome.err
    assert kept(folder / "other.db") == before


def test_another_pack(folder: Path, plan: Path, orgraph: Orgraph) -> None:
    """On a store with another pack a plan is stale, and the pack is named."""
    assert orgraph("init", "--pack", "vietnam", "--store", "v.db").code == 0
    outcome = orgraph("apply", plan, "--yes", "--store", "v.db")
    assert outcome.code == 3, outcome.said
    assert "pack" in outcome.err
    assert (folder / "v.db").is_file()


@pytest.mark.parametrize("name", ["plan", "plan.yaml", "plan.txt", "-"])
def test_a_plan_is_known_by_its_content(
    plan: Path, orgraph: Orgraph, name: str
) -> None:
    """A plan is applied as a plan, whatever its file is called."""
    data = plan.read_bytes()
    if name == "-":
        outcome = orgraph("apply", "-", "--yes", stdin=data)
    else:
        outcome = orgraph("apply", plan.rename(plan.with_name(name)), "--yes")
    assert outcome.code == 0, outcome.said
    assert "revision 2 (" in outcome.out


def test_a_plan_that_an_editor_saved_with_a_mark(plan: Path, orgraph: Orgraph) -> None:
    """A byte order mark in front of a plan makes no proposal of it."""
    plan.write_bytes(b"\xef\xbb\xbf" + plan.read_bytes())
    outcome = orgraph("apply", plan, "--yes")
    assert outcome.code == 0, outcome.said


@pytest.mark.parametrize("command", ["validate", "simulate"])
def test_a_plan_is_not_checked_again(
    plan: Path, orgraph: Orgraph, command: str
) -> None:
    """Validate and simulate say that a plan is one, and what reads it."""
    outcome = orgraph(command, plan)
    assert outcome.code == 2
    assert "is a plan" in outcome.err
    assert "apply" in outcome.err


def test_a_proposal_in_json(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """A proposal in a file called .json is a proposal, though it speaks of plans."""
    assert land.is_file()
    step = {"op": "rename_unit", "unit": "m3", "name": "orgraph.plan/1"}
    text = json.dumps({"title": "T", "effective": "2025-01-01", "steps": [step]})
    outcome = orgraph("apply", put(folder, "p.json", text), "--yes")
    assert outcome.code == 0, outcome.said


def test_the_digest_does_not_depend_on_the_way_of_writing(
    plan: Path, orgraph: Orgraph
) -> None:
    """A plan that was indented otherwise is the same plan."""
    plain = json.loads(plan.read_text(encoding="utf-8"))
    for written in ({"indent": 4}, {"separators": (",", ":")}):
        plan.write_text(json.dumps(plain, **written), encoding="utf-8")
        assert orgraph("validate", plan).err.endswith("orgraph apply reads it\n")
        assert orgraph("apply", plan, "--yes").code == 0
        assert orgraph("undo", "--yes").code == 0


def test_of_a_stale_plan_findings_come_first(
    plan: Path, folder: Path, orgraph: Orgraph
) -> None:
    """What is found now, or was found by the plan alone, stands before the rows."""
    put(folder, "other.yaml", MERGE.replace("become Elm", "become one"))
    assert orgraph("apply", "other.yaml", "--yes").code == 0
    outcome = orgraph("apply", plan, "--yes")
    assert outcome.code == 3
    lines = [line.strip() for line in outcome.err.splitlines()[1:]]
    found = [line.startswith(("found now: ", "found by the plan: ")) for line in lines]
    assert any(line.startswith("found now: UNIT03") for line in lines)
    assert found == sorted(found, reverse=True)
    assert not all(found)
