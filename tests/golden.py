"""Writes and compares the golden reports of the scenarios of cells and cadres.

`python tests/golden.py` writes them anew, `--check` names those that are stale. Beside
each scenario stand its report as text and as JSON, as `orgraph simulate` writes them,
and what the commands in its `asks` answer once it is applied.
"""

import contextlib
import io
import shlex
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from harness import SCENARIOS, STAMP, Scenario, pack_named, read_scenario, start

from orgraph.cli.run import run
from orgraph.reports import build_report, render
from orgraph.stores.sqlite import SqliteStore

FOLDER = SCENARIOS / "cells_and_cadres"


def golden_scenarios() -> list[Scenario]:
    """Return the scenarios that have golden reports, in order."""
    return [read_scenario(path) for path in sorted(FOLDER.glob("*.yaml"))]


@cache
def golden(path: Path) -> Mapping[str, str]:
    """Return the text of each golden file of a scenario, by name."""
    scenario = read_scenario(path)
    proposal = scenario.apply
    assert proposal is not None
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "orgraph.db"
        with SqliteStore(file, create=pack_named(scenario.pack)) as store:
            start(scenario, store)
            plan = store.plan(proposal)
            report = build_report(plan, store)
            for form, suffix in (("text", "txt"), ("json", "json")):
                found[f"{path.stem}.report.{suffix}"] = render(report, form)
            if not plan.refused:
                store.commit(plan, stamp=STAMP)
        asked = scenario.data.get("asks", ())
        if asked:
            answers = "\n".join(_answer(line, file) for line in asked)
            found[f"{path.stem}.answers.txt"] = answers
    return found


def _answer(line: str, store: Path) -> str:
    """Return a command and what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = run([*shlex.split(line), "--store", str(store)])
    assert code == 0, f"{line} ends with {code}"
    return f"$ orgraph {line}\n{printed.getvalue()}"


def stale() -> Iterator[Path]:
    """Yield the golden files that are missing, stale or of no scenario."""
    wanted = set()
    for scenario in golden_scenarios():
        for name, text in golden(scenario.path).items():
            file = FOLDER / name
            wanted.add(file)
            if not file.is_file() or file.read_bytes() != text.encode():
                yield file
    for file in sorted({*FOLDER.glob("*.txt"), *FOLDER.glob("*.json")} - wanted):
        yield file


def main(arguments: list[str]) -> int:
    """Write the golden files, or name those that are stale: 1 if any is."""
    found = list(stale())
    if arguments == ["--check"]:
        for file in found:
            sys.stdout.write(f"{file.name} is stale: run {Path(__file__).name}\n")
        return int(bool(found))
    texts = {
        FOLDER / name: text
        for scenario in golden_scenarios()
        for name, text in golden(scenario.path).items()
    }
    for file in found:
        if file in texts:
            file.write_bytes(texts[file].encode())
        else:
            file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
