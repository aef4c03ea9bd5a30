"""What rows of counts and facts are called, where words come close to each other."""

from page_reader import Reader
from towns import edge, filled, node, planned

from orgraph.reports import build_report, render


def test_households_stated_and_recorded_are_two() -> None:
    """A figure of households isn't taken for how many of them are recorded."""
    rows = [
        node("p", "province"),
        node("c", "commune"),
        edge("PART_OF", "c", "p"),
        node("v", "village", households=70),
        edge("PART_OF", "v", "c"),
        *(node(name, "household") for name in "hk"),
        *(edge("LIVES_IN", name, "v") for name in "hk"),
    ]
    step = {"op": "rename_unit", "unit": "v", "name": "New"}
    store = filled(*rows, pack="vietnam")
    report = build_report(planned(store, "2025-01-01", step), store)
    text = " ".join(render(report, "text").split())
    assert "households, each recorded 2 2" in text
    assert "households, as stated 70 70" in text
    page = Reader(render(report, "html")).text
    assert "households, each recorded" in page
    assert "households, as stated" in page


def test_one_of_them_alone_is_called_as_ever() -> None:
    """Where only the figure is there, it needs no second word; areas have a unit."""
    rows = [
        node("p", "province"),
        node("c", "commune", households=70, area_m2=5),
        edge("PART_OF", "c", "p"),
    ]
    step = {"op": "set_facts", "unit": "c", "facts": {"area_m2": 6}}
    store = filled(*rows, pack="vietnam")
    report = build_report(planned(store, "2025-01-01", step), store)
    text = " ".join(render(report, "text").split())
    assert "households 70 70" in text
    assert "area (m²) 5 → 6" in text
    assert "area (m²): 5 → 6" in Reader(render(report, "html")).text
