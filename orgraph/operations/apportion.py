"""Divides an amount among several by stated shares: exactly, or not at all."""

from collections.abc import Sequence
from fractions import Fraction

from ..language import say

Apportioned = tuple[list[int | None], int | None]
"""The amount that goes to each, and what stays; None where that is unknown."""

_WORDS = {"all": Fraction(1), "none": Fraction(0)}


def apportion(
    value: int | None, shares: Sequence[int | str], *, rest: bool
) -> Apportioned:
    """Divide an amount by shares, each an amount, a fraction, or a word.

    What isn't given away stays where there may be a rest; else all must be given away.
    Fractions of a whole number are rounded so that nothing is lost: down, and what is
    left goes one by one to the largest remainders, the first of equals first.
    An unknown share leaves the rest unknown. ValueError says what doesn't add up.
    """
    if value is None:
        return _of_unknown(shares, rest=rest)
    exact = [_part(value, share) for share in shares]
    given = sum((part for part in exact if part is not None), Fraction(0))
    unknown = "unknown" in shares
    if given > value or (given < value and not rest and not unknown):
        than = (
            say("which is more than {value:,}", value=value)
            if rest
            else say("not to {value:,}", value=value)
        )
        message = say(
            "the shares add up to {given}, {than}", given=_shown(given), than=than
        )
        raise ValueError(message)
    amounts = [None if part is None else int(part) for part in exact]
    left = int(given) - sum(amount or 0 for amount in amounts)
    remainders = {
        place: part - int(part) for place, part in enumerate(exact) if part is not None
    }
    for place in sorted(remainders, key=lambda p: (-remainders[p], p))[:left]:
        amounts[place] = (amounts[place] or 0) + 1
    stays = value - sum(amount or 0 for amount in amounts)
    return amounts, None if unknown else stays


def _of_unknown(shares: Sequence[int | str], *, rest: bool) -> Apportioned:
    """Divide what is unknown: a number is that number, none is 0, the rest unknown."""
    amounts = [share if isinstance(share, int) else None for share in shares]
    parts = [_part(1, s) for s in shares if not isinstance(s, int)]
    given = sum((part for part in parts if part is not None), Fraction(0))
    some_stays = rest or "unknown" in shares
    if any(amounts) and not (some_stays and given < 1):
        message = say(
            "the whole is unknown, so its shares can't all be said by numbers"
        )
        raise ValueError(message)
    if given > 1 or not (given == 1 or some_stays):
        message = say(
            "the shares add up to {given} of it, not to the whole",
            given=_shown(given),
        )
        raise ValueError(message)
    for place, share in enumerate(shares):
        if not isinstance(share, int) and _part(1, share) == 0:
            amounts[place] = 0
    return amounts, 0 if given == 1 else None


def _part(value: int, share: int | str) -> Fraction | None:
    """Return the exact amount of a share; None where it is unknown."""
    if isinstance(share, int):
        return Fraction(share)
    if share == "unknown":
        return None
    return (_WORDS[share] if share in _WORDS else Fraction(share)) * value


def _shown(amount: Fraction) -> str:
    if amount.denominator == 1:
        return f"{amount.numerator:,}"
    return f"{amount.numerator}/{amount.denominator}"
