"""Reads and writes the files that users name; what fails is said in a sentence."""

import os
import sys
import tempfile
from pathlib import Path

from .errors import InputError, OrgraphError


def reason(error: OSError) -> str:
    """Return why the system refused, in lower case."""
    return (error.strerror or "it can not be used").lower()


def read_input(name: str | Path, limit: int | None = None) -> bytes:
    """Return the bytes of a file, or of standard input where it is called `-`.

    InputError when it can't be read, or holds more than `limit` bytes.
    """
    size = -1 if limit is None else limit + 1
    try:
        if str(name) == "-":
            data = sys.stdin.buffer.read(size)
        else:
            with Path(name).open("rb") as file:
                data = file.read(size)
    except OSError as error:
        message = f"{name}: {reason(error)}"
        raise InputError(message) from None
    if limit is not None and len(data) > limit:
        message = f"{name}: the file is larger than {limit:,} bytes"
        raise InputError(message)
    return data


def is_there(name: str | Path, error_class: type[OrgraphError] = InputError) -> bool:
    """Tell whether a path exists; an error where even that can't be found out."""
    try:
        os.stat(name)  # noqa: PTH116 - Path.exists hides nothing, and raises too
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        message = f"{name}: {why}"
        raise error_class(message) from None
    return True


def write_output(name: str | Path, text: str) -> None:
    """Write a file wholly or not at all; InputError where that can't be done.

    A link is followed; a pipe or device is written to as it is.
    """
    try:
        path = Path(name).resolve()
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
        else:
            _replace(path, text)
    except OSError as error:
        message = f"{name}: {reason(error)}"
        raise InputError(message) from None


def _replace(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".orgraph-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
