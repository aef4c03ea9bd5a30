"""Runs docs/notebook.ipynb, and writes what it gives: python tests/notebook.py."""

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

DOCS = Path(__file__).resolve().parent.parent / "docs"
FILE = DOCS / "notebook.ipynb"


def read() -> Any:  # noqa: ANN401 - nbformat has no types
    """Return the notebook as it stands."""
    return nbformat.read(FILE, as_version=4)


def executed() -> Any:  # noqa: ANN401 - nbformat has no types
    """Return the notebook run from its first cell, of each output what people see."""
    book = read()
    client = NotebookClient(
        book,
        timeout=60,
        resources={"metadata": {"path": str(DOCS)}},
        record_timing=False,
    )
    client.execute()
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "text/html" in data:  # the other form is for terminals, and long
                data.pop("text/plain", None)
    return book


def main() -> int:
    """Write the notebook with what its cells give."""
    nbformat.write(executed(), FILE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
