"""The exceptions of orgraph: wrong data is a finding, these are what stops the work.

OrgraphError
├── InputError     a file, a value or a question that can't be read   (exit 2)
├── RefusedError   a plan with findings that block it                 (exit 1)
├── StaleError     a plan that gives something else on today's store  (exit 3)
└── StoreError     a store that can't be opened, read or written      (exit 4)
    └── AgainError a reading that was disturbed, and may be tried again
"""

from collections.abc import Sequence


class OrgraphError(Exception):
    """The root: its text is one or more plain sentences for the user."""

    exit_code = 2


class InputError(OrgraphError):
    """Something that can't be read; `problems` holds every sentence found."""

    def __init__(self, *problems: str) -> None:
        """Keep all problems; the text is one on each line."""
        super().__init__("\n".join(problems))
        self.problems: Sequence[str] = problems


class RefusedError(OrgraphError):
    """A plan with new errors was to be committed."""

    exit_code = 1


class StaleError(OrgraphError):
    """Planned again on the head, the proposal gives other rows or findings."""

    exit_code = 3

    def __init__(self, message: str, differences: Sequence[str] = ()) -> None:
        """Name the rows and findings that differ, one sentence each."""
        super().__init__("\n".join((message, *differences)))
        self.differences = tuple(differences)


class StoreError(OrgraphError):
    """The store is missing, foreign, locked, read-only or out of space."""

    exit_code = 4


class AgainError(StoreError):
    """A commit, or a lost connection, came between what was read; read it all again."""
