"""Another list of who became what, made by others: every disagreement is explained.

vietnamadminunits 1.0.4 (MIT) is installed from the package registry for this test. It
knows units by their names without accents and spaces, so units of one name in one new
province share a key: edges of one then count for the others, too.
"""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from replayed import AFTER, BEFORE, FOLDER, build, replay

import orgraph

pytestmark = [pytest.mark.slow, pytest.mark.registry]

PACKAGE = "vietnamadminunits==1.0.4"
LISTED = FOLDER / "second_source.csv"
COAST = "the coastal area is no commune there"
NAMESAKE = "a namesake of the old unit went there"
ALONE = "only the other list has it"
MISSING = "the other list lacks it"


class Edge(NamedTuple):
    """An old unit and a new one, by the other list's keys."""

    old_province: str
    old_district: str
    old: str
    new_province: str
    new: str


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the package in a folder of its own; returns its data."""
    folder = tmp_path_factory.mktemp("second-source")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    done = subprocess.run([*pip, "--target", str(folder), PACKAGE], check=False)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip("the package registry can't be reached")
    assert done.returncode == 0
    return folder / "vietnamadminunits" / "data"


@pytest.fixture(scope="module")
def theirs(package: Path) -> set[Edge]:
    """Return the edges of the other list."""
    said = json.loads((package / "converter_2025.json").read_text(encoding="utf-8"))
    edges = set()
    for province, wards in said["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in wards.items():
            edges |= {Edge(*old.split("_"), province, new) for old in olds}
    for province, olds in said["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, wards in olds.items():
            edges |= {Edge(*old.split("_"), province, w["newWardKey"]) for w in wards}
    return edges


@pytest.fixture(scope="module")
def ours(package: Path, tmp_path_factory: pytest.TempPathFactory) -> set[Edge]:
    """Return who became what in the replayed country, by the other list's keys."""
    folder = tmp_path_factory.mktemp("country")
    build().write(folder)
    replay(folder, folder / "country.db")
    with orgraph.open(str(folder / "country.db")) as store:
        pairs = orgraph.crosswalk(store, BEFORE, AFTER, "commune").pairs
    db = sqlite3.connect(package / "dataset.db")
    olds = _keys(
        db, "wardCode, provinceKey, districtKey, wardKey", "admin_units_legacy"
    )
    news = _keys(db, "wardCode, provinceKey, wardKey", "admin_units")
    districts = {
        f"D{code}": keys
        for code, *keys in db.execute(
            "SELECT districtCode, provinceKey, districtKey, '' FROM admin_units_legacy"
        )
    }
    found = set()
    for pair in pairs:
        assert pair.from_
        assert pair.to
        code = str(pair.from_.code)
        old = districts[f"D{code}"] if pair.from_.kind == "district" else olds.get(code)
        new = news[str(pair.to.code)]
        found.add(Edge(*(old or ("", "", code)), *new))
    return found


def _keys(
    db: sqlite3.Connection, columns: str, table: str
) -> dict[str, tuple[str, ...]]:
    statement = f"SELECT {columns} FROM {table}"  # noqa: S608 - constants alone
    return {code: tuple(keys) for code, *keys in db.execute(statement) if code}


def explained(ours: set[Edge], theirs: set[Edge]) -> Iterator[tuple[str, ...]]:
    """Yield each edge that only one side has, with the side and why."""
    for edge in sorted(theirs - ours):
        namesakes = {
            other for other in ours if other[2:] == edge[2:] and other[:2] != edge[:2]
        }
        yield (*edge, "other list", NAMESAKE if namesakes else ALONE)
    for edge in sorted(ours - theirs):
        yield (*edge, "official table", MISSING if edge.old_district else COAST)


def test_every_disagreement_is_listed_and_explained(
    ours: set[Edge], theirs: set[Edge]
) -> None:
    """What one side alone says is in the list beside the tables, with its reason."""
    found = list(explained(ours, theirs))
    with LISTED.open(encoding="utf-8", newline="") as file:
        _, *listed = [tuple(row) for row in csv.reader(file)]
    assert found == listed


def test_nearly_all_of_it_agrees(ours: set[Edge], theirs: set[Edge]) -> None:
    """10,569 edges are on both sides; 33 are in the other list alone, 31 by names."""
    assert len(ours & theirs) == 10_569
    reasons = Counter(reason for *_, reason in explained(ours, theirs))
    assert reasons == {NAMESAKE: 31, ALONE: 2, MISSING: 1, COAST: 1}
