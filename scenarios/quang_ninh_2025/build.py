"""Makes the tables and the proposal of this scenario from the conversion table.

`python build.py` writes nodes.csv, edges.csv and proposal.yaml beside itself, and
`--check` says which of them are stale.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from orgraph.conversion import (
    Beside,
    Measures,
    Options,
    Start,
    before,
    draft,
    load_words,
    read_conversion,
    read_edges,
    read_units,
)
from orgraph.errors import OrgraphError
from orgraph.pack import load_pack

FOLDER = Path(__file__).resolve().parent

EFFECTIVE = date(2025, 7, 1)
FIRST_DAY = date(2025, 1, 1)
"""The first day that this scenario records; the table doesn't say when a unit began."""

UNKNOWN = ("people", "area_m2")
"""What every commune has, and the table says of none."""

START = Start("commune", "district", "province", FIRST_DAY, UNKNOWN)


def generated() -> dict[str, str]:
    """Return the text of every file that this script writes, by name."""
    words, pack = load_words(), load_pack("vietnam")
    columns = {"group": "new_province_code"}
    table = read_conversion(FOLDER / "table.csv", words, columns)
    file, units, _ = read_units(FOLDER / "new_communes.csv", words, "decree")
    options = Options(
        kind=START.unit,
        effective=EFFECTIVE,
        measures=Measures(words.measures, "unknown"),
        abolish=START.tier,
        upper_kind=START.upper,
        grouped=True,
        schema="../../schema/generated/proposal.schema.json",
        title="Quảng Ninh goes from 171 communes to 54, without districts",
    )
    (proposal,) = draft(table, words, pack, options, Beside(units=(file, units))).texts
    edges, _ = read_edges(table, words, START.unit)
    tables = before(edges, pack, START)
    return {
        "nodes.csv": tables.nodes,
        "edges.csv": tables.edges,
        "proposal.yaml": proposal.text,
    }


def stale(folder: Path = FOLDER) -> list[str]:
    """Return the names of the files that are missing or not what they should be."""
    return [
        name
        for name, text in generated().items()
        if not (folder / name).is_file()
        or (folder / name).read_bytes() != text.encode()
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files; 1 when one is stale, 2 when a table can't be read."""
    parser = argparse.ArgumentParser(description="Make the files of this scenario.")
    parser.add_argument("--check", action="store_true", help="name the stale files")
    options = parser.parse_args(arguments)
    try:
        if not options.check:
            for name, text in generated().items():
                (FOLDER / name).write_bytes(text.encode())
            return 0
        names = stale()
    except (OSError, OrgraphError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2
    for name in names:
        print(f"{name} is stale: run {Path(__file__).name}")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
