"""Small conversion tables for tests, drafted on the packs that come with orgraph."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from orgraph.conversion import (
    Beside,
    Drafted,
    Measures,
    Options,
    draft,
    load_words,
    read_conversion,
    read_parts,
    read_units,
)
from orgraph.draft import Reader
from orgraph.pack import load_pack
from orgraph.proposal import read_proposal_text

HEAD = "old_code,old_name,new_code,new_name,note"
FACTS = Measures({"area": ("area_m2",), "people": ("people",)})


def put(folder: Path, name: str, text: str) -> Path:
    """Write a table."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def drafted(  # noqa: PLR0913 - a table has as many companions as a draft
    folder: Path,
    rows: Sequence[str],
    head: str = HEAD,
    *,
    upper: str | None = None,
    units: str | None = None,
    parts: str | None = None,
    columns: Mapping[str, str] | None = None,
    organisation: Reader | None = None,
    store: Reader | None = None,
    **choices: Any,  # noqa: ANN401 - as Options has them
) -> Drafted:
    """Draft a table of these rows; the kind is municipality, of the neutral pack."""
    words = load_words()
    pack = load_pack(choices.pop("pack", "territory"))
    usual = {
        "kind": "municipality",
        "effective": date(2025, 1, 1),
        "measures": FACTS,
    }
    options = Options(**{**usual, **choices})
    if options.grouped:
        columns = {"group": "group", **(columns or {})}
    table = put(folder, "table.csv", "\n".join([head, *rows]) + "\n")
    above = listed = None
    said = []
    if upper is not None:
        above = read_conversion(put(folder, "upper.csv", upper), words)
    if units is not None:
        file, found, _ = read_units(put(folder, "units.csv", units), words, "decree")
        listed = (file, found)
    if parts is not None:
        path = put(folder, "parts.csv", parts)
        said = read_parts(path, words, pack.additive)
    beside = Beside(above, listed, said, organisation, store)
    return draft(read_conversion(table, words, columns), words, pack, options, beside)


def steps(done: Drafted) -> list[dict[str, Any]]:
    """Return the steps of the one proposal, which orgraph reads, as plain data."""
    assert [f.finding.message for f in done.findings if f.is_error] == []
    (text,) = done.texts
    read_proposal_text(text.text, "drafted")
    found: list[dict[str, Any]] = yaml.load(text.text, yaml.BaseLoader)["steps"]  # noqa: S506 - builds nothing but text
    return found


def codes(done: Drafted) -> list[tuple[str, str, int]]:
    """Return code, severity and line of what was found."""
    return [
        (f.finding.code, f.finding.severity, int(f.place.rpartition(":")[2] or 0))
        for f in done.findings
    ]
