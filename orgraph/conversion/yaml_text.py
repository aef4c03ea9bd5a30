"""Writes proposals as a person would: one step a paragraph, names beside ids."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

_PLAIN = re.compile(r"[^\W\d_][\w /-]*\w")
_REF = re.compile(r"[a-z][a-z0-9_]*[-:][A-Za-z0-9._-]*[A-Za-z0-9]", re.ASCII)
_LABEL = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PAPER = re.compile(r"[0-9]+/[A-Z0-9/-]*[A-Z][A-Z0-9/-]*", re.ASCII)
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,14})", re.ASCII)
_NOT_TEXT = frozenset(
    "true false yes no on off y n null none ~ nan inf".split()  # noqa: SIM905
)
_NOT_WORD = _NOT_TEXT - {"none"}  # which is a word of the format


class Ref(str):
    """A name of a unit, a label or a word of the format: written as it is."""

    __slots__ = ()


class Noted(NamedTuple):
    """A value with a comment behind it."""

    value: Any
    comment: str


class Step(NamedTuple):
    """A step of a proposal: its operation and fields, and what stands above it."""

    op: str
    fields: Mapping[str, Any]
    comment: str = ""

    def adding(self, fields: Mapping[str, Any]) -> "Step":
        """Return the step with more fields, its label staying the last."""
        last = {"as": self.fields["as"]} if "as" in self.fields else {}
        own = {name: value for name, value in self.fields.items() if name != "as"}
        return self._replace(fields={**own, **fields, **last})


def proposal_text(
    head: Sequence[str], fields: Mapping[str, Any], steps: Iterable[Step]
) -> str:
    """Return a proposal; `head` are the comments above it."""
    lines = [f"# {line}" for line in head]
    lines += [f"{name}: {flow(value)}" for name, value in fields.items()]
    lines.append("steps:")
    return "\n".join(lines) + "\n" + "\n".join(map(_step, steps))


def _step(step: Step) -> str:
    lines = [f"  # {step.comment}"] if step.comment else []
    lines.append(f"  - op: {step.op}")
    for name, value in step.fields.items():
        if isinstance(value, list) and value and not isinstance(value[0], str):
            lines.append(f"    {name}:")
            lines += [f"      - {_noted(item)}" for item in value]
        elif isinstance(value, Mapping) and any(
            isinstance(item, Noted) for item in value.values()
        ):
            lines.append(f"    {name}:")
            lines += [
                f"      {_scalar(Ref(key))}: {_noted(item)}"
                for key, item in value.items()
            ]
        else:
            lines.append(f"    {name}: {_noted(value)}")
    return "\n".join(lines) + "\n"


def _noted(value: Any) -> str:  # noqa: ANN401 - plain data
    if isinstance(value, Noted):
        return f"{flow(value.value)}  # {value.comment}"
    return flow(value)


def flow(value: Any) -> str:  # noqa: ANN401 - plain data
    """Write plain data on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return _scalar(value)


def _scalar(text: str) -> str:
    """Write text for YAML, in quotes unless every parser reads it alike as text."""
    if isinstance(text, Ref):
        forms = (_REF, _LABEL, _DAY, _NUMBER, _PAPER)
        if text not in _NOT_WORD and any(form.fullmatch(text) for form in forms):
            return str(text)
    elif _PLAIN.fullmatch(text) and text.casefold() not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)
