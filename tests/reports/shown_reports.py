"""Reports that tests show: of scenarios, a merger, many units, and many cells."""

from pathlib import Path

from harness import pack_named, read_scenario, start
from towns import Step, edge, filled, new, node, planned

from orgraph.reports import Report, build_report
from orgraph.stores import MemoryStore


def reported(path: Path) -> Report:
    """Return the report of a scenario."""
    scenario = read_scenario(path)
    assert scenario.apply is not None
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    return build_report(store.plan(scenario.apply), store)


def merger(name: str = "Elm") -> Report:
    """Return the report of a merger of three into one of a name."""
    rows = [
        node("s", "state"),
        node("d", "district"),
        edge("PART_OF", "d", "s"),
        *(
            node(n, "municipality", people=p)
            for n, p in zip("abc", (100, 7, 30), strict=True)
        ),
        *(edge("PART_OF", n, "d") for n in "abc"),
    ]
    step = {
        "op": "merge_units",
        "sources": ["a", "b", "c"],
        "into": {**new("municipality", "m"), "name": name},
    }
    store = filled(*rows)
    return build_report(planned(store, "2025-01-01", step), store)


def standard_met() -> Report:
    """Return the report of two communes united into one that is as large as wanted."""
    about = {"type": "xã", "mountainous": True, "area_m2": 60_000_000}
    rows = [node("p", "province")]
    for name in "ab":
        rows += [node(name, "commune", people=9_000, **about)]
        rows += [edge("PART_OF", name, "p")]
    into = new("commune", "n", type="xã", mountainous=True)
    step = {"op": "merge_units", "sources": ["a", "b"], "into": into}
    store = filled(*rows, pack="vietnam")
    return build_report(planned(store, "2025-07-01", step), store)


def town() -> Report:
    """Return the report of 80 villages: 78 merged in pairs, one renamed, one moved."""
    names = [f"Xã Mường {n}" for n in range(80)]
    rows = [node("s", "state"), node("d", "district"), edge("PART_OF", "d", "s")]
    for n, name in enumerate(names):
        row = node(f"m{n}", "municipality", people=100 + n)
        rows += [row._replace(name=name), edge("PART_OF", f"m{n}", "d")]
    rows += [node("e", "district"), edge("PART_OF", "e", "s")]
    steps = [
        {
            "op": "merge_units",
            "sources": [f"m{n}", f"m{n + 1}"],
            "into": {**new("municipality", f"n{n}"), "name": f"Xã Điện Biên {n}"},
        }
        for n in range(0, 78, 2)
    ]
    steps += [
        {"op": "rename_unit", "unit": "m78", "name": "Phường Ẳng"},
        {"op": "move_unit", "unit": "m79", "to": "e"},
    ]
    store = filled(*rows)
    return build_report(planned(store, "2025-01-01", *steps), store)


def beside(towns: int) -> Report:
    """Return the report of two of many towns, each with three villages, united.

    One of the villages moves by itself, and one of another town is renamed.
    """
    rows = [node("s", "state"), node("d", "district"), edge("PART_OF", "d", "s")]
    for n in range(towns):
        rows += [node(f"t{n:02d}", "municipality"), edge("PART_OF", f"t{n:02d}", "d")]
        for v in "abc":
            village = f"t{n:02d}{v}"
            rows += [node(village, "locality"), edge("PART_OF", village, f"t{n:02d}")]
    steps = [
        {"op": "move_unit", "unit": "t00a", "to": "t02"},
        {
            "op": "merge_units",
            "sources": ["t00", "t01"],
            "into": new("municipality", "n"),
        },
        {"op": "rename_unit", "unit": "t03b", "name": "Brook"},
    ]
    store = filled(*rows)
    return build_report(planned(store, "2025-01-01", *steps), store)


def mapped() -> Report:
    """Return the report of towns with points: a to c united, d moved, e renamed.

    Of b none is known, f is in nobody's way, and the new one's is stated.
    """
    points = {"a": ("105", "60"), "c": ("107", "61"), "d": ("106", "60.5")}
    points |= {"e": ("105.5", "60.25"), "f": ("10", "10")}
    rows = [node("s", "state"), node("x", "district"), node("y", "district")]
    rows += [edge("PART_OF", "x", "s"), edge("PART_OF", "y", "s")]
    for name in "abcdef":
        facts = dict(zip(("longitude", "latitude"), points.get(name, ()), strict=False))
        if name == "b":
            facts = {"longitude": None, "latitude": "60"}
        rows += [node(name, "municipality", **facts), edge("PART_OF", name, "x")]
    into = new("municipality", "n", longitude="106.1", latitude="60.1")
    store = filled(*rows)
    steps = [
        {"op": "merge_units", "sources": ["a", "b", "c"], "into": into},
        {"op": "move_unit", "unit": "d", "to": "y"},
        {"op": "rename_unit", "unit": "e", "name": "Evergreen"},
    ]
    return build_report(planned(store, "2025-01-01", *steps), store)


def at_one_point() -> Report:
    """Return the report of three towns, two of one point, united at that point."""
    points = {"a": "2", "b": "2.0", "c": "3"}
    rows = [node("s", "state")]
    for name, latitude in points.items():
        rows += [node(name, "municipality", longitude="1", latitude=latitude)]
        rows += [edge("PART_OF", name, "s")]
    into = new("municipality", "n", longitude="1", latitude="2")
    step = {"op": "merge_units", "sources": [*points], "into": into}
    store = filled(*rows)
    return build_report(planned(store, "2025-01-01", step), store)


def cells() -> Report:
    """Return the report of cells of 3 to 17 members, each united with one of 4."""
    rows = [node("p", "provincial_committee")]
    steps: list[Step] = []
    for n in range(15):
        for name, size in ((f"a{n:02d}", 3 + n), (f"b{n:02d}", 4)):
            rows += [node(name, "cell"), edge("UNDER", name, "p")]
            for m in range(size):
                rows += [node(f"{name}-{m}", "member")]
                rows += [edge("MEMBER_OF", f"{name}-{m}", name)]
        sources = [f"a{n:02d}", f"b{n:02d}"]
        into = new("cell", f"n{n:02d}")
        steps.append({"op": "merge_units", "sources": sources, "into": into})
    store = filled(*rows, pack="vietnam")
    return build_report(planned(store, "2025-01-01", *steps), store)
