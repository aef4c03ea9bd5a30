"""A plan: what a proposal would change, as a value that survives JSON."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from .change import (
    Change,
    change_to_plain,
    changes_from_plain,
    digest,
)
from .draft import Draft
from .errors import InputError
from .findings import Finding, Findings
from .markup import paragraph, table

FORMAT = "orgraph.plan/1"
_FORMAT = re.compile(rf'"format"\s*:\s*"{re.escape(FORMAT)}"')


@dataclass(frozen=True)
class Plan:
    """Changes and findings of a proposal on the revision `base`, known by its hash.

    `proposal` is canonical plain data. `dependents` says, by kind of edge, how many
    followed, ended, were united or kept, and how many were asked about, and
    `dependents_by_kind` the same by kind of dependent and kind of edge. `unplanned`
    counts the steps that were left out because an earlier one failed. `draft` is what
    it was planned on: it saves reading the same rows again, and isn't written.

    >>> plan = store.plan(orgraph.read_proposal("proposal.yaml"))
    >>> plan.title, plan.refused, len(plan.changes)
    ('One sales team', False, 34)
    >>> orgraph.Plan.from_json(plan.to_json()) == plan
    True
    """

    proposal: Mapping[str, Any]
    base: int
    base_hash: str
    pack_digest: str
    changes: tuple[Change, ...]
    findings: Findings
    dependents: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    dependents_by_kind: Mapping[str, Mapping[str, Mapping[str, int]]] = field(
        default_factory=dict
    )
    unplanned: int = 0
    draft: Draft | None = field(default=None, compare=False, repr=False)

    @property
    def effective(self) -> date:
        """The day on which everything takes effect."""
        return date.fromisoformat(self.proposal["effective"])

    @property
    def title(self) -> str:
        """The title of the proposal."""
        return str(self.proposal["title"])

    @property
    def refused(self) -> bool:
        """Whether a new error blocks the plan."""
        return any(finding.blocks for finding in self.findings)

    def __repr__(self) -> str:
        """Return a line about it: its proposal and its changes may name people."""
        about = f"effective {self.effective}, {len(self.changes):,} changes"
        found = f"{len(self.findings):,} findings"
        return f"<Plan {self.title!r}: {about} on revision {self.base}, {found}>"

    def to_plain(self) -> dict[str, Any]:
        """Return the plan as JSON data."""
        return {
            "format": FORMAT,
            "proposal": dict(self.proposal),
            "base": self.base,
            "base_hash": self.base_hash,
            "pack_digest": self.pack_digest,
            "changes": [change_to_plain(change) for change in self.changes],
            "findings": [finding.model_dump(mode="json") for finding in self.findings],
            "dependents": {kind: dict(n) for kind, n in self.dependents.items()},
            "dependents_by_kind": {
                kind: {edge: dict(n) for edge, n in edges.items()}
                for kind, edges in self.dependents_by_kind.items()
            },
            "unplanned": self.unplanned,
        }

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the verdict, what follows, the findings."""
        verdict = "refused" if self.refused else "nothing blocks it"
        about = f"{len(self.changes):,} changes on revision {self.base}, effective "
        words = sorted({word for said in self.dependents.values() for word in said})
        rows = (
            (edge, *(said.get(word, 0) for word in words))
            for edge, said in sorted(self.dependents.items())
        )
        return (
            paragraph(self.title, strong=True)
            + paragraph(f"{about}{self.effective}: {verdict}.")
            + (table(("dependents", *words), rows) if words else "")
            + self.findings._repr_html_()
        )

    def to_json(self) -> str:
        """Return the plan as a JSON document that carries its own digest."""
        plain = self.to_plain()
        plain["digest"] = digest(FORMAT, plain)
        return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what to_json wrote; InputError for anything else, or once edited."""
        try:
            plain = json.loads(text)
            said = plain.pop("digest")
            if plain["format"] != FORMAT:
                message = f"this is {plain['format']}, not {FORMAT}"
                raise InputError(message)
            document = _Document.model_validate(plain)
            if digest(FORMAT, plain) != said:
                message = (
                    "the plan was changed after it was made; edit the proposal and "
                    "plan again"
                )
                raise InputError(message)
            return cls(
                proposal=document.proposal,
                base=document.base,
                base_hash=document.base_hash,
                pack_digest=document.pack_digest,
                changes=changes_from_plain(document.changes),
                findings=Findings(document.findings),
                dependents=document.dependents,
                dependents_by_kind=document.dependents_by_kind,
                unplanned=document.unplanned,
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            message = "this is not a plan that orgraph wrote"
            raise InputError(message) from None


class _Document(BaseModel):
    """A plan as JSON data."""

    model_config = ConfigDict(extra="forbid", strict=True)

    format: str
    proposal: dict[str, Any]
    base: int
    base_hash: str
    pack_digest: str
    changes: list[list[Any]]
    findings: Annotated[tuple[Finding, ...], Field(strict=False)]
    dependents: dict[str, dict[str, int]]
    dependents_by_kind: dict[str, dict[str, dict[str, int]]] = {}
    unplanned: int


def is_plan(text: str) -> bool:
    """Tell a plan from a proposal by what it says of its own format."""
    return text.lstrip().startswith("{") and _FORMAT.search(text) is not None
