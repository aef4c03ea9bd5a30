"""What every command keeps to: help, options anywhere, its store, exit codes."""

import json
from pathlib import Path

import pytest
import typer
from land import DAY, ELM, MERGE, QUESTIONS, RENAME, kept, put
from running import Orgraph

from orgraph.cli.app import app

COMMANDS = [
    "apply",
    "chain",
    "check",
    "compare",
    "concurrency",
    "copy",
    "coverage",
    "crosswalk",
    "diff",
    "draft",
    "eligible",
    "export",
    "find",
    "history",
    "import",
    "init",
    "joint-cells",
    "lineage",
    "operations",
    "path",
    "replay",
    "rules",
    "schema",
    "show",
    "simulate",
    "span",
    "synth",
    "tally",
    "uncovered",
    "undo",
    "vacancies",
    "validate",
    "white-villages",
    "why",
]
OTHER_NAMES = {"joint_cells", "white_villages"}
TREE = typer.main.get_command(app)


def test_commands_are_those_of_the_contract() -> None:
    """No command is missing and none was added without a line here."""
    commands = TREE.commands  # type: ignore[attr-defined]
    assert sorted(commands.keys() - OTHER_NAMES) == COMMANDS
    for name in OTHER_NAMES:
        assert commands[name].hidden
        assert commands[name].help == commands[name.replace("_", "-")].help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str, orgraph: Orgraph) -> None:
    """`-h` and `--help` say what a command does, and every option and what it does."""
    command = TREE.commands[name]  # type: ignore[attr-defined]
    assert command.help
    assert command.help.endswith(".")
    short = orgraph(name, "-h")
    assert (short.code, short.err) == (0, "")
    assert short.out == orgraph(name, "--help").out
    for parameter in command.params:
        if parameter.param_type_name == "option":
            assert parameter.help, parameter.name
            assert parameter.opts[-1] in short.out


def test_help_of_the_whole(orgraph: Orgraph) -> None:
    """`orgraph -h` names every command; without arguments the same is shown."""
    outcome = orgraph("-h")
    assert outcome.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in outcome.out
    assert "Usage: orgraph" in orgraph().said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mearge"], ("mearge",)),
        (["show"], ("NODE", "Usage: orgraph show")),
        (["show", "a", "b"], ("b", "Usage: orgraph show")),
        (["show", "a", "--onn", "2020-01-01"], ("--onn", "--on")),
        (["show", "a", "--on"], ("--on",)),
        (["find", "a", "--limit", "0"], ("--limit", "Usage: orgraph find")),
        (["find", "a", "--limit", "many"], ("--limit",)),
        (["find", "a", "--limit", "9" * 30], ("--limit",)),
        (["history", "--limit", "-1"], ("--limit",)),
        (["init"], ("--pack",)),
        (["undo", "last"], ("REVISION", "Usage: orgraph undo")),
        (["undo", "9" * 30], ("REVISION",)),
        (["validate"], ("PROPOSAL",)),
        (["simulate"], ("PROPOSAL",)),
        (["import"], ("FILE",)),
        (["diff", "1"], ("B",)),
        (["path", "a"], ("B", "Usage: orgraph path")),
        (["vacancies", "a", "--until"], ("--until",)),
        (["eligible"], ("POST", "Usage: orgraph eligible")),
        (["concurrency", "--roles"], ("--roles",)),
        (["lineage"], ("NODE", "Usage: orgraph lineage")),
        (["crosswalk", "--from", "2020-01-01", "--kind", "body"], ("--to",)),
        (["crosswalk", "--to", "2020-01-01", "--kind", "body"], ("--from",)),
        (["why"], ("CODE",)),
        (["why", ""], ("name a code, which findings begin with, such as ",)),
        (["why", " "], ("name a code",)),
        (["--nothing", "show", "a"], ("--nothing",)),
    ],
)
def test_wrong_usage(
    land: Path, orgraph: Orgraph, arguments: list[str], words: tuple[str, ...]
) -> None:
    """Wrong usage is exit 2 and names the option or argument that is meant."""
    before = kept(land)
    outcome = orgraph(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    for word in words:
        assert word in outcome.err
    assert kept(land) == before


@pytest.mark.parametrize("name", QUESTIONS)
def test_options_stand_anywhere(land: Path, orgraph: Orgraph, name: str) -> None:
    """Options may stand before the command, before its arguments or after them."""
    command, *arguments = QUESTIONS[name]
    elsewhere = land.rename(land.with_name("else.db"))
    options = ["--store", str(elsewhere), "--format", "json"]
    after = orgraph(command, *arguments, *options)
    before = orgraph(command, *options, *arguments)
    outside = orgraph(*options[:2], command, *options[2:], *arguments)
    assert after.code == 0, after.err
    assert after == before == outside


def test_which_store(
    land: Path, folder: Path, orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--store comes before ORGRAPH_STORE, and that before orgraph.db."""
    assert orgraph("tally", "s").code == 0
    assert orgraph("init", "--pack", "territory", "--store", "new.db").code == 0
    monkeypatch.setenv("ORGRAPH_STORE", str(folder / "new.db"))
    assert "nothing is called 's'" in orgraph("tally", "s").err
    assert orgraph("tally", "s", "--store", str(land)).code == 0
    assert orgraph("--store", str(land), "tally", "s").code == 0
    monkeypatch.setenv("ORGRAPH_STORE", str(folder / "none.db"))
    outcome = orgraph("tally", "s")
    assert outcome.code == 4
    assert "none.db" in outcome.err


def test_a_name_that_is_a_server(orgraph: Orgraph) -> None:
    """A server that doesn't answer, or can't be meant, is said so in one sentence."""
    for command in (["tally", "s"], ["init", "--pack", "territory"]):
        outcome = orgraph(*command, "--store", "bolt://localhost:1")
        assert (outcome.code, outcome.out) == (4, "")
        assert outcome.err.startswith("bolt://localhost:1: no server answers there")
        assert outcome.err.count("\n") == 1
        outcome = orgraph(*command, "--store", "mysql://localhost")
        assert (outcome.code, outcome.out) == (2, "")
        assert "there are no mysql:// stores" in outcome.err


def test_exit_codes_of_refusals(land: Path, orgraph: Orgraph) -> None:
    """What a question can't find is exit 2, and a missing store exit 4."""
    assert orgraph("show", "nowhere").code == 2
    assert orgraph("tally", "nowhere").code == 2
    assert orgraph("why", "NOTHING01").code == 2
    assert orgraph("operations", "merge").code == 2
    land.unlink()
    for arguments in QUESTIONS.values():
        outcome = orgraph(*arguments)
        assert (outcome.code, outcome.out) == (4, "")
        assert "orgraph init or import" in outcome.err


def test_an_operation_is_shown(orgraph: Orgraph) -> None:
    """An operation is shown with its fields, the needed first, and an example."""
    lines = orgraph("operations", "transfer_parts").out.splitlines()
    fields = [line.split() for line in lines[1:6]]
    assert fields == [
        ["from", "needed"],
        ["to", "needed"],
        ["parts", "optional"],
        ["shares", "optional"],
        ["answers", "optional"],
    ]
    assert "op: transfer_parts" in lines
    assert "parts: [village-7]" in lines


def test_suggestions(orgraph: Orgraph) -> None:
    """An operation or a code that there isn't is offered the nearest."""
    assert "did you mean merge_units?" in orgraph("operations", "merge_unit").err
    assert "PARENT01" in orgraph("why", "PARENT1").err


def test_catalogue_without_a_store(folder: Path, orgraph: Orgraph) -> None:
    """What there is can be asked without a store; a pack is named or hinted at."""
    plain = orgraph("rules")
    assert plain.code == 0
    assert "--pack" in plain.out
    named = orgraph("rules", "--pack", "territory")
    assert "town-people" in named.out
    assert orgraph("why", "STANDARD01", "--pack", "territory").code == 0
    wrong = orgraph("rules", "--pack", "nowhere")
    assert wrong.code == 2
    assert "territory, vietnam" in wrong.err
    assert list(folder.iterdir()) == []


def test_why_without_a_pack_says_where_dates_and_sources_stand(
    orgraph: Orgraph,
) -> None:
    """What a pack asks is no part of the code, so that the reader is sent to one."""
    for code in ("STANDARD01", "CELL01", "MIRROR01"):
        assert "Name a pack with --pack, such as vietnam" in orgraph("why", code).out
        assert "Name a pack" not in orgraph("why", code, "--pack", "vietnam").out
    assert "Name a pack" not in orgraph("why", "ASK01").out


def test_standards_are_told_with_all_that_they_want(
    folder: Path, orgraph: Orgraph
) -> None:
    """`why` and `rules` show each standard: whom, how much, when, how strictly, why."""
    outcome = orgraph("why", "STANDARD01", "--pack", "territory")
    assert list(folder.iterdir()) == []
    assert outcome.out.startswith("STANDARD01 (warning): ")
    standard = (
        "town-people (warning): the standard of people for a town\n"
        "    municipality (type town): people ≥ 1,000, 2000-01-01 to …\n"
        "    Example statute, art. 1\n"
    )
    assert outcome.out.endswith(standard)
    assert standard in orgraph("rules", "--pack", "territory").out
    out = orgraph("why", "standard02", "--pack", "vietnam").out
    assert out.startswith("STANDARD02 (info): ")
    assert "area_m2 ≥ 50,000,000 m², 2016-05-25 to 2026-01-01" in out
    for code in ("STANDARD01", "STANDARD02"):
        command = ["why", code, "--pack", "vietnam", "--format", "json"]
        first, *_ = orgraph(*command).json["standards"]
        wanted = {"title", "kind", "fact", "at_least", "since", "until", "source"}
        assert {*wanted, "unit", "severity"} <= first.keys()
    assert "standard-" not in orgraph("why", "PARENT01", "--pack", "vietnam").out


def test_limits_are_told_with_what_they_want(orgraph: Orgraph) -> None:
    """`why` shows the limits of a rule, and `rules` those that are off as off."""
    out = orgraph("why", "CELL01", "--pack", "vietnam").out
    assert out.startswith("CELL01 (error): ")
    assert "cell: official members, at least 3, 2011-01-19 to …" in out
    assert "Charter of the Communist Party of Vietnam (2011), art. 24" in out
    assert "at least 30" not in out
    (first,) = orgraph("why", "HOLD01", "--pack", "vietnam", "--format", "json").json[
        "standards"
    ]
    assert (first["at_most"], first["unit"], first["rule"]) == (
        1,
        "holders",
        "one_holder",
    )
    rules = orgraph("rules", "--pack", "vietnam").out
    assert "surplus-deputies (unconfirmed, off): " in rules
    assert "wanted together with a post in a village to which COVERS leads" in rules


def test_every_code_is_explained(orgraph: Orgraph) -> None:
    """`why` explains every code there is, in small letters too."""
    from orgraph.engine.codes import codes

    for code in codes():
        outcome = orgraph("why", code.lower())
        assert outcome.code == 0
        assert outcome.out.startswith(f"{code} (")


def test_a_word_is_counted(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """One is said in the singular: 1 step, 1 change, 1 row, 1 difference, 1 finding."""
    assert land.is_file()
    put(folder, "p.yaml", RENAME)
    put(folder, "n.csv", "id,kind,name,since\nz,state,Zed,2000\n")
    texts = [
        orgraph("validate", "p.yaml").out,
        orgraph("import", "n.csv").out,
        orgraph("diff", "1", "2").out,
        orgraph("history").out,
        orgraph("check").out,
    ]
    text = "\n".join(texts)
    for word in ("1 row", "1 difference", "0 faults"):
        assert word in text, word
    for thing in ("row", "step", "change", "difference", "finding", "fault", "unit"):
        assert f" 1 {thing}s" not in text
        assert f"(1 {thing}s" not in text
        assert f"\n1 {thing}s" not in text


def test_paths_with_spaces_accents_and_brackets(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A proposal in a folder with spaces and accents is read and written there."""
    place = folder / "hồ sơ Điện Biên"
    place.mkdir()
    store = land.rename(place / "kho dữ liệu.db")
    (place / "đề án [").mkdir()
    proposal = put(place / "đề án [", "b].yaml", MERGE)
    report = place / "báo cáo.json"
    arguments = ["simulate", proposal, "--store", store, "--report", report]
    assert orgraph(*arguments).code == 0
    assert json.loads(report.read_text(encoding="utf-8"))["began"] == [ELM]
    outcome = orgraph("validate", proposal, "--store", store)
    assert outcome.code == 0
    assert outcome.out.startswith(f"{proposal}: ")
    assert orgraph("apply", proposal, "--store", store, "--yes").code == 0
    assert ELM in orgraph("show", ELM, "--store", store, "--on", DAY).out


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("way", ["before", "variable"])
def test_an_unknown_language_is_wrong_usage(
    name: str, way: str, orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the command says, and however it is named; nothing is done."""
    needed = {p.name: "x" for p in TREE.commands[name].params if p.required}  # type: ignore[attr-defined]
    options = {p.name: p.opts[0] for p in TREE.commands[name].params}  # type: ignore[attr-defined]
    given = []
    for parameter in needed:
        option = options[parameter]
        given += [option, "x"] if option.startswith("-") else ["x"]
    if way == "before":
        outcome = orgraph("--lang", "fr", name, *given)
    else:
        monkeypatch.setenv("ORGRAPH_LANG", "fr")
        outcome = orgraph(name, *given)
    assert outcome.code == 2
    assert (outcome.out, outcome.err) == (
        "",
        "there is no language fr; there are en, vi\n",
    )


def test_a_language_after_the_command_goes_before_all_others(
    orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands nearest counts; an empty variable asks for nothing."""
    monkeypatch.setenv("ORGRAPH_LANG", "")
    assert "needed" in orgraph("operations", "undo").out
    monkeypatch.setenv("ORGRAPH_LANG", "vi")
    assert "bắt buộc" in orgraph("operations", "undo").out
    assert "needed" in orgraph("--lang", "en", "operations", "undo").out
    assert (
        "bắt buộc" in orgraph("--lang", "en", "operations", "undo", "--lang", "vi").out
    )
    assert orgraph("operations", "--lang", "").code == 2
