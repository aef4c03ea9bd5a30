"""The numbers of charts: few units alone, many by rank, groups by their size."""

from collections import Counter

from shown_reports import cells, merger, town

from orgraph.reports import Report
from orgraph.reports.charts import Chart, sizes_shown
from orgraph.reports.shown import Shown


def charts(report: Report) -> list[Chart]:
    """Return all charts of a report."""
    return [chart for some in sizes_shown(Shown(report)) for chart in some.charts]


def test_few_units_are_bars() -> None:
    """Each of a few units has its bar, the largest first."""
    (chart,) = charts(merger())
    assert (chart.form, chart.figure) == ("bars", "people")
    assert chart.data["labels"] == ["Elm", "A", "C", "B"]
    assert chart.data["after"] == [137, None, None, None]


def test_many_units_are_curves() -> None:
    """Many units are two curves, each from the largest to the smallest."""
    (chart,) = charts(town())
    assert chart.form == "ranks"
    before = [100 + n for n in range(80)]
    after = [201 + 2 * n for n in range(0, 78, 2)] + [178, 179]
    assert chart.data["before"] == sorted(before, reverse=True)
    assert chart.data["after"] == sorted(after, reverse=True)


def test_many_groups_are_counted_by_their_size() -> None:
    """Of many cells it is counted how many have which number of members."""
    (chart,) = charts(cells())
    assert (chart.form, chart.figure) == ("bins", "member")
    before = Counter(size // 2 for size in [*range(3, 18), *[4] * 15])
    after = Counter((3 + n + 4) // 2 for n in range(15))
    assert chart.data["labels"][:2] == ["0\N{EN DASH}1", "2\N{EN DASH}3"]
    assert chart.data["before"] == [before[n] for n in range(11)]
    assert chart.data["after"] == [after[n] for n in range(11)]
    assert sum(chart.data["before"]) == 30


def test_the_rows_of_a_chart_come_first() -> None:
    """The table below a chart begins with the figure that it shows."""
    for report in (merger(), town(), cells()):
        for some in sizes_shown(Shown(report)):
            assert some.rows[0].figure == some.charts[0].figure
