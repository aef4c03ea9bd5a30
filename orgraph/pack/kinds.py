"""The kinds of a schema pack: of nodes, edges and facts."""

from functools import cached_property
from typing import Annotated, Literal, get_args
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict, StringConstraints

from ..language import Dated, Said, Words, many, say
from ..model import Facts, FactValue

Event = Literal["merged", "absorbed", "split", "closed", "tier_abolished", "moved"]
EVENTS: tuple[Event, ...] = get_args(Event)
End = Literal["source", "target"]
Fate = Literal["follow", "end", "ends_with", "keep", "parent", "ask", "refuse"]
Duplicate = Literal["ask", "keep_all"]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]


class PackPart(BaseModel):
    """What all parts of a pack share: frozen, and no unknown word."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(PackPart):
    """The document and article that a rule or figure comes from."""

    document: str
    article: str = ""

    def __str__(self) -> str:
        """Write it as it is cited."""
        return f"{self.document}, {self.article}" if self.article else self.document


class FactKind(PackPart):
    """A fact: its type and unit, and, where it is additive, who carries it.

    `carried_by` names kinds from the finest up: a node of a later kind carries the fact
    only while no node of an earlier kind below it has that fact. One that `follows` is
    taken over by a unit that is formed of others, if it is known and the same of all.
    A text is one of its `values`, if it has any; `words` are some that it may be, too.
    With a `format` the text is a date, as far as it is known (YYYY-MM-DD, YYYY-MM or
    YYYY), or the number a year, neither before the facts that it is `after`; or the
    text is a longitude or latitude in degrees of WGS 84, such as 105.838.
    """

    type: Literal["text", "boolean", "integer"]
    unit: str = ""
    format: Literal["date", "year", "longitude", "latitude"] | None = None
    after: tuple[Name, ...] = ()
    additive: bool = False
    follows: bool = False
    carried_by: tuple[Name, ...] = ()
    values: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def said(self, value: FactValue) -> FactValue:
        """Return a value as readers are told it: words and days are sentences."""
        if not isinstance(value, str):
            return value
        if value in {*self.values, *self.words}:
            return say(value)
        return Dated(value) if self.format == "date" else value

    def label(self, name: str) -> Said:
        """Return what a fact of this name is called: area_m2 is "area (m²)"."""
        *words, last = name.split("_")
        if words and last.casefold() == normalize("NFKC", self.unit).casefold():
            return say(f"{' '.join(words)} ({self.unit})")
        return say(name.replace("_", " "))

    def counting(self, name: str) -> str:
        """Return the sentence that says so many of an additive fact: "7,999 people".

        It is a sentence of its own, since languages put number and noun in their own
        order; "" where the fact has a unit, or isn't added up.
        """
        return f"{{n:,}} {self.label(name)}" if self.additive and not self.unit else ""


class NodeKind(PackPart):
    """A kind of node: its words, its facts, and what it may become.

    `standing` is what a node is by what it is directly below: words with kinds above.
    """

    label: Words
    plural: str = ""
    local: str = ""
    role: Literal["unit", "person", "household", "post", "document"] = "unit"
    facts: tuple[Name, ...] = ()
    types: tuple[str, ...] = ()
    becomes: tuple[Name, ...] = ()
    tier: bool = False
    standing: dict[str, tuple[Name, ...]] = {}

    def standing_below(self, kind: str) -> str | None:
        """Return the word for a node that is directly below a kind."""
        found = (word for word, kinds in self.standing.items() if kind in kinds)
        return next(found, None)

    @property
    def is_private(self) -> bool:
        """Whether it is a person or a household: names are masked, heads counted."""
        return self.role in {"person", "household"}

    def counted(self, number: int) -> Said:
        """Return "1 commune" or "45 communes"."""
        one, several = f"{{n:,}} {self.label}", f"{{n:,}} {self.several}"
        return many(number, one, several)

    @property
    def several(self) -> Said:
        """Return what several of the kind are called."""
        return say(self.plural or f"{self.label}s")


class Case(PackPart):
    """An exception: another fate for some dependents of one event."""

    event: Event
    end: End
    kinds: tuple[Name, ...] = ()
    where: dict[Name, str | bool | int] = {}
    then: Fate


class DuplicateCase(PackPart):
    """Another answer to duplicates, where a fact has a value."""

    where: dict[Name, str | bool | int]
    then: Duplicate


class EdgeKind(PackPart):
    """A kind of edge: its ends, how many there may be, and what becomes of it.

    `ends` are the allowed pairs (kind of the source, kinds of the target).
    `targets` is how many edges a source has on any day, `sources` how many a target
    has: "1", "0..1", "0..*" or "1..*".
    `apart_from` is a kind of edge that may not join the same two.
    `on_target` says what becomes of the edge when the unit at its target takes part in
    an event, `on_source` likewise; `cases` are the exceptions, the first that fits.
    """

    label: Words
    local: str = ""
    contains: bool = False
    ends: dict[Name, tuple[Name, ...]]
    targets: Literal["1", "0..1", "0..*", "1..*"] = "0..*"
    sources: Literal["1", "0..1", "0..*", "1..*"] = "0..*"
    facts: tuple[Name, ...] = ()
    on_target: dict[Event, Fate] = {}
    on_source: dict[Event, Fate] = {}
    cases: tuple[Case, ...] = ()
    on_duplicate: Literal["unite", "ask"] = "unite"
    apart_from: Name | None = None
    unique_by: Name | None = None
    on_same: Duplicate = "keep_all"
    same_cases: tuple[DuplicateCase, ...] = ()

    def fate(
        self, event: Event, end: End, kind: str, facts: Facts, edge_facts: Facts
    ) -> Fate:
        """Say what becomes of a dependent of this kind, or of its edge.

        A case's fact is looked for on the dependent, then on the edge.
        """
        cases, default = self._fated[event, end]
        for case in cases:
            if case.kinds and kind not in case.kinds:
                continue
            if all(
                facts.get(name, edge_facts.get(name)) == value
                for name, value in case.where.items()
            ):
                return case.then
        return default

    @cached_property
    def _fated(self) -> dict[tuple[Event, End], tuple[tuple[Case, ...], Fate]]:
        """The cases of each event at each end, and the word where none fits."""
        return {
            (event, end): (
                tuple(c for c in self.cases if (c.event, c.end) == (event, end)),
                self.default_fate(event, end),
            )
            for event in EVENTS
            for end in get_args(End)
        }

    def default_fate(self, event: Event, end: End) -> Fate:
        """Return the word that holds where no case does."""
        words = self.on_target if end == "target" else self.on_source
        return words.get(event, "keep")

    def fates(self, event: Event, end: End) -> set[Fate]:
        """Return all that may become of this edge in an event."""
        cases = {c.then for c in self.cases if (c.event, c.end) == (event, end)}
        return {self.default_fate(event, end), *cases}

    def is_kept(self, event: Event, end: End) -> bool:
        """Tell whether nothing ever becomes of this edge in an event."""
        return self.fates(event, end) == {"keep"}

    @cached_property
    def outliving(self) -> tuple[bool, bool]:
        """Whether the edge may stay on an ended node at its source, at its target."""
        return (
            self.default_fate("closed", "source") == "keep",
            self.default_fate("closed", "target") == "keep",
        )

    def same(self, facts: Facts) -> Duplicate:
        """Say what becomes of two dependents that are unique by a fact."""
        for case in self.same_cases:
            if all(facts.get(name) == value for name, value in case.where.items()):
                return case.then
        return self.on_same
