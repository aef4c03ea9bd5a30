"""Says what is wrong with an unquoted scalar, and how to write what may be meant."""

from ..model.facts import LARGEST
from .yaml_tree import Unclear

WIDEST = 40
"""Of what is longer only the beginning is said again."""

_SWITCHES = {
    **dict.fromkeys(("yes", "y", "on", "true"), "true"),
    **dict.fromkeys(("no", "n", "off", "false"), "false"),
}


def unclear(text: str, *, fact: bool) -> str:
    """Say that parsers disagree on a scalar, and how to write what may be meant.

    What a fact is, text or a number, only a pack could tell: the cure for each is said.
    """
    if len(text) > WIDEST:
        return f"the number {text[: WIDEST - 3]}… is too long"
    disagree, quoted = f"{text} is read in different ways", f'"{text}"'
    if not fact:
        return f"{disagree}; write {quoted}"
    if text.lower() in _SWITCHES:
        return f"{disagree}; write {_SWITCHES[text.lower()]} or {quoted}"
    digits = text.lstrip("+-")
    if digits.isdecimal() and int(digits) > LARGEST:
        said = f"{text} is too large; a whole number is at most {LARGEST}"
    elif text.isdecimal():
        return f"{disagree}; write {int(text)} or {quoted}"
    else:
        wanted = f"a whole number is written with digits only, at most {LARGEST}"
        said = f"{disagree}; {wanted}"
    return f"{said}; if text is meant, write {quoted}"


def coded(text: str) -> str:
    """Say how a unit is named of which bare digits are the code, or the id."""
    if len(text) > WIDEST:
        return f"the number {text[: WIDEST - 3]}… is too long"
    cure = f'write code:{text} to name a unit by its code, "{text}" by its id'
    return f"{text} is not text as it stands; {cure}"


def numbered(value: object) -> str:
    """Say what is wrong with the number of a revision."""
    if isinstance(value, Unclear) and len(value.text) > WIDEST:
        return "the number is too long"
    return "the number of a revision is wanted, from 1 on"
