"""The proposal: a title, an effective day, a basis, steps and waivers."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer

from ..language import Dated
from ..near_names import did_you_mean
from ..operations import Operation, operation, operations
from ..operations.base import Day, Part, Ref, Text

NAMED = "named"


class StepError(ValueError):
    """A step that names no known operation; `path` is the place inside the step."""

    def __init__(self, message: str, *path: str) -> None:
        """Keep the sentence and the field it is about."""
        super().__init__(message)
        self.path = path


class Basis(Part):
    """The document that a proposal rests on; known by issuer, number and date."""

    issuer: Text
    number: Text | None = None
    date: Day | None = None
    article: Text | None = None


def basis_parts(basis: Mapping[str, object]) -> list[str]:
    """Return issuer, number, day and article of a basis, as far as they are known."""
    found = [(key, str(basis[key])) for key in Basis.model_fields if basis.get(key)]
    return [Dated(text) if key == "date" else text for key, text in found]


class Waiver(Part):
    """An exemption from a rule that the law allows to exempt from, with its basis.

    `subject` is named as in steps, and looked for in what the plan leaves.
    """

    code: Text
    subject: Ref
    basis: Text | None = None


def step_operation(step: object) -> type[Operation]:
    """Return the operation that a step names; StepError where there is none."""
    if not isinstance(step, dict):
        message = "a step is a mapping that begins with op:"
        raise StepError(message)
    name = "undo" if set(step) == {"undo"} else step.get("op")
    if name is None:
        message = "a step says with op: what it does"
        raise StepError(message)
    found = operation(name) if isinstance(name, str) else None
    if found is None:
        hint = did_you_mean(str(name), operations())
        shown = str(name).lower() if isinstance(name, bool) else name
        message = f"there is no operation {getattr(name, 'text', shown)}{hint}"
        if not name or isinstance(name, (list, dict)):
            message = "op: the name of an operation is wanted"
        raise StepError(message, "op")
    return found


def _step(value: object) -> Operation:
    if isinstance(value, Operation):
        return value
    found = step_operation(value)
    if isinstance(value, dict) and set(value) == {"undo"}:
        value = {"op": "undo", "revision": value["undo"]}
    return found.model_validate(value)


Step = Annotated[Operation, BeforeValidator(_step), PlainSerializer(lambda s: s)]


class Proposal(Part):
    """A restructuring as data: what is to be done on one day, and on what basis.

    >>> proposal = orgraph.Proposal.model_validate(
    ...     {
    ...         "title": "A new name",
    ...         "effective": "2026-01-01",
    ...         "steps": [{"op": "rename_unit", "unit": "repair", "name": "Service"}],
    ...     }
    ... )
    >>> store.plan(proposal).refused
    False
    """

    title: Text
    effective: Day
    basis: Basis | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    waivers: tuple[Waiver, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """Return the canonical plain data that plans and revisions keep."""
        head = self.model_dump(mode="json", exclude={"steps"}, exclude_none=True)
        return {**head, "steps": [step_to_plain(step) for step in self.steps]}


def step_to_plain(step: Operation) -> dict[str, Any]:
    """Return a step as JSON data: what is unknown is null, what is unset is absent."""
    plain = step.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return {"op": step.op, **plain}


def noted(plain: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    """Return a proposal's plain data with the units that its waivers name, by name.

    What a label or a code stood for then, a later reader can't know.
    """
    return {**plain, NAMED: dict(sorted(named.items()))} if named else dict(plain)


def as_written(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a proposal's plain data without what its plan noted in it."""
    return {key: value for key, value in plain.items() if key != NAMED}


def proposal_from_plain(plain: Mapping[str, Any]) -> Proposal:
    """Read what to_plain wrote, whether or not a plan noted something in it."""
    return Proposal.model_validate(as_written(plain))
