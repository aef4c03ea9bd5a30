"""What a problem of a schema pack is: where it stands, and a sentence."""

from collections.abc import Iterable, Iterator

Keys = tuple[str | int, ...]
Problem = tuple[Keys, str]
"""Where it stands, as the keys that lead there, and a sentence."""


def unknown(
    path: Keys, names: Iterable[str], known: Iterable[str]
) -> Iterator[Problem]:
    """Yield a problem for each name that isn't among the known ones."""
    for name in sorted(set(names) - set(known)):
        yield path, f"{name!r} is named, which the pack doesn't declare"
