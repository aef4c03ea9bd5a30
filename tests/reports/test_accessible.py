"""Pages as WCAG asks for them: contrast, keyboard, headings, in light and dark."""

from itertools import pairwise
from pathlib import Path

import pytest
from chromium import Page
from harness import SCENARIOS
from page_reader import Reader
from shown_reports import at_one_point, beside, reported
from test_compare_page import compared

from orgraph.language import language
from orgraph.reports import render
from orgraph.reports.compare_render import render_comparison

AA = 4.5

# Each text that can be seen with the colour it has and the ground it stands on.
TEXTS = """(() => {
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode());) {
    const element = text.parentElement;
    if (!text.data.trim() || element.closest('script')) continue;
    if (!element.checkVisibility() || element.closest('.unseen')) continue;
    let ground = element;
    const clear = (e) => getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)';
    while (ground !== document.body && clear(ground)) ground = ground.parentElement;
    const pair = [getComputedStyle(element).color,
      getComputedStyle(ground).backgroundColor];
    found.set(pair.join(' on '), text.data.trim());
  }
  return [...found];
})()"""
REACHED = "a[href], button, input, summary, [tabindex='0']"
FOCUSED = """(() => {
  const e = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(e);
  const { top, bottom } = e.getBoundingClientRect();
  const bar = document.querySelector('form.tools');
  const over = bar && !bar.contains(e) ? bar.getBoundingClientRect() : null;
  return e === document.body ? null : {
    place: [...document.querySelectorAll("%s")].indexOf(e),
    ringed: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    seen: bottom > 0 && top < innerHeight
      && !(over && top >= over.top && bottom <= over.bottom),
  };
})()"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return pages of reports and of a comparison, in both languages."""
    folder = tmp_path_factory.mktemp("accessible")
    cases = SCENARIOS / "cases"
    texts = [
        render(beside(50), "html"),
        render(at_one_point(), "html", language("vi")),
        render(reported(cases / "six_faults_at_once.yaml"), "html"),
        render(reported(cases / "commune_with_its_committee.yaml"), "html"),
        render_comparison(compared(), "html"),
    ]
    found = [folder / f"{n}.html" for n in range(len(texts))]
    for file, text in zip(found, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return found


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour that a browser has worked out."""
    numbers = [float(part) / 255 for part in colour[4:-1].split(",")]
    red, green, blue = (
        n / 12.92 if n <= 0.04045 else ((n + 0.055) / 1.055) ** 2.4 for n in numbers
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_can_be_read(page: Page, files: list[Path], *, dark: bool) -> None:
    """What is seen has the contrast of WCAG AA on the ground that it stands on."""
    pairs = 0
    for file in files:
        page.open(file, dark=dark)
        page.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.settle()
        for pair, text in page.run(TEXTS):
            low, high = sorted(map(_luminance, pair.split(" on ")))
            assert (high + 0.05) / (low + 0.05) >= AA, (pair, text)
            pairs += 1
    assert pairs > 20


@pytest.mark.browser
def test_all_is_reached_by_the_keyboard(page: Page, files: list[Path]) -> None:
    """Each fold, filter, button and table has its turn, is seen then and ringed."""
    for file in files:
        page.open(file)
        page.settle()
        wanted = page.run(
            f'[...document.querySelectorAll("{REACHED}")]'
            ".flatMap((e, n) => e.checkVisibility() ? [n] : [])"
        )
        order = []
        for _ in wanted:
            page.press("Tab")
            focused = page.run(FOCUSED % REACHED)
            assert focused["ringed"], focused
            assert focused["seen"], focused
            order.append(focused["place"])
        assert order == wanted


@pytest.mark.browser
def test_the_bar_hides_no_focus(page: Page, files: list[Path]) -> None:
    """Going backwards, what has the focus doesn't stand below the bar of tools."""
    page.open(files[0], 1440)
    page.run("document.querySelector('[data-do=unfold]').click()")
    page.settle()
    page.run("[...document.querySelectorAll('summary')].at(-1).focus()")
    seen = 0
    while True:
        for kind in ("keyDown", "keyUp"):
            page.send(
                "Input.dispatchKeyEvent",
                type=kind,
                key="Tab",
                windowsVirtualKeyCode=9,
                modifiers=8,
            )
        focused = page.run(FOCUSED % REACHED)
        if focused is None:
            break
        assert focused["seen"], focused
        seen += 1
    assert seen > 40


def test_headings_are_in_order(files: list[Path]) -> None:
    """No heading is more than one level below that before it."""
    for file in files:
        read = Reader(file.read_text(encoding="utf-8"))
        levels = [
            int(one.tag[1])
            for one in read.elements
            if one.tag in {"h1", "h2", "h3", "h4"}
        ]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), levels
        assert len(read.all("caption")) == len(read.all("table"))
        assert all(one.attributes.get("scope") for one in read.all("th"))


def test_a_page_says_its_language(files: list[Path]) -> None:
    """What reads a page aloud is told in which language."""
    said = [Reader(file.read_text("utf-8")).all("html")[0] for file in files[:2]]
    assert [one.attributes["lang"] for one in said] == ["en", "vi"]
