"""The reform of Quảng Ninh of 1 July 2025: its table as plain rows, and its draft."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

from harness import pack_named
from synthetic_provinces import SCENARIOS

from orgraph.conversion import (
    Beside,
    Drafted,
    Measures,
    Options,
    draft,
    load_words,
    read_conversion,
    read_parts,
)

FOLDER = SCENARIOS / "quang_ninh_2025"
TABLE = FOLDER / "table.csv"
DAY = date(2025, 7, 1)
HEADS = {"secretary", "chair", "head"}
"""The roles of which a unit has one post."""


@cache
def table() -> list[dict[str, str]]:
    """Return the rows of the official table, as plain cells."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def divided() -> dict[str, list[dict[str, str]]]:
    """Return the rows of each old commune that goes to several new ones."""
    found = defaultdict(list)
    for row in table():
        found[row["old_code"]].append(row)
    return {old: rows for old, rows in sorted(found.items()) if len(rows) > 1}


def peopled(rows: list[dict[str, str]]) -> list[str]:
    """Return the codes of those among a divided commune's rows that get people.

    Where its note says nothing of people, a part has some.
    """
    notes = {row["new_code"]: row["note"].lower() for row in rows}
    everybody = [new for new, note in notes.items() if "toàn bộ dân số" in note]
    return everybody or [n for n, note in notes.items() if "diện tích" not in note]


def drafted(path: Path, parts: Path | None, beside: Beside | None = None) -> Drafted:
    """Draft the reform by a table, with what goes where by a parts file."""
    words, pack = load_words(), pack_named("vietnam")
    options = Options(
        kind="commune",
        effective=DAY,
        measures=Measures(words.measures, "unknown"),
        abolish="district",
        upper_kind="province",
        grouped=True,
    )
    said = read_parts(parts, words, pack.additive) if parts else ()
    read = read_conversion(path, words, {"group": "new_province_code"})
    beside = (beside or Beside())._replace(parts=said)
    return draft(read, words, pack, options, beside)
