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
    """The root: its text is one or more plain sentences for the user.

    >>> try:
    ...     orgraph.open("nowhere.db")
    ... except orgraph.OrgraphError as error:
    ...     print(error.exit_code, error)
    4 nowhere.db: the store does not exist; make one with orgraph init or import
    """

    exit_code = 2


class InputError(OrgraphError):
    """Something that can't be read; `problems` holds every sentence found.

    >>> try:
    ...     orgraph.read_proposal("nodes.csv")
    ... except orgraph.InputError as error:
    ...     print(error.problems[0])
    nodes.csv:1:1: a proposal is a mapping with title, effective and steps
    """

    def __init__(self, *problems: str) -> None:
        """Keep all problems; the text is one on each line."""
        super().__init__("\n".join(problems))
        self.problems: Sequence[str] = problems


class RefusedError(OrgraphError):
    """A plan with new errors was to be committed.

    >>> proposal = orgraph.Proposal.model_validate(
    ...     {
    ...         "title": "The division goes first",
    ...         "effective": "2026-01-01",
    ...         "steps": [{"op": "close_unit", "unit": "sales"}],
    ...     }
    ... )
    >>> try:
    ...     store.commit(store.plan(proposal))
    ... except orgraph.RefusedError as error:
    ...     print(error)
    2 findings block the plan
    """

    exit_code = 1


class StaleError(OrgraphError):
    """Planned again on the head, the proposal gives other rows or findings.

    >>> plan = store.plan(orgraph.read_proposal("proposal.yaml"))
    >>> second = store.plan(orgraph.read_proposal("proposal.yaml"))
    >>> store.commit(plan).number
    2
    >>> try:
    ...     store.commit(second)
    ... except orgraph.StaleError as error:
    ...     print(error.exit_code, error)
    3 the plan was applied already, as revision 2
    """

    exit_code = 3

    def __init__(self, message: str, differences: Sequence[str] = ()) -> None:
        """Name the rows and findings that differ, one sentence each."""
        super().__init__("\n".join((message, *differences)))
        self.differences = tuple(differences)


class StoreError(OrgraphError):
    """The store is missing, foreign, locked, read-only or out of space.

    >>> try:
    ...     orgraph.open("nodes.csv")
    ... except orgraph.StoreError as error:
    ...     print(error)
    nodes.csv: this file is not an orgraph store
    """

    exit_code = 4


class AgainError(StoreError):
    """A commit, or a lost connection, came between what was read; read it all again."""


class InDoubtInterrupt(KeyboardInterrupt):
    """Ctrl-C came while a revision was written: the history says if it is there."""
