"""A page on paper and in narrow columns: all of it is there, and can be read."""

import re
from pathlib import Path

import pytest
from chromium import Page
from shown_reports import mapped, merger, town

from orgraph.reports import render

pytestmark = pytest.mark.browser

BROKEN = """(() => {
  const found = [];
  for (const cell of document.querySelectorAll('td, th')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode());) {
      if (text.parentElement.closest('.id')) continue;
      for (const word of text.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
        if (lines.size > 1) found.push(word[0]);
      }
    }
  }
  return found;
})()"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the town, as a file."""
    path = tmp_path_factory.mktemp("pages") / "town.html"
    path.write_text(render(town(), "html"), encoding="utf-8")
    return path


def test_it_is_printed(page: Page, tmp_path: Path) -> None:
    """Paper has all of a small report, without what is only for a screen."""
    file = tmp_path / "merger.html"
    file.write_text(render(merger(), "html"), encoding="utf-8")
    page.open(file)
    page.run("document.querySelector('[data-do=fold]').click()")
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    again = page.run(
        "[...document.querySelectorAll('main details.again')].map(d => d.open)"
    )
    assert again == [False]  # the lines stand above it
    assert page.unfolded().count(False) == 1
    page.send("Emulation.setEmulatedMedia", media="print")
    assert page.visible("details.again") == 0
    assert page.visible("form.tools") == page.visible(".top button") == 0
    assert page.visible(".tree.before li li li") == 3
    page.send("Emulation.setEmulatedMedia", media="")
    page.run("window.dispatchEvent(new Event('afterprint'))")
    assert not any(page.unfolded())
    pdf = page.pdf()
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4


def test_paper_hides_nothing(page: Page, tmp_path: Path) -> None:
    """On paper no chart covers what is below it, and no heading ends a page."""
    file = tmp_path / "map.html"
    file.write_text(render(mapped(), "html"), encoding="utf-8")
    page.open(file)
    page.settle()
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    page.send("Emulation.setEmulatedMedia", media="print")
    page.send(
        "Emulation.setDeviceMetricsOverride",
        width=700,
        height=900,
        deviceScaleFactor=1,
        mobile=False,
    )
    page.settle()
    covering = page.run(
        "[...document.querySelectorAll('figure')].filter(figure => {"
        "const canvas = figure.querySelector('canvas');"
        # As a printer lays it out: in the size that it had on a screen.
        "canvas.style.width = canvas.style.height = '1200px';"
        "const { bottom, right } = figure.getBoundingClientRect(),"
        "drawn = canvas.getBoundingClientRect();"
        "return drawn.bottom > bottom + 1 || drawn.right > right + 1; }).length"
    )
    assert page.visible("canvas") == 1
    assert covering == 0
    assert page.run("document.documentElement.scrollWidth") <= 700
    kept = page.run(
        "[...document.querySelectorAll('h2, h3, summary, caption')]"
        ".map(e => getComputedStyle(e).breakAfter)"
    )
    assert set(kept) == {"avoid"}
    page.send("Emulation.setEmulatedMedia", media="")


def test_no_word_is_broken(page: Page, file: Path) -> None:
    """In a narrow column of a table, names go on in the next line between words."""
    for width in (390, 700):
        page.open(file, width)
        page.run("document.querySelector('[data-do=unfold]').click()")
        page.settle()
        assert page.run(BROKEN) == []


def test_long_trees_are_printed_one_after_the_other(page: Page, file: Path) -> None:
    """Beside a long tree half of each page would be empty."""
    page.open(file)
    page.send("Emulation.setEmulatedMedia", media="print")
    where = "document.querySelector('.tree.{0}').getBoundingClientRect().x"
    assert page.run(where.format("before")) == page.run(where.format("after"))
    page.send("Emulation.setEmulatedMedia", media="")
    assert page.run(where.format("before")) < page.run(where.format("after"))
