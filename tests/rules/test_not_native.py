"""Natives: of the place that a committee covers, and of what is in it."""

from datetime import date

from rotated import rotated

from orgraph.rules.not_native import NATIVE, NOT_KNOWN

CODES = {NATIVE.code, NOT_KNOWN.code}


def test_of_which_place() -> None:
    """A native of the commune is refused, of another or of the province is not."""
    for native, refused in (("y", True), ("x", False), ("p", False)):
        assert (NATIVE.code in rotated(native=native)) == refused
    assert NATIVE.code not in rotated("n", native="y"), "a seat doesn't lead"
    assert NATIVE.code not in rotated(native="y", on=date(2022, 4, 27))


def test_a_birthplace_known_only_coarsely() -> None:
    """Of a native of what is above the place nobody knows whether they come from it."""
    for native, unknown in (("p", True), ("x", False), ("y", False)):
        assert (NOT_KNOWN.code in rotated(native=native)) == unknown
    for native, found in (("x", set()), ("y", {NATIVE.code})):
        both = f"{native}}}\n  - {{kind: NATIVE_OF, source: m, target: p"
        assert rotated(native=both) & CODES == found
