"""Every code that can be found, from the files that raise them."""

from difflib import get_close_matches
from functools import cache
from itertools import chain

from ..findings import Code
from ..registry import by_name, declared

PACKAGES = ("draft", "operations", "rules", "engine", "conversion", "conversion.mirror")


@cache
def codes() -> dict[str, Code]:
    """Return every code by its name; a code that two files hold is refused."""
    root = __name__.partition(".")[0]
    found = chain.from_iterable(declared(f"{root}.{p}", Code) for p in PACKAGES)
    return by_name((code for _, code in found), lambda code: code.code, "the code")


def nearest(name: str) -> list[str]:
    """Return the codes that are written most like a name which is none."""
    return get_close_matches(name.upper(), codes(), 3)
