"""Questions on the command line: dates, names, several meanings, and limits."""

from pathlib import Path

import pytest
from land import DAY, ELM, MERGE, kept, put
from running import Orgraph


@pytest.mark.parametrize(
    "named",
    ["m1", "municipality:M1", "code:M1", "Ash", "ash", " ASH ", "municipality:Ash"],
)
def test_ways_to_name_a_node(land: Path, orgraph: Orgraph, named: str) -> None:
    """A node is named by id, by kind and code, by code, or by its name."""
    assert land.is_file()
    document = orgraph("tally", named, "--format", "json").json
    assert document["node"] == "m1"


def test_several_meanings(land: Path, orgraph: Orgraph) -> None:
    """A name that can mean several is refused with their ids, exit 2."""
    assert land.is_file()
    for command in (["show"], ["tally"], ["chain"], ["history"]):
        outcome = orgraph(*command, "cedar")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.splitlines()[1:] == [
            "  m3  municipality  Cedar",
            "  m4  municipality  Cedar",
        ]


@pytest.mark.parametrize(
    "named", ["", " ", "*", "[/x]", "%", "'", "\\", "ø", "x" * 5000]
)
def test_what_nothing_is_called(land: Path, orgraph: Orgraph, named: str) -> None:
    """A text that names nothing is answered in a sentence, whatever it holds."""
    before = kept(land)
    for command in ("show", "tally", "chain"):
        outcome = orgraph(command, named)
        assert (outcome.code, outcome.out) == (2, "")
        assert "nothing is called" in outcome.err
    outcome = orgraph("find", named)
    assert outcome.code == 0
    assert "nothing is called" in outcome.out
    assert kept(land) == before


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("9999-12-31", "open end"),
        ("2025-02-30", "calendar"),
        ("2025", "YYYY-MM-DD"),
        ("today", "YYYY-MM-DD"),
        ("", "YYYY-MM-DD"),
        ("²", "YYYY-MM-DD"),
        ("[/b]", "YYYY-MM-DD"),
    ],
)
def test_wrong_days(land: Path, orgraph: Orgraph, day: str, word: str) -> None:
    """A day that isn't one is refused by every question."""
    assert land.is_file()
    for command in (
        ["show", "m1"],
        ["tally", "s"],
        ["chain", "x"],
        ["check"],
        ["find", "ash"],
    ):
        outcome = orgraph(*command, "--on", day)
        assert (outcome.code, outcome.out) == (2, ""), command
        assert word in outcome.err
        assert outcome.err.count("\n") == 1
    outcome = orgraph("diff", day, "2020-01-01")
    assert (outcome.code, outcome.out) == (2, "")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-30", "1999-12-31"])
def test_days_at_the_ends(land: Path, orgraph: Orgraph, day: str) -> None:
    """The first and the last day of the calendar can be asked about."""
    assert land.is_file()
    assert orgraph("check", "--on", day).code == 0
    assert orgraph("tally", "s", "--on", day).code == 0
    assert orgraph("diff", day, "2020-01-01").code == 0
    outcome = orgraph("chain", "x", "--on", day)
    assert outcome.code == (0 if day > "2000" else 2)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("²", "1", ("two dates",)),
        ("1", "²", ("two dates",)),
        ("²", "²", ("²", "YYYY-MM-DD")),
        ("1", "2025-01-01", ("two dates", "two revision")),
        ("2025-01-01", "1", ("two dates", "two revision")),
        ("0", "2", ("no revision 2", "head is 1")),
        ("0", "9" * 40, ("no revision 9", "head is 1")),
        ("9" * 40, "9" * 40, ("no revision 9",)),
        ("0", "1" + "0" * 9, ("no revision 1000000000;", "head is 1")),
        ("0", "9" * 5000, ("no revision 9", "head is 1")),
        ("-1", "1", ()),
        ("1.5", "2", ()),
        ("a", "b", ("YYYY-MM-DD",)),
    ],
)
def test_wrong_sides_of_a_diff(
    land: Path, orgraph: Orgraph, first: str, second: str, words: tuple[str, ...]
) -> None:
    """Two days or two revisions that there are can be compared, and nothing else."""
    assert land.is_file()
    outcome = orgraph("diff", first, second)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Traceback" not in outcome.err
    assert outcome.err.strip()
    for word in words:
        assert word in outcome.err


def test_text_of_a_diff(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """A diff says of each row that changed what it was and what it is."""
    assert land.is_file()
    steps = (
        "{op: rename_unit, unit: m3, name: Fir, code: F}",
        "{op: set_facts, unit: m3, facts: {people: unknown, households: 1200}}",
    )
    for number, step in enumerate(steps, 2):
        text = f"title: T\neffective: {DAY}\nsteps: [{step}]\n"
        assert orgraph("apply", put(folder, "p.yaml", text), "--yes").code == 0, number
    assert orgraph("diff", "1", "2").out.splitlines() == [
        f"changed    municipality m3 Cedar: until … → {DAY}",
        "written    municipality m3 Fir",
        "2 differences",
    ]
    assert orgraph("diff", "1", "2", "--format", "json").json["items"][0][
        "changed"
    ] == ["until"]
    said = "households absent → 1200; people 500 → unknown"
    assert orgraph("diff", "2", "3").out.splitlines() == [
        f"changed    municipality m3 Fir: {said}",
        "1 difference",
    ]
    assert orgraph("diff", "2024-12-31", DAY).out.splitlines() == [
        f"revised    municipality m3 Fir: name Cedar → Fir; code M3 → F; {said}",
        "1 difference",
    ]


@pytest.mark.parametrize("zeros", [1, 9, 5000])
def test_a_revision_with_leading_zeros(
    land: Path, folder: Path, orgraph: Orgraph, zeros: int
) -> None:
    """However many zeros stand before it, a number is the number it is."""
    assert land.is_file()
    put(folder, "p.yaml", MERGE)
    assert orgraph("apply", "p.yaml", "--yes").code == 0
    written = [f"{'0' * zeros}{number}" for number in (1, 2)]
    assert orgraph("diff", *written).out == orgraph("diff", "1", "2").out


def test_revisions_that_there_are_not(land: Path, orgraph: Orgraph) -> None:
    """A revision that can't be taken back is named with the last one there is."""
    before = kept(land)
    for number in ("0", "2", "2147483648"):
        outcome = orgraph("undo", number, "--yes")
        assert (outcome.code, outcome.out) == (2, "")
        assert f"no revision {number}" in outcome.err
        assert "1" in outcome.err
    assert kept(land) == before


def test_an_empty_store(folder: Path, orgraph: Orgraph) -> None:
    """An empty store answers every question with nothing."""
    assert orgraph("init", "--pack", "territory").code == 0
    assert (folder / "orgraph.db").is_file()
    assert orgraph("history").out == ""
    assert orgraph("check").out.strip() == "0 faults, 0 other findings"
    assert orgraph("diff", "0", "0").out == "0 differences\n"
    assert orgraph("find", "a").out == "nothing is called 'a'\n"
    outcome = orgraph("undo", "--yes")
    assert (outcome.code, outcome.err) == (
        2,
        "the store has no revision to take back\n",
    )


@pytest.mark.parametrize("form", ["text", "json"])
def test_find_says_when_there_are_more(land: Path, orgraph: Orgraph, form: str) -> None:
    """Beyond the limit find says that there are more, and not where there are not."""
    assert land.is_file()
    one = orgraph("find", "cedar", "--limit", "1", "--format", form)
    two = orgraph("find", "cedar", "--limit", "2", "--format", form)
    assert one.code == two.code == 0
    if form == "json":
        assert (one.json["more"], two.json["more"]) == (True, False)
        assert [len(answer.json["items"]) for answer in (one, two)] == [1, 2]
        return
    assert len(one.out.splitlines()) == 2
    assert "more than 1" in one.out
    assert "more" not in two.out


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ash", ["m1"]),
        ("CEDAR", ["m3", "m4"]),
        ("bir", ["m2"]),
        ("irch", []),
        ("M1", ["m1"]),
        ("m", []),
        ("cou", ["b"]),
    ],
)
def test_find(land: Path, orgraph: Orgraph, text: str, ids: list[str]) -> None:
    """Find takes the beginnings of words, in any case, or a whole code."""
    assert land.is_file()
    document = orgraph("find", text, "--format", "json").json
    assert [item["id"] for item in document["items"]] == ids


def test_find_on_a_day(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Without a day find searches all days; with --on what lived on it."""
    assert land.is_file()
    put(folder, "p.yaml", MERGE)
    assert orgraph("apply", "p.yaml", "--yes").code == 0
    for day, ids in ((None, ["m1"]), ("2024-12-31", ["m1"]), (DAY, [])):
        options = ["--on", day] if day else []
        items = orgraph("find", "ash", *options, "--format", "json").json["items"]
        assert [item["id"] for item in items] == ids


def test_find_lists_the_life_of_a_unit(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A unit isn't said to begin or end with a name: until when it had it is said."""
    assert land.is_file()
    head = "title: T\neffective: {}-01-01\nsteps: [{{op: {}, unit: m3, {}}}]\n"
    for year, step, fields in (
        (2024, "set_facts", "facts: {people: 9}"),
        (2025, "rename_unit", "name: Fir"),
        (2026, "set_facts", "facts: {people: 7}"),
    ):
        put(folder, "p.yaml", head.format(year, step, fields))
        assert orgraph("apply", "p.yaml", "--yes").code == 0
    for text, on, until in (
        ("cedar", [], "2025-01-01"),
        ("cedar", ["--on", "2023-06-01"], "2025-01-01"),
        ("fir", [], None),
        ("fir", ["--on", "2025-06-01"], None),
    ):
        items = orgraph("find", text, *on, "--format", "json").json["items"]
        (item,) = [item for item in items if item["id"] == "m3"]
        assert (item["since"], item["until"]) == ("2000", None)
        assert item["called_until"] == until
    said = orgraph("find", "cedar").out
    assert "M3     Cedar  2000 to …, called so until 2025-01-01\n" in said
    assert "M4     Cedar  2000 to …\n" in said


def test_questions_by_day(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """A question by day answers as of that day, before and after a merger."""
    assert land.is_file()
    put(folder, "p.yaml", MERGE)
    assert orgraph("apply", "p.yaml", "--yes").code == 0
    for day, count in (("2024-12-31", 2), (DAY, 1)):
        counts = orgraph("tally", "d", "--on", day, "--format", "json").json["counts"]
        assert counts == {"municipality": count}
    document = orgraph("show", "m1", "--on", DAY, "--format", "json").json
    assert document["lives"] is False
    assert [row["id"] for row in document["successors"]] == [ELM]
    assert "doesn't live" in orgraph("chain", "m1", "--on", DAY).err


def test_text_of_a_tally(land: Path, orgraph: Orgraph) -> None:
    """A tally prints counts and facts, unknown where one below is unknown."""
    assert land.is_file()
    assert orgraph("tally", "s", "--on", DAY).out.splitlines() == [
        "below s on 2025-01-01:",
        f"  {'district':<24} {'2':>12}",
        f"  {'municipality':<24} {'4':>12}",
        f"  {'people':<24} {'unknown':>12}",
    ]
    assert f"  {'people':<24} {'2,501,000':>12}" in orgraph("tally", "d").out
    assert orgraph("tally", "p").out.splitlines()[1:] == ["  nothing"]


def test_text_of_a_chain(land: Path, orgraph: Orgraph) -> None:
    """A chain prints who is above, holds posts and is in charge, each with days."""
    assert land.is_file()
    assert orgraph("chain", "x", "--on", DAY).out.splitlines() == [
        "person ••• (x)",
        "  MEMBER_OF body Council (b), since 2000",
        "      Chair (p): x, since 2010-05",
        "      Clerk (q): vacant",
        "      in charge: y, since 2012",
        "    UNDER body Board (c), since 2000",
        "holds Chair (p) in Council (b): since 2010-05",
    ]
    early = orgraph("chain", "x", "--on", "2005-01-01").out.splitlines()[-1]
    assert early == "to hold Chair (p) in Council (b): since 2010-05"


def test_a_chain_names_everything_as_on_its_day(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """Post and unit at its foot bear the names of the day, as those above do."""
    assert land.is_file()
    steps = "  - {op: rename_unit, unit: b, name: Senate}\n"
    put(folder, "r.yaml", f"title: x\neffective: {DAY}\nsteps:\n{steps}")
    assert orgraph("apply", "r.yaml", "--yes").code == 0
    for day, name in (("2024-12-31", "Council"), (DAY, "Senate")):
        lines = orgraph("chain", "x", "--on", day).out.splitlines()
        assert lines[1].startswith(f"  MEMBER_OF body {name} (b)")
        assert lines[-1] == f"holds Chair (p) in {name} (b): since 2010-05"


def test_history_of_a_node(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """The history of a node lists what touched it; later days are marked."""
    assert land.is_file()
    put(folder, "p.yaml", MERGE.replace("2025-01-01", "2999-01-01"))
    assert orgraph("apply", "p.yaml", "--yes").code == 0
    assert [line.split()[0] for line in orgraph("history").out.splitlines()] == [
        "2",
        "1",
    ]
    assert "2999-01-01 (later)" in orgraph("history", "m1").out
    assert len(orgraph("history", "m3").out.splitlines()) == 1
    assert len(orgraph("history", "--limit", "1").out.splitlines()) == 1
