"""Natives: of the place that a committee covers, and of what is in it."""

from datetime import date

from rotated import rotated

from orgraph.rules.not_native import NATIVE


def test_of_which_place() -> None:
    """A native of the commune is refused, of another or of the province is not."""
    for native, refused in (("y", True), ("x", False), ("p", False)):
        assert (NATIVE.code in rotated(native=native)) == refused
    assert NATIVE.code not in rotated("n", native="y"), "a seat doesn't lead"
    assert NATIVE.code not in rotated(native="y", on=date(2022, 4, 27))
