"""Equivalent posts: of one rank, where both are known."""

from datetime import date

from rotated import rotated

from orgraph.rules.equivalent_post import ANOTHER, NOT_KNOWN


def test_ranks_that_differ() -> None:
    """Another rank is warned of, an unknown one said, the same is well."""
    for rank, code in (("commune", None), ("district", ANOTHER), ('"?"', NOT_KNOWN)):
        found = rotated(rank=rank) & {ANOTHER.code, NOT_KNOWN.code}
        assert found == ({code.code} if code else set()), rank
    assert ANOTHER.code not in rotated(rank="district", on=date(2022, 4, 27))
