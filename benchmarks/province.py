"""The synthetic province: its communes are real, what is below them is drawn."""

import json
from pathlib import Path

from .commands import ORGRAPH
from .peak import Usage, measured


class Province:
    """A store with the province, made by a command when it is first asked for."""

    def __init__(self, folder: Path, scale: float) -> None:
        """Make nothing yet."""
        self.path = folder / "province.db"
        self.scale = scale
        self._made: Usage | None = None

    @property
    def made(self) -> Usage:
        """What making it took."""
        if self._made is None:
            options = [
                "--like",
                "quang-ninh",
                "--seed",
                "1",
                "--scale",
                str(self.scale),
            ]
            store = ["--store", str(self.path), "--format", "json"]
            self._made = measured([ORGRAPH, "synth", *options, *store])
            assert json.loads(self._made.printed)["written"] == str(self.path)
        return self._made

    @property
    def name(self) -> str:
        """How it is called in the table."""
        return (
            "the province" if self.scale == 1 else f"{self.scale:.0%} of the province"
        )
