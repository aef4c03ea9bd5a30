"""Reads a schema pack from its folder and refuses one that contradicts itself."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import InputError
from ..files import is_there, read_input
from .checks import pack_problems
from .models import Pack

PACK_FILE = "pack.toml"


def schema_folder() -> Path:
    """Return the folder of the packs: inside the package, or beside it in a clone."""
    package = Path(str(files("orgraph")))
    inside = package / "schema"
    return inside if inside.is_dir() else package.parent / "schema"


def pack_names() -> list[str]:
    """Return the names of the packs that come with orgraph."""
    return sorted(path.parent.name for path in schema_folder().glob(f"*/{PACK_FILE}"))


def load_pack(name: str) -> Pack:
    """Read a pack by its name, or by the folder it is in."""
    folder = schema_folder() / name if name in pack_names() else Path(name)
    if not is_there(folder / PACK_FILE):
        known = ", ".join(pack_names())
        message = f"there is no schema pack {name!r}; there are: {known}"
        raise InputError(message)
    data: dict[str, Any] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            part = tomllib.loads(read_input(path).decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            message = f"{path.name}: {error}"
            raise InputError(message) from None
        for key, value in part.items():
            if key in data:
                message = f"{path.name}: {key} stands in another file of the pack too"
                raise InputError(message)
            data[key] = value
    return pack_from_data(_plain(data))


def pack_from_data(data: dict[str, Any]) -> Pack:
    """Make a pack of plain data, as load_pack and a store keep it.

    Raises InputError with every problem found.
    """
    head = data.get("pack", {})
    rest = {key: value for key, value in data.items() if key != "pack"}
    try:
        pack = Pack.model_validate({**head, **rest, "data": data})
    except ValidationError as error:
        raise InputError(*_sentences(error)) from None
    problems = list(pack_problems(pack))
    if problems:
        raise InputError(*(f"pack {pack.name}: {p}" for p in problems))
    return pack


def _sentences(error: ValidationError) -> Iterator[str]:
    for problem in error.errors():
        place = ".".join(str(part) for part in problem["loc"])
        yield f"pack: {place}: {problem['msg']}"


def _plain(value: Any) -> Any:  # noqa: ANN401 - what a TOML file may hold
    """Return TOML data as JSON data: dates become text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
