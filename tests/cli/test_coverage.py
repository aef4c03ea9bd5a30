"""path, span, vacancies, uncovered, joint-cells and white-villages as they are told."""

import json
from collections import Counter
from pathlib import Path

import pytest
from land import put
from running import Orgraph

VILLAGES = 40
ON = ("--on", "2025-06-01")
QUESTIONS = ("span", "vacancies", "uncovered", "joint-cells", "white-villages")


def tables() -> tuple[str, str]:
    """Return a commune with villages of every state, its committee, cells and posts.

    The cell c1 is of village v00, c2 of the next three; in v04 lives a member of c1,
    and of the others nobody says who lives there.
    """
    nodes = ["id,kind,name,since,until,joint,service_end,role"]
    edges = ["kind,source,target,since,until,form"]
    nodes += ["co,commune,Xã Đông,2000,,,,", "gc,grassroots_committee,Đảng bộ,2000,,,,"]
    edges.append("COVERS,gc,co,2000,,")
    for n in range(VILLAGES):
        nodes.append(f"v{n:02},village,Thôn {n},2000,,,,")
        edges.append(f"PART_OF,v{n:02},co,2000,,")
    for n, home in enumerate(("v00", "v04", "v05")):
        nodes.append(f"h{n},household,Nhà {n},2000,,,,")
        edges.append(f"LIVES_IN,h{n},{home},2000,,")
    for cell, joint in (("c1", ""), ("c2", "true")):
        nodes.append(f"{cell},cell,Chi bộ {cell},2000,,{joint},,")
        edges.append(f"UNDER,{cell},gc,2000,,")
    edges += [f"COVERS,{c},{v},2000,," for c, v in (("c1", "v00"), ("c2", "v01"))]
    edges += [f"COVERS,c2,{v},2000,," for v in ("v02", "v03")]
    for member, cell, end in (("m1", "c1", "2026-01-01"), ("m2", "c2", "")):
        nodes.append(f"{member},member,Jane Doe,2000,,,{end},")
        edges.append(f"MEMBER_OF,{member},{cell},2000,,")
    edges.append("OF_HOUSEHOLD,m1,h1,2000,,")
    for post, unit in (("p1", "gc"), ("p2", "gc"), ("p3", "c1")):
        nodes.append(f"{post},post,Bí thư {post},2000,,,,secretary")
        edges.append(f"SEAT_IN,{post},{unit},2000,,")
    edges += ["HOLDS,m1,p1,2020,,full", "HOLDS,m2,p2,2020,,acting"]
    edges.append("PLANNED_FOR,m1,p3,2024,,")
    edges += ["IN_CHARGE_OF,m2,v00,2020,,", "IN_CHARGE_OF,m2,h0,2020,,"]
    return "\n".join(nodes) + "\n", "\n".join(edges) + "\n"


@pytest.fixture
def party(folder: Path, orgraph: Orgraph) -> Path:
    """Return a store with these."""
    nodes, edges = tables()
    files = [put(folder, "n.csv", nodes), put(folder, "e.csv", edges)]
    outcome = orgraph("import", *files, "--pack", "vietnam")
    assert outcome.code == 0, outcome.err
    return folder / "orgraph.db"


def test_path(party: Path, orgraph: Orgraph) -> None:
    """Each tie stands before the node that it leads to, with an arrow along it."""
    assert party.is_file()
    assert orgraph("path", "m1", "m2", *ON).out.splitlines() == [
        "member ••• (m1)",
        "  MEMBER_OF → cell Chi bộ c1 (c1)",
        "  COVERS → village Thôn 0 (v00)",
        "  IN_CHARGE_OF ← member ••• (m2)",
    ]
    named = orgraph("path", "m1", "m2", "--names", *ON)
    assert "member Jane Doe (m1)" in named.out
    assert orgraph("path", "m1", "m1", *ON).out == "member ••• (m1)\n"


def test_a_chain_by_charge(party: Path, orgraph: Orgraph) -> None:
    """Who is in charge is named with the cell; then who is in charge of that."""
    assert party.is_file()
    told = orgraph("chain", "h0", "--by", "charge", *ON).out.splitlines()
    assert told == [
        "in charge of ••• (h0): ••• (m2), member of Chi bộ c2 (c2), since 2020",
        "    holds Bí thư p2 (p2) in Đảng bộ (gc): since 2020",
    ]
    none = orgraph("chain", "gc", "--by", "charge", *ON).out
    assert none == "nobody is in charge of Đảng bộ (gc), nor of anything above it\n"
    wrong = orgraph("chain", "h0", "--by", "luck", *ON)
    assert (wrong.code, "--by is under or charge, not 'luck'" in wrong.err) == (2, True)


def test_charges_that_go_round(folder: Path, orgraph: Orgraph) -> None:
    """Two who are in charge of each other's cells are a circle, and it is said."""
    nodes = ["id,kind,since", *(f"{one},cell,2000" for one in ("c1", "c2"))]
    nodes += [f"{one},member,2000" for one in ("m1", "m2")]
    edges = ["kind,source,target,since"]
    for member, cell, charge in (("m1", "c1", "c2"), ("m2", "c2", "c1")):
        edges.append(f"MEMBER_OF,{member},{cell},2000")
        edges.append(f"IN_CHARGE_OF,{member},{charge},2020")
    files = [
        put(folder, f"{n}.csv", "\n".join(t)) for n, t in enumerate((nodes, edges))
    ]
    assert orgraph("import", *files, "--pack", "vietnam").code == 0
    told = orgraph("chain", "c1", "--by", "charge", *ON)
    assert told.out.splitlines() == [
        "in charge of c1: m2, member of c2, since 2020",
        "  in charge of c2: m1, member of c1, since 2020",
        "      a circle: who is in charge of c1 is told above",
    ]


def test_nothing_joins_two(land: Path, orgraph: Orgraph) -> None:
    """Where nothing joins two nodes that is the answer, and no fault."""
    assert land.is_file()
    outcome = orgraph("path", "x", "s", *ON)
    assert outcome.code == 0
    assert outcome.out == "nothing joins x and s on 2025-06-01\n"
    assert orgraph("path", "x", "s", "--format", "json").json["steps"] == []


def test_span(party: Path, orgraph: Orgraph) -> None:
    """The largest of each kind is named, and then each unit with what is under it."""
    assert party.is_file()
    lines = orgraph("span", "gc", *ON).out.splitlines()
    assert [" ".join(line.split()) for line in lines[:2]] == [
        "cell 2 2 directly under them, at most 1: c1",
        "grassroots_committee 1 2 directly under them, at most 2: gc",
    ]
    assert lines[2:] == [
        "directly under each:",
        "       2  grassroots_committee Đảng bộ (gc)  2 cell, 2 post",
        "       1  cell Chi bộ c1 (c1)  1 member, 1 post",
        "       1  cell Chi bộ c2 (c2)  1 member",
    ]
    assert orgraph("span", "co", *ON).out.endswith(f"… {VILLAGES + 1 - 30} more\n")


def test_vacancies(party: Path, orgraph: Orgraph) -> None:
    """Vacant, held for the time being, and to be vacant: each with who holds it now."""
    assert party.is_file()
    lines = orgraph("vacancies", "co", "--until", "2026-06-01", *ON).out.splitlines()
    assert [line.rsplit(maxsplit=1) for line in lines[:9]] == [
        ["posts on 2025-06-01:", "3"],
        ["  held, acting", "1"],
        ["  held, full", "1"],
        ["  vacant", "1"],
        ["  held for the time being", "1"],
        ["  held so by 2026-06-01", "0"],
        ["  vacant by 2026-06-01", "1"],
        ["  due by 2026-06-01", "0"],
        ["  service end unknown", "1"],
    ]
    assert lines[9:] == [
        "vacant: Bí thư p3 (p3) in c1",
        "    planned for it: m1 •••",
        "held for the time being: Bí thư p2 (p2) in gc",
        "    m2 •••, acting",
        "    planned for it: nobody",
        "to be vacant from 2026-01-01: Bí thư p1 (p1) in gc",
        "    m1 •••, full, service ends 2026-01-01",
        "    planned for it: nobody",
    ]
    now = orgraph("vacancies", "co", *ON).out
    assert "p1" not in now
    assert "by 2026" not in now
    wrong = orgraph("vacancies", "--until", "2025-01-01", *ON)
    assert (wrong.code, wrong.out) == (2, "")
    assert "comes before 2025-06-01" in wrong.err
    assert orgraph("vacancies", "--until", "soon").code == 2


def test_a_vacancy_to_come_of_what_is_held_for_the_time_being(
    folder: Path, orgraph: Orgraph
) -> None:
    """Both are counted, with how many are both, and both stand in the post's line."""
    nodes, edges = tables()
    edges = edges.replace("p2,2020,,acting", "p2,2020,2026,acting")
    files = [put(folder, "n.csv", nodes), put(folder, "e.csv", edges)]
    assert orgraph("import", *files, "--pack", "vietnam").code == 0
    asked = ("vacancies", "co", "--until", "2026-06-01", *ON)
    lines = orgraph(*asked).out.splitlines()
    assert [" ".join(line.split()) for line in lines[3:7]] == [
        "vacant 1",
        "held for the time being 1, 1 of them also counted as vacant by 2026-06-01",
        "held so by 2026-06-01 0",
        "vacant by 2026-06-01 2, 1 for certain and 1 perhaps",
    ]
    assert (
        "held for the time being, to be vacant from 2026-01-01 to 2026-12-31: "
        "Bí thư p2 (p2) in gc"
    ) in lines
    document = orgraph(*asked, "--format", "json").json
    assert document["provisional_and_ending"] == 1
    assert (document["counts"]["ending"], document["possible"]["ending"]) == (2, 1)
    assert (document["holdings"], document["holders"]) == (2, 2)


def test_a_post_that_will_be_left_to_who_acts(folder: Path, orgraph: Orgraph) -> None:
    """It is counted apart, and says from when on it is held for the time being."""
    nodes, edges = tables()
    held = next(line for line in edges.splitlines() if line.startswith("HOLDS,m1,p1"))
    acts = held.replace("m1", "m2").replace("full", "acting")
    files = [
        put(folder, "n.csv", nodes),
        put(folder, "e.csv", edges.replace(held, f"{held}\n{acts}")),
    ]
    assert orgraph("import", *files, "--pack", "vietnam").code == 0
    lines = orgraph("vacancies", "gc", "--until", "2026-06-01", *ON).out.splitlines()
    assert "  held so by 2026-06-01           1" in lines
    assert (
        "to be held for the time being from 2026-01-01: Bí thư p1 (p1) in gc" in lines
    )


def test_who_begins_later_is_named(folder: Path, orgraph: Orgraph) -> None:
    """A vacant post and one that will be tell who comes, by name only if asked for."""
    nodes, edges = tables()
    edges += "\nHOLDS,m2,p3,2025-09-01,,full\nHOLDS,m2,p1,2026-03,,"
    files = [put(folder, "n.csv", nodes), put(folder, "e.csv", edges)]
    assert orgraph("import", *files, "--pack", "vietnam").code == 0
    asked = ("vacancies", "gc", "--until", "2026-06-01", *ON)
    lines = orgraph(*asked).out.splitlines()
    assert "    to come: m2 •••, begins 2026-03-01 to 2026-03-31" in lines
    start = lines.index("vacant until 2025-09-01: Bí thư p3 (p3) in c1")
    assert lines[start + 1] == "    to come: m2 •••, full, begins 2025-09-01"
    assert "    to come: m2 Jane Doe, full, begins" in orgraph(*asked, "--names").out


def test_uncovered(party: Path, orgraph: Orgraph) -> None:
    """Kinds are counted, units are listed, households are counted by village."""
    assert party.is_file()
    lines = orgraph("uncovered", *ON).out.splitlines()
    assert [line.split() for line in lines[:6]] == [
        ["nobody", "is", "in", "charge", "on", "2025-06-01:"],
        ["grassroots_committee", "1", "of", "1"],
        ["cell", "2", "of", "2"],
        ["commune", "1", "of", "1"],
        ["village", "39", "of", "40"],
        ["household", "2", "of", "3"],
    ]
    assert lines[6] == "cell Chi bộ c1 (c1)"
    assert lines[-3:] == [
        f"… {1 + 2 + 1 + 39 - 30} more",
        "1 of 1 household in Thôn 4 (v04)",
        "1 of 1 household in Thôn 5 (v05)",
    ]
    told = json.loads(orgraph("uncovered", *ON, "--format", "json").out)
    assert told["only_counted"] == ["household"], "of all others each is an item"
    listed = Counter(item["kind"] for item in told["items"])
    for kind, some in told["counts"].items():
        assert listed[kind] == (0 if kind == "household" else some["uncovered"])


@pytest.mark.parametrize("command", ["joint-cells", "joint_cells"])
def test_joint_cells(party: Path, orgraph: Orgraph, command: str) -> None:
    """A joint cell is told with its members and its villages, by either name."""
    assert party.is_file()
    assert orgraph(command, *ON).out.splitlines() == [
        "joint on 2025-06-01: 1",
        "cell Chi bộ c2 (c2)  1 member",
        "    Thôn 1 (v01)",
        "    Thôn 2 (v02)",
        "    Thôn 3 (v03)",
    ]


@pytest.mark.parametrize("command", ["white-villages", "white_villages"])
def test_white_villages(party: Path, orgraph: Orgraph, command: str) -> None:
    """The states are counted, and each village stands in one, by either name."""
    assert party.is_file()
    lines = orgraph(command, "gc", *ON).out.splitlines()
    assert [line.rsplit(maxsplit=1) for line in lines[:6]] == [
        ["on", "2025-06-01:"],
        ["  with a cell of its own", "1"],
        ["  without members", "1"],
        ["  without a cell", "35"],
        ["  only with a joint cell", "3"],
        ["  nobody recorded in its own cell", "0"],
    ]
    assert lines[6:8] == [
        "village Thôn 5 (v05) in co  without members, members living there: 0",
        "village Thôn 4 (v04) in co  without a cell, members living there: 1",
    ]
    assert lines[8].endswith("members living there: unknown")
    assert lines[-1] == f"… {VILLAGES - 1 - 30} more"
    document = orgraph(command, "gc", *ON, "--format", "json").json
    assert document["group"] == "cell"
    assert document["places"] == VILLAGES == sum(document["counts"].values())
    assert len(document["items"]) == VILLAGES - 1
    (shared,) = (item for item in document["items"] if item["id"] == "v02")
    assert (shared["state"], shared["cells"]) == ("joint", ["c2"])


@pytest.mark.parametrize("command", QUESTIONS)
def test_wrong_nodes_and_days(party: Path, orgraph: Orgraph, command: str) -> None:
    """A node that isn't there, a day that is none and a day before all are told."""
    assert party.is_file()
    outcome = orgraph(command, "nowhere")
    assert (outcome.code, outcome.out) == (2, "")
    assert "nothing is called 'nowhere'" in outcome.err
    assert orgraph(command, "--on", "2025-02-30").code == 2
    assert "begins on 2000-01-01" in orgraph(command, "co", "--on", "1999-01-01").err
    assert orgraph(command, "--on", "1999-01-01").code == 0
    assert orgraph(command, "--on", "9999-12-30").code == 0


@pytest.mark.parametrize("command", [*QUESTIONS, "coverage", "concurrency"])
@pytest.mark.parametrize(("node", "kind"), [("m1", "member"), ("h0", "household")])
def test_nobody_is_a_region(
    party: Path, orgraph: Orgraph, command: str, node: str, kind: str
) -> None:
    """What is asked of a unit and all below it isn't asked of a person."""
    assert party.is_file()
    outcome = orgraph(command, node, *ON)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{node} is a {kind}: this is asked of a unit" in outcome.err
