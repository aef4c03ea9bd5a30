"""Which known name was meant by one that isn't known."""

import pytest

from orgraph.near_names import did_you_mean, nearest

FACTS = [
    *["latitude", "longitude", "households", "people"],
    *["administrative_code", "administrative_area"],
]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("lon", "longitude"),
        ("LAT", "latitude"),
        ("house", "households"),
        ("peopel", "people"),
        ("adm", None),  # two begin so
        ("la", None),  # too short to tell
        ("height", None),
    ],
)
def test_what_was_meant(name: str, near: str | None) -> None:
    """A slip is near, and so is the beginning of one name alone."""
    assert nearest(name, FACTS) == near
    assert did_you_mean(name, FACTS) == (f"; did you mean {near}?" if near else "")
