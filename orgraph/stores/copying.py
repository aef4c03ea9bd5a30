"""Copies a store into another, revision by revision, with its hashes.

The other store says itself how far a copy came, so one that was broken off goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from json import loads
from typing import NamedTuple

from ..change import change_line, row_from_plain
from ..draft import Revision
from ..draft.reading import whole
from ..draft.tally import tally_changes
from ..engine.commit import revision_hash
from ..errors import StoreError
from ..model import EdgeRow, NodeRow
from ..pack import other_pack
from .base import Store

Told = Callable[[int, int], None]
"""Is told which revision is there, and how many there are."""


class Copied(NamedTuple):
    """How many revisions were there already, and how many are there now."""

    before: int
    now: int


def nobody(done: int, total: int) -> None:
    """Tell nobody."""


def copy_store(source: Store, target: Store, told: Told = nobody) -> Copied:
    """Copy the revisions that the target doesn't have yet, each as it is.

    The hash of each is checked on the way out and on the way in. StoreError where the
    target holds something else, or a revision doesn't hold what its hash was made of.
    """
    if source.pack.digest != target.pack.digest:
        said = other_pack(source.pack, target.pack)
        message = f"the stores have different schema packs: {said}; nothing was copied"
        raise StoreError(message)
    head, before = source.head(), target.head()
    _check_beginning(source, target, before)
    for number in range(before + 1, head + 1):
        revision = source.revision(number)
        if revision is None:
            message = f"the store to copy from has no revision {number}"
            raise StoreError(message)
        if number == 1:
            _fill(source, target, revision)
        else:
            _append(source, target, revision)
        _check(target, revision)
        told(number, head)
    return Copied(before, head)


def _check_beginning(source: Store, target: Store, head: int) -> None:
    """Refuse a target whose revisions are not the first of the source."""
    if not head:
        return
    theirs, ours = source.revision(head), target.revision(head)
    if theirs is None or ours is None or theirs.hash != ours.hash:
        message = (
            f"the store to copy to is at revision {head}, and that is not one of the "
            "store to copy from; copy into a new one"
        )
        raise StoreError(message)


def _fill(source: Store, target: Store, revision: Revision) -> None:
    """Copy the first revision, which may be a whole province, as a stream."""
    with source.snapshot():
        rows = _Rows(source.lines(revision.number))
        target.bulk_load(rows.nodes(), rows.edges(), revision=revision)


class _Rows:
    """The rows of the first revision, read once: first nodes, then edges."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._rows = (row_from_plain(loads(line)[1]) for line in lines)
        self._first: list[EdgeRow] = []

    def nodes(self) -> Iterator[NodeRow]:
        for row in self._rows:
            if isinstance(row, EdgeRow):
                self._first.append(row)
                return
            yield row

    def edges(self) -> Iterator[EdgeRow]:
        yield from self._first
        for row in self._rows:
            if isinstance(row, EdgeRow):
                yield row


def _append(source: Store, target: Store, revision: Revision) -> None:
    changes = whole(source, lambda: source.journal(revision.number))
    _compare(revision, map(change_line, changes), "the store to copy from")

    def work() -> None:
        if target.head() < revision.number:
            target.write(revision, changes, tally_changes(target, changes))

    target.transaction(work)


def _check(target: Store, revision: Revision) -> None:
    """Read back what was written, and hash it."""
    if target.revision(revision.number) != revision:
        message = f"revision {revision.number} isn't in the copy as it was written"
        raise StoreError(message)
    _compare(revision, target.lines(revision.number), "the copy")


def _compare(revision: Revision, lines: Iterable[str], where: str) -> None:
    if revision_hash(revision._asdict(), lines) != revision.hash:
        message = (
            f"revision {revision.number} of {where} doesn't hold what its hash was "
            "made of; orgraph check says more"
        )
        raise StoreError(message)
