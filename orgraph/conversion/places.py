"""Where the rows of a conversion table stand, and the cells of each."""

from collections.abc import Mapping

from ..importers.tables import Record


class Place(str):
    """Where a row stands, as file:line or file:sheet!A17.

    `of` a field is where its cell stands, `header` what its column is called.
    """

    __slots__ = ("_headers", "_record")

    _record: Record
    _headers: Mapping[str, str]

    @classmethod
    def at(cls, record: Record, headers: Mapping[str, str]) -> "Place":
        """Return the place of a record in a table that has these fields."""
        made = cls(record.place)
        made._record, made._headers = record, headers
        return made

    def of(self, field: str) -> str:
        """Return where the cell of a field stands; of one that isn't there, the row."""
        header = self._headers.get(field)
        return str(self) if header is None else self._record.place_of(header)

    def header(self, field: str) -> str:
        """Return what the column of a field is called in the table."""
        return self._headers.get(field, field)
