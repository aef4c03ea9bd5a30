"""Reads a schema pack from its folder and refuses one that contradicts itself."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import InputError
from ..files import is_there, read_input
from .asked_checks import asked_problems
from .checks import pack_problems
from .models import Pack
from .problems import Keys, model_problems

PACK_FILE = "pack.toml"
_TOP = (
    "lineage", "nodes", "edges", "facts", "basis", "chain", "questions", "people",
    "thresholds", "freezes", "endings", "merger_types", "reductions", "limits",
    "combinations", "mirrors",
)  # fmt: skip


def schema_folder() -> Path:
    """Return the folder of the packs: inside the package, or beside it in a clone."""
    package = Path(str(files("orgraph")))
    inside = package / "schema"
    return inside if inside.is_dir() else package.parent / "schema"


def pack_names() -> list[str]:
    """Return the names of the packs that come with orgraph."""
    return sorted(path.parent.name for path in schema_folder().glob(f"*/{PACK_FILE}"))


def load_pack(name: str) -> Pack:
    """Read a pack by its name, or by the folder it is in.

    >>> orgraph.load_pack(".").title
    'A company: divisions, teams, positions, people and offices'
    >>> orgraph.load_pack("vietnam").name
    'vietnam'
    """
    folder = schema_folder() / name if name in pack_names() else Path(name)
    if not is_there(folder / PACK_FILE):
        known = ", ".join(pack_names())
        message = f"there is no schema pack {name!r}; there are: {known}"
        raise InputError(message)
    data: dict[str, Any] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            part = tomllib.loads(read_input(path).decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            message = f"{path}: this is not TOML: {error}"
            raise InputError(message) from None
        for key, value in part.items():
            if key in data:
                message = f"{path}: {key} stands in {files[key]} too"
                raise InputError(message)
            data[key] = value
            files[key] = str(path)
    return pack_from_data(_plain(data), files, str(folder / PACK_FILE))


def pack_from_data(
    data: dict[str, Any], files: Mapping[str, str] | None = None, file: str = "pack"
) -> Pack:
    """Make a pack of plain data, as load_pack and a store keep it.

    Raises InputError with every problem found, and where: the file that holds the
    first of the keys that lead there, by `files` or else `file`, and all of the keys.
    """
    head = data.get("pack", {}) if isinstance(data, dict) else None
    if not isinstance(head, dict):
        message = f"{file}: pack: a table is wanted"
        raise InputError(message)
    rest = {key: value for key, value in data.items() if key != "pack"}
    try:
        pack = Pack.model_validate({**head, **rest, "data": data})
        problems = list(pack_problems(pack)) or list(asked_problems(pack))
    except ValidationError as error:
        problems = list(model_problems(error))
    if problems:
        raise InputError(*(_placed(data, files or {}, file, *p) for p in problems))
    return pack


def _placed(
    data: Mapping[str, Any], files: Mapping[str, str], file: str, path: Keys, what: str
) -> str:
    """Say where a problem stands; a list's places are counted from 1."""
    keys = path if path[0] in data or path[0] in _TOP else ("pack", *path)
    shown = "".join(f"[{k + 1}]" if isinstance(k, int) else f".{k}" for k in keys)
    return f"{files.get(str(keys[0]), file)}: {shown.removeprefix('.')}: {what}"


def _plain(value: Any) -> Any:  # noqa: ANN401 - what a TOML file may hold
    """Return TOML data as JSON data: dates become text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
