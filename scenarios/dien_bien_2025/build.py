"""Makes the tables and the proposal of this scenario from the conversion table.

`python build.py` writes nodes.csv, edges.csv and proposal.yaml beside itself, and
`--check` says which of them are stale. `--order merge-first` writes the proposal in the
other order, to show that both come to the same.
"""

import argparse
import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, get_args

FOLDER = Path(__file__).resolve().parent
TABLE = FOLDER / "table.csv"
NEW_COMMUNES = FOLDER / "new_communes.csv"

EFFECTIVE = "2025-07-01"
FIRST_DAY = "2025-01-01"
"""The first day that this scenario records; the table doesn't say when a unit began."""

WHOLE = "Nhập toàn bộ"
"""The note of a commune that is merged as a whole: the only one in this table."""

TYPES = {
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn"),
}
"""The types of a unit before the reform, as the prefix of its name gives them."""

Order = Literal["tier-first", "merge-first"]

_DECREE = re.compile(r"Số: (\S+); Ngày: (\d{2})/(\d{2})/(\d{4})")
_PLAIN = re.compile(r"[^\W\d_][\w /-]*\w")


class Unit(NamedTuple):
    """A unit of one of the two tables."""

    code: str
    name: str


class Row(NamedTuple):
    """One row of the conversion table: which commune becomes part of which."""

    old: Unit
    district: Unit
    province: Unit
    new: Unit


class NewCommune(NamedTuple):
    """A new commune: its type, its resolution's number and date, and where it is."""

    code: str
    name: str
    type: str
    number: str
    date: str
    longitude: str
    latitude: str


def read_table(path: Path = TABLE) -> list[Row]:
    """Read the conversion table; ValueError for a row that isn't a whole merger."""
    return [_table_row(cells) for cells in _read_csv(path)]


def read_new_communes(path: Path = NEW_COMMUNES) -> dict[str, NewCommune]:
    """Read the new communes, by code; ValueError for a decree that can't be read."""
    found = {}
    for cells in _read_csv(path):
        decree = _DECREE.fullmatch(cells["decree"])
        if decree is None:
            raise ValueError(f"{cells['code']}: no number and date in the decree")
        number, day, month, year = decree.groups()
        found[cells["code"]] = NewCommune(
            cells["code"],
            cells["name"],
            cells["type"].lower(),
            number,
            f"{year}-{month}-{day}",
            cells["lon"],
            cells["lat"],
        )
    return found


def unit_type(kind: str, name: str) -> str:
    """Return the type that a name begins with; ValueError where it has none.

    Lists slip in accents and capitals ("Thi trấn", "Thị Xã"): both are disregarded.
    """
    for type_ in TYPES[kind]:
        if _folded(name).startswith(_folded(type_) + " "):
            return type_
    raise ValueError(f"{name!r} doesn't begin with a type of {kind}")


def node_table(rows: Sequence[Row]) -> str:
    """Return nodes.csv: the units before the reform, upper ones first."""
    lines = []
    for kind, units in _units_before(rows).items():
        for code, name in units:
            type_ = unit_type(kind, name)
            lines.append((f"{kind}-{code}", kind, name, code, FIRST_DAY, "", type_))
    return _csv(("id", "kind", "name", "code", "since", "until", "type"), lines)


def edge_table(rows: Sequence[Row]) -> str:
    """Return edges.csv: which unit was part of which before the reform."""
    pairs = {
        (f"district-{r.district.code}", f"province-{r.province.code}") for r in rows
    }
    lines = sorted(pairs)
    lines += sorted(
        (f"commune-{r.old.code}", f"district-{r.district.code}") for r in rows
    )
    return _csv(
        ("kind", "source", "target", "since", "until"),
        [("PART_OF", source, target, FIRST_DAY, "") for source, target in lines],
    )


def proposal(
    rows: Sequence[Row],
    new_communes: dict[str, NewCommune],
    order: Order = "tier-first",
) -> str:
    """Return proposal.yaml: the district tier ends, and the communes are merged.

    Merged first, communes of several districts have no common parent, so the step
    says what the new one comes under.
    """
    (province,) = {row.province for row in rows}
    under = f"province-{province.code}"
    groups = _by_new_commune(rows)
    unknown = sorted(groups.keys() - new_communes.keys())
    if unknown:
        raise ValueError(f"not among the new communes: {', '.join(unknown)}")
    mergers = []
    for code, sources in groups.items():
        districts = {row.district.code for row in sources}
        needed = order == "merge-first" and len(districts) > 1
        step = _merger(new_communes[code], sources, under if needed else None)
        mergers.append(step)
    tier = f"  - op: abolish_tier\n    kind: district\n    within: {under}\n"
    steps = [tier, *mergers] if order == "tier-first" else [*mergers, tier]
    return _head(province, new_communes, groups) + "\n".join(steps)


def generated() -> dict[str, str]:
    """Return the text of every file that this script writes, by name."""
    rows = read_table()
    return {
        "nodes.csv": node_table(rows),
        "edges.csv": edge_table(rows),
        "proposal.yaml": proposal(rows, read_new_communes()),
    }


def stale(folder: Path = FOLDER) -> list[str]:
    """Return the names of the files that are missing or not what they should be."""
    found = []
    for name, text in generated().items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != text.encode():
            found.append(name)
    return found


def _read_csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for cells in csv.DictReader(file, restval=""):
            yield {
                name: unicodedata.normalize("NFC", cell.strip())
                for name, cell in cells.items()
            }


def _table_row(cells: dict[str, str]) -> Row:
    if cells["note"] != WHOLE:
        raise ValueError(
            f"{cells['old_code']}: {cells['note']!r} is not a whole merger"
        )
    return Row(
        old=Unit(cells["old_code"], cells["old_name"]),
        district=Unit(cells["old_district_code"], cells["old_district"]),
        province=Unit(cells["old_province_code"], cells["old_province"]),
        new=Unit(cells["new_code"], cells["new_name"]),
    )


def _units_before(rows: Sequence[Row]) -> dict[str, list[Unit]]:
    """Return the old units by kind, one a code: a list may spell a district twice."""
    units = {
        "province": [row.province for row in rows],
        "district": [row.district for row in rows],
        "commune": [row.old for row in rows],
    }
    return {
        kind: sorted({unit.code: unit for unit in reversed(found)}.values())
        for kind, found in units.items()
    }


def _by_new_commune(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.new.code, row.old.code)):
        groups.setdefault(row.new.code, []).append(row)
    return groups


def _head(
    province: Unit, new_communes: dict[str, NewCommune], groups: dict[str, list[Row]]
) -> str:
    """Return what stands above the steps; ValueError for more than one resolution."""
    papers = {(new_communes[code].number, new_communes[code].date) for code in groups}
    if len(papers) != 1:
        raise ValueError(f"the new communes name {len(papers)} resolutions, not one")
    ((number, date),) = papers
    issuer = number.rpartition("NQ-")[2]
    old = sum(len(sources) for sources in groups.values())
    name = province.name.removeprefix("Tỉnh ")
    basis = f"issuer: {issuer}, number: {number}, date: {date}"
    return (
        "# yaml-language-server: "
        "$schema=../../schema/generated/proposal.schema.json\n"
        "# Made by build.py from table.csv and new_communes.csv.\n"
        f"title: {name} goes from {old} communes to {len(groups)}, without districts\n"
        f"effective: {EFFECTIVE}\n"
        f"basis: {{{basis}}}\n"
        "steps:\n"
    )


def _merger(new: NewCommune, sources: list[Row], under: str | None) -> str:
    """Return one step: the comment names what the codes stand for."""
    names = ", ".join(row.old.name for row in sources)
    codes = ", ".join(f"code:{row.old.code}" for row in sources)
    said = {"type": new.type, "longitude": new.longitude, "latitude": new.latitude}
    facts = ", ".join(f"{name}: {_scalar(text)}" for name, text in said.items())
    named = f'kind: commune, name: {_scalar(new.name)}, code: "{new.code}"'
    lines = [
        f"  # {names}",
        "  - op: merge_units",
        f"    sources: [{codes}]",
        f"    into: {{{named}, facts: {{{facts}}}}}",
        f"    as: {_label(new)}",
    ]
    if under is not None:
        lines.insert(-1, f"    under: {under}")
    return "\n".join(lines) + "\n"


def _label(new: NewCommune) -> str:
    """Return the name without its type, as a word: Phường Hà Tu is ha_tu."""
    words = re.findall(r"\w+", _folded(new.name))
    return "_".join(words[len(new.type.split()) :])


def _scalar(text: str) -> str:
    """Write text for YAML, in quotes unless it is made of plain words."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def _csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files; 1 when one is stale, 2 when a table can't be read."""
    parser = argparse.ArgumentParser(description="Make the files of this scenario.")
    parser.add_argument(
        "--check", action="store_true", help="name the stale files only"
    )
    parser.add_argument("--order", choices=get_args(Order), default="tier-first")
    parser.add_argument(
        "--output", type=Path, help="write the proposal there only (default: print it)"
    )
    options = parser.parse_args(arguments)
    if options.check and (options.output or options.order != "tier-first"):
        parser.error("--check goes with neither --order nor --output")
    try:
        return _run(options)
    except KeyError as error:
        print(f"build.py: a table has no column {error}", file=sys.stderr)
        return 2
    except (OSError, ValueError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    if options.check:
        names = stale()
        for name in names:
            print(f"{name} is stale: run {Path(__file__).name}")
        return 1 if names else 0
    if options.order == "tier-first" and options.output is None:
        for name, text in generated().items():
            (FOLDER / name).write_bytes(text.encode())
        return 0
    text = proposal(read_table(), read_new_communes(), options.order)
    if options.output is None:
        sys.stdout.buffer.write(text.encode())
    else:
        options.output.write_bytes(text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
