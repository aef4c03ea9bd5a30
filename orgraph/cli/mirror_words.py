"""Shows what a schema pack says of the bodies that follow the units they cover."""

from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from ..pack import Pack

MIRROR = "MIRROR"
"""How the codes of the rule begin that reads these words."""


def mirror_words(pack: "Pack | None") -> list[dict[str, Any]]:
    """Return the mirrors of a pack as JSON data."""
    mirrors = pack.mirrors if pack is not None else ()
    return [
        one.model_dump(mode="json") | {"source": str(one.source)} for one in mirrors
    ]


def print_mirror(said: dict[str, Any]) -> None:
    """Print which bodies follow which units, into what, and on what."""
    where = [
        f"{name} {' or '.join(map(str, v)) if isinstance(v, list) else v}"
        for name, v in said["where"].items()
    ]
    bodies = " or ".join(said["bodies"]) + (f" ({', '.join(where)})" if where else "")
    typer.echo(f"mirror of {said['unit']}: {bodies}, by {said['edge']}")
    for one in said["becomes"]:
        below = f" below a {one['below']}" if one["below"] else ""
        typer.echo(f"    they become a {one['kind']}{below}")
    if not said["becomes"]:
        typer.echo("    they end with their units")
    for one in said["unite"]:
        founded = ", founded where none comes" if one["founded"] else ""
        typer.echo(f"    each has one {one['kind']}{founded}")
    typer.echo(f"    {said['source']}")
