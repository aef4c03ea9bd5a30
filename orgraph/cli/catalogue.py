"""Commands that say what there is: operations, rules, schema, why."""

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError
from .mirror_words import MIRROR, mirror_words, print_mirror
from .options import (
    FormatOption,
    PackOption,
    StoreOption,
    checked_format,
    chosen_pack,
    print_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..findings import Code
    from ..operations import Operation
    from ..pack import Asked, Figure, Pack


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (operations, rules, why, schema):
        app.command(command.__name__)(command)


def operations(
    name: Annotated[
        str | None, typer.Argument(metavar="OPERATION", help="One of them, in full.")
    ] = None,
    form: FormatOption = "text",
) -> None:
    """List the operations, or show one with its fields and an example."""
    from ..operations import operations as all_operations

    checked_format(form)
    known = all_operations()
    if name is not None and name not in known:
        near = get_close_matches(name, known, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        message = f"there is no operation {name}{hint}"
        raise InputError(message)
    chosen = [known[name]] if name else list(known.values())
    if form == "json":
        items = [_operation(operation) for operation in chosen]
        print_json({"format": "orgraph.operations/1", "items": items})
        return
    for operation in chosen:
        said = _operation(operation)
        typer.echo(f"{said['op']:<24} {said['summary']}")
        if name:
            for field in said["fields"]:
                wanted = "needed" if field["required"] else "optional"
                typer.echo(f"    {field['name']:<12} {wanted}")
            typer.echo("\n" + said["example"])


def _operation(operation: "type[Operation]") -> dict[str, Any]:
    fields = [
        {"name": field.alias or name, "required": field.is_required()}
        for name, field in operation.model_fields.items()
        if name != "op"
    ]
    return {
        "op": operation.op_name(),
        "summary": (operation.__doc__ or "").splitlines()[0],
        "fields": sorted(fields, key=lambda field: not field["required"]),
        "example": operation.example,
    }


def rules(
    context: typer.Context,
    store: StoreOption = None,
    pack: PackOption = None,
    form: FormatOption = "text",
) -> None:
    """List the rules and laws, and what the schema pack asks of units."""
    from ..rules import laws
    from ..rules import rules as all_rules

    checked_format(form)
    items: list[dict[str, Any]] = [
        {"rule": name, "summary": (type(rule).__doc__ or "").splitlines()[0]}
        for name, rule in {**all_rules(), **laws()}.items()
    ]
    chosen = chosen_pack(context, store, pack)
    standards = [_standard(chosen, s) for s in chosen.every_asked] if chosen else []
    mirrors = mirror_words(chosen)
    if form == "json":
        document = {"format": "orgraph.rules/1", "items": items}
        print_json({**document, "standards": standards, "mirrors": mirrors})
        return
    for item in items:
        typer.echo(f"{item['rule']:<24} {item['summary']}")
    for standard in standards:
        _print_standard(standard)
    for mirror in mirrors:
        print_mirror(mirror)
    if chosen is None:
        typer.echo("Name a pack with --pack, or a store, to see its standards.")


def _standard(pack: "Pack", asked: "Asked") -> dict[str, Any]:
    """Return what is asked as JSON data, with the unit of its figure."""
    said = asked.model_dump(mode="json")
    fact = pack.facts.get(said.get("fact") or "")
    return said | {
        "rule": asked.asked_by,
        "source": asked.cited,
        "unit": fact.unit if fact else said.get("unit", ""),
        "wants": "; ".join(_wants(pack, asked)),
    }


def _wants(pack: "Pack", asked: "Asked") -> "Iterator[str]":
    """Say in words what is asked."""
    from ..pack import Combination, Limit, MergerType, Reduction, Threshold

    if isinstance(asked, Threshold):
        figures = (_figure(pack, figure) for figure in asked.figures)
        yield (" or " if asked.any_of else " and ").join(figures)
        if asked.of:
            yield f"of {', '.join(asked.of)}"
        if asked.unless_merged:
            yield f"not of a merger of {asked.unless_merged} or more"
    elif isinstance(asked, MergerType):
        gives = " or ".join(asked.gives)
        yield f"{asked.fact} {gives} of a merger with {' and '.join(asked.present)}"
    elif isinstance(asked, Limit | Combination):
        yield asked.wants
    elif isinstance(asked, Reduction):
        few, many = asked.from_percent, asked.to_percent
        yield f"{few} to {many} % fewer below a {asked.below}"
    else:
        yield "no mergers"


def _figure(pack: "Pack", figure: "Figure") -> str:
    unit = pack.facts[figure.fact].unit
    if figure.percent is not None:
        return f"{figure.fact} ≥ {figure.percent} %"
    if figure.at_least is None:
        return f"{figure.fact} ≥ ?"
    return f"{figure.fact} ≥ {figure.at_least:,} {unit}".rstrip()


def _print_standard(said: dict[str, Any]) -> None:
    """Print what is asked: of whom, what, when, how strictly, and on what."""
    until = "…" if said["until"] == date.max.isoformat() else said["until"]
    where = [f"{name} {_word(v)}" for name, v in said.get("where", {}).items()]
    for kind, facts in said.get("above", {}).items():
        where += [f"{name} of its {kind} {_word(v)}" for name, v in facts.items()]
    of = f"{said['kind']} ({', '.join(where)})" if where else said["kind"]
    strictly = "unconfirmed, off" if said["unconfirmed"] else said["severity"]
    typer.echo(f"{said['id']} ({strictly}): {said['title']}")
    typer.echo(f"    {of}: {said['wants']}, {said['since']} to {until}")
    typer.echo(f"    {said['source']}")
    if said["exemptions"]:
        typer.echo(f"    {said['exemptions']}")


def _word(value: object) -> str:
    if isinstance(value, list):
        return " or ".join(map(_word, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def why(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="As findings show it.")],
    store: StoreOption = None,
    pack: PackOption = None,
    form: FormatOption = "text",
) -> None:
    """Explain the code of a finding, with its source."""
    from ..engine.codes import codes, nearest

    checked_format(form)
    known = codes()
    wanted = code.upper()
    if wanted not in known:
        near = nearest(wanted)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        message = f"there is no code {code}{hint}"
        raise InputError(message)
    said = _code(known[wanted])
    rule = _rule_of(wanted)
    mirrored = wanted.startswith(MIRROR)
    chosen = chosen_pack(context, store, pack) if rule or mirrored else None
    mirrors = mirror_words(chosen) if mirrored else []
    asked = chosen.asked(rule) if chosen and rule else ()
    standards = [_standard(chosen, one) for one in asked] if chosen else []
    if form == "json":
        document = {"format": "orgraph.code/1", **said, "standards": standards}
        print_json({**document, "mirrors": mirrors})
        return
    severity = said["severity"]
    if standards and severity != "info":
        severity = " or ".join(
            sorted({s["severity"] for s in standards if not s["unconfirmed"]})
        )
        severity = severity or "off: nothing that asks for it is confirmed"
    typer.echo(f"{said['code']} ({severity}): {said['meaning']}")
    for line in (said["hint"], said["source"]):
        if line:
            typer.echo(f"    {line}")
    waivable = (
        "can be waived, with its basis" if said["waivable"] else "can't be waived"
    )
    typer.echo(f"    {waivable}")
    for standard in standards:
        _print_standard(standard)
    for mirror in mirrors:
        print_mirror(mirror)


def _rule_of(code: str) -> str | None:
    """Return the rule whose file raises a code, if packs may ask for it."""
    from ..findings import Code
    from ..pack import LIMITING
    from ..pack.asked import ASKING
    from ..registry import declared

    for module, found in declared("orgraph.rules", Code):
        rule = module.rpartition(".")[2]
        if found.code == code and rule in ASKING | LIMITING:
            return rule
    return None


def _code(code: "Code") -> dict[str, Any]:
    return {
        "code": code.code,
        "severity": code.severity,
        "meaning": code.meaning,
        "hint": code.hint,
        "source": str(code.source) if code.source else None,
        "waivable": not code.structural,
    }


def schema() -> None:
    """Print the JSON Schema of a proposal, for completion in an editor."""
    from ..proposal.schema import proposal_schema

    print_json(proposal_schema())
