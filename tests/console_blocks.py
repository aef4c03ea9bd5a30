"""Reads the commands of a document, and holds what they print to what it shows.

In a block ```console a line that begins with `$ orgraph` is a command, and the lines
below it what it prints. A line … stands for any lines, … in a line for any text. A
command that does not exit with 0 says so: `# exits with 1`. Another block is a file if
the text right before it says to save it as one.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAVED = re.compile(r"[Ss]ave[^`]*`([^`]+)`[^`]*:\n\n$")
EXIT = re.compile(r"\s+# exits with (\d)$")


class Command(NamedTuple):
    """A command, the lines that it prints, and how it exits."""

    arguments: list[str]
    lines: list[str]
    code: int

    def printed(self, out: str) -> bool:
        """Tell whether some output is what the document shows."""
        return re.fullmatch(_pattern(self.lines), out.rstrip("\n") + "\n") is not None


class Saved(NamedTuple):
    """A file that the reader saves."""

    name: str
    text: str


def blocks(path: Path) -> Iterator[Command | Saved]:
    """Yield what the reader of a document does, in order."""
    text = path.read_text(encoding="utf-8")
    for block in FENCED.finditer(text):
        kind, inner = block.groups()
        if kind == "console":
            yield from _commands(inner)
        elif named := SAVED.search(text[: block.start()]):
            yield Saved(named[1], inner)


def _commands(text: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, *lines = part.rstrip("\n").split("\n")
        said = EXIT.search(line)
        program, *arguments = shlex.split(EXIT.sub("", line))
        assert program == "orgraph", line
        yield Command(arguments, lines, int(said[1]) if said else 0)


def _pattern(lines: list[str]) -> str:
    """Return what matches the output that some lines show."""
    parts = []
    for line in lines:
        if line == "…":
            parts.append(r"(?:.*\n)*")
        else:
            parts.append(".*".join(map(re.escape, line.rstrip().split("…"))) + r" *\n")
    return "".join(parts) or r"\n?"
