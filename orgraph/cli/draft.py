"""The command that drafts proposals from a conversion table: draft."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from ..files import reason, write_output
from ..language import laid, many, say
from .draft_choices import (
    Name,
    Names,
    basis_of,
    check_choices,
    columns_of,
    compared,
    kind_above,
    measures_of,
    usual_kind,
)
from .draft_tables import Files, read_tables
from .options import (
    FormatOption,
    LangOption,
    PackOption,
    StoreOption,
    StrictOption,
    checked_format,
    chosen_pack,
    console,
    day,
    language_of,
    print_json,
    read_or_not,
    refuse_overwriting,
    tell,
)

if TYPE_CHECKING:
    from ..conversion import Drafted
    from ..conversion.draft import Text
    from ..conversion.notes import Measure
    from ..language import Language


def add_commands(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("draft")(draft)


def draft(
    context: typer.Context,
    table: Annotated[
        str, typer.Argument(metavar="TABLE", help="A table: CSV or XLSX.")
    ],
    effective: Annotated[
        str, typer.Option(metavar="DATE", help="The day on which it takes effect.")
    ],
    store: StoreOption = None,
    pack: PackOption = None,
    kind: Annotated[
        Name, typer.Option(help="The kind of the units; by default who carries area.")
    ] = None,
    column: Annotated[
        Names,
        typer.Option(
            metavar="FIELD=HEADER",
            help="Which column a field is: old_code, old_name, new_code, new_name, "
            "note, old_type, new_type, tier_code, tier_name, old_upper, group_name.",
        ),
    ] = None,
    mapping: Annotated[
        Name,
        typer.Option(metavar="FILE", help="What the tables' own columns are (TOML)."),
    ] = None,
    sheet: Annotated[
        Name, typer.Option(metavar="SHEET", help="The sheet that TABLE is.")
    ] = None,
    notes: Annotated[
        Names, typer.Option(metavar="FILE", help="More words of notes (TOML).")
    ] = None,
    abolish: Annotated[
        Name, typer.Option(metavar="KIND", help="The kind of tier that ends first.")
    ] = None,
    within: Annotated[
        Name, typer.Option(metavar="NODE", help="The unit that all of it is in.")
    ] = None,
    group_by: Annotated[
        Name,
        typer.Option(
            metavar="COLUMN", help="A proposal for each unit above, by its new code."
        ),
    ] = None,
    upper: Annotated[
        Name,
        typer.Option(metavar="FILE", help="The conversion table of the units above."),
    ] = None,
    upper_kind: Annotated[
        Name, typer.Option(metavar="KIND", help="Their kind, if it isn't clear.")
    ] = None,
    units: Annotated[
        Name,
        typer.Option(metavar="FILE", help="The new units: code, name, type, lon, lat."),
    ] = None,
    basis: Annotated[
        Name,
        typer.Option(help='The document: "ISSUER, NUMBER, DATE".'),
    ] = None,
    basis_column: Annotated[
        Name,
        typer.Option(
            metavar="COLUMN", help="The column of the document, here or in --units."
        ),
    ] = None,
    parts: Annotated[
        Name,
        typer.Option(
            metavar="FILE", help="What goes with parts: old, new, part, and facts."
        ),
    ] = None,
    mirror: Annotated[
        bool,
        typer.Option("--mirror", help="Draft what covers the units, too, by --store."),
    ] = False,
    unknown_shares: Annotated[
        bool, typer.Option("--unknown-shares", help="State open shares as unknown.")
    ] = False,
    area_fact: Annotated[
        Names, typer.Option(metavar="FACT", help="What notes call area.")
    ] = None,
    people_fact: Annotated[
        Names, typer.Option(metavar="FACT", help="What notes call people.")
    ] = None,
    refs: Annotated[
        str, typer.Option(help="How old units are named: a code, or an id.")
    ] = "{kind}:{code}",
    title: Annotated[Name, typer.Option(help="The title of the proposal.")] = None,
    schema: Annotated[
        Name, typer.Option(metavar="PATH", help="The JSON Schema that editors use.")
    ] = None,
    output: Annotated[
        Name,
        typer.Option(
            "--output", "-o", metavar="FILE|DIR", help="A folder with --group-by."
        ),
    ] = None,
    form: FormatOption = "text",
    strict: StrictOption = False,
    lang: LangOption = None,
) -> None:
    """Draft proposals from a table of old units and what becomes of them.

    With a store the old units are looked up in it: codes that it doesn't have on the
    day are refused, and names that it has otherwise are told. With --pack alone no
    store is asked.
    """
    from ..conversion import Options, load_words
    from ..conversion import draft as drafted

    checked_format(form)
    language = language_of(context, lang)
    if form == "json" and output is None:
        message = "findings as JSON leave no place for a proposal; name a file with -o"
        raise InputError(message)
    words = load_words(*notes or [])
    given = chosen_pack(context, store, pack)
    if given is None:
        message = "a draft needs a schema pack; name one with --pack, or a store"
        raise InputError(message)
    facts: dict[Measure, Names] = {"area": area_fact, "people": people_fact}
    own_kind = kind or usual_kind(given, words, area_fact)
    options = Options(
        kind=own_kind,
        effective=day(effective),
        measures=measures_of(given, own_kind, words, facts, unknown=unknown_shares),
        refs=refs,
        abolish=abolish,
        upper_kind=upper_kind or kind_above(given, abolish),
        within=within,
        grouped=group_by is not None,
        title=title,
        basis=basis_of(words, basis),
        schema=schema,
    )
    check_choices(given, options, upper=upper)
    columns = columns_of(column)
    if group_by is not None:
        columns["group"] = group_by
    tables = Files(table, sheet, mapping, upper, units, parts, basis_column)
    lines, beside, unread = read_tables(tables, words, given, columns)
    with compared(context, store, given, named=pack, mirror=mirror) as here:
        own = here if mirror else None
        with_store = beside._replace(store=here, organisation=own)
        done = drafted(lines, words, given, options, with_store)
    refused = done.refused or (
        strict and any(item.finding.severity == "warning" for item in done.findings)
    )
    inputs = [
        name for name in (table, upper, units, parts, mapping, *(notes or [])) if name
    ]
    types = given.nodes[options.upper_kind].types if options.upper_kind else ()
    files = _files(done, output, types, grouped=options.grouped)
    refuse_overwriting([str(file) for file in files], *inputs)
    refused = refused or bool(unread)
    with read_or_not():
        for problem in unread:
            typer.echo(problem, err=True)
        if form == "json":
            _print_json(done, [] if refused else files, unread, refused=refused)
        else:
            _print_findings(done, language)
    if refused:
        raise typer.Exit(InputError.exit_code if unread else 1)
    _write(done, files, output)
    if form == "text" and output is not None:
        number = len(done.texts)
        proposals = many(number, "{n:,} proposal", "{n:,} proposals")
        tell(language, laid("{file}: {number}", file=output, number=proposals))


def _files(
    done: "Drafted", output: Name, types: tuple[str, ...], *, grouped: bool
) -> list[Path]:
    """Return where the proposals are written; none where they are printed."""
    if output is None:
        if len(done.texts) > 1:
            message = f"there are {len(done.texts)} proposals; name a folder with -o"
            raise InputError(message)
        return []
    if not grouped:
        return [Path(output)] * len(done.texts)
    return [Path(output) / f"{_stem(text, types)}.yaml" for text in done.texts]


def _stem(text: "Text", types: tuple[str, ...]) -> str:
    """Return the name of a proposal's file: 22_quang_ninh."""
    from ..conversion.spelling import label
    from ..model.ids import slug

    return f"{slug(text.code)}_{label(text.name, types, text.code)}"


def _write(done: "Drafted", files: Sequence[Path], output: Name) -> None:
    if output is None:
        for text in done.texts:
            typer.echo(text.text, nl=False)
        return
    for file, text in zip(files, done.texts, strict=True):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"{file.parent}: {reason(error)}"
            raise InputError(message) from None
        write_output(file, text.text)


def _print_findings(done: "Drafted", language: "Language") -> None:
    """Print findings where they don't mix with a proposal: to standard error."""
    from ..reports.text_findings import print_findings

    said = [
        item.finding.model_copy(
            update={
                "message": say(
                    "{place}: {said}", place=item.place, said=item.finding.message
                )
            }
        )
        for item in done.findings
    ]
    print_findings(said, console(error=True), language=language)
    if not done.judged:
        later = say("What the rows say together is checked once these are cured.")
        typer.echo(language.say(later), err=True)


def _print_json(
    done: "Drafted", files: Iterable[Path], unread: Sequence[str], *, refused: bool
) -> None:
    """Print what validate prints, each finding with its place, and what is written."""
    found = [
        {**item.finding.model_dump(mode="json"), "place": item.place}
        for item in done.findings
    ]
    print_json(
        {
            "format": "orgraph.findings/1",
            "ok": not refused,
            "findings": found,
            "files": [str(file) for file in files],
            "unread": list(unread),
        }
    )
