"""Who is rotated is planned for the post; see the scenarios for who is."""

from datetime import date

from rotated import rotated

from orgraph.rules.planned_first import NOT_PLANNED


def test_nobody_planned_is_said() -> None:
    """A rotation without a planning is warned of since the regulation of 2022."""
    assert NOT_PLANNED.code in rotated()
    assert NOT_PLANNED.code not in rotated("d")
    assert NOT_PLANNED.code not in rotated(on=date(2022, 4, 27))
