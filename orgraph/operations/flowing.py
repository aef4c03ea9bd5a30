"""What the operations share that let parts and facts flow from unit to unit."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence

from ..draft import Draft, View
from ..findings import Finding
from ..pack import Event
from .base import NewNode, Operation, Ref
from .flows import check_reshaping
from .reshaping import reshape
from .routing import Routing


class Flowing(Operation):
    """A step that is all said by its routing: what flows from where to where."""

    @abstractmethod
    def routing(self) -> Routing:
        """Return what flows, by the names that the step uses."""

    def refs(self) -> list[str]:
        """Return the sources, the targets that exist, the parts, and new parents."""
        return self.routing().refs()

    def ends(self) -> Mapping[Event, Sequence[Ref]]:
        """Return the sources that don't live on."""
        return self.routing().ends()

    def founds(self) -> list[NewNode]:
        """Return the units that the step founds."""
        return list(self.routing().new)

    def gaps(self, view: View | None = None) -> Iterator[Finding]:
        """Yield the answers and shares that are marked as gaps."""
        yield from super().gaps(view)
        yield from self.routing().gaps()

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse what is left over or given twice, and shares that don't add up."""
        shape = yield from self.routing().resolve(view)
        if shape is not None:
            yield from check_reshaping(view, shape)

    def edit(self, draft: Draft) -> None:
        """Let dependents and facts flow, and end the sources that don't live on."""
        reshape(draft, self.routing().resolved(draft))
