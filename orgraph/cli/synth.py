"""The command that makes a synthetic organisation over a territory: synth."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError, StoreError
from ..files import is_there, write_output
from .filling import discarded_on_failure
from .options import (
    FormatOption,
    StoreOption,
    checked_format,
    print_json,
    refuse_overwriting,
    store_name,
)

if TYPE_CHECKING:
    from ..model import EdgeRow, NodeRow
    from ..synth import Census, Ratio, Synthetic, Territory

LARGEST_SCALE = 100
PACK = "vietnam"
TABLES = ("nodes.csv", "edges.csv")
_SCENARIOS = {"quang-ninh": "quang_ninh_2025", "dien-bien": "dien_bien_2025"}


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("synth")(synth)


def synth(
    context: typer.Context,
    like: Annotated[
        str, typer.Option(metavar="|".join(_SCENARIOS), help="Whose published figures.")
    ],
    seed: Annotated[int, typer.Option(help="The same seed draws the same.")],
    store: StoreOption = None,
    over: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="The territory: a store, or a folder with nodes.csv and edges.csv; "
            "by default the scenario's, in a clone.",
        ),
    ] = None,
    scale: Annotated[
        float, typer.Option(help="Multiplies all that is below communes.")
    ] = 1.0,
    csv: Annotated[
        str | None,
        typer.Option(
            "--csv", metavar="DIR", help="Write tables to import, not a store."
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            metavar="TABLE",
            help="The conversion table of a coming reorganisation; with --parts.",
        ),
    ] = None,
    parts: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write what goes where by that table, for orgraph draft --parts.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over tables that are there already.")
    ] = False,
    form: FormatOption = "text",
) -> None:
    """Make a labelled synthetic organisation over real communes, from a seed."""
    from ..engine import Stamp
    from ..exporters import write_tables
    from ..pack import load_pack
    from ..stores import create_store
    from ..synth import PROFILES, Census, Synthetic, ratios
    from ..synth.people import DAY

    checked_format(form)
    _check(like, scale)
    if (table is None) != (parts is None):
        message = "--table is read and --parts written: give both, or neither"
        raise InputError(message)
    if csv is not None and store is not None:
        message = "--csv writes tables and --store a store; name one of them"
        raise InputError(message)
    if parts is not None:
        _check_parts(parts)
    given = over or _scenario(like)
    pack = load_pack(PACK)
    drawn = Synthetic(pack, _territory(given), PROFILES[like], seed, scale)
    census = Census()
    name = csv or store_name(context, store)[0]
    outputs = [str(Path(csv) / file) for file in TABLES] if csv is not None else []
    inputs = [given, *(str(Path(given) / file) for file in TABLES), table or given]
    refuse_overwriting([*outputs, *([parts] if parts else [])], *inputs)
    if not force:
        _refuse_tables(outputs)
    written = _parts_text(drawn, table)
    if csv is not None:
        write_tables(_Counted(drawn, census), csv)
    else:
        with create_store(name, pack) as made, discarded_on_failure(made):
            made.bulk_load(
                census.of_nodes(drawn.nodes()),
                census.of_edges(drawn.edges()),
                Stamp("orgraph synth", f"{DAY}T00:00:00+00:00"),
                title=drawn.title,
            )
    if parts is not None:
        write_output(parts, written)
    found = ratios(drawn.profile, census)
    if form == "json":
        print_json(_document(name, drawn.title, census.counts, found))
    else:
        _print(name, drawn.title, census.counts, found)


def _check_parts(parts: str) -> None:
    """Refuse what couldn't be written, or be read again, before a store is made."""
    path = Path(parts)
    if path.suffix.lower() != ".csv":
        message = (
            f"{parts}: the parts are a CSV table; give it a name that ends in .csv"
        )
        raise InputError(message)
    if not path.parent.is_dir():
        message = f"{parts}: there is no folder {path.parent}"
        raise InputError(message)


def _refuse_tables(outputs: Sequence[str]) -> None:
    """Refuse to write over tables, which may be somebody's only ones."""
    there = [file for file in outputs if is_there(file)]
    if there:
        message = f"{', '.join(there)}: there already; write elsewhere, or give --force"
        raise InputError(message)


class _Counted:
    """A synthetic organisation whose rows are counted as they are written."""

    def __init__(self, drawn: "Synthetic", census: "Census") -> None:
        self.pack = drawn.pack
        self._drawn, self._census = drawn, census

    def nodes(self) -> "Iterator[NodeRow]":
        return self._census.of_nodes(self._drawn.nodes())

    def edges(self) -> "Iterator[EdgeRow]":
        return self._census.of_edges(self._drawn.edges())


def _parts_text(drawn: "Synthetic", table: str | None) -> str:
    """Return the parts file of a conversion table; empty where there is none."""
    from ..synth import goings, parts_text
    from .synth_parts import read_passages

    if table is None:
        return ""
    return parts_text(goings(drawn, read_passages(table, drawn.pack)))


def _check(like: str, scale: float) -> None:
    if like not in _SCENARIOS:
        known = ", ".join(_SCENARIOS)
        message = f"there are no figures like {like or '(empty)'}; choose {known}"
        raise InputError(message)
    if not 0 < scale <= LARGEST_SCALE:
        message = f"a scale is above 0 and at most {LARGEST_SCALE}"
        raise InputError(message)


def _scenario(like: str) -> str:
    """Return the folder of a scenario's tables, which only a clone has."""
    from ..pack.loader import schema_folder

    folder = schema_folder().parent / "scenarios" / _SCENARIOS[like]
    if not all(is_there(folder / file) for file in TABLES):
        message = (
            "the tables of communes don't come with the installed orgraph; name a "
            "store or a folder with nodes.csv and edges.csv by --over"
        )
        raise InputError(message)
    return str(folder)


def _territory(over: str) -> "Territory":
    """Read the territory from a store, or from tables, which are checked first."""
    from ..draft.reading import whole
    from ..importers import load_tables
    from ..pack import load_pack
    from ..stores import open_store
    from ..stores.memory import MemoryStore
    from ..synth import read_territory
    from ..synth.people import DAY

    if is_there(over) and Path(over).is_dir():
        with MemoryStore(load_pack(PACK)) as tables:
            load_tables(tables, [Path(over) / file for file in TABLES])
            return read_territory(tables, DAY)
    with open_store(over) as here:
        if here.pack.name != PACK:
            message = f"{over}: the store has the pack {here.pack.name}, not {PACK}"
            raise StoreError(message)
        return whole(here, lambda: read_territory(here, DAY))


def _document(
    name: str, title: str, counts: Mapping[str, int], found: "Sequence[Ratio]"
) -> dict[str, Any]:
    return {
        "format": "orgraph.synth/1",
        "written": name,
        "title": title,
        "rows": dict(sorted(counts.items())),
        "per_thousand": [
            {**row._asdict(), "difference": row.difference} for row in found
        ],
    }


def _print(
    name: str, title: str, counts: Mapping[str, int], found: "Sequence[Ratio]"
) -> None:
    typer.echo(f"{name}: {title}")
    kinds = ", ".join(f"{n:,} {what}" for what, n in sorted(counts.items()))
    typer.echo(f"  {kinds}")
    typer.echo(f"{'':42}{'published':>12}{'synthetic':>12}{'difference':>12}")
    for row in found:
        published = _shown(row.published) if row.published is not None else "–"
        off = f"{row.difference / 10:+.1f} %" if row.difference is not None else "–"
        drawn = _shown(row.synthetic)
        typer.echo(f"{row.what:42}{published:>12}{drawn:>12}{off:>12}")
    typer.echo("– where nothing is published: what is drawn there is assumed.")


def _shown(thousandths: int) -> str:
    whole, rest = divmod(thousandths, 1000)
    return f"{whole:,}" + (f".{rest:03}" if rest else "")
