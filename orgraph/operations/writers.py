"""Which revision a row is from, seeing through those that took others back."""

from ..draft import Reader
from ..model import Key, Row, same_content


class Writers:
    """Knows which revision a row comes from, seeing through those that took back."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.returned: dict[int, dict[Key, Row]] = {}

    def of(self, row: Row) -> int:
        """Return the revision that first wrote a row as it stands."""
        while row.rev:
            before = self._returned_by(row.rev).get(row.key)
            if before is None or not same_content(before, row):
                break
            row = before
        return row.rev

    def _returned_by(self, number: int) -> dict[Key, Row]:
        """Return the rows that a revision wrote back by taking another back."""
        if number not in self.returned:
            self.returned[number] = {
                change.key: change.before
                for other in undone(self.reader, number)
                for change in self.reader.journal(other)
                if change.before is not None
            }
        return self.returned[number]


def undone(reader: Reader, number: int) -> list[int]:
    """Return which revisions a revision took back."""
    revision = reader.revision(number)
    steps = revision.proposal.get("steps") if revision else None
    return [
        step["revision"]
        for step in (steps if isinstance(steps, list) else [])
        if step.get("op") == "undo"
    ]
