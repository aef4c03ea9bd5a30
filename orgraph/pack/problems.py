"""What a problem of a TOML file is: where it stands, and a sentence."""

from collections.abc import Iterable, Iterator

from pydantic import ValidationError

Keys = tuple[str | int, ...]
Problem = tuple[Keys, str]
"""Where it stands, as the keys that lead there, and a sentence."""


def unknown(
    path: Keys, names: Iterable[str], known: Iterable[str]
) -> Iterator[Problem]:
    """Yield a problem for each name that isn't among the known ones."""
    for name in sorted(set(names) - set(known)):
        yield path, f"{name!r} is named, which the pack doesn't declare"


_WANTED = {
    "string": "text",
    "bool": "true or false",
    "int": "a whole number",
    "date": "a day, YYYY-MM-DD,",
    "tuple": "a list",
    "dict": "a table",
    "model": "a table",
}


def model_problems(error: ValidationError) -> Iterator[Problem]:
    """Say in plain words what doesn't fit the models."""
    problems = error.errors(include_url=False)
    for problem in problems:
        if problem["type"] == "too_short" and any(
            len(other["loc"]) > len(problem["loc"])
            and other["loc"][: len(problem["loc"])] == problem["loc"]
            for other in problems
        ):
            continue  # what is in it is wrong, and was left out of the count
        path = tuple(part for part in problem["loc"] if part != "[key]")
        what = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "missing":
            what = "this is missing"
        elif problem["type"] == "too_short":
            what = "at least one is wanted"
        elif problem["type"] == "extra_forbidden":
            what = "there is no such key"
        elif problem["type"].endswith(("_type", "_parsing")):
            kind = problem["type"].partition("_")[0]
            what = f"{_WANTED.get(kind, kind)} is wanted"
        elif problem["type"] == "string_pattern_mismatch":
            what = "a name is made of A-Z, a-z, 0-9 and _, and begins with a letter"
        yield path, what.replace("Input should be", "this should be")
