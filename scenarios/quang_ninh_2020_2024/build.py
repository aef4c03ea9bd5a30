"""Makes the tables and proposals of this scenario from a list and its changes.

`python build.py` writes the territory of 2019 (nodes.csv, edges.csv), conversion
tables of each day (communes_2020.csv, districts_2020.csv, …), the proposals that are
drafted from them (2020.yaml, 2024.yaml) and timeline.jsonl, which goes on to 2025.
`--check` says which of them are stale.
"""

import argparse
import csv
import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from orgraph.conversion import (
    Beside,
    Measures,
    Options,
    draft,
    load_words,
    read_conversion,
)
from orgraph.conversion.spelling import typed_name
from orgraph.errors import OrgraphError
from orgraph.pack import load_pack

FOLDER = Path(__file__).resolve().parent
NEXT = "../quang_ninh_2025/proposal.yaml"
"""What the timeline ends with: the reorganisation of 1 July 2025."""

FIRST_DAY = "2019-01-01"
"""The first day that this scenario records; the list doesn't say when a unit began."""

PROVINCE = ("province-22", "province", "Tỉnh Quảng Ninh", "22", "tỉnh")
SCHEMA = "../../schema/generated/proposal.schema.json"
TITLES = {
    "2020": "Quảng Ninh goes from 186 communes to 177, and Hoành Bồ joins Hạ Long",
    "2024": "Quảng Ninh goes from 177 communes to 171, and Đông Triều becomes a city",
}
HEADER = ("old_code", "old_name", "new_code", "new_name", "note", "tier_code")


class Commune(NamedTuple):
    """A commune or a district: its name, and the code of the district it is in."""

    name: str
    district: str = ""


class Row(NamedTuple):
    """A row of a conversion table, as HEADER names its cells."""

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    note: str
    tier_code: str


Units = dict[str, Commune]


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()


def start() -> tuple[Units, Units]:
    """Return the communes and the districts of 2019, by code."""
    rows = _read("communes_2019.csv")
    communes = {row["code"]: Commune(row["name"], row["district_code"]) for row in rows}
    districts = {row["district_code"]: Commune(row["district"]) for row in rows}
    return communes, dict(sorted(districts.items()))


def base() -> dict[str, str]:
    """Return the import tables of 2019; people and area are known of none."""
    communes, districts = start()
    pack = load_pack("vietnam")
    nodes = [(*PROVINCE[:4], FIRST_DAY, PROVINCE[4], "", "")]
    edges = []
    for code, (name, _) in districts.items():
        type_ = typed_name(name, pack.nodes["district"].types).type or ""
        row = (f"district-{code}", "district", name, code, FIRST_DAY, type_, "", "")
        nodes.append(row)
        edges.append(("PART_OF", f"district-{code}", PROVINCE[0], FIRST_DAY))
    types = {row["code"]: row["type"] for row in _read("communes_2019.csv")}
    for code, (name, district) in sorted(communes.items()):
        own = (f"commune-{code}", "commune", name, code, FIRST_DAY, types[code])
        nodes.append((*own, "?", "?"))
        edges.append(("PART_OF", f"commune-{code}", f"district-{district}", FIRST_DAY))
    header = ("id", "kind", "name", "code", "since", "type", "people", "area_m2")
    return {
        "nodes.csv": _csv(header, nodes),
        "edges.csv": _csv(("kind", "source", "target", "since"), edges),
    }


def conversions(
    day: Sequence[dict[str, str]], communes: Units, districts: Units
) -> tuple[list[Row], list[Row]]:
    """Return the conversion tables of one day's changes, and make the changes.

    ValueError where the moves are not those of the districts that end.
    """
    by_event: dict[str, list[dict[str, str]]] = defaultdict(list)
    for change in day:
        by_event[change["event"]].append(change)
    own: list[Row] = []
    above: list[Row] = []
    gone: set[str] = set()
    for change in by_event["absorb"] + by_event["merge_new"]:
        sources = change["sources"].split(";")
        target, name = change["target"], change["target_name"]
        own += [_row(communes, code, target, name, "whole") for code in sources]
        if change["event"] == "absorb":
            own.append(_living(communes, target, name))
        gone |= set(sources) - {target}
        communes[target] = communes[target]._replace(name=name)
    for change in by_event["change_type"]:
        own.append(_living(communes, change["target"], change["target_name"]))
        code = change["target"]
        communes[code] = communes[code]._replace(name=change["target_name"])
    for code in gone:
        del communes[code]
    for change in by_event["end_district"]:
        old, new = change["sources"], change["target"]
        above.append(_row(districts, old, new, change["target_name"], "whole"))
        above.append(_living(districts, new, change["target_name"]))
        moved = {move["sources"] for move in by_event["move"] if move["target"] == new}
        below = {code for code, unit in communes.items() if unit.district == old}
        if moved != below:
            raise ValueError(f"district {old}: the moves are not those of its communes")
        for code in moved:
            communes[code] = communes[code]._replace(district=new)
        del districts[old]
    for change in by_event["rename_district"]:
        above.append(_living(districts, change["target"], change["target_name"]))
        districts[change["target"]] = Commune(change["target_name"])
    return sorted(own, key=_place), sorted(above, key=_place)


def _place(row: Row) -> tuple[str, str]:
    return row.new_code, row.old_code


def _row(units: Units, old: str, new: str, name: str, note: str) -> Row:
    return Row(old, units[old].name, new, name, note, units[old].district)


def _living(units: Units, code: str, name: str) -> Row:
    """Return the row of a unit that lives on, with what is new in it."""
    note = "lives on" if units[code].name == name else "another type"
    return _row(units, code, code, name, note)


def tables() -> dict[str, str]:
    """Return the conversion tables of each day, by name."""
    communes, districts = start()
    changes: dict[str, list[dict[str, str]]] = defaultdict(list)
    for change in _read("changes.csv"):
        changes[change["effective"]].append(change)
    found = {}
    for day in sorted(changes):
        own, above = conversions(changes[day], communes, districts)
        found[f"communes_{day[:4]}.csv"] = _csv(HEADER, own)
        found[f"districts_{day[:4]}.csv"] = _csv(HEADER, above)
    return found


def days() -> list[date]:
    """Return the days on which something changed."""
    return sorted({date.fromisoformat(c["effective"]) for c in _read("changes.csv")})


def proposals(folder: Path = FOLDER) -> dict[str, str]:
    """Draft a proposal of each day from its conversion tables, by name."""
    words, pack = load_words(), load_pack("vietnam")
    found = {}
    for day in days():
        year = str(day.year)
        options = Options(
            kind="commune",
            effective=day,
            measures=Measures(words.measures),
            upper_kind="district",
            title=TITLES[year],
            schema=SCHEMA,
        )
        communes = read_conversion(folder / f"communes_{year}.csv", words)
        districts = read_conversion(folder / f"districts_{year}.csv", words)
        (text,) = draft(communes, words, pack, options, Beside(districts)).texts
        found[f"{year}.yaml"] = text.text
    return found


def timeline() -> dict[str, str]:
    """Return the list of all proposals in the order of their days."""
    names = [*(f"{day.year}.yaml" for day in days()), NEXT]
    lines = [json.dumps({"proposal": name}) + "\n" for name in names]
    return {"timeline.jsonl": "".join(lines)}


def _differs(name: str, text: str) -> bool:
    path = FOLDER / name
    return not path.is_file() or path.read_bytes() != text.encode()


def stale() -> list[str]:
    """Return the names of the files that are missing or not what they should be."""
    first = {**base(), **tables(), **timeline()}
    names = [name for name, text in first.items() if _differs(name, text)]
    if names:
        return names  # the proposals are drafted from some of these
    return [name for name, text in proposals().items() if _differs(name, text)]


def write() -> None:
    """Write all files, the tables before what is drafted from them."""
    for name, text in {**base(), **tables(), **timeline()}.items():
        (FOLDER / name).write_bytes(text.encode())
    for name, text in proposals().items():
        (FOLDER / name).write_bytes(text.encode())


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files; 1 when one is stale, 2 when a table can't be read."""
    parser = argparse.ArgumentParser(description="Make the files of this scenario.")
    parser.add_argument("--check", action="store_true", help="name the stale files")
    options = parser.parse_args(arguments)
    try:
        if not options.check:
            write()
            return 0
        names = stale()
    except (OSError, ValueError, OrgraphError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2
    for name in names:
        print(f"{name} is stale: run {Path(__file__).name}")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
