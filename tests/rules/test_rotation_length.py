"""How long a rotation lasts, told when it begins with an end."""

from datetime import date

from rotated import rotated

from orgraph.rules.rotation_length import NOT_KNOWN, TOO_SHORT


def test_the_end_that_is_recorded() -> None:
    """Thirty-six months are enough, to the day; an open end says nothing."""
    ends = {date(2028, 6, 30): True, date(2028, 7, 1): False, date.max: False}
    for until, short in ends.items():
        found = rotated(until=until)
        assert (TOO_SHORT.code in found) == short, until
        assert NOT_KNOWN.code not in found


def test_who_moves_within_a_unit_is_not_rotated() -> None:
    """Another post of the same unit, or a seat elsewhere, is no rotation."""
    assert rotated("d", until=date(2026, 1, 1)) == set()
    assert rotated("n", until=date(2026, 1, 1)) == set()
