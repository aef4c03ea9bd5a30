"""A synthetic province has the published figures, at full size."""

from collections import Counter
from collections.abc import Iterable

import pytest
from synthetic_provinces import synthetic

from orgraph.model import FOREVER, EdgeRow, NodeRow
from orgraph.synth import PROFILES, Census, Ratio, ratios

EXACT = {
    "direct committees",
    "grassroots organisations",
    "sectional committees",
    "cells under committees",
    "members",
    "villages",
    "households",
    "villages whose cells border guards attend",
}
TOLERANCE = {"admitted in the last year, per member": 100}
"""In thousandths; 10 for what isn't listed."""
PUBLISHED = {
    "quang-ninh": {
        "direct committees": 20,
        "grassroots organisations": 696,
        "cells under committees": 4_971,
        "members": 104_700,
        "villages": 1_452,
        "households": 370_000,
        "villages whose cells border guards attend": 95,
    },
    "dien-bien": {
        "direct committees": 14,
        "grassroots organisations": 617,
        "of them committees": 236,
        "cells under committees": 2_501,
        "members": 48_000,
        "villages": 1_276,
    },
}


def shown(found: Iterable[Ratio]) -> str:
    """Return the table that a person reads."""
    lines = [f"{'':40}{'published':>12}{'synthetic':>12}{'difference':>12}  source"]
    for row in found:
        off = "–" if row.difference is None else f"{row.difference / 10:.1f} %"
        said = "–" if row.published is None else row.published / 1000
        figures = f"{said:>12}{row.synthetic / 1000:>12}{off:>12}"
        lines.append(f"{row.what:40}{figures}  {row.source}")
    return "\n".join(lines)


@pytest.mark.parametrize("name", PROFILES)
def test_figures_are_those_published(name: str) -> None:
    """What was published is met: sums exactly, ratios within one in a hundred."""
    drawn, census = synthetic(name), Census()
    heads: Counter[str] = Counter()
    for node in census.of_nodes(drawn.nodes()):
        heads[node.kind] += node.until == FOREVER
    for _ in census.of_edges(drawn.edges()):
        pass
    found = ratios(drawn.profile, census)
    print(f"\n{name}\n{shown(found)}")  # noqa: T201 - what the test is about
    for row in found:
        if row.difference is not None:
            allowed = 0 if row.what in EXACT else TOLERANCE.get(row.what, 10)
            assert abs(row.difference) <= allowed, shown([row])
    by_name = {row.what: row for row in found}
    for what, number in PUBLISHED[name].items():
        assert by_name[what].published == by_name[what].synthetic == number * 1000
        assert by_name[what].source, what
    assert heads["member"] == PUBLISHED[name]["members"]
    assert heads["village"] == PUBLISHED[name]["villages"]
    if name == "quang-ninh":
        assert heads.total() >= 480_000


def test_census_counts_what_is_there() -> None:
    """A figure that is off shows: a census of fewer rows gives other ratios."""
    drawn, census = synthetic("dien-bien", 0.1), Census()
    nodes: list[NodeRow] = [n for n in drawn.nodes() if n.kind != "village"]
    edges: list[EdgeRow] = []
    assert list(census.of_nodes(nodes)) == nodes
    assert list(census.of_edges(edges)) == edges
    found = {row.what: row for row in ratios(drawn.profile, census)}
    assert found["villages"].synthetic == 0
    assert found["villages"].difference == -1000
    assert found["members"].difference is not None
    assert found["members"].difference < -800
    assert found["joint cells"].difference is None
