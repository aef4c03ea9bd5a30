"""What the tests of replay share: lines of timelines on the small land."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def line(day: str, *steps: Mapping[str, Any], title: str = "A step") -> str:
    """Return a line: a proposal of these steps."""
    return json.dumps({"title": title, "effective": day, "steps": list(steps)})


def rename(day: str, name: str, unit: str = "m1") -> str:
    """Return a line that renames a unit."""
    step = {"op": "rename_unit", "unit": unit, "name": name}
    return line(day, step, title=f"{unit} is called {name}")


def close(day: str, unit: str) -> str:
    """Return a line that closes a unit."""
    return line(day, {"op": "close_unit", "unit": unit}, title=f"{unit} closes")


def timeline(folder: Path, *lines: str, name: str = "t.jsonl") -> Path:
    """Write a timeline and return its path."""
    path = folder / name
    path.write_text("".join(f"{text}\n" for text in lines), encoding="utf-8")
    return path
