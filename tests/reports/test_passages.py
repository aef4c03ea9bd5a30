"""What a report says of what passes between units: how much, and what is unknown."""

from towns import Step, done, edge, filled, node, planned

from orgraph.model import Row
from orgraph.reports import Report, build_report, render

NEW = {"id": "n", "kind": "municipality", "name": "New"}


def rows() -> list[Row]:
    """Return two municipalities, of which a carries three facts and has a locality."""
    return [
        node("s", "state"),
        node("a", "municipality", people=100, households=40, area_m2=7),
        node("b", "municipality", people=200),
        node("l", "locality"),
        *(edge("PART_OF", name, "s") for name in "ab"),
        edge("PART_OF", "l", "a"),
    ]


def reported(*steps: Step, before: Step | None = None) -> Report:
    """Return the report of steps, after another step some years before."""
    store = filled(*rows())
    if before is not None:
        done(store, "2021-01-01", before)
    return build_report(planned(store, "2025-01-01", *steps), store)


def split(**shares: object) -> Step:
    """Return a split of a into a new unit, which gets the shares, and b."""
    rest = {"people": 30, "households": "none", "area_m2": "6/7"}
    targets = [{"new": NEW, "shares": shares}, {"unit": "b", "shares": rest}]
    return {
        "op": "split_unit",
        "source": "a",
        "targets": targets,
        "answers": {"locality": {"to": "b"}},
    }


def test_amounts_that_pass() -> None:
    """Each passage says what of each fact went, and what went as a whole."""
    report = reported(split(people=70, households="all", area_m2="1/7"))
    assert [passage.to_plain() for passage in report.lineage] == [
        {
            "source": "a",
            "source_name": "A",
            "target": "b",
            "part": "part",
            "facts": {"people": 30, "households": 0, "area_m2": 6},
            "all_of": [],
        },
        {
            "source": "a",
            "source_name": "A",
            "target": "n",
            "part": "part",
            "facts": {"people": 70, "households": 40, "area_m2": 1},
            "all_of": ["households"],
        },
    ]
    text = render(report, "text")
    assert (
        "+ municipality New ← A (part: all households, area (m²) 1, people 70)" in text
    )
    assert "~ municipality B ← A (part: area (m²) 6, households 0, people 30)" in text
    assert report.conservation["people"] == {"before": 300, "after": 300}


def test_what_is_unknown_is_said() -> None:
    """A share that is unknown is unknown in the passage, the sums and the findings."""
    report = reported(split(people="unknown", households="all", area_m2="1/7"))
    assert report.conservation["people"] == {"before": 300, "after": None}
    assert report.conservation["area_m2"] == {"before": 7, "after": 7}
    text = render(report, "text")
    assert "New ← A (part: all households, area (m²) 1, people unknown)" in text
    assert "info SHARE04: step 1: How much of people (100) goes from A (a) to" in text


def test_the_restored_is_named() -> None:
    """A unit that ended years ago is named by its name where it is restored."""
    step = {"op": "restore_unit", "unit": {**NEW, "restores": "a"}, "from": "b"}
    report = reported(
        {**step, "parts": ["l"], "shares": "none"},
        before={"op": "absorb_units", "sources": ["a"], "into": "b"},
    )
    text = render(report, "text")
    assert "+ municipality New ← A (restored), B (part: " in text
    assert "→ locality L: B → New" in text


def test_what_passes_through_is_named() -> None:
    """What is founded and split on one day is named in the lineage of its parts."""
    merged = {"id": "x", "kind": "municipality", "name": "Between"}
    newer = {**NEW, "id": "n2", "name": "Newer"}
    report = reported(
        {"op": "merge_units", "sources": ["a", "b"], "into": merged},
        {
            "op": "split_unit",
            "source": "x",
            "targets": [
                {"new": NEW, "parts": ["l"], "shares": "1/2"},
                {"new": newer, "shares": "1/2"},
            ],
        },
    )
    text = render(report, "text")
    assert (
        "+ municipality New ← Between (part: area (m²) 4, households 20, people 150)"
        in text
    )
    assert (
        "+ municipality Newer ← Between (part: area (m²) 3, households 20, people 150)"
        in text
    )
