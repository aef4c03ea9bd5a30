"""Ids: what may name a node, and the default name of a new one."""

import re
from datetime import date
from functools import lru_cache

from .facts import fold

_ID = re.compile(r"[a-z0-9_][a-z0-9._:-]{0,127}\Z", re.ASCII)
_ALLOWED = re.compile(r"[a-z0-9._:-]", re.ASCII)
LONGEST = 128
EMPTY_ID = "an id is empty"


def id_problem(text: str) -> str | None:
    """Say what is wrong with an id, in a sentence, or None."""
    shown = ascii(text[:60])
    if not text:
        return EMPTY_ID
    if text.startswith("code:"):
        return f"the id {shown} begins with code:, which names a unit by its code"
    if len(text) > LONGEST:
        return f"the id {shown}… is longer than {LONGEST} characters"
    if _ID.match(text):
        return None
    if text != text.lower() and _ID.match(text.lower()):
        return f"the id {shown} has capital letters; write {text.lower()}"
    wrong = next((c for c in text if not _ALLOWED.match(c)), text[0])
    return (
        f"the id {shown} holds {wrong!a}; ids are made of a-z, 0-9 and . _ : -, "
        "and begin with a letter, a digit or _"
    )


@lru_cache
def slug(text: str) -> str:
    """Return the ASCII form of a name or code that an id can hold."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "unnamed"


def default_id(kind: str, code: str | None, name: str, effective: date) -> str:
    """Return `{kind}-{code or slug of the name}-{effective}`."""
    tail = f"-{effective.isoformat()}"
    return f"{kind}-{slug(code or name)}"[: LONGEST - len(tail) - 5] + tail
