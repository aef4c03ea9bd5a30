"""The page of a report in headless Chromium: opened, folded, searched, and printed."""

import re
from pathlib import Path

import pytest
from chromium import Page
from harness import SCENARIOS
from shown_reports import (
    at_one_point,
    beside,
    cells,
    mapped,
    merger,
    reported,
    standard_met,
    town,
)

from orgraph.reports import render

pytestmark = pytest.mark.browser

PIXELS = """(() => { const c = document.querySelector('canvas');
const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
return d.some(n => n !== 0); })()"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the town, as a file."""
    path = tmp_path_factory.mktemp("pages") / "town.html"
    path.write_text(render(town(), "html"), encoding="utf-8")
    return path


def test_it_opens_without_a_word(page: Page, file: Path) -> None:
    """A page runs without an error, asks no network, and draws its charts."""
    page.open(file)
    page.settle()
    assert page.requests == [file.as_uri()]
    assert page.problems == []
    assert page.run(PIXELS) is True
    assert page.run("document.querySelector('form.tools').hidden") is False


def test_it_folds_by_the_keyboard(page: Page, file: Path) -> None:
    """A large tree is folded below its roots; a key unfolds a branch."""
    page.open(file)
    leaves = ".tree.before li li li"
    assert page.visible(leaves) == 0
    page.run("document.querySelector('.tree.before li li summary').focus()")
    page.press("Enter", "\r")
    assert page.visible(leaves) == 80
    page.press("Enter", "\r")
    assert page.visible(leaves) == 0
    for what, count in (("unfold", 80), ("fold", 0)):
        page.run(f"document.querySelector('[data-do={what}]').click()")
        assert page.visible(leaves) == count


def test_it_is_searched(page: Page, file: Path) -> None:
    """A search needs no signs on letters, opens what it finds, and is taken back."""
    page.open(file)
    before = page.unfolded()
    page.press("/", "/")
    assert page.run("document.activeElement.name") == "q"
    page.type("DIEN bien 38")
    assert page.visible(".tree.after li li li") == 1
    assert page.visible(".flow") == 1
    assert page.visible(".tree.before li li li") == 2  # the two that it was made of
    assert "Điện Biên 38" in page.run(
        "document.querySelector('.flow:not([hidden])').innerText"
    )
    status = str(page.run("document.querySelector('.status').textContent"))
    assert re.search(r"[1-9]", status)
    page.type("x")
    assert (
        page.run("document.querySelector('.status').textContent") == "Nothing matches."
    )
    page.press("Escape")
    page.settle()
    assert page.unfolded() == before
    assert page.visible(".flow") == 39
    page.type("m78")
    assert page.visible(".tree.before li li li") == 1  # by its id


def test_what_is_beside_is_found_and_unfolded(page: Page, tmp_path: Path) -> None:
    """A name among what doesn't change opens its line; a cut list is said to be cut."""
    file = tmp_path / "beside.html"
    file.write_text(render(beside(50), "html"), encoding="utf-8")
    page.open(file)
    assert page.visible(".rest p") == 0
    page.run("document.querySelector('[name=q]').focus()")
    page.type("t34")  # beyond the 30 that are named
    status = str(page.run("document.querySelector('.status').textContent"))
    assert status.startswith("Nothing matches.")
    assert "--report report.json" in status
    page.press("Escape")
    page.settle()
    assert page.visible(".rest p") == 0
    page.run("document.querySelector('[name=q]').focus()")
    page.type("t05")
    assert page.visible(".tree.before .rest p") == 1
    assert "T05" in page.run(
        "document.querySelector('.rest:not([hidden]) p').innerText"
    )


def test_its_sections_are_named_at_its_head(page: Page, file: Path) -> None:
    """Each section of a long page is a link away."""
    page.open(file)
    links = "[...document.querySelectorAll('nav.contents a')]"
    said = page.run(f"{links}.map(a => a.textContent)")
    assert said == page.run(
        "[...document.querySelectorAll('main section[id] > h2')]"
        ".map(e => e.textContent)"
    )
    assert len(said) > 4
    page.run(f"{links}.at(1).click()")
    page.settle()
    where = page.run(
        "document.querySelector(location.hash).getBoundingClientRect().top"
    )
    bar = page.run("document.querySelector('.tools').getBoundingClientRect().bottom")
    assert bar <= where < bar + 100
    assert page.problems == []


def test_it_is_filtered_by_what_becomes_of_units(page: Page, file: Path) -> None:
    """A mark shows those that bear it, in both trees."""
    page.open(file)
    for mark, count in (("moves", 1), ("revised", 1), ("ends", 78)):
        page.run("document.querySelector('[type=reset]').click()")
        page.settle()
        page.run(f"document.querySelector('[name=mark][value={mark}]').click()")
        page.settle()
        assert page.visible(".tree.before li li li") == count
        shown = f".tree.before li li li:not([hidden]) .mark.{mark}"
        assert page.visible(shown) == count


def test_findings_are_filtered(page: Page, tmp_path: Path) -> None:
    """Findings are shown by their severity."""
    file = tmp_path / "faults.html"
    report = reported(SCENARIOS / "cases" / "six_faults_at_once.yaml")
    file.write_text(render(report, "html"), encoding="utf-8")
    page.open(file)
    assert page.visible(".finding") == 6
    page.run("document.querySelector('[name=severity][value=error]').click()")
    page.settle()
    assert page.visible(".finding") == page.visible(".finding.error") == 5


def test_it_is_dark_where_that_is_liked(page: Page, file: Path) -> None:
    """The page follows the system, and a button turns it."""
    ground = "getComputedStyle(document.body).backgroundColor"
    page.open(file)
    light = page.run(ground)
    page.run("localStorage.clear()")
    page.open(file, dark=True)
    dark = page.run(ground)
    assert light == "rgb(255, 255, 255)"
    assert dark != light
    face = "getComputedStyle(document.querySelector('[data-do=theme]'))"
    assert page.run(f"{face}.backgroundColor") == page.run(
        "getComputedStyle(document.body).color"
    )
    assert page.run(f"{face}.color") == dark  # a pressed button is seen, and read
    page.run("document.querySelector('[data-do=theme]').click()")
    assert page.run(ground) == light
    assert page.problems == []
    page.run("localStorage.clear()")


def test_it_fits_a_phone(page: Page, file: Path) -> None:
    """On a narrow screen the verdict comes first, and nothing is beyond its edge."""
    page.open(file, 390)
    where = "document.querySelector('.bottom-line').getBoundingClientRect().top"
    assert page.run(where) < 300
    page.run("document.querySelector('[data-do=unfold]').click()")
    page.settle()
    assert page.run("document.documentElement.scrollWidth") <= 390


def test_it_is_mirrored(page: Page, file: Path, tmp_path: Path) -> None:
    """From right to left the old units stand on the right, and lines lead left."""
    mirrored = tmp_path / "rtl.html"
    text = file.read_text(encoding="utf-8").replace('dir="ltr"', 'dir="rtl"', 1)
    mirrored.write_text(text, encoding="utf-8")
    page.open(mirrored)
    where = "document.querySelector('.flow {0}').getBoundingClientRect().x"
    assert page.run(where.format(".from")) > page.run(where.format(".to"))
    page.open(mirrored, 390)
    assert page.run("document.documentElement.scrollWidth") <= 390


def test_charts_of_every_form_are_drawn(page: Page, tmp_path: Path) -> None:
    """Bars, curves and classes of size are drawn without an error."""
    for name, report in (("bars", merger()), ("ranks", town()), ("bins", cells())):
        file = tmp_path / f"{name}.html"
        file.write_text(render(report, "html"), encoding="utf-8")
        page.open(file)
        page.settle()
        assert page.run("document.querySelector('canvas').dataset.form") == name
        assert page.run(PIXELS) is True
        assert page.problems == []


def test_what_is_wanted_is_seen_where_it_is_met(page: Page, tmp_path: Path) -> None:
    """The mark of a threshold lies on the bar that goes beyond it, not behind."""
    file = tmp_path / "met.html"
    file.write_text(render(standard_met(), "html"), encoding="utf-8")
    page.open(file)
    page.settle()
    found = page.run(
        "(() => { const chart = Object.values(Chart.instances)"
        ".find(c => c.canvas.dataset.form === 'bars');"
        "const [, after, wanted] = chart.data.datasets;"
        "const at = wanted.data.findIndex(n => n !== null);"
        "const { x, y } = chart.getDatasetMeta(2).data[at], [red, green, blue] = chart"
        ".canvas.getContext('2d').getImageData(x, y, 1, 1).data;"
        "return { met: after.data[at] > wanted.data[at],"
        "colour: `rgb(${red}, ${green}, ${blue})`, drawn: wanted.borderColor,"
        "legend: chart.legend.legendItems.map(item => item.text) }; })()"
    )
    assert found["met"] is True
    assert found["colour"] == found["drawn"]
    assert found["legend"] == ["before", "after", "wanted"]
    assert page.problems == []


def test_a_map_is_true(page: Page, tmp_path: Path) -> None:
    """A kilometre is as long to the east as to the north, on any screen and theme."""
    file = tmp_path / "map.html"
    file.write_text(render(mapped(), "html"), encoding="utf-8")
    for width, dark in ((1440, False), (390, True)):
        page.open(file, width, dark=dark)
        page.settle()
        x, y, west, east, south, north = page.run(
            "(() => { const { scales: { x, y } } = Object.values(Chart.instances)"
            ".find(c => c.canvas.dataset.form === 'map'); return ["
            "x.getPixelForValue(106) - x.getPixelForValue(105),"
            "y.getPixelForValue(60) - y.getPixelForValue(61),"
            "x.min, x.max, y.min, y.max]; })()"
        )
        # Between 60 and 61 degrees north the cosine is 0.4924.
        assert x / y == pytest.approx(0.4924, rel=0.01)
        assert west < 105
        assert east > 107
        assert south < 60
        assert north > 61
        page.run("document.querySelector('[data-do=theme]').click()")
        page.run("window.dispatchEvent(new Event('beforeprint'))")
        page.run("window.dispatchEvent(new Event('afterprint'))")
        page.settle()
        assert page.problems == []
    page.run("localStorage.clear()")


def test_dots_of_one_point_are_all_seen(page: Page, tmp_path: Path) -> None:
    """The new unit's dot is drawn last, and smaller than those that it lies on."""
    file = tmp_path / "point.html"
    file.write_text(render(at_one_point(), "html"), encoding="utf-8")
    page.open(file)
    page.settle()
    found = page.run(
        "(() => { const chart = Object.values(Chart.instances)"
        ".find(c => c.canvas.dataset.form === 'map');"
        "const [united, ends] = [0, 1].map(n => chart.getDatasetMeta(n).data);"
        "const { x, y } = united[0], [red, green, blue] = chart.canvas"
        ".getContext('2d').getImageData(x, y, 1, 1).data;"
        "return { colour: `rgb(${red}, ${green}, ${blue})`,"
        "drawn: chart.data.datasets[0].backgroundColor,"
        "sizes: [...ends.slice(1), united[0]].map(dot => dot.options.radius),"
        "turned: ends.slice(1).map(dot => dot.options.rotation) }; })()"
    )
    assert found["colour"] == found["drawn"]
    assert found["sizes"] == sorted({*found["sizes"]}, reverse=True)
    assert len(found["sizes"]) == 3
    assert len({turn % 90 for turn in found["turned"]}) == 2  # crosses, each seen
    assert page.problems == []
