"""Makes the whole country of 1 July 2025: what was before, and 34 proposals.

`python build.py -o FOLDER` writes nodes.csv, edges.csv, a proposal for each new
province, and timeline.jsonl, which names them in order. `--check` counts the tables
again and compares the counts with by_province.csv.
"""

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from orgraph.conversion import (
    Before,
    Beside,
    Drafted,
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
from orgraph.conversion.components import components
from orgraph.conversion.edges import Edge
from orgraph.conversion.spelling import label
from orgraph.conversion.tables import Conversion
from orgraph.errors import OrgraphError
from orgraph.pack import Pack, load_pack

FOLDER = Path(__file__).resolve().parent

EFFECTIVE = date(2025, 7, 1)
FIRST_DAY = date(2025, 1, 1)
"""The first day that this scenario records; the table doesn't say when a unit began."""

UNKNOWN = ("people", "area_m2")
"""What every commune has, and the tables say of none."""

TYPES = {"22108": "xã", "22111": "xã"}
"""The types of communes whose names don't begin with one: Xuân Quang 3, Xuân Phước."""

NAMES = {"Quảng Trị": "Tỉnh Quảng Trị"}
"""The province whose name lacks its type in the table of provinces."""

START = Start("commune", "district", "province", FIRST_DAY, UNKNOWN, TYPES)


class Country(NamedTuple):
    """The tables, read."""

    pack: Pack
    table: Conversion
    provinces: Conversion
    edges: list[Edge]


def read_country(folder: Path = FOLDER) -> Country:
    """Read the tables; the names of provinces stand in a table of their own."""
    words = load_words()
    pack = load_pack("vietnam")
    provinces = read_conversion(folder / "provinces.csv", words)
    names = {u.old_code: NAMES.get(u.old_name, u.old_name) for u in provinces.lines}
    columns = {"group": "new_province_code"}
    table = read_conversion(folder / "table.csv", words, columns)
    lines = [u._replace(old_upper_name=names[u.old_upper]) for u in table.lines]
    edges, _ = read_edges(table._replace(lines=lines), words, START.unit)
    return Country(pack, table, provinces, edges)


def units_before(country: Country) -> Before:
    """Return the import tables of what was there before."""
    return before(country.edges, country.pack, START)


def proposals(country: Country, folder: Path = FOLDER) -> Drafted:
    """Draft the proposals, one for each new province; open shares are unknown."""
    words = load_words()
    options = Options(
        kind=START.unit,
        effective=EFFECTIVE,
        measures=Measures(words.measures, "unknown"),
        abolish=START.tier,
        upper_kind=START.upper,
        grouped=True,
    )
    file, units, _ = read_units(folder / "new_communes.csv", words, "decree")
    beside = Beside(country.provinces, (file, units))
    return draft(country.table, words, country.pack, options, beside)


def counts(country: Country) -> dict[str, dict[str, int]]:
    """Count what becomes of the old units, by new province."""
    pairs = {(u.new_code, u.old_code) for u in country.provinces.lines}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for new, _ in pairs:
        found[new]["n_old_provinces"] += 1
    for component in components(country.edges):
        here = found[component.first.line.group]
        here["edges"] += len(component.edges)
        here["new_communes"] += len(component.news)
        here["unchanged_1to1"] += len(component.olds) == len(component.news) == 1
        targets = Counter(edge.old for edge in component.edges)
        here["split_old_communes"] += sum(n > 1 for n in targets.values())
        for old in component.olds:
            # The one old unit whose code isn't a number is a stretch of coast.
            if old.kind == START.tier:
                here["island_districts"] += 1
            elif old.code.isdecimal():
                here["old_communes"] += 1
    return {code: dict(counted) for code, counted in sorted(found.items())}


def differences(country: Country, folder: Path = FOLDER) -> list[str]:
    """Return where the counts are not those of by_province.csv."""
    found, own = [], counts(country)
    with (folder / "by_province.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        here = own.get(row["new_code"], {})
        for name in sorted(set(here) | {"old_communes"}):
            if here.get(name, 0) != int(row[name]):
                said = f"{name} is {here.get(name, 0)}, not {row[name]}"
                found.append(f"{row['new_province']}: {said}")
    missing = sorted(own.keys() - {row["new_code"] for row in rows})
    return [*found, *(f"{code} is not in by_province.csv" for code in missing)]


def write(folder: Path, source: Path = FOLDER) -> list[Path]:
    """Write all files, made from the tables in `source`; returns the proposals."""
    country = read_country(source)
    tables, drafted = units_before(country), proposals(country)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nodes.csv").write_bytes(tables.nodes.encode())
    (folder / "edges.csv").write_bytes(tables.edges.encode())
    types = country.pack.nodes[START.upper].types
    paths = []
    for text in drafted.texts:
        name = f"{text.code}_{label(text.name, types, text.code)}.yaml"
        paths.append(folder / name)
        paths[-1].write_bytes(text.text.encode())
    lines = [json.dumps({"proposal": path.name}) + "\n" for path in paths]
    (folder / "timeline.jsonl").write_text("".join(lines), encoding="utf-8")
    return paths


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; 1 where a count differs, 2 when a table can't be read."""
    parser = argparse.ArgumentParser(description="Make the country of 2025-07-01.")
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("-o", "--output", type=Path, help="write all files there")
    chosen.add_argument("--check", action="store_true", help="only compare the counts")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            wrong = differences(read_country())
            for sentence in wrong:
                print(sentence)
            return 1 if wrong else 0
        print(f"{options.output}: {len(write(options.output))} proposals")
    except (OSError, OrgraphError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
