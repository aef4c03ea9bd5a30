"""Runs a command and turns what stops it into one sentence and an exit code."""

import os
import sys
from collections.abc import Callable

import typer

from ..errors import InDoubtInterrupt, OrgraphError
from ..files import reason
from .app import app
from .options import INTERRUPTED, forget, forget_unread

USAGE = 2
MOST_PROBLEMS = 60
COMPLETING = "_ORGRAPH_COMPLETE"
"""Is set by the shell's completion: what it asks for, such as complete_bash."""


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code, and never a traceback for input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if COMPLETING in os.environ:
        command = typer.main.get_command(app)
        return _ending(lambda: command.main([], prog_name="orgraph"))
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except Exception as error:
        # What a library says while it is cleared away after Ctrl-C.
        interrupt = _interrupt_before(error)
        if interrupt is None:
            raise
        return _stopped(interrupt)


def _run(given: list[str]) -> int:
    command = typer.main.get_command(app)
    code = 0
    try:
        with command.make_context("orgraph", list(given)) as context:
            code = command.invoke(context) or 0
        sys.stdout.flush()
    except typer.Exit as stop:
        code = stop.exit_code
    except (typer.Abort, KeyboardInterrupt) as stop:
        code = _stopped(stop)
    except OrgraphError as error:
        _complain(_listed(error))
        code = error.exit_code
    except BrokenPipeError:
        forget_unread()
    except OSError as error:
        _complain(f"the output can't be written: {reason(error)}")
        forget(sys.stdout)
        code = USAGE
    except typer.TyperException as error:
        _show_usage(error)
        code = USAGE
    return code


def _complain(said: str) -> None:
    """Say why a command did nothing; its exit code stands though nobody reads on."""
    try:
        sys.stderr.write(f"{said}\n")
    except BrokenPipeError:
        forget(sys.stderr)


def _stopped(stop: BaseException) -> int:
    """Say that the work was stopped, and what of it may be there."""
    told = "nothing was written"
    if isinstance(stop, InDoubtInterrupt):
        told = "a revision was being written; orgraph history shows whether it is there"
    _complain(f"\nStopped; {told}.")
    return INTERRUPTED


def _interrupt_before(error: BaseException) -> BaseException | None:
    """Return the Ctrl-C that an exception came after."""
    before = error.__context__
    while before is not None and not isinstance(before, KeyboardInterrupt):
        before = before.__context__
    return before


def _ending(call: Callable[[], object]) -> int:
    """Run what ends the process by itself; returns its exit code."""
    try:
        call()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def _listed(error: OrgraphError) -> str:
    """Return what an error says, of very many problems the first."""
    lines = str(error).splitlines()
    more = len(lines) - MOST_PROBLEMS
    if more > 0:
        lines = [*lines[:MOST_PROBLEMS], f"… {more} more"]
    return "\n".join(lines)


def _show_usage(error: typer.TyperException) -> None:
    """Say how a command is used, and what was wrong."""
    context = getattr(error, "ctx", None)
    said = str(getattr(error, "format_message", error.__str__)())
    if context is not None and not said.startswith("Usage:"):
        said = f"{context.get_usage()}\n{said}"
    _complain(said)
