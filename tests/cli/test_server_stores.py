"""Every command takes the url() of a server as it takes a file, and says the same."""

from pathlib import Path

import pytest
from graphs_on_server import cypher, on_server, url
from land import EDGES, MERGE, NODES, QUESTIONS, REFUSED, RENAME, put
from running import Orgraph

from orgraph.reports import FORMATS

pytestmark = on_server


@pytest.fixture
def both(land: Path, folder: Path, orgraph: Orgraph) -> tuple[str, str]:
    """Return the small land with a merger, in a file and copied to the server."""
    put(folder, "p.yaml", MERGE)
    assert orgraph("apply", "p.yaml", "--yes").code == 0
    cypher("MATCH (n) DETACH DELETE n")
    outcome = orgraph("copy", "--from", "orgraph.db", "--to", url())
    assert outcome.said == f"{url()}: 2 revisions copied; every hash is right\n"
    return str(land), url()


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", ["text", "json"])
def test_answers_are_the_same(
    question: str, form: str, both: tuple[str, str], orgraph: Orgraph
) -> None:
    """A question is answered alike, byte for byte, whichever store is asked."""
    asked = [*QUESTIONS[question], "--format", form]
    file, server = (orgraph(*asked, "--store", store) for store in both)
    assert server == file
    assert file.out


def test_reports_and_plans_are_the_same(
    both: tuple[str, str], folder: Path, orgraph: Orgraph
) -> None:
    """Reports in every format, the plan and the findings are alike, byte for byte."""
    put(folder, "r.yaml", RENAME)
    put(folder, "x.yaml", REFUSED)
    reports = [f"--report=report.{form}" for form in FORMATS if form != "text"]
    simulate = ["simulate", "r.yaml", *reports, "--plan=plan.json"]
    said = []
    for store in both:
        outcomes = [
            orgraph(*simulate, "--store", store),
            orgraph("simulate", "x.yaml", "--store", store),
            orgraph("validate", "r.yaml", "x.yaml", "--store", store),
            orgraph("export", "--to", "json", "--store", store),
            orgraph("export", "--to", "graphml", "--store", store),
            orgraph("find", "nobody", "--store", store),
            orgraph("show", "nobody", "--store", store),
        ]
        files = {path.name: path.read_bytes() for path in folder.glob("*.json")}
        said.append(([tuple(outcome) for outcome in outcomes], files))
    assert said[0] == said[1]
    assert [outcome[0] for outcome in said[0][0]] == [0, 1, 1, 0, 0, 0, 2]


def test_what_is_done_on_the_server_comes_back(
    both: tuple[str, str], folder: Path, orgraph: Orgraph
) -> None:
    """Applied and taken back on the server, copied to a file, all is as it is there."""
    put(folder, "r.yaml", RENAME)
    assert orgraph("simulate", "r.yaml", "--plan=plan.json", "--store", url()).code == 0
    assert orgraph("apply", "plan.json", "--yes", "--store", url()).code == 0
    assert orgraph("apply", "plan.json", "--yes", "--store", url()).code == 3
    assert orgraph("undo", "--yes", "--store", url()).code == 0
    assert orgraph("check", "--store", url()).code == 0
    assert orgraph("copy", "--from", url(), "--to", "back.db").code == 0
    again = orgraph("copy", "--from", url(), "--to", both[0])
    counts = "2 revisions copied; 2 were there"
    assert again.out == f"{both[0]}: {counts}; every hash is right\n"
    for asked in (["history", "--format", "json"], ["export", "--to", "json"]):
        server = orgraph(*asked, "--store", url())
        assert server.code == 0
        for store in ("back.db", both[0]):
            assert orgraph(*asked, "--store", store) == server


def test_a_replay_goes_on_where_it_stopped(
    both: tuple[str, str], folder: Path, orgraph: Orgraph
) -> None:
    """A timeline is replayed on the server, and its lines known again."""
    assert both
    put(folder, "r.yaml", RENAME)
    line = '{"proposal": "r.yaml"}\n'
    put(folder, "t.jsonl", line)
    first = orgraph("replay", "t.jsonl", "--store", url())
    again = orgraph("replay", "t.jsonl", "--store", url())
    assert (first.code, again.code) == (0, 0), first.said
    assert "1 applied" in first.out
    assert "1 skipped" in again.out


def test_an_import_makes_the_store(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Tables are imported into a graph; one that is refused leaves nothing there."""
    cypher("MATCH (n) DETACH DELETE n")
    put(folder, "nodes.csv", NODES)
    put(folder, "edges.csv", EDGES.replace("PART_OF,d,s", "PART_OF,d,nobody"))
    tables = [
        "import",
        "nodes.csv",
        "edges.csv",
        "--pack",
        "territory",
        "--store",
        url(),
    ]
    assert orgraph(*tables).code == 2
    assert cypher("MATCH (n) RETURN count(n)") == [(0,)]
    put(folder, "edges.csv", EDGES)
    assert orgraph(*tables).code == 0
    export = ["export", "--to", "json", "--store"]
    assert orgraph(*export, url()) == orgraph(*export, str(land))


def test_a_graph_of_others(folder: Path, orgraph: Orgraph) -> None:
    """A graph that holds other data is refused in one sentence with the cure."""
    assert folder
    cypher("MATCH (n) DETACH DELETE n")
    cypher("CREATE (:Customer {id: 1})")
    refused = orgraph("init", "--pack", "territory", "--store", url())
    assert (refused.code, refused.out, refused.err.count("\n")) == (4, "", 1)
    assert "--into-existing" in refused.err
    made = ["init", "--pack", "territory", "--into-existing", "--store", url()]
    assert orgraph(*made).code == 0
    assert orgraph("tally", "s", "--store", url()).code == 2
    cypher("MATCH (n) DETACH DELETE n")


def test_a_store_is_not_copied_onto_itself(land: Path, orgraph: Orgraph) -> None:
    """The two stores of a copy are two."""
    outcome = orgraph("copy", "--from", str(land), "--to", land.name)
    assert outcome.code == 2
    assert "name another" in outcome.err
