"""A plan that one process wrote is applied by another: as it is, or not at all."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from land import DAY, ELM, MERGE, REFUSED, RENAME, kept, put
from running import Orgraph

from orgraph.change import digest

FORMAT = "orgraph.plan/1"


@pytest.fixture
def plan(land: Path, folder: Path, orgraph: Orgraph) -> Path:
    """Return the plan of the merger of Ash and Birch, as simulate writes it."""
    assert land.is_file()
    put(folder, "p.yaml", MERGE)
    before = kept(land)
    assert orgraph("simulate", "p.yaml", "--plan", "plan.json").code == 0
    assert kept(land)[0] == before[0]
    return folder / "plan.json"


def apply(orgraph: Orgraph, text: str, name: str = "other.yaml") -> None:
    """Apply a proposal meanwhile."""
    path = put(Path.cwd(), name, text)
    outcome = orgraph("apply", path, "--yes")
    assert outcome.code == 0, outcome.said


def signed(path: Path, **changed: Any) -> Path:  # noqa: ANN401 - JSON data
    """Change a plan and sign it anew, as only somebody who means harm would."""
    plain = json.loads(path.read_text(encoding="utf-8")) | changed
    del plain["digest"]
    plain["digest"] = digest(FORMAT, plain)
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


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
    """A plan that was applied is stale the second time, and nothing is written."""
    assert orgraph("apply", plan, "--yes").code == 0
    before = kept(land)
    assert orgraph("apply", plan, "--yes").code == 3
    assert kept(land) == before


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


@pytest.mark.parametrize("command", ["validate", "simulate"])
def test_a_plan_is_not_checked_again(
    plan: Path, orgraph: Orgraph, command: str
) -> None:
    """Validate and simulate say that a plan is one, and what reads it."""
    outcome = orgraph(command, plan)
    assert outcome.code == 2
    assert "is a plan" in outcome.err
    assert "apply" in outcome.err


def test_a_plan_that_is_refused(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """The plan of what is refused can be written, and is refused when applied."""
    put(folder, "p.yaml", REFUSED)
    assert orgraph("simulate", "p.yaml", "--plan", "plan.json").code == 1
    before = kept(land)
    outcome = orgraph("apply", "plan.json", "--yes")
    assert outcome.code == 1
    assert "UNIT" in outcome.out
    assert kept(land) == before


def test_a_changed_plan(land: Path, plan: Path, orgraph: Orgraph) -> None:
    """A plan that was edited is refused, with what to do instead."""
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("Elm", "Oak"), encoding="utf-8")
    before = kept(land)
    outcome = orgraph("apply", plan, "--yes")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{plan}: ")
    assert "edit the proposal" in outcome.err
    assert kept(land) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"proposal": {}},
        {"proposal": []},
        {"proposal": {"title": "A", "effective": "x", "steps": []}},
        {"proposal": {"title": 1, "effective": "2025-01-01", "steps": [{"undo": 1}]}},
        {"base": "a"},
        {"base": None},
        {"pack_digest": 7},
        {"changes": [[None, None]]},
        {"changes": [[None, ["m1"]]]},
        {"changes": [[None, ["a", "b", "x", "y", "n", None, {}]]]},
        {"changes": [[None, [1, 2, "2025-01-01", "2025-01-01", 3, 4, 5]]]},
        {"changes": [[None, ["z", "twon", DAY, "9999-12-31", "Z", None, {}]]]},
        {"changes": [[None, ["z", "state", DAY, "9999-12-31", "Z", None, {}]]]},
        {"changes": []},
        {"changes": {}},
        {"changes": 7},
        {"findings": [{}]},
        {"findings": 7},
        {"dependents": []},
        {"dependents": 7},
        {"unplanned": "many"},
        {"format": "orgraph.plan/2"},
        {"format": 7},
    ],
    ids=lambda changed: json.dumps(changed)[:50],
)
def test_a_signed_plan_that_is_wrong(
    land: Path, plan: Path, orgraph: Orgraph, changed: dict[str, Any]
) -> None:
    """A plan whose digest fits and whose content is wrong is one sentence, no more."""
    before = kept(land)[0]
    outcome = orgraph("apply", signed(plan, **changed), "--yes")
    assert outcome.code in {2, 3}, outcome.said
    assert outcome.err
    assert "Traceback" not in outcome.err
    assert land.read_bytes() == before


@pytest.mark.parametrize(
    "changed", [{"base": -1}, {"base": 10**30}, {"base_hash": ""}, {"base_hash": "a"}]
)
def test_a_signed_plan_of_another_base(
    plan: Path, orgraph: Orgraph, changed: dict[str, Any]
) -> None:
    """A plan that names another base is planned again, and goes where all fits."""
    outcome = orgraph("apply", signed(plan, **changed), "--yes")
    assert outcome.code in {0, 2}, outcome.said
    if outcome.code == 0:
        assert ELM in orgraph("diff", "1", "2").out


@pytest.mark.parametrize("key", ["proposal", "base", "base_hash", "changes", "digest"])
def test_a_plan_without_a_part(
    land: Path, plan: Path, orgraph: Orgraph, key: str
) -> None:
    """A plan that lacks a part is refused in a sentence."""
    plain = json.loads(plan.read_text(encoding="utf-8"))
    del plain[key]
    if key != "digest":
        del plain["digest"]
        plain["digest"] = digest(FORMAT, plain)
    plan.write_text(json.dumps(plain), encoding="utf-8")
    before = kept(land)
    outcome = orgraph("apply", plan, "--yes")
    assert (outcome.code, outcome.out) == (2, "")
    assert "not a plan that orgraph wrote" in outcome.err
    assert kept(land) == before


@pytest.mark.parametrize(
    "data",
    [
        b'{"format": "orgraph.plan/1"}',
        b'["orgraph.plan/1"]',
        b'{"format": "orgraph.plan/1", ',
        b'{"format": "orgraph.plan/1", "a": "\xff"}',
        b'{"format": "orgraph.plan/1", "a": ' + b"[" * 100_000,
        b'{"format": "orgraph.plan/1", "digest": "a", "a": NaN}',
        b'{"format": "orgraph.plan/1", "digest": "a", "a": ' + b"9" * 10_000 + b"}",
    ],
    ids=["bare", "list", "cut", "latin", "deep", "nan", "long"],
)
def test_what_only_looks_like_a_plan(
    land: Path, folder: Path, orgraph: Orgraph, data: bytes
) -> None:
    """What bears the mark of a plan and isn't one is refused in a sentence."""
    before = land.read_bytes()
    for name in ("plan.json", "plan.yaml"):
        outcome = orgraph("apply", put(folder, name, data), "--yes")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"{folder / name}:")
        assert len(outcome.err) < 300
    assert land.read_bytes() == before


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
    plan.write_text(json.dumps(plain, indent=4), encoding="utf-8")
    assert orgraph("apply", plan, "--yes").code == 0
