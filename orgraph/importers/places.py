"""Keeps where hundreds of thousands of rows stand, each as one number."""

from .tables import Record

_LINES = 1 << 32


class Places:
    """The places of rows: what stands before the line is kept once."""

    def __init__(self) -> None:
        """Begin without any."""
        self._numbers: dict[str, int] = {}
        self._befores: list[str] = []

    def add(self, record: Record) -> int:
        """Return the number of the place of a record."""
        before = record.before()
        number = self._numbers.get(before)
        if number is None:
            number = self._numbers[before] = len(self._befores)
            self._befores.append(before)
        return number * _LINES + record.line

    def text(self, at: int) -> str:
        """Return a place as it is said."""
        number, line = divmod(at, _LINES)
        return f"{self._befores[number]}{line}"
