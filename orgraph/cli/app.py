"""The application: its commands, found in the modules beside it."""

from typing import Annotated

import typer

from . import (
    apply,
    cadres,
    catalogue,
    chains,
    check,
    comparing,
    copies,
    coverage,
    differing,
    draft,
    exports,
    lineage,
    proposals,
    questions,
    replays,
    series,
    staffing,
    stores,
    synth,
)
from .options import Shared, language_of

app = typer.Typer(
    name="orgraph",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Plan, check, apply and take back reorganisations, on one dated graph.",
)


def show_version(wanted: bool) -> None:
    """Print the version, and leave it at that."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"orgraph {version('orgraph')}")
        raise typer.Exit


@app.callback()
def shared(
    context: typer.Context,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL",
            help="The store; by default ORGRAPH_STORE, else orgraph.db.",
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="en|vi",
            help="The language that is shown; by default ORGRAPH_LANG, else English.",
        ),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=show_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Keep what stands before the command for the command.

    A language that there isn't is refused here, whatever the command does with it.
    """
    context.obj = Shared(store, lang)
    language_of(context, None)


MODULES = (
    stores,
    draft,
    proposals,
    comparing,
    apply,
    replays,
    questions,
    differing,
    chains,
    check,
    staffing,
    cadres,
    coverage,
    series,
    lineage,
    exports,
    copies,
    synth,
    catalogue,
)
for module in MODULES:
    module.add_commands(app)
