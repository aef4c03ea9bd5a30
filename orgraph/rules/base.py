"""What all rules share: their reach, and the question they answer."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..findings import Finding
from ..model import EdgeRow


class Reach(NamedTuple):
    """What a rule looks at: nodes, and edges that were or will be there.

    A plan gives the nodes it touched and the edges it wrote; an audit gives all.
    """

    nodes: Sequence[str]
    edges: Sequence[EdgeRow]


class _Named:
    @classmethod
    def name(cls) -> str:
        """Return the name of the rule: that of its module."""
        return cls.__module__.rpartition(".")[2]


class Rule(_Named, ABC):
    """Finds one kind of fault. Its first docstring line is shown to users.

    A rule runs on the base and on the result of a plan with the same reach; what is
    found on both is existing, and doesn't block.
    """

    @abstractmethod
    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Yield every fault from the view's day on."""


class Law(_Named, ABC):
    """Compares what was before a plan with what is after it."""

    @abstractmethod
    def check(
        self,
        before: View,
        after: View,
        nodes: Collection[str],
        stated: Mapping[str, int],
    ) -> Iterator[Finding]:
        """Yield what the plan breaks; `stated` are the amounts its steps state."""
