"""Tells a pack from another version of it, by the words in which they differ."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import InputError
from .loader import load_pack, pack_from_data, pack_names
from .models import Pack, digest_of

MOST_NAMED = 5


class OtherVersionError(InputError):
    """A pack that is whole, and of a version that this orgraph can't read."""


def stored_pack(data: Any, known: str | None) -> Pack:  # noqa: ANN401 - what a store says
    """Return the pack that a store keeps; `known` is its digest where that is recorded.

    OtherVersionError where it is as it was written and can't be read, with what differs
    from the pack of that name that comes with orgraph. InputError where it is damaged.
    """
    try:
        return pack_from_data(data)
    except InputError as error:
        name = _name(data)
        if name is None or (known is not None and digest_of(data) != known):
            raise
        first, *others = error.problems
        more = f", and {len(others)} more" if others else ""
        message = (
            f"the store was made with another version of the pack {name}, which this "
            f"orgraph can't read ({first}{more}){_beside(name, data)}; open it with "
            "the orgraph that made it: what that exports to json can be imported into "
            "a new store"
        )
        raise OtherVersionError(message) from error


def other_pack(stored: Pack, given: Pack) -> str:
    """Say in which way a store's pack is another one than the pack that is named."""
    if stored.name != given.name:
        return f"the store was made with another pack than {given.name}: {stored.name}"
    words = listed(differing(stored.data, given.data))
    return (
        f"the store was made with another version of the pack {given.name}, in which "
        f"these words differ: {words}"
    )


def differing(old: object, new: object, path: str = "") -> Iterator[str]:
    """Yield the keys under which the data of two packs differ, in order.

    Of a list those places of the new one are named, from 1, that the old one lacks.
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new}):
            below = f"{path}.{key}" if path else str(key)
            yield from differing(old.get(key), new.get(key), below)
    elif isinstance(old, list) and isinstance(new, list):
        places = [f"{path}[{n}]" for n, item in enumerate(new, 1) if item not in old]
        if places or old != new:
            yield from places or [path]
    elif type(old) is not type(new) or old != new:
        yield path


def listed(words: Iterator[str] | Sequence[str]) -> str:
    """Return the first of these words, and how many more there are."""
    found = list(words)
    more = len(found) - MOST_NAMED
    shown = ", ".join(found[:MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


def _name(data: object) -> str | None:
    head = data.get("pack") if isinstance(data, Mapping) else None
    name = head.get("name") if isinstance(head, Mapping) else None
    return name if isinstance(name, str) else None


def _beside(name: str, data: object) -> str:
    if name not in pack_names():
        return ""
    words = listed(differing(data, load_pack(name).data))
    return f", and differs from the one here in {words}"
