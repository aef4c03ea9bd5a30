"""Commands that read a proposal and write nothing: validate, simulate."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError
from ..files import is_there, opened_output, write_output
from .options import (
    FormatOption,
    StoreOption,
    StrictOption,
    answered,
    checked_format,
    console,
    counted,
    opened,
    print_json,
    refuse_overwriting,
    store_name,
)

if TYPE_CHECKING:
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
) -> None:
    """Check proposals against a store; without one, their form alone."""
    checked_format(form)
    name, named = store_name(context, store)
    if not named and not is_there(name):
        _validate_form(files, form)
        return
    results: list[dict[str, Any]] = []
    codes = [0]
    with opened(context, store) as here:
        for file in files:
            code, result = _validated(here, file, strict=strict, quiet=form == "json")
            codes.append(code)
            results.append(result)
    if form == "json":
        print_json(_document(results))
    raise typer.Exit(max(codes))


def _validated(
    store: "Store", file: str, *, strict: bool, quiet: bool
) -> tuple[int, dict[str, Any]]:
    """Plan one file; returns its exit code and what JSON says of it."""
    from ..findings import refuses
    from ..proposal import read_placed
    from ..reports.text import print_findings

    try:
        proposal, places = read_placed(file)
        plan = store.plan(proposal)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        problems = {"problems": list(error.problems)}
        return error.exit_code, {"file": file, "findings": (), **problems}
    refused = refuses(plan.findings, strict=strict)
    if not quiet:
        out = console()
        typer.echo(f"{file}: {_verdict(plan, refused=refused)}")
        print_findings(plan.findings, out, [place.line for place in places])
        if plan.unplanned:
            steps = counted(plan.unplanned, "step")
            typer.echo(f"left out, since it follows from what is refused: {steps}")
    said = {"findings": plan.findings, "places": places, "refused": refused}
    return int(refused), {"file": file, **said}


def _validate_form(files: list[str], form: str) -> None:
    """Check what can be checked without a store, and say so."""
    from ..engine import form_findings
    from ..proposal import read_placed
    from ..reports.text import print_findings

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
            word = "refused" if found else "well formed"
            said = "there is no store, so only the form was checked"
            steps = counted(len(proposal.steps), "step")
            typer.echo(f"{file}: {steps}, {word}; {said}")
            print_findings(found, console(), [place.line for place in places])
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


def _verdict(plan: "Plan", *, refused: bool) -> str:
    changes = f"{counted(len(plan.changes), 'change')} on revision {plan.base}"
    return f"refused ({changes})" if refused else f"nothing blocks it ({changes})"


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
) -> None:
    """Show what a proposal does, before and after; writes nothing to the store."""
    from ..findings import refuses
    from ..reports import build_report, render, suffix_format

    checked_format(form)
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
        write_output(file, render(built, wanted))
    if plan:
        write_output(plan, planned.to_json())
    if form == "json":
        print_json(built.to_plain())
    else:
        from ..reports.text import print_report

        print_report(built, console())
    raise typer.Exit(int(refuses(planned.findings, strict=strict)))


def _write_people(plan: "Plan", store: "Store", file: str) -> None:
    """Write everyone whose chain a plan changes, as they are read."""
    from ..reports.affected import write_affected

    with opened_output(file) as output:
        write_affected(plan, store, output)
