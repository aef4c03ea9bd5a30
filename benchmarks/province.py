"""The synthetic province: its communes are real, what is below them is drawn."""

import json
from pathlib import Path

from .commands import ORGRAPH
from .peak import Usage, measured

TABLES = Path(__file__).resolve().parents[1] / "scenarios" / "quang_ninh_2025"


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
            going = ["--table", str(TABLES / "table.csv"), "--parts", str(self._parts)]
            self._made = measured([ORGRAPH, "synth", *options, *store, *going])
            assert json.loads(self._made.printed)["written"] == str(self.path)
        return self._made

    @property
    def _parts(self) -> Path:
        return self.path.with_name("parts.csv")

    @property
    def reform(self) -> Path:
        """The proposal of its reform with the party's side, drafted by the command."""
        path = self.path.with_name("reform.yaml")
        if self.made and not path.exists():
            options = ["--effective", "2025-07-01", "--abolish", "district"]
            options += ["--within", "province:22", "--unknown-shares", "--mirror"]
            options += ["--parts", str(self._parts), "--store", str(self.path)]
            table = str(TABLES / "table.csv")
            measured([ORGRAPH, "draft", table, *options, "--output", str(path)])
        return path

    @property
    def name(self) -> str:
        """How it is called in the table."""
        return (
            "the province" if self.scale == 1 else f"{self.scale:.0%} of the province"
        )
