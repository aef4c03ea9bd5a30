"""Reads a proposal, and says of every problem where it stands: file:line:column."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from ..errors import InputError
from ..files import read_input
from ..near_names import did_you_mean
from ..operations.base import EMPTY, AnswerWord
from ..plan import FORMAT, is_plan
from .models import Proposal, StepError, _step, step_operation
from .scalars import WIDEST, coded, numbered, unclear
from .unit_fields import unit_fields
from .yaml_tree import LARGEST_FILE, Mark, Tree, Unclear, YamlProblemError, compose

Loc = tuple[Any, ...]


class Placed(NamedTuple):
    """A proposal, and where in its file each step begins: line and column from 1."""

    proposal: Proposal
    places: tuple[Mark, ...]


def read_proposal(path: str | Path) -> Proposal:
    """Read a proposal from a YAML or JSON file; InputError lists every problem.

    >>> proposal = orgraph.read_proposal("proposal.yaml")
    >>> [step.op for step in proposal.steps]
    ['merge_units', 'relieve', 'appoint']
    """
    return read_placed(path).proposal


def read_placed(path: str | Path) -> Placed:
    """Read a proposal as read_proposal does, with the places of its steps."""
    return read_placed_text(read_input(path, LARGEST_FILE), str(path))


def read_proposal_text(
    data: bytes | str, name: str = "-", *, line: int = 1
) -> Proposal:
    """Read a proposal from text; `name` stands in front of every problem.

    `line` is the one on which the text begins in the file of that name.
    """
    return read_placed_text(data, name, line=line).proposal


def read_placed_text(data: bytes | str, name: str = "-", *, line: int = 1) -> Placed:
    """Read a proposal as read_proposal_text does, with the places of its steps."""
    text = _decoded(data, name)
    if is_plan(text):
        message = f"{name}: this is a plan, not a proposal; orgraph apply reads it"
        raise InputError(message)
    try:
        tree = compose(text)
    except YamlProblemError as error:
        said = _is_json(name) and _json_problem(text)
        message = f"{_place(name, error.mark, line)}: {error}"
        message = f"{name}:{said}" if said else message
        raise InputError(message) from None
    if answer := _answer(tree.data):
        message = f"{name}: {answer}"
        raise InputError(message)
    problems = []
    found = _not_json(tree) if _is_json(name) else iter(())
    for loc, sentence in (*found, *_problems(tree)):
        mark = tree.mark(loc)
        problems.append(((mark, sentence), f"{_place(name, mark, line)}: {sentence}"))
    if problems:
        raise InputError(*(shown for _, shown in sorted(set(problems))))
    proposal = Proposal.model_validate(tree.data)
    places = (tree.mark(("steps", number)) for number in range(len(proposal.steps)))
    return Placed(proposal, tuple(places))


def _is_json(name: str) -> bool:
    return name.lower().endswith((".json", ".jsonl"))


def _not_json(tree: Tree) -> Iterator[tuple[Loc, str]]:
    """Refuse what some programs write for numbers, and YAML would take for text."""
    for loc, text in tree.plain.items():
        if text in _NO_NUMBERS:
            cure = "write null where it isn't known"
            yield loc, f"{text} is no number, and not JSON; {cure}"


_NO_NUMBERS = ("NaN", "Infinity", "-Infinity")


def _json_problem(text: str) -> str | None:
    """Say where a file stops being JSON; None where it is JSON, if not for us."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        said = error.msg.removesuffix(" starting at")
        is_cut = said != error.msg or error.pos >= len(text.rstrip())
        cut = "; the file may have been cut off" if is_cut else ""
        what = f"this is not JSON: {said[:1].lower()}{said[1:]}{cut}"
        return f"{error.lineno}:{error.colno}: {what}"
    except (ValueError, RecursionError):
        return None
    return None


_ANSWERS = {
    "report": "a report",
    "findings": "what validate found",
    "plan": "a plan of another version of orgraph",
}


def _answer(data: object) -> str | None:
    """Say what a file is that orgraph itself wrote, by the format it names."""
    said = data.get("format") if isinstance(data, dict) else None
    if not isinstance(said, str) or not said.startswith("orgraph."):
        return None
    kind = said.removeprefix("orgraph.").partition("/")[0]
    cure = "name the proposal that it was made of"
    if kind not in _ANSWERS:
        cure = "that is a mapping with title, effective and steps"
    if said == FORMAT:
        what = f"a plan ({said!r}), but not as orgraph wrote it"
        return f"this is {what}; make it anew with orgraph simulate --plan"
    what = f"{_ANSWERS.get(kind, 'an answer of orgraph')} ({said[:WIDEST]!r})"
    return f"this is {what}, not a proposal; {cure}"


def _place(name: str, mark: Mark, line: int) -> str:
    return f"{name}:{mark.line + line - 1}:{mark.column}"


def _decoded(data: bytes | str, name: str) -> str:
    if isinstance(data, str):
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"{name}:{line}:{column}: this is not UTF-8; save the file as UTF-8"
        raise InputError(message) from None


def _problems(tree: Tree) -> Iterator[tuple[Loc, str]]:
    data = tree.data
    if not isinstance(data, dict):
        yield (), "a proposal is a mapping with title, effective and steps"
        return
    steps = data.get("steps")
    good: list[Any] = []
    for place, step in enumerate(steps if isinstance(steps, list) else []):
        try:
            good.append(_step(step))
        except StepError as error:
            yield ("steps", place, *error.path), str(error)
        except ValidationError as error:
            model = step_operation(step)
            for loc, sentence in _sentences(tree, ("steps", place), error, model):
                if "op" not in step:  # the short form, undo: N
                    said = f"undo: {numbered(step['undo'])}"
                    yield (*loc[:2], "undo"), said
                    continue
                yield loc, sentence
    rest = {**data, "steps": good} if isinstance(steps, list) and steps else data
    try:
        Proposal.model_validate(rest)
    except ValidationError as error:
        known = not (isinstance(steps, list) and steps and not good)
        for loc, sentence in _sentences(tree, (), error, Proposal):
            if known or loc[:1] != ("steps",):
                yield loc, sentence


def _sentences(
    tree: Tree, base: Loc, error: ValidationError, model: type[BaseModel]
) -> Iterator[tuple[Loc, str]]:
    problems = error.errors(include_url=False)
    failed = {
        problem["loc"][:end]
        for problem in problems
        for end in range(len(problem["loc"]))
    }
    for problem in problems:
        if problem["type"] == "too_short" and problem["loc"] in failed:
            continue
        loc = base + tuple(p for p in problem["loc"] if _is_place(p))
        kind, message = problem["type"], problem["msg"]
        name = ".".join(str(part) for part in loc if isinstance(part, str)) or "this"
        if kind == "extra_forbidden":
            fields = _fields(model, problem["loc"][:-1])
            hint = did_you_mean(str(loc[-1]), fields)
            yield (*loc, "key"), f"there is no field {loc[-1]}{hint}"
        elif kind == "missing":
            yield loc[:-1], f"{loc[-1]} is missing"
        else:
            if kind == "too_short":
                least = problem["ctx"]["min_length"]
                message = f"at least {least} {'is' if least == 1 else 'are'} wanted"
            yield (
                loc,
                (kind == "string_type" and _unit_by_code(tree, loc, model))
                or _type_sentence(tree, loc, name, kind, message),
            )


_WANTED = {
    "string": "text",
    "tuple": "a list",
    "dict": "a mapping",
    "model": "a mapping",
    "bool": "true or false",
}
_OF_A_NUMBER = ("int_type", "greater_than_equal")
_OTHERS = ("a list", "a mapping", "true or false")


def _unit_by_code(tree: Tree, loc: Loc, model: type[BaseModel]) -> str | None:
    """Say how a unit is named by its code, where bare digits stand for one."""
    field = next((p for p in reversed(loc) if isinstance(p, str)), "")
    value = _value_at(tree.data, loc)
    text = value.text if isinstance(value, Unclear) else tree.plain.get(loc, "")
    if loc[:1] != ("steps",) or field not in unit_fields(model):
        return None
    return f"{field}: {coded(text)}" if text.isdecimal() else None


def _type_sentence(tree: Tree, loc: Loc, name: str, kind: str, message: str) -> str:
    """Say what is wrong with a value, and how it is to be written."""
    field = next((str(p) for p in reversed(loc) if isinstance(p, str)), name)
    value = _value_at(tree.data, loc)
    wanted = _WANTED.get(kind.removesuffix("_type"))
    if kind in _OF_A_NUMBER:
        return f"{field}: {numbered(value)}"
    if isinstance(value, Unclear) and wanted not in _OTHERS and "shares" not in loc:
        return f"{field}: {unclear(value.text, fact='facts' in loc)}"
    if kind == "string_type" and loc in tree.plain:
        text = tree.plain[loc]
        if text in {"", "~", "null"}:
            return f"{field} is empty; {wanted} is wanted"
        return f'{field}: {text} is not text as it stands; write "{text}"'
    if kind.endswith("_type"):
        return f"{field}: {wanted or kind} is wanted"
    said = _said(kind, message, value)
    of_a_step = kind == "value_error" and isinstance(value, dict)
    return said.removeprefix(": ") if of_a_step else f"{field}{said}"


def _said(kind: str, message: str, value: object) -> str:
    """Turn what pydantic says of a value into a sentence about the field."""
    if message.endswith(EMPTY):
        return f" {EMPTY.removeprefix('this ')}"
    if kind == "string_pattern_mismatch":
        made = "made of a-z, 0-9 and _, and begins with a letter"
        return f": {value!r} is no label; a label is {made}"
    if kind == "literal_error":
        return f": {_ANSWER}" + (f", not {value}" if isinstance(value, str) else "")
    said = message.removeprefix("Value error, ")
    return f": {said[:1].lower()}{said[1:]}"


_ANSWER = f"an answer is {', '.join(get_args(AnswerWord))} or {{to: UNIT}}"


def _is_place(part: str | int) -> bool:
    """Drop what pydantic puts between the parts of a path for unions."""
    return isinstance(part, int) or not (
        part.startswith(("literal[", "function-", "constrained-", "form-"))
    )


def _value_at(data: Any, loc: Loc) -> Any:  # noqa: ANN401 - plain data
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _fields(model: type[BaseModel], path: Loc) -> list[str]:
    """Return the field names of the part of a model that a path leads to."""
    here: Any = model
    for part in path:
        field = None
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = next(
                (f for n, f in here.model_fields.items() if part in {n, f.alias}), None
            )
        if field is not None:
            here = _model_in(field.annotation)
    if isinstance(here, type) and issubclass(here, BaseModel):
        return [f.alias or name for name, f in here.model_fields.items()]
    return []


def _model_in(annotation: Any) -> Any:  # noqa: ANN401 - a type expression
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for a in get_args(annotation) if (m := _model_in(a))), None)


def to_json(proposal: Proposal | Mapping[str, Any]) -> str:
    """Write a proposal as JSON, which is YAML too."""
    plain = proposal.to_plain() if isinstance(proposal, Proposal) else dict(proposal)
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
