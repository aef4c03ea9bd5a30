"""Reads and writes the files that users name; what fails is said in a sentence."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

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


@contextmanager
def opened_input(name: str | Path) -> Iterator[BinaryIO]:
    """Open a file, or standard input where it is called `-`, to read it by parts.

    InputError when it can't be read.
    """
    if str(name) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - what fails later isn't its opening
    except OSError as error:
        message = f"{name}: {reason(error)}"
        raise InputError(message) from None
    with file:
        yield file


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


def write_output(name: str | Path, content: str | bytes) -> None:
    """Write a file wholly or not at all; InputError where that can't be done."""
    with opened_output(name) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def opened_output(name: str | Path) -> Iterator[BinaryIO]:
    """Open a file that is to be written wholly or not at all.

    A link is followed; a pipe or device is written to as it is. InputError where the
    file can't be written.
    """
    try:
        path = Path(name).resolve()
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
        else:
            with _replaced(path) as file:
                yield file
    except OSError as error:
        message = f"{name}: {reason(error)}"
        raise InputError(message) from None


@contextmanager
def _replaced(path: Path) -> Iterator[BinaryIO]:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".orgraph-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def made_folder(name: str | Path) -> None:
    """Make a folder where there is none; InputError where that can't be done."""
    try:
        Path(name).mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        message = f"{name}: this is a file; name a folder"
        raise InputError(message) from None
    except OSError as error:
        message = f"{name}: {reason(error)}"
        raise InputError(message) from None
