"""Knows which fields of a step name units, by their types."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel

from ..operations.base import Ref


@lru_cache
def unit_fields(model: type[BaseModel]) -> frozenset[str]:
    """Return the fields of a step, and of its parts, that hold references."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        if field.metadata:
            kind = Annotated[(kind, *field.metadata)]
        for part in _parts(kind):
            if part == Ref:
                found.add(field.alias or name)
            elif isinstance(part, type) and issubclass(part, BaseModel):
                found |= unit_fields(part)
    return frozenset(found)


def _parts(kind: Any) -> Iterator[Any]:  # noqa: ANN401 - a type, as it is written
    yield kind
    for part in get_args(kind):
        yield from _parts(part)
