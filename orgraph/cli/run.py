"""Runs a command and turns what stops it into one sentence and an exit code."""

import os
import sys

import typer

from ..errors import OrgraphError
from .app import app

USAGE = 2
INTERRUPTED = 130


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code, and never a traceback for input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    command = typer.main.get_command(app)
    code = 0
    try:
        code = command.main(arguments, prog_name="orgraph", standalone_mode=False) or 0
        sys.stdout.flush()
    except typer.Exit as stop:
        code = stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("\nStopped; nothing was written.\n")
        code = INTERRUPTED
    except OrgraphError as error:
        sys.stderr.write(f"{error}\n")
        code = error.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        if context is not None:
            sys.stderr.write(f"{context.get_usage()}\n")
        sys.stderr.write(f"{error}\n")
        code = USAGE
    return code
