"""How long a post was held before: the law of the day says."""

from datetime import date

from rotated import rotated

from orgraph.rules.before_rotation import TOO_EARLY


def test_the_law_of_the_day() -> None:
    """Three years to the day, and only while the regulation of 2017 is in force."""
    for on, since, early in (
        (date(2020, 7, 1), "2017-07-02", True),
        (date(2020, 7, 1), "2017-07-01", False),
        (date(2017, 10, 6), "2017-01-01", False),
        (date(2017, 10, 7), "2017-01-01", True),
        (date(2022, 4, 27), "2022-01-01", True),
        (date(2022, 4, 28), "2022-01-01", False),
    ):
        assert (TOO_EARLY.code in rotated(on=on, since=since)) == early, on
