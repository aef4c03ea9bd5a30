"""Commands that read a proposal and write nothing: validate, simulate."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

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
    refuse_overwriting,
    store_name,
)

if TYPE_CHECKING:
    from ..language import Language
    from ..plan import Plan
    from ..proposal import Proposal
    from ..reports import Report
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
    files: Annotated[list[str], typer.Argument(metavar="PROPOSAL…", help="Or -.")],
    store: StoreOption = None,
    form: FormatOption = "text",
    strict: StrictOption = False,
    lang: LangOption = None,
) -> None:
    """Check proposals against a store; without one, their form alone."""
    checked_format(form)
    language = language_of(context, lang)
    name, named = store_name(context, store)
    if not named and not is_there(name):
        _validate_form(files, form, language)
        return
    results: list[dict[str, Any]] = []
    codes = [0]
    with opened(context, store) as here:
        for file in files:
            told = None if form == "json" else language
            code, result = _validated(here, file, told, strict=strict)
            codes.append(code)
            results.append(result)
    if form == "json":
        print_json(_document(results))
    raise typer.Exit(max(codes))


def _validated(
    store: "Store", file: str, language: "Language | None", *, strict: bool
) -> tuple[int, dict[str, Any]]:
    """Plan one file; returns its exit code and what JSON says of it.

    Without a language it prints nothing.
    """
    from ..findings import refuses
    from ..proposal import read_placed
    from ..reports.text import left_out, verdict
    from ..reports.text_findings import print_findings

    try:
        proposal, places = read_placed(file)
        plan = store.plan(proposal)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        problems = {"problems": list(error.problems)}
        return error.exit_code, {"file": file, "findings": (), **problems}
    refused = refuses(plan.findings, strict=strict)
    if language:
        said = verdict(plan, refused=refused)
        typer.echo(f"{file}: {language.say(said)}")
        lines = [place.line for place in places]
        print_findings(plan.findings, console(), lines, language)
        if plan.unplanned:
            typer.echo(language.say(left_out(plan.unplanned)))
    found = {"findings": plan.findings, "places": places, "refused": refused}
    return int(refused), {"file": file, **found}


def _validate_form(files: list[str], form: str, language: "Language") -> None:
    """Check what can be checked without a store, and say so."""
    from ..engine import form_findings
    from ..proposal import read_placed
    from ..reports.text import of_form
    from ..reports.text_findings import print_findings

    results: list[dict[str, Any]] = []
    code = 0
    for file in files:
        try:
            proposal, places = read_placed(file)
        except InputError as error:
            sys.stderr.write(f"{error}\n")
            results.append({"file": file, "problems": list(error.problems)})
            code = error.exit_code
            continue
        found = form_findings(proposal)
        results.append(
            {"file": file, "findings": found, "places": places, "refused": bool(found)}
        )
        code = max(code, int(bool(found)))
        if form == "text":
            said = of_form(len(proposal.steps), refused=bool(found))
            typer.echo(f"{file}: {language.say(said)}")
            lines = [place.line for place in places]
            print_findings(found, console(), lines, language)
    if form == "json":
        print_json({**_document(results), "checked": "form"})
    raise typer.Exit(code)


def _document(results: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what validate says as JSON; with several files, each finding its file."""
    found = []
    for result in results:
        for finding in result.get("findings", ()):
            file = {"file": result["file"]} if len(results) > 1 else {}
            at = result["places"][finding.step - 1] if finding.step else None
            place = at._asdict() if at else {"line": None, "column": None}
            found.append({**finding.model_dump(mode="json"), **place, **file})
    problems = [p for result in results for p in result.get("problems", ())]
    ok = not problems and not any(result.get("refused") for result in results)
    return {
        "format": "orgraph.findings/1",
        "ok": ok,
        "findings": found,
        **({"problems": problems} if problems else {}),
    }


def simulate(
    context: typer.Context,
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL", help="Or -.")],
    store: StoreOption = None,
    form: FormatOption = "text",
    report: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Write the report; the format by suffix."),
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
    from ..reports import build_report, render, suffix_format

    checked_format(form)
    language = language_of(context, lang)
    formats = [(file, suffix_format(file)) for file in report or []]
    targets = [*(report or []), *(file for file in (plan, people) if file)]
    if people and not people.lower().endswith(".csv"):
        message = f"{people}: people are written as a table; write to .csv"
        raise InputError(message)
    refuse_overwriting(targets, store_name(context, store)[0], proposal)
    given = read(proposal)

    def ask(here: "Store") -> tuple["Plan", "Report"]:
        planned = here.plan(given)
        built = build_report(planned, here)
        if people:
            _write_people(planned, here, people)
        return planned, built

    planned, built = answered(context, store, ask)
    for file, wanted in formats:
        write_output(file, render(built, wanted, language))
    if plan:
        write_output(plan, planned.to_json())
    if form == "json":
        print_json(built.to_plain())
    else:
        from ..reports.text import print_report

        print_report(built, console(), language)
    raise typer.Exit(int(refuses(planned.findings, strict=strict)))


def _write_people(plan: "Plan", store: "Store", file: str) -> None:
    """Write everyone whose chain a plan changes, as they are read."""
    from ..reports.affected import write_affected

    with opened_output(file) as output:
        write_affected(plan, store, output)
