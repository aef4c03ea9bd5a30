"""What all operations share: the form of their fields and the two verbs."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    StringConstraints,
    Tag,
    WithJsonSchema,
)

from ..draft import Draft, View
from ..draft.names import called
from ..findings import Code, Finding
from ..language import MOST_NAMED, first_of, say
from ..model import FactValue, default_id, id_problem, normalise_text, parse_day
from ..model.facts import LARGEST
from ..pack import Event, Pack

UNKNOWN_WORDS = ("unknown", "?")

GAP = Code(
    code="ASK10",
    meaning="An answer is marked with ask: somebody still has to give it.",
    hint="Write in place of ask: follow, ends_with, parent or {to: UNIT}; or end, "
    "where nothing needs to be above it. "
    "Under an id it is said for all that is asked of it, under ID@UNIT of one unit.",
)


def _fact_value(value: object) -> FactValue:
    if isinstance(value, str):
        text = normalise_text(value)
        return None if text in UNKNOWN_WORDS else text
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            message = f"the number is larger than {LARGEST}"
            raise ValueError(message)
        return value
    message = "a fact is text, true, false, a whole number or unknown"
    raise ValueError(message)


def _checked_id(text: str) -> str:
    problem = id_problem(text)
    if problem:
        raise ValueError(problem)
    return text


EMPTY = "this is empty; text is wanted"


def _bounded(longest: int) -> Callable[[str], str]:
    def normalised(text: str) -> str:
        text = normalise_text(text)
        if not text:
            message = EMPTY
            raise ValueError(message)
        if len(text) > longest:
            message = f"the text is longer than {longest} characters"
            raise ValueError(message)
        return text

    return normalised


Text = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_bounded(500)),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 500}),
]
Ref = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_bounded(200)),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200}),
]
NewId = Annotated[str, StringConstraints(strict=True), AfterValidator(_checked_id)]


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    message = "write true or false"
    raise ValueError(message)


Flag = Annotated[bool, BeforeValidator(_flag)]


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_day(value)
    message = "a date is written YYYY-MM-DD"
    raise ValueError(message)


Day = Annotated[
    date,
    BeforeValidator(_day),
    PlainSerializer(date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Fact = Annotated[
    Any,
    BeforeValidator(_fact_value),
    WithJsonSchema({"type": ["string", "boolean", "integer", "null"]}),
]
FactMap = dict[Text, Fact]
Label = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$", strict=True)
]


class Part(BaseModel):
    """What all parts of a proposal share: frozen, and no unknown field."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Refs = Annotated[
    Annotated[Ref, Tag("form-word")]
    | Annotated[tuple[Ref, ...], Field(min_length=1), Tag("form-list")],
    Discriminator(
        lambda v: f"form-{'list' if isinstance(v, (list, tuple)) else 'word'}"
    ),
]
"""One name of a unit, or several."""


class To(Part):
    """An answer that names where a dependent goes; several where its edge allows."""

    to: Refs

    @property
    def units(self) -> tuple[str, ...]:
        """The names of where it goes."""
        return (self.to,) if isinstance(self.to, str) else tuple(self.to)


AnswerWord = Literal["follow", "end", "ends_with", "parent", "ask"]
"""`ask` marks a gap: an answer that somebody still has to give."""
Answer = Annotated[
    Annotated[AnswerWord, Tag("form-word")] | Annotated[To, Tag("form-to")],
    Discriminator(lambda v: f"form-{'to' if isinstance(v, (dict, To)) else 'word'}"),
]
Answers = dict[Ref, Answer]


class NewNode(Part):
    """A node that a step founds; its default id is `{kind}-{code or slug}-{date}`."""

    id: NewId | None = None
    kind: Text
    name: Text
    code: Text | None = None
    facts: FactMap = {}
    as_: Label | None = Field(default=None, alias="as")


def labelled(new: NewNode, label: str | None) -> NewNode:
    """Return a new node with the label that its step gives it beside it."""
    return new.model_copy(update={"as_": label}) if label else new


class Operation(Part):
    """A step of a proposal: `check` finds what is wrong, `edit` writes the draft.

    `check` touches nothing and finds everything; what has an error is never edited.
    An operation sees no store, no file and no console.
    """

    op: str
    example: ClassVar[str]
    of_people: ClassVar[bool] = False
    """Whether the step is about members and groups: what joins them is read ahead."""

    @classmethod
    def op_name(cls) -> str:
        """Return the word that a step says after `op:`."""
        return str(cls.model_fields["op"].default)

    def refs(self) -> list[str]:
        """Return every name of an existing unit in the step."""
        return []

    def ends(self) -> Mapping[Event, Sequence[Ref]]:
        """Return the units that end by the step, by the event that they meet.

        What is joined to them is read ahead; a step may end more than it says here.
        """
        return {}

    def ends_too(self, view: View) -> Mapping[Event, Collection[str]]:  # noqa: ARG002
        """Return the ids of units that the step ends and doesn't name, by the event.

        It is asked when what joins the people and groups that steps name is read.
        """
        return {}

    def fills(self) -> list[tuple[Ref, Ref]]:
        """Return who is to hold which post by the step: (person, post)."""
        return []

    def fills_alone(self, pack: Pack) -> list[tuple[Ref, Ref]]:  # noqa: ARG002 - some need it
        """Return those of `fills` in which the post is to be the only full one."""
        return []

    def empties(self) -> list[tuple[Ref, Ref]]:
        """Return who is to leave which post by the step."""
        return []

    def brings(self) -> list[tuple[Ref, Ref]]:
        """Return who is to come from another group to which one by the step."""
        return []

    def founds(self) -> list[NewNode]:
        """Return the nodes that the step founds."""
        return []

    def new_ids(self, pack: Pack, day: date) -> list[str]:  # noqa: ARG002 - some need it
        """Return the ids that what the step founds is likely to get."""
        return [
            new.id or default_id(new.kind, new.code, new.name, day)
            for new in self.founds()
        ]

    def takes_back(self) -> int | None:
        """Return the revision that the step takes back, None where it does more."""
        return None

    def labels(self) -> list[str]:
        """Return the labels that later steps may use for what the step founds."""
        return [new.as_ for new in self.founds() if new.as_]

    def gaps(self, view: View | None = None) -> Iterator[Finding]:
        """Yield what the step marks as still to be said; it shows without a store.

        With a view dependents are called by more than their ids.
        """
        answers: Answers = getattr(self, "answers", {})
        asked = [name for name, answer in answers.items() if answer == "ask"]
        if asked:
            first, rest = asked[:MOST_NAMED], asked[MOST_NAMED:]
            names = first if view is None else called(view, first)
            named = first_of([*names, *rest])
            message = say("What becomes of {named} isn't said.", named=named)
            yield GAP.at(asked[0], message)

    @abstractmethod
    def check(self, view: View) -> Iterator[Finding]:
        """Yield everything that is wrong with the step as things stand before it."""

    @abstractmethod
    def edit(self, draft: Draft) -> None:
        """Write the step's changes; only called when `check` found no error."""
