"""Commands that read a proposal and write nothing: validate, simulate."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from ..files import is_there, opened_output, write_output
from .options import (
    FormatOption,
    LangOption,
    StoreOption,
    StrictOption,
    answered,
    checked_format,
    console,
    language_of,
    opened,
    print_json,
    read_or_not,
    refuse_overwriting,
    store_name,
)

if TYPE_CHECKING:
    from ..language import Language
    from ..plan import Plan
    from ..proposal import Proposal
    from ..reports import Report
    from ..reports.validated import Validated
    from ..stores import Store


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("validate")(validate)
    app.command("simulate")(simulate)


def read(name: str) -> "Proposal":
    """Read a proposal from a file, or from standard input where it is called -."""
    from ..proposal import read_proposal

    return read_proposal(name)


def validate(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="PROPOSAL…", help="A file, or - for standard input."),
    ],
    store: StoreOption = None,
    form: Annotated[
        str,
        typer.Option("--format", metavar="text|json|sarif", help="How to print."),
    ] = "text",
    strict: StrictOption = False,
    lang: LangOption = None,
) -> None:
    """Check proposals against a store; without one, their form alone."""
    checked_format(form, "text", "json", "sarif")
    language = language_of(context, lang)
    name, named = store_name(context, store)
    if not named and not is_there(name):
        _validate_form(files, form, language)
        return
    results: list[Validated] = []
    codes = [0]
    with opened(context, store) as here:
        for file in files:
            told = language if form == "text" else None
            code, result = _validated(here, file, told, strict=strict)
            codes.append(code)
            results.append(result)
    _print_results(results, form, max(codes), language)
    raise typer.Exit(max(codes))


def _validated(
    store: "Store", file: str, language: "Language | None", *, strict: bool
) -> "tuple[int, Validated]":
    """Plan one file; returns its exit code and what is said of it.

    Without a language it prints nothing.
    """
    from ..findings import refuses
    from ..proposal import read_placed
    from ..reports.text import left_out, verdict
    from ..reports.text_findings import print_findings
    from ..reports.validated import Validated

    try:
        proposal, places = read_placed(file)
        plan = store.plan(proposal)
    except InputError as error:
        with read_or_not():
            sys.stderr.write(f"{error}\n")
        return error.exit_code, Validated(file, problems=tuple(error.problems))
    refused = refuses(plan.findings, strict=strict)
    if language:
        said = verdict(plan, refused=refused)
        lines = [place.line for place in places]
        with read_or_not():
            typer.echo(f"{file}: {language.say(said)}")
            print_findings(plan.findings, console(), lines, language)
            if plan.unplanned:
                typer.echo(language.say(left_out(plan.unplanned)))
    wrote = plan.draft.last_steps() if plan.draft is not None and not language else {}
    found = Validated(file, plan.findings, places, refused=refused, wrote=wrote)
    return int(refused), found


def _validate_form(files: list[str], form: str, language: "Language") -> None:
    """Check what can be checked without a store, and say so."""
    from ..engine import form_findings
    from ..proposal import read_placed
    from ..reports.text import of_form
    from ..reports.text_findings import print_findings
    from ..reports.validated import Validated

    results: list[Validated] = []
    code = 0
    for file in files:
        try:
            proposal, places = read_placed(file)
        except InputError as error:
            with read_or_not():
                sys.stderr.write(f"{error}\n")
            results.append(Validated(file, problems=tuple(error.problems)))
            code = error.exit_code
            continue
        found = form_findings(proposal)
        results.append(Validated(file, found, places, refused=bool(found)))
        code = max(code, int(bool(found)))
        if form == "text":
            said = of_form(len(proposal.steps), refused=bool(found))
            lines = [place.line for place in places]
            with read_or_not():
                typer.echo(f"{file}: {language.say(said)}")
                print_findings(found, console(), lines, language)
    _print_results(results, form, code, language, checked="form")
    raise typer.Exit(code)


def _print_results(
    results: "Sequence[Validated]",
    form: str,
    code: int,
    language: "Language",
    **about: str,
) -> None:
    """Print what was found as a document; as text it was printed file by file."""
    with read_or_not():
        if form == "json":
            from ..reports.validated import findings_document

            print_json({**findings_document(results), **about})
        elif form == "sarif":
            from ..reports.sarif import sarif_of

            print_json(sarif_of(results, code, language))


def simulate(
    context: typer.Context,
    proposal: Annotated[
        str, typer.Argument(metavar="PROPOSAL", help="A file, or - for standard input.")
    ],
    store: StoreOption = None,
    form: FormatOption = "text",
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="Write the report (.html, .md, .xlsx, .json, .txt); repeatable.",
        ),
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write the plan, to apply it; it names people as the store does.",
        ),
    ] = None,
    people: Annotated[
        str | None,
        typer.Option(metavar="FILE.csv", help="Write whose chain changes, and how."),
    ] = None,
    strict: StrictOption = False,
    lang: LangOption = None,
) -> None:
    """Show what a proposal does, before and after; writes nothing to the store."""
    from ..findings import refuses
    from ..proposal import read_placed
    from ..reports import build_report, rendered, suffix_format

    checked_format(form)
    language = language_of(context, lang)
    formats = [(file, suffix_format(file)) for file in report or []]
    targets = [*(report or []), *(file for file in (plan, people) if file)]
    if people and not people.lower().endswith(".csv"):
        message = f"{people}: people are written as a table; write to .csv"
        raise InputError(message)
    refuse_overwriting(targets, store_name(context, store)[0], proposal)
    given, places = read_placed(proposal)

    def ask(here: "Store") -> tuple["Plan", "Report"]:
        planned = here.plan(given)
        built = build_report(planned, here)
        if people:
            _write_people(planned, here, people)
        return planned, built

    planned, built = answered(context, store, ask)
    for file, wanted in formats:
        write_output(file, rendered(built, wanted, language))
    if plan:
        write_output(plan, planned.to_json())
    with read_or_not():
        if form == "json":
            print_json(built.to_plain())
        else:
            from ..reports.text import print_report

            lines = [place.line for place in places]
            print_report(built, console(), language, lines)
    raise typer.Exit(int(refuses(planned.findings, strict=strict)))


def _write_people(plan: "Plan", store: "Store", file: str) -> None:
    """Write everyone whose chain a plan changes, as they are read."""
    from ..reports.affected import write_affected

    with opened_output(file) as output:
        write_affected(plan, store, output)
