"""Service left at a rotation: ten years to the day, or two bounds."""

from datetime import date

from rotated import rotated

from orgraph.rules.service_left import NOT_KNOWN, TOO_LITTLE


def test_ten_years_to_the_day() -> None:
    """A day is told, a month or a year as far as it goes, and nothing is unknown."""
    for service, code in (
        ("2035-06-30", TOO_LITTLE),
        ("2035-07-01", None),
        ("2035-06", TOO_LITTLE),
        ("2035-07", None),
        ("2035", NOT_KNOWN),
        ("2034", TOO_LITTLE),
        ("2036", None),
        ("some day", NOT_KNOWN),
    ):
        found = rotated(service=service) & {NOT_KNOWN.code, TOO_LITTLE.code}
        assert found == ({code.code} if code else set()), service


def test_only_since_the_regulation() -> None:
    """Before the regulation of 2022 nobody is asked for service left."""
    assert TOO_LITTLE.code not in rotated(on=date(2022, 4, 27), service="2023-01-01")
    assert TOO_LITTLE.code in rotated(on=date(2022, 4, 28), service="2023-01-01")
