"""What every operation, rule, code and pack must bring along."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from harness import Scenario, pack_named, scenarios, start
from test_policies import PACKS, table

from orgraph.engine.codes import codes
from orgraph.findings import Code
from orgraph.operations import Operation, operations
from orgraph.proposal import read_proposal_text
from orgraph.registry import by_name
from orgraph.rules import Rule, laws, rules
from orgraph.stores.memory import MemoryStore

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
ONLY_IN_PYTHON = {
    # No step or row of a scenario can change what a store has counted or hashed.
    "TALLY01": "rules/test_audit.py",
    "HASH01": "rules/test_audit.py",
    "STORE01": "cli/test_broken_files.py",
    "STORE02": "rules/test_audit.py",
    # A table is drafted, not planned.
    **{f"DRAFT{n:02}": "conversion/test_problems.py" for n in range(1, 30)},
    "DRAFT16": "conversion/test_shares.py",
    "DRAFT25": "conversion/test_shapes.py",
    "DRAFT30": "conversion/test_known_units.py",
    "DRAFT31": "conversion/test_mirrored.py",
    "DRAFT32": "conversion/test_mirrored.py",
    "DRAFT33": "conversion/test_mirrored.py",
    "DRAFT34": "conversion/test_points.py",
    "DRAFT35": "conversion/test_mirrored.py",
    "DRAFT36": "conversion/test_led_by_cells.py",
    "DRAFT37": "conversion/test_mirrored.py",
    "DRAFT38": "conversion/test_outside_the_table.py",
}
NEEDED = {
    "refs": {"UNIT01", "UNIT02", "UNIT03"},
    "founds": {"ID01", "KIND02", "FACT01"},
    "answers": {"ASK01", "ASK02", "ASK04", "ASK06"},
}
"""The refusals that an operation with such a method or field can meet."""
NEVER_MET = {
    # What leaves a unit that lives on is named, so nothing is asked; and what is new
    # has no edges that others could come together with. A transfer founds nothing.
    "transfer_parts": {"ASK01", "FACT01", "ID01", "KIND02"},
    "restore_unit": {"ASK01", "ASK06"},
    # What cells have goes where they go: the pack with people neither asks nor refuses.
    "join_cells": {"ASK01", "ASK04"},
    "dissolve_section": {"ASK01", "ASK04", "ASK06"},
    "reclassify_organisation": {"ASK01", "ASK04"},
}


def _named(folder: str) -> list[Scenario]:
    """Return the scenarios of a folder that are held to what they expect."""
    return [
        scenario
        for scenario in scenarios()
        if scenario.name.startswith(f"{folder}/") and "xfail" not in scenario.data
    ]


def _met(found: list[Scenario], *keys: str) -> set[str]:
    return {
        finding["code"]
        for scenario in found
        for key in keys or ("refused", "findings")
        for finding in scenario.expect.get(key, ())
    }


@cache
def _codes_of(module: str) -> frozenset[str]:
    """Return the codes that a module declares, by its source."""
    path = ROOT / Path(*module.split(".")).with_suffix(".py")
    return frozenset(_code_literals(path))


def _code_literals(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Code":
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            found.append(ast.literal_eval(named["code"]))
    return found


# Operations


@pytest.mark.parametrize("name", operations())
def test_operation_has_scenarios(name: str) -> None:
    """An operation has a scenario that passes and one that is refused."""
    found = [s for s in _named(f"operations/{name}") if _uses(s, name)]
    assert any("refused" not in scenario.expect for scenario in found)
    assert any("refused" in scenario.expect for scenario in found)


def _uses(scenario: Scenario, name: str) -> bool:
    proposal = scenario.apply
    return proposal is not None and name in {step.op for step in proposal.steps}


@pytest.mark.parametrize("name", operations())
def test_operation_meets_its_refusals(name: str) -> None:
    """Each refusal of an operation's own file, and each it shares, has a scenario."""
    kind = operations()[name]
    needed = set(_codes_of(kind.__module__))
    for verb in ("refs", "founds"):
        if getattr(kind, verb) is not getattr(Operation, verb):
            needed |= NEEDED[verb]
    if "answers" in kind.model_fields:
        needed |= NEEDED["answers"]
    needed -= NEVER_MET.get(name, set())
    met = _met(_named(f"operations/{name}"))
    assert needed <= met, f"{name} lacks scenarios of {sorted(needed - met)}"
    assert any(code.startswith("TIME") for code in met), "what is recorded for later"


@pytest.mark.parametrize("name", operations())
def test_operation_has_tests_and_words(name: str) -> None:
    """An operation has a test file, a file and class of its name, and a docstring."""
    kind = operations()[name]
    assert (TESTS / "operations" / f"test_{name}.py").is_file()
    assert kind.__module__.rpartition(".")[2] == name
    assert kind.__name__ == name.title().replace("_", "")
    for said in (kind.__doc__, kind.check.__doc__, kind.edit.__doc__):
        assert said
        assert said.strip().endswith(".")


@pytest.mark.parametrize("name", operations())
def test_operation_has_an_example(name: str) -> None:
    """The example of an operation is a step that can be read, and of its own."""
    example = operations()[name].example
    step = "\n".join(f"    {line}" for line in example.splitlines())
    text = f"title: Example\neffective: 2025-07-01\nsteps:\n  -\n{step}\n"
    (read,) = read_proposal_text(text, name).steps
    assert read.op == name


# Rules


@pytest.mark.parametrize("name", [*rules(), *laws()])
def test_rule_has_cases(name: str) -> None:
    """A rule has a case that passes, one that fails for each code, and a test file."""
    found = _named(f"rules/{name}")
    own = _codes_of(f"orgraph.rules.{name}")
    python = {code for code in own if code in ONLY_IN_PYTHON}
    assert own <= _met(found) | python
    assert any(not own & _met([scenario]) for scenario in found)
    text = (TESTS / "rules" / f"test_{name}.py").read_text(encoding="utf-8")
    assert f"orgraph.rules.{name} import" in text


# Codes


@pytest.mark.parametrize("name", rules())
def test_rule_says_where_an_audit_looks(name: str) -> None:
    """A rule that didn't say where would have every audit read every household."""
    assert type(rules()[name]).where is not Rule.where


def test_every_code_is_raised() -> None:
    """Each code is found in a scenario, or in a test that says why not in one."""
    met = _met([s for s in scenarios() if "xfail" not in s.data])
    assert sorted(set(codes()) - met) == sorted(ONLY_IN_PYTHON)
    for code, path in ONLY_IN_PYTHON.items():
        assert code in (TESTS / path).read_text(encoding="utf-8")


def test_a_code_stands_in_one_file() -> None:
    """No two files, nor two places in one, declare the same code."""
    paths = sorted((ROOT / "orgraph").rglob("*.py"))
    found = Counter(code for path in paths for code in _code_literals(path))
    assert [code for code, times in found.items() if times > 1] == []
    # What can't be read is no finding; only SARIF wants a rule for it, too.
    assert set(found) == {*codes(), "INPUT"}


def test_a_code_held_twice_is_refused() -> None:
    """Two codes of one name are a mistake of the program, which says who holds it."""
    one, other = (Code(code="X01", meaning=word) for word in ("One.", "Other."))
    with pytest.raises(TypeError, match=r"X01.*One.*Other"):
        by_name(iter([one, other]), lambda code: code.code, "the code")


@pytest.mark.parametrize("code", codes().values(), ids=codes())
def test_code_has_words(code: Code) -> None:
    """A code is a word and a number, and says in a sentence what it means."""
    assert re.fullmatch(r"[A-Z]+[0-9]{2}", code.code)
    for sentence in filter(None, (code.meaning, code.hint)):
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_every_message_is_a_sentence() -> None:
    """Whatever is said in a scenario ends with a full stop."""
    loose = set()
    for scenario in scenarios():
        proposal = scenario.apply
        if proposal is not None:
            store = MemoryStore(pack_named(scenario.pack))
            start(scenario, store)
            found = store.plan(proposal).findings
            loose |= {f.code for f in found if not f.message.endswith(".")}
    assert loose == set()


# Packs


@pytest.mark.parametrize("name", PACKS)
def test_no_policy_word_is_dead(name: str) -> None:
    """Every word and every case of a pack is met by a dependent of some kind."""
    rows = {(w.edge, w.end, w.event, w.case) for w in table() if w.pack == name}
    dead = [word for word in _words(pack_named(name).data["edges"]) if word not in rows]
    assert dead == []


@pytest.mark.parametrize("name", PACKS)
def test_titles_read_inside_a_sentence(name: str) -> None:
    """What the law asks is named after a semicolon: its title begins small."""
    titles = [one.title for one in pack_named(name).every_asked]
    assert [title for title in titles if not title[0].islower()] == []


def _words(edges: Mapping[str, Mapping]) -> Iterator[tuple[str, str, str, str]]:
    for edge, said in edges.items():
        for end in ("target", "source"):
            for event in said.get(f"on_{end}", ()):
                yield edge, end, event, ""
        for case in said.get("cases", ()):
            (shown,) = [f"{k}={v}" for k, v in case.get("where", {}).items()] or [""]
            yield edge, case["end"], case["event"], shown


# Scenarios and tests


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
def test_scenario_has_a_sentence(scenario: Scenario) -> None:
    """A title is a sentence without its full stop, and no two scenarios share it."""
    title = scenario.data["title"]
    assert title[0].isupper()
    assert not title.endswith(".")
    assert len(title.split()) > 3
    assert [s.data["title"] for s in scenarios()].count(title) == 1


def test_every_test_has_a_sentence() -> None:
    """Each test says in its docstring what holds."""
    silent = []
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                said = (ast.get_docstring(node) or "").partition("\n\n")[0]
                if not said.endswith("."):
                    silent.append(f"{path.name}: {node.name}")
    assert silent == []
