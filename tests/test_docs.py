"""What the documents show is what happens; what they name is there."""

import re
from pathlib import Path

import pytest
from console_blocks import Command, blocks

from orgraph.cli.run import run

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
RUN = ["tutorial.md"]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", RUN)
def test_commands_print_what_a_document_shows(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Followed from its first line in an empty clone, a document tells the truth."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ORGRAPH_STORE", raising=False)
    for folder in ("docs", "scenarios", "schema"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    done = 0
    for block in blocks(ROOT / "docs" / name):
        if not isinstance(block, Command):
            (tmp_path / block.name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
            continue
        code = run(block.arguments)
        printed = capsys.readouterr()
        said = f"$ orgraph {' '.join(block.arguments)}\n{printed.out}{printed.err}"
        assert code == block.code, said
        assert block.printed(printed.out), said
        done += 1
    assert done > 3


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *DOCS], ids=lambda path: path.name
)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a document leads to a file or folder."""
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
