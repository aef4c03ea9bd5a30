"""Drafting on the command line: where proposals go, what is told, what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from land import put
from running import SCENARIO, Orgraph

HEAD = "old_code,old_name,new_code,new_name,note\n"
ROWS = "M1,Ash,M9,Elm,whole\nM2,Birch,M9,Elm,whole\n"
DAY = ("--effective", "2025-01-01")
DRAFT = ("draft", "t.csv", *DAY, "--pack", "territory")
GROUPED = "M1,Ash,M9,Elm,whole,S1\nM2,Birch,M9,Elm,whole,S1\nM3,Fir,M8,Oak,renamed,S2\n"


def test_a_draft_is_printed_and_can_be_applied(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """What is drafted goes through a pipe to validate, simulate and apply."""
    assert land.is_file()
    put(folder, "t.csv", HEAD + ROWS)
    basis = "Assembly, 7/2024, 2024-12-01"
    drafted = orgraph("draft", "t.csv", *DAY, "--basis", basis)
    assert (drafted.code, drafted.err) == (0, "")
    assert orgraph("validate", "-", stdin=drafted.out.encode()).code == 0
    applied = orgraph("apply", "-", "--yes", stdin=drafted.out.encode())
    assert applied.code == 0, applied.said
    assert "municipality-m9-2025-01-01" in orgraph("find", "Elm").out
    assert 'basis: {issuer: Assembly, number: "7/2024"' in drafted.out


def test_a_table_is_compared_with_the_store(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """The store that is there is asked, or the one that is named; not with a pack."""
    put(folder, "t.csv", HEAD + "M1,Ash,M9,Elm,whole\nM7,Birch,M9,Elm,whole\n")
    refused = orgraph("draft", "t.csv", *DAY)
    assert (refused.code, refused.out) == (1, "")
    told = " ".join(refused.err.split())
    assert "UNIT01: t.csv:3: No municipality has the code M7 on 2025-01-01." in told
    assert orgraph(*DRAFT).code == 0
    assert orgraph(*DRAFT, "--store", land).code == 1
    assert orgraph("--store", land, *DRAFT).code == 1
    assert orgraph(*DRAFT, "--store", "nowhere.db").code == 4


def test_what_is_wrong_in_all_tables_is_told_at_once(
    folder: Path, orgraph: Orgraph
) -> None:
    """A cell that can't be read in one table doesn't hide those of another."""
    put(folder, "t.csv", HEAD + "M1,A\x07,M9,Elm,whole\n")
    put(folder, "units.csv", "code,name\nM9,E\x07\n")
    put(folder, "parts.csv", "old,new,people\nM1,M\x07,5\n")
    beside = ("--units", "units.csv", "--parts", "parts.csv")
    outcome = orgraph(*DRAFT, *beside)
    assert (outcome.code, outcome.out) == (2, "")
    places = [line.split(": ")[0] for line in outcome.err.splitlines()]
    assert places[:-1] == ["units.csv:2", "t.csv:2", "parts.csv:2"]
    assert places[-1].startswith("What the rows say together is checked")


def test_a_cell_that_cannot_be_read_hides_nothing(
    folder: Path, orgraph: Orgraph
) -> None:
    """What is wrong with the other rows and cells is told beside it, and no more."""
    rows = [
        "M1,A\x07,M9,Elm,whole",  # its name, and nothing else
        "M2,Birch,M9,Elm,swallowed",
        ",Fir,M9,Elm,whole",
        "M4,Yew,M9,Oak,whole",
        "M5,Ivy,M8",
        "M6,Gum,M7,Fig,who\x07le",
    ]
    put(folder, "t.csv", HEAD + "\n".join(rows) + "\n")
    units = "code,name,type\nM9,Elm,village\nM7,Box,\nM6,F\x07,\nM6,Yew,\nM6,Yew,\n"
    put(folder, "units.csv", units)
    refused = orgraph(*DRAFT, "--units", "units.csv", "-o", "p", "--format", "json")
    assert refused.code == 2
    unread = [
        "units.csv:4: name: 'F\\x07' holds a control character",
        "t.csv:2: old_name: 'A\\x07' holds a control character",
        "t.csv:6: 3 cells where the header has 5",
        "t.csv:7: note: 'who\\x07le' holds a control character",
    ]
    assert refused.err.splitlines() == unread
    assert refused.json["unread"] == unread
    found = [(one["code"], one["place"]) for one in refused.json["findings"]]
    assert found == [
        ("DRAFT01", "t.csv:3"),
        ("DRAFT02", "t.csv:4"),
        ("DRAFT03", "t.csv:5"),
        ("DRAFT10", "t.csv:7"),
        ("DRAFT21", "units.csv:2"),
        ("DRAFT10", "units.csv:6"),
    ]
    assert not (folder / "p").exists()
    put(folder, "parts.csv", "old,new,people\nM1,M\x07,5\n")
    put(folder, "good.csv", HEAD + ROWS)
    part = ("draft", "good.csv", *DRAFT[2:], "--parts", "parts.csv", "-o", "p")
    outcome = orgraph(*part)
    assert outcome.code == 2
    assert outcome.err.startswith("parts.csv:2: new: ")
    assert not (folder / "p").exists()


def test_open_shares_are_asked_by_validate(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A draft with gaps has the right form, and validate asks for what is missing."""
    assert land.is_file()
    rows = "M1,Ash,M8,Elm,part\nM1,Ash,M9,Oak,part\n"
    put(folder, "t.csv", HEAD + rows)
    assert orgraph("draft", "t.csv", *DAY, "-o", "p.yaml").code == 0
    asked = orgraph("validate", "p.yaml", "--format", "json")
    assert asked.code == 1
    assert "SHARE01" in {finding["code"] for finding in asked.json["findings"]}
    put(folder, "parts.csv", "old,new,people\nM1,M8,400\nM1,M9,600\n")
    filled = orgraph("draft", "t.csv", *DAY, "--parts", "parts.csv")
    plan = orgraph("validate", "-", stdin=filled.out.replace("ask", "none").encode())
    assert plan.code == 0, plan.said
    unknown = orgraph("draft", "t.csv", *DAY, "--unknown-shares")
    assert orgraph("validate", "-", stdin=unknown.out.encode()).code == 0


def test_a_proposal_for_each_unit_above(folder: Path, orgraph: Orgraph) -> None:
    """With --group-by a folder gets a proposal for each unit above."""
    head = HEAD.replace("\n", ",state,state_name\n")
    rows = GROUPED.replace("S1\n", "S1,East Land\n").replace("S2\n", "S2,West\n")
    put(folder, "t.csv", head + rows)
    options = ("--group-by", "state", "--column", "group_name=state_name")
    outcome = orgraph(*DRAFT, *options, "-o", "out/drafts")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "out/drafts: 2 proposals\n"
    written = sorted(path.name for path in (folder / "out" / "drafts").iterdir())
    assert written == ["s1_east_land.yaml", "s2_west.yaml"]
    text = (folder / "out" / "drafts" / written[0]).read_text(encoding="utf-8")
    title = "East Land: 2 municipalities become 1 municipality"
    assert yaml.safe_load(text)["title"] == title
    together = orgraph(*DRAFT, *options)
    assert together.code == 2
    assert "-o" in together.err


def test_a_real_province(folder: Path, orgraph: Orgraph) -> None:
    """What is drafted of Điện Biên is what its own script makes of the table."""
    options = ("--pack", "vietnam", "--abolish", "district")
    units = ("--units", SCENARIO / "new_communes.csv", "--basis-column", "decree")
    outcome = orgraph(
        *("draft", SCENARIO / "table.csv", "--effective", "2025-07-01", *options),
        *("--group-by", "new_province_code", *units, "-o", "."),
    )
    assert outcome.code == 0, outcome.said
    drafted = (folder / "11_dien_bien.yaml").read_text(encoding="utf-8")
    by_hand = (SCENARIO / "proposal.yaml").read_text(encoding="utf-8")
    own, other = (yaml.load(t, yaml.BaseLoader) for t in (drafted, by_hand))  # noqa: S506 - builds nothing but text
    assert own["basis"] == other["basis"]
    named = drafted.replace("commune:", "code:").replace("province:11", "province-11")
    same = yaml.load(named, yaml.BaseLoader)["steps"]  # noqa: S506 - the same

    def sorted_steps(steps: list[dict[str, object]]) -> list[str]:
        for step in steps:
            step.pop("as", None)
            step["sources"] = sorted(step.get("sources", []))  # type: ignore[call-overload]
        return sorted(json.dumps(step, sort_keys=True) for step in steps)

    assert same[0]["op"] == other["steps"][0]["op"] == "abolish_tier"
    assert sorted_steps(same) == sorted_steps(other["steps"])


def test_findings_with_places(folder: Path, orgraph: Orgraph) -> None:
    """Findings name file and line, as text and as JSON; an error leaves nothing."""
    put(folder, "t.csv", HEAD + ROWS + "M3,Fir,M9,Elm,swallowed up\n")
    outcome = orgraph(*DRAFT, "-o", "p.yaml")
    assert (outcome.code, outcome.out) == (1, "")
    assert "error DRAFT01: t.csv:4: “swallowed up”" in outcome.err
    found = orgraph(*DRAFT, "-o", "p.yaml", "--format", "json")
    assert found.code == 1
    assert found.json["format"] == "orgraph.findings/1"
    assert (found.json["ok"], found.json["files"]) == (False, [])
    (finding,) = found.json["findings"]
    assert (finding["code"], finding["severity"]) == ("DRAFT01", "error")
    assert (finding["place"], finding["subject"]) == ("t.csv:4", "M3")
    assert not (folder / "p.yaml").exists()
    why = orgraph("why", "DRAFT01")
    assert why.code == 0
    assert "no reading" in why.out


def test_warnings_refuse_only_if_strict(folder: Path, orgraph: Orgraph) -> None:
    """A warning is told and the proposal written; --strict refuses it."""
    put(folder, "t.csv", HEAD + "M1,Ash,M1,Oak,unchanged\n")
    strict = orgraph(*DRAFT, "-o", "p.yaml", "--strict")
    assert strict.code == 1
    assert not (folder / "p.yaml").exists()
    outcome = orgraph(*DRAFT, "-o", "p.yaml", "--format", "json")
    assert outcome.code == 0
    assert outcome.json["files"] == ["p.yaml"]
    assert "rename_unit" in (folder / "p.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "form",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(",", " , ").replace("\n", "\n\n").encode(),
        lambda text: text.replace("Ash", '"Ash\n"').encode(),
    ],
    ids=["bom", "crlf", "spaces", "line-breaks"],
)
def test_forms_of_a_table(
    folder: Path, orgraph: Orgraph, form: Callable[[str], bytes]
) -> None:
    """A table as any spreadsheet saves it gives the same proposal."""
    put(folder, "t.csv", HEAD + ROWS)
    plain = orgraph(*DRAFT)
    (folder / "t.csv").write_bytes(form(HEAD + ROWS))
    assert orgraph(*DRAFT) == plain


def test_a_parts_file_may_have_no_row(folder: Path, orgraph: Orgraph) -> None:
    """Synth writes such a one where no unit is divided: it says nothing."""
    put(folder, "t.csv", HEAD + ROWS)
    put(folder, "p.csv", "old,new,part\n")
    assert orgraph(*DRAFT, "--parts", "p.csv") == orgraph(*DRAFT)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ("t.csv", "empty")),
        (HEAD.encode(), ("t.csv", "no rows")),
        (b"a,b\n1,2\n", ("t.csv:1", "old_code", "--column")),
        (
            HEAD.replace("new_code", "new_cod").encode() + b"1,A,2,B,whole\n",
            ("t.csv:1",),
        ),
        (HEAD.encode() + b"1,A,2\n3,B\n", ("t.csv:2", "t.csv:3", "cells")),
        (HEAD.encode() + b"1,A,2,\xe9,whole\n", ("t.csv:2", "UTF-8")),
        (b"old_code,old_code\n1,2\n", ("t.csv:1", "twice")),
        (HEAD.encode() + b"1,A\x07,2,B,whole\n", ("t.csv:2", "old_name", "control")),
        (HEAD.encode() + b"1,A,2,B,whole" + b"x" * 500 + b"\n", ("t.csv:2", "note")),
        (HEAD.encode() + b"1,A," + b"2" * 500 + b",B,whole\n", ("t.csv:2", "longer")),
    ],
)
def test_tables_that_cannot_be_read(
    folder: Path, orgraph: Orgraph, data: bytes, words: tuple[str, ...]
) -> None:
    """A table without its columns or rows is exit 2, with the line."""
    (folder / "t.csv").write_bytes(data)
    outcome = orgraph(*DRAFT)
    assert (outcome.code, outcome.out) == (2, "")
    for word in words:
        assert word in outcome.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--effective", "01/07/2025"), ("YYYY-MM-DD",)),
        (("--effective", "2025-02-30"), ("2025-02-30",)),
        (("--pack", "atlantis"), ("atlantis", "territory")),
        (("--kind", "village"), ("village",)),
        (("--abolish", "county"), ("county",)),
        (("--abolish", "municipality"), ("municipality", "tier")),
        (("--basis", "some paper"), ("some paper", "{number}")),
        (("--column", "old_code"), ("FIELD=HEADER",)),
        (("--column", "old_cod=old_code"), ("old_cod", "old_code?")),
        (("--column", "old_code=cod"), ("cod",)),
        (("--group-by", "state"), ("state",)),
        (("--basis-column", "paper"), ("paper",)),
        (("--area-fact", "acres"), ("acres", "area_m2")),
        (("--refs", "x"), ("{code}",)),
        (("--upper", "t.csv"), ("--upper-kind",)),
        (("--units", "nowhere.csv"), ("nowhere.csv",)),
        (("--parts", "t.csv"), ("t.csv:1",)),
        (("--notes", "nowhere.toml"), ("nowhere.toml",)),
        (("--format", "json"), ("-o",)),
        (("--format", "html", "-o", "p"), ("html",)),
        (("-o", "t.csv"), ("t.csv", "elsewhere")),
        (("-o", "no/such/place/"), ()),
    ],
)
def test_wrong_options(
    folder: Path, orgraph: Orgraph, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """A wrong option is exit 2 with a sentence that says what is wanted."""
    table = put(folder, "t.csv", HEAD + ROWS)
    before = table.read_bytes()
    outcome = orgraph(*DRAFT, *options)
    assert outcome.code == (2 if words else 0), outcome.said
    for word in words:
        assert word in outcome.err
    assert "Traceback" not in outcome.said
    assert table.read_bytes() == before


def test_without_a_pack(folder: Path, orgraph: Orgraph) -> None:
    """A draft is of a schema pack: the store's, or the one that is named."""
    put(folder, "t.csv", HEAD + ROWS)
    outcome = orgraph("draft", "t.csv", *DAY)
    assert outcome.code == 2
    assert "--pack" in outcome.err
    assert orgraph("draft", "t.csv", "--pack", "territory").code == 2


MIRRORED = """\
id,kind,name,code,since,type,role
s,state,Land,S,2000,,
m1,municipality,Ash,M1,2000,rural,
m2,municipality,Birch,M2,2000,rural,
top,body,Assembly,,2000,,
c1,body,Council of Ash,,2000,council,
c2,body,Council of Birch,,2000,council,
p1,post,Chair,,2000,,chair
p2,post,Chair,,2000,,chair
"""
TIES = """\
kind,source,target,since
PART_OF,m1,s,2000
PART_OF,m2,s,2000
UNDER,c1,top,2000
UNDER,c2,top,2000
COVERS,c1,m1,2000
COVERS,c2,m2,2000
SEAT_IN,p1,c1,2000
SEAT_IN,p2,c2,2000
"""


def test_what_covers_the_units_is_drafted_with_them(
    folder: Path, orgraph: Orgraph
) -> None:
    """With --mirror the store's bodies follow; a gap is asked, and a row fills it."""
    put(folder, "nodes.csv", MIRRORED)
    put(folder, "edges.csv", TIES)
    put(folder, "t.csv", HEAD + ROWS)
    tables = ("nodes.csv", "edges.csv", "--pack", "territory")
    assert orgraph("import", *tables).code == 0
    assert orgraph("draft", "t.csv", *DAY, "--mirror", "-o", "p.yaml").code == 0
    asked = orgraph("validate", "p.yaml", "--format", "json")
    assert asked.code == 1
    assert [f["code"] for f in asked.json["findings"] if f["step"]] == ["ASK10"]
    put(folder, "parts.csv", "old,new,part\nM1,M9,p1\n")
    mirror = ("--mirror", "--parts", "parts.csv", "-o", "p.yaml")
    assert orgraph("draft", "t.csv", *DAY, *mirror).code == 0
    applied = orgraph("apply", "p.yaml", "--yes")
    assert applied.code == 0, applied.said
    shown = orgraph("find", "Council of Elm")
    assert "body-council-of-elm-2025-01-01" in shown.out


def test_a_mirror_needs_a_store_and_a_pack_that_says_what_follows(
    folder: Path, orgraph: Orgraph
) -> None:
    """Without a store, or with another pack than it has, one sentence says so."""
    put(folder, "t.csv", HEAD + ROWS)
    missing = orgraph(*DRAFT, "--mirror")
    assert missing.code == 4
    put(folder, "nodes.csv", MIRRORED)
    put(folder, "edges.csv", TIES)
    assert orgraph("import", "nodes.csv", "edges.csv", "--pack", "territory").code == 0
    other = orgraph("draft", "t.csv", *DAY, "--mirror", "--pack", "vietnam")
    assert other.code == 2
    assert "another pack" in other.said
