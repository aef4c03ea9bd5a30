"""Divides amounts by shares in whole numbers: the oracle for what the engine divides.

Everything is counted in units of one common part, so that nothing is ever rounded but
at the end, and then one whole after the other.
"""

from collections.abc import Sequence
from math import lcm

from state import Refused

Shares = Sequence[int | str]


def divided(
    value: int | None, shares: Shares, *, rest: bool
) -> tuple[list[int | None], int | None]:
    """Return what each gets and what stays, None where unknown; Refused by SHARE02."""
    if value is None:
        return _of_unknown(shares, rest=rest)
    parts = _parts(shares)
    one = lcm(*(lower for _, lower in parts if lower))
    exact = [
        share * one if isinstance(share, int) else value * upper * (one // lower)
        for share, (upper, lower) in zip(shares, parts, strict=True)
        if share != "unknown"
    ]
    blurred = len(exact) < len(shares)
    if sum(exact) > value * one or (
        sum(exact) < value * one and not rest and not blurred
    ):
        raise Refused("SHARE02")
    whole = [amount // one for amount in exact]
    while sum(whole) < sum(exact) // one:
        lacks = [amount - got * one for amount, got in zip(exact, whole, strict=True)]
        whole[lacks.index(max(lacks))] += 1
    known = iter(whole)
    amounts = [None if share == "unknown" else next(known) for share in shares]
    return amounts, None if blurred else value - sum(whole)


def _of_unknown(shares: Shares, *, rest: bool) -> tuple[list[int | None], int | None]:
    """Divide an unknown amount: only a number and nothing at all are known parts."""
    words = [share for share in shares if not isinstance(share, int)]
    parts = [part for part in _parts(words) if part[1]]
    one = lcm(*(lower for _, lower in parts))
    given = sum(upper * (one // lower) for upper, lower in parts)
    open_end = rest or "unknown" in shares
    numbers = any(isinstance(share, int) and share for share in shares)
    if given > one or (given < one and not open_end):
        raise Refused("SHARE02")
    if numbers and (given == one or not open_end):
        raise Refused("SHARE02")
    amounts = [share if isinstance(share, int) else _nothing(share) for share in shares]
    return amounts, 0 if given == one else None


def _nothing(share: str) -> int | None:
    upper, lower = _part(share)
    return 0 if lower and not upper else None


def _parts(shares: Shares) -> list[tuple[int, int]]:
    return [_part(share) for share in shares]


def _part(share: int | str) -> tuple[int, int]:
    """Return a fraction as two numbers; (0, 0) where it is unknown, or no fraction."""
    words = {"all": (1, 1), "none": (0, 1), "unknown": (0, 0)}
    if isinstance(share, int):
        return 0, 1
    if share in words:
        return words[share]
    upper, lower = share.split("/")
    return int(upper), int(lower)
