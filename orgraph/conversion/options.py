"""What a draft is to be of, beside its tables."""

from datetime import date
from typing import NamedTuple

from .notes import Basis
from .shares import Measures


class Options(NamedTuple):
    """The choices of a draft.

    `refs` is the form of the names of old units, `abolish` the kind of tier that ends
    first, `within` the unit in which it does where there are no groups, `schema` what
    stands in the line for editors.
    """

    kind: str
    effective: date
    measures: Measures
    refs: str = "{kind}:{code}"
    abolish: str | None = None
    upper_kind: str | None = None
    within: str | None = None
    grouped: bool = False
    title: str | None = None
    basis: Basis | None = None
    schema: str | None = None

    @property
    def by_code(self) -> bool:
        """Whether old units are named by their codes, and not by ids."""
        return ":" in self.refs
