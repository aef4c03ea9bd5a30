"""The organisation of Điện Biên through the reform of 2025, and its people's terms."""

from pathlib import Path

import pytest
from reform import BEFORE, DAY, PROPOSAL, Ask, edges, nodes
from running import Orgraph


def test_the_organisation_follows(everything: Path, orgraph: Orgraph, ask: Ask) -> None:
    """What covers a merged commune follows it, and nothing needs an answer."""
    assert everything.is_file()
    outcome = orgraph("apply", PROPOSAL, "--yes")
    assert outcome.code == 0, outcome.said
    assert_organisation(ask)


def test_the_one_fault_of_the_organisation(everything: Path, orgraph: Orgraph) -> None:
    """It was made by hand: an audit finds its committee too small, and exits 1."""
    assert everything.is_file()
    outcome = orgraph("check", "--on", BEFORE, "--format", "json")
    assert outcome.code == 1
    errors = [f for f in outcome.json["items"] if f["severity"] == "error"]
    assert [(f["code"], f["subject"]) for f in errors] == [("FORM01", "gc-01")]


def assert_organisation(ask: Ask) -> None:
    """Check whom the committees and cells cover after the reform."""
    items = ask("diff", BEFORE, DAY)["items"]
    covers = edges(items, "began", "COVERS")
    new = "commune-03160-2025-07-01"
    assert {source: edge["target"] for source, edge in covers.items()} == {
        "gc-01": new,
        "cell-01": new,
        "cell-02": new,
        "cell-03": new,
    }
    ended = edges(items, "ended", "COVERS")
    assert ended.keys() == covers.keys() | {"dc-01"}
    assert not nodes(items, "ended", "cell")
    native = ask("show", "m-08", "--on", DAY)["to"]
    assert ("NATIVE_OF", "commune-03161") in {(e["kind"], e["id"]) for e in native}


def test_chain_of_a_member(everything: Path, ask: Ask) -> None:
    """A member's chain names who is above, who holds the posts and who is in charge."""
    assert everything.is_file()
    found = ask("chain", "m-01", "--on", BEFORE)
    assert [(link["id"], link["kind"], link["by"]) for link in found["chain"]] == [
        ("m-01", "member", None),
        ("cell-01", "cell", "MEMBER_OF"),
        ("gc-01", "grassroots_committee", "UNDER"),
        ("dc-01", "direct_committee", "UNDER"),
        ("pc-01", "provincial_committee", "UNDER"),
    ]
    held = {
        unit: [(one["post"], one["person"], one["since"]) for one in some]
        for unit, some in found["holders"].items()
    }
    assert held == {
        "cell-01": [("post-04", "m-03", "2019-05")],
        "gc-01": [("post-02", "m-01", "2020-08-01"), ("post-03", "m-02", "2019-05")],
        "dc-01": [("post-08", "m-12", "2020-09-01")],
        "pc-01": [("post-07", "m-12", "2020-10")],
    }
    (charge,) = found["charges"]
    assert (charge["person"], charge["target"]) == ("m-12", "gc-01")
    assert charge["since"] == "2021-03"


@pytest.mark.parametrize("day", [BEFORE, DAY])
def test_a_term_runs_through_the_successor_post(
    everything: Path, orgraph: Orgraph, ask: Ask, day: str
) -> None:
    """Two posts of which one succeeds the other make one term; the reform leaves it."""
    assert everything.is_file()
    assert orgraph("apply", PROPOSAL, "--yes").code == 0
    spell = {"post": "post-02", "unit": "gc-01", "since": "2017-03-01", "until": None}
    assert ask("chain", "m-01", "--on", day)["history"] == [spell]


def test_terms_that_are_not_one(everything: Path, ask: Ask) -> None:
    """Acting and then full is one term of a post; a gap or another post begins anew."""
    assert everything.is_file()
    histories = {
        person: [
            (spell["post"], spell["since"], spell["until"])
            for spell in ask("chain", person, "--on", BEFORE)["history"]
        ]
        for person in ("m-02", "m-04", "m-12", "m-06")
    }
    assert histories == {
        "m-02": [("post-03", "2018-01-01", None), ("post-09", "2020-08-01", None)],
        "m-04": [("post-01", "2015", "2017-03-01"), ("post-05", "2017-03-01", None)],
        "m-12": [("post-08", "2020-09-01", None), ("post-07", "2020-10", None)],
        "m-06": [],
    }


def test_chain_where_the_member_was(everything: Path, ask: Ask) -> None:
    """On an earlier day a member is in the cell of that day."""
    assert everything.is_file()
    for day, cell in (("2019-04-30", "cell-01"), ("2019-05-01", "cell-02")):
        links = ask("chain", "m-05", "--on", day)["chain"]
        assert links[1]["id"] == cell
