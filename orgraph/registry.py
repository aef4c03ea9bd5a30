"""Finds what a package declares, so that nothing has to be listed anywhere.

A new operation or rule is a new file; a name or code that is taken is refused, and the
message says who holds it.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Import every module of a package, in the order of their names."""
    names = sorted(_module_names(package))
    return tuple(importlib.import_module(f"{package}.{name}") for name in names)


def named_module(package: str, name: str) -> ModuleType | None:
    """Import one module of a package; None where it has no such module."""
    if name not in _module_names(package):
        return None
    return importlib.import_module(f"{package}.{name}")


@cache
def _module_names(package: str) -> frozenset[str]:
    paths = importlib.import_module(package).__path__
    return frozenset(module.name for module in pkgutil.iter_modules(paths))


def declared(package: str, kind: type[T]) -> Iterator[tuple[str, T]]:
    """Yield (module name, object) for the values of a type in a package's modules."""
    for module in modules(package):
        for value in vars(module).values():
            if isinstance(value, kind):
                yield module.__name__, value


def subclasses(package: str, base: type[T]) -> Iterator[type[T]]:
    """Yield the concrete classes that a package's modules define below a base."""
    for module in modules(package):
        yield from subclasses_in(module, base)


def subclasses_in(module: ModuleType, base: type[T]) -> Iterator[type[T]]:
    """Yield the concrete classes that a module defines below a base."""
    for value in vars(module).values():
        if (
            isinstance(value, type)
            and issubclass(value, base)
            and value.__module__ == module.__name__
            and not getattr(value, "__abstractmethods__", None)
        ):
            yield value


def by_name(found: Iterator[T], name: Callable[[T], str], what: str) -> dict[str, T]:
    """Index what was found; a name held twice is a mistake of the program."""
    index: dict[str, T] = {}
    for item in found:
        held = index.setdefault(name(item), item)
        if held is not item:
            message = f"{what} {name(item)!r} is held by {held!r} and {item!r}"
            raise TypeError(message)
    return dict(sorted(index.items()))
