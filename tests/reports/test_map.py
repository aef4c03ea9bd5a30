"""Where units are: points in the model, and the map of a page with its table."""

import io
import json

from openpyxl import load_workbook
from page_reader import Reader
from shown_reports import at_one_point, mapped, merger
from towns import edge, filled, new, node, planned

from orgraph.reports import Report, build_report, render
from orgraph.reports.sheets import report_workbook


def shown(report: Report) -> tuple[Reader, dict[str, list[dict[str, object]]]]:
    """Return the page of a report, and the dots of its map by mark."""
    page = Reader(render(report, "html"))
    (canvas,) = (
        one for one in page.all("canvas") if one.attributes["data-form"] == "map"
    )
    said = json.loads(canvas.attributes["data-numbers"] or "")
    return page, {group["mark"]: group["dots"] for group in said["groups"]}


def test_points_are_those_of_what_is_touched() -> None:
    """Each unit touched has its points; half a point is none, and all are counted."""
    plain = mapped().to_plain()["map"]
    found = {
        one["unit"]: tuple(
            tuple(one[when].values()) if one[when] else None
            for when in ("before", "after")
        )
        for one in plain["points"]
    }
    assert found == {
        "a": (("105", "60"), None),
        "c": (("107", "61"), None),
        "n": (None, ("106.1", "60.1")),
        "d": (("106", "60.5"), ("106", "60.5")),
        "e": (("105.5", "60.25"), ("105.5", "60.25")),
    }
    assert plain["without"] == {"before": 1, "after": 0}


def test_a_sheet_has_degrees_as_numbers() -> None:
    """Points and the facts that they are of can be counted with, to the last digit."""
    data = report_workbook(mapped())
    book = load_workbook(io.BytesIO(data))
    points = {row[0].value: row[3:] for row in book["Map"].iter_rows(min_row=2)}
    assert [cell.value for cell in points["e"]] == [105.5, 60.25, 105.5, 60.25]
    assert [cell.value for cell in points["n"]] == [None, None, 106.1, 60.1]
    facts = [
        row[4]
        for row in book["Facts"].iter_rows(min_row=2)
        if row[2].value in {"longitude", "latitude"}
    ]
    told = [cell for cell in facts if cell.value not in {None, "unknown"}]
    assert sorted(cell.value for cell in told) == sorted(
        [105, 60, 60, 107, 61, 106, 60.5, 105.5, 60.25]
    )
    assert {cell.data_type for cell in (*told, *points["e"])} == {"n"}
    assert {cell.number_format for cell in (*told, *points["e"])} == {"General"}


def test_dots_are_by_what_becomes_of_units() -> None:
    """A dot is drawn by the mark of its unit, and all points stand in a table."""
    page, dots = shown(mapped())
    assert {mark: [dot["name"] for dot in some] for mark, some in dots.items()} == {
        "ends": ["C", "A"],
        "united": ["N"],
        "moves": ["D"],
        "revised": ["Evergreen"],
    }
    assert dots["united"] == [{"x": 106.1, "y": 60.1, "name": "N", "over": 0}]
    for text in ("106.1", "60.1", "105.5", "60.25"):
        assert any(cell.text.strip() == text for cell in page.all("td"))
    assert "No point is recorded of 1 unit as it was before." in page.text
    assert "after." not in page.text  # of none there is no word
    assert "there are several units" not in page.text


def test_dots_of_one_point_stand_around_one_another() -> None:
    """What begins where others end hides none of them: the newest is in the middle."""
    page, dots = shown(at_one_point())
    assert [dot["over"] for dot in dots["united"]] == [0]
    assert [(dot["name"], dot["over"]) for dot in dots["ends"]] == [
        ("C", 0),
        ("B", 2),
        ("A", 1),
    ]
    assert "At 1 point there are several units" in page.text


def test_nothing_is_drawn_without_points() -> None:
    """A report of units without points has no map, nor a word about one."""
    report = merger()
    assert report.map.dots == ()
    page = Reader(render(report, "html"))
    assert not [one for one in page.all("section") if one.attributes["id"] == "map"]


def test_what_is_united_has_no_point_of_its_own() -> None:
    """A point is never guessed: a new unit has none, one that lives on its own."""
    rows = [
        node("s", "state"),
        *(
            node(name, "municipality", longitude="1", latitude=str(place))
            for place, name in enumerate("abcd")
        ),
        *(edge("PART_OF", name, "s") for name in "abcd"),
    ]
    store = filled(*rows)
    steps = (
        {"op": "merge_units", "sources": ["a", "b"], "into": new("municipality", "n")},
        {"op": "absorb_units", "sources": ["c"], "into": "d"},
    )
    report = build_report(planned(store, "2025-01-01", *steps), store)
    after = {dot.unit: dot.after for dot in report.map.dots}
    assert after == {"a": None, "b": None, "c": None, "d": ("1", "3")}
    assert report.map.without == {"before": 0, "after": 1}
