"""A value of a wrong type, in any field, is refused in the user's words."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from test_reading import NOT_OURS

from orgraph.errors import InputError
from orgraph.operations import operations
from orgraph.proposal import read_proposal_text
from orgraph.proposal.yaml_tree import compose

VALUES = (
    *("7", "-1", "07", "1.5", "true", "~", "x", "''", "'a: b'", "2025-01-01"),
    *("[]", "[a]", "[7]", "[~]", "[[a]]", "[{a: b}]"),
    *("{}", "{a: b}", "{a: 7}", "{a: ~}", "{a: [b]}", "{a: {b: c}}"),
)
OF_PYTHON = re.compile(r"\bNone\b|\bTrue\b|\['|\{'|\binput\b|\bat least 1 are\b")
STEP = {"op": "close_unit", "unit": "a"}
HEAD = {"title": "A", "effective": "2025-07-01", "steps": [STEP]}


def fields() -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """Yield steps, and the path of each field that a value can stand in."""
    for operation in operations().values():
        step = compose(operation.example).data
        for name, field in operation.model_fields.items():
            key = field.alias or name
            yield step, (key,)
            for part in step[key] if isinstance(step.get(key), dict) else ():
                yield step, (key, part)


def document(data: Mapping[str, Any], path: tuple[str, ...], value: str) -> str:
    """Return data as JSON, but for one field, which has a value in YAML."""
    (key, *rest) = path
    inner = document(data[key], tuple(rest), value) if rest else value
    others = {name: said for name, said in data.items() if name != key}
    parts = [f"{json.dumps(n)}: {json.dumps(said)}" for n, said in others.items()]
    return "{" + ", ".join([*parts, f"{json.dumps(key)}: {inner}"]) + "}"


def said(text: str) -> list[str]:
    """Return what is said of a proposal, which may well be right."""
    try:
        read_proposal_text(text, "p.yaml")
    except InputError as error:
        return list(error.problems)
    return []


def check(text: str) -> None:
    """Check that nothing said of a proposal is in the words of a library."""
    for sentence in said(text):
        found = NOT_OURS.search(sentence) or OF_PYTHON.search(sentence)
        assert not found, f"{sentence}\n{text}"


@pytest.mark.parametrize("value", VALUES)
def test_any_field_of_a_step(value: str) -> None:
    """Whatever stands in a field of a step, it is spoken of in plain words."""
    for step, path in fields():
        check(document(HEAD, ("steps",), f"[{document(step, path, value)}]"))


@pytest.mark.parametrize("value", VALUES)
def test_any_field_around_the_steps(value: str) -> None:
    """So it is in the head of a proposal, in its basis and in its waivers."""
    basis, waiver = {"issuer": "X"}, {"code": "X", "subject": "Y"}
    for key in (*HEAD, "basis", "waivers", "more"):
        check(document(HEAD, (key,), value))
    for key in ("issuer", "number", "date", "article", "more"):
        check(document(HEAD, ("basis",), document(basis, (key,), value)))
    for key in (*waiver, "basis", "more"):
        inner = f"[{document(waiver, (key,), value)}]"
        check(document(HEAD, ("waivers",), inner))


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            ("answers",),
            "{a: [b]}",
            "a: an answer is follow, end, ends_with, parent, ask or",
        ),
        (("answers",), "{a: maybe}", "or {to: UNIT}, not maybe"),
        (("answers",), "07", "answers: a mapping is wanted"),
        (("successors",), "07", "successors: a list is wanted"),
        (("op",), "[a]", "op: the name of an operation is wanted"),
        (("op",), "''", "op: the name of an operation is wanted"),
    ],
)
def test_what_is_wanted_is_said(
    path: tuple[str, ...], value: str, sentence: str
) -> None:
    """The sentence names what is wanted, never what Python calls it."""
    (problem,) = said(document(HEAD, ("steps",), f"[{document(STEP, path, value)}]"))
    assert sentence in problem


@pytest.mark.parametrize("number", ["0", "-1", "07", "a", "true", "[]", "~"])
@pytest.mark.parametrize("step", ["{undo: %s}", "{op: undo, revision: %s}"])
def test_the_number_of_a_revision(step: str, number: str) -> None:
    """A revision is a number from 1 on, in the short form and the long one."""
    (problem,) = said(document(HEAD, ("steps",), f"[{step % number}]"))
    assert "the number of a revision is wanted, from 1 on" in problem


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ("op: rename_unit, unit: 06652, name: Ash", "unit"),
        ("op: rename_unit, unit: 16652, name: Ash", "unit"),
        ("op: absorb_units, sources: [06652], into: m", "sources"),
        ("op: split_unit, source: m, targets: [{unit: 06652}]", "unit"),
    ],
)
def test_a_bare_code_of_a_unit(step: str, field: str) -> None:
    """Whoever writes the bare code of a unit is told how to name it by its code."""
    text = f"title: T\neffective: 2025-01-01\nsteps:\n- {{{step}}}\n"
    with pytest.raises(InputError) as caught:
        read_proposal_text(text)
    code = "16652" if "16652" in step else "06652"
    cure = f'write code:{code} to name a unit by its code, "{code}" by its id'
    said = f"{field}: {code} is not text as it stands; {cure}"
    assert any(problem.endswith(said) for problem in caught.value.problems)


def test_the_code_of_what_is_new_is_quoted() -> None:
    """What takes a code is given it as text."""
    text = "title: T\neffective: 2025-01-01\nsteps:\n"
    text += "- {op: rename_unit, unit: m, code: 06652}\n"
    with pytest.raises(InputError) as caught:
        read_proposal_text(text)
    (problem,) = caught.value.problems
    assert problem.endswith('code: 06652 is read in different ways; write "06652"')
