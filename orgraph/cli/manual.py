"""Writes docs/cli.md, the manual of every command, or checks that it is fresh.

python -m orgraph.cli.manual [--check]
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from .app import app

WIDTH = 200
"""Of the usage, which would otherwise be wrapped as the terminal is wide."""
FILE = Path(__file__).parents[2] / "docs" / "cli.md"
HEAD = """\
# The command line

Written by `python -m orgraph.cli.manual` from the commands themselves; the same as
`orgraph COMMAND -h`. Options stand before or after arguments.

Exit codes: 0 done, 1 refused by findings, 2 can't be read or wrong usage, 3 stale (a
plan that would now do something else), 4 store unavailable. `ORGRAPH_STORE` names the
store where `--store` doesn't, `ORGRAPH_AUTHOR` who commits, `NEO4J_USERNAME` and
`NEO4J_PASSWORD` who asks a server; `NO_COLOR` keeps output plain.
`orgraph --install-completion` completes commands and options in bash, zsh and fish.
"""


def manual() -> str:
    """Return the manual: the options of all commands, then each command by name."""
    root = typer.main.get_command(app)
    context = typer.Context(root, info_name="orgraph", terminal_width=WIDTH)
    parts = [HEAD, *_section(context, "Options of every command")]
    for name, command in sorted(root.commands.items()):  # type: ignore[attr-defined]
        if not command.hidden:
            inner = typer.Context(
                command, info_name=name, parent=context, terminal_width=WIDTH
            )
            parts += _section(inner, f"orgraph {name}")
    return "\n".join(parts)


def _section(context: typer.Context, title: str) -> Iterator[str]:
    """Yield a command's usage, what it does, its arguments and options."""
    command = context.command
    yield f"## {title}\n"
    usage = context.get_usage().removeprefix("Usage: ")
    yield f"    {usage.replace('{', '').replace('}', '')}\n"
    yield f"{command.help}\n"
    records = [parameter.get_help_record(context) for parameter in command.params]
    shown = [record for record in records if record]
    for names, said in shown:
        name = names.removesuffix(" <str>").removesuffix(" <int>")
        yield f"- `{name.strip()}`: {' '.join(said.split())}"
    if shown:
        yield ""


def main(arguments: list[str]) -> int:
    """Write the manual, or say that it is stale."""
    text = manual()
    fresh = FILE.is_file() and FILE.read_text(encoding="utf-8") == text
    if fresh:
        return 0
    if "--check" in arguments:
        sys.stderr.write(f"{FILE.name} is stale; run python -m orgraph.cli.manual\n")
        return 1
    FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{FILE.name} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
