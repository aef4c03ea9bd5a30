"""Commands that say what there is: operations, rules, schema, why."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError
from ..near_names import did_you_mean
from .mirror_words import MIRROR, mirror_lines, mirror_words
from .options import (
    FormatOption,
    LangOption,
    PackOption,
    StoreOption,
    checked_format,
    chosen_pack,
    language_of,
    print_json,
    tell,
)

if TYPE_CHECKING:
    from ..findings import Code
    from ..operations import Operation
    from ..pack import Asked, Pack


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (operations, rules, why, schema):
        app.command(command.__name__)(command)


def operations(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="OPERATION", help="One of them, in full.")
    ] = None,
    form: FormatOption = "text",
    lang: LangOption = None,
) -> None:
    """List the operations, or show one with its fields and an example."""
    from ..language import laid, say
    from ..operations import operations as all_operations

    checked_format(form)
    language = language_of(context, lang)
    known = all_operations()
    if name is not None and name not in known:
        hint = did_you_mean(name, known)
        message = f"there is no operation {name}{hint}"
        raise InputError(message)
    chosen = [known[name]] if name else list(known.values())
    if form == "json":
        items = [_operation(operation) for operation in chosen]
        print_json({"format": "orgraph.operations/1", "items": items})
        return
    for operation in chosen:
        said = _operation(operation)
        op, summary = said["op"], said["summary"]
        tell(language, laid("{op:<24} {said}", op=op, said=say(summary)))
        if name:
            for field in said["fields"]:
                wanted = say("needed") if field["required"] else say("optional")
                shown = laid("    {n:<12} {wanted}", n=field["name"], wanted=wanted)
                tell(language, shown)
            tell(language, "\n" + said["example"])


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
    lang: LangOption = None,
) -> None:
    """List the rules and laws, and what the schema pack asks of units."""
    from ..language import laid, say
    from ..rules import laws
    from ..rules import rules as all_rules
    from .standards import standard_lines, standard_plain

    checked_format(form)
    language = language_of(context, lang)
    items: list[dict[str, Any]] = [
        {"rule": name, "summary": (type(rule).__doc__ or "").splitlines()[0]}
        for name, rule in {**all_rules(), **laws()}.items()
    ]
    chosen = chosen_pack(context, store, pack)
    if form == "json":
        asked = chosen.every_asked if chosen else ()
        standards = [standard_plain(chosen, one) for one in asked if chosen]
        document = {"format": "orgraph.rules/1", "items": items}
        mirrors = mirror_words(chosen)
        print_json({**document, "standards": standards, "mirrors": mirrors})
        return
    for item in items:
        rule, summary = item["rule"], item["summary"]
        tell(language, laid("{rule:<24} {said}", rule=rule, said=say(summary)))
    if chosen is None:
        hint = say("Name a pack with --pack, or a store, to see its standards.")
        tell(language, hint)
        return
    for one in chosen.every_asked:
        tell(language, *standard_lines(chosen, one))
    tell(language, *mirror_lines(chosen))


def why(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="As findings show it.")],
    store: StoreOption = None,
    pack: PackOption = None,
    form: FormatOption = "text",
    lang: LangOption = None,
) -> None:
    """Explain the code of a finding, with its source."""
    from ..engine.codes import codes, nearest
    from ..language import either, laid, say
    from .standards import standard_plain

    checked_format(form)
    language = language_of(context, lang)
    known = codes()
    wanted = code.upper()
    if not wanted.strip():
        message = f"name a code, which findings begin with, such as {min(known)}"
        raise InputError(message)
    if wanted not in known:
        near = nearest(wanted)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        message = f"there is no code {code}{hint}"
        raise InputError(message)
    found = known[wanted]
    rule = _rule_of(wanted)
    mirrored = wanted.startswith(MIRROR)
    chosen = chosen_pack(context, store, pack) if rule or mirrored else None
    asked = chosen.asked(rule) if chosen and rule else ()
    if form == "json":
        standards = [standard_plain(chosen, one) for one in asked if chosen]
        document = {"format": "orgraph.code/1", **_code(found), "standards": standards}
        mirrors = mirror_words(chosen) if mirrored else []
        print_json({**document, "mirrors": mirrors})
        return
    severities: list[str] = [found.severity]
    if asked and found.severity != "info":
        severities = sorted({one.severity for one in asked if not one.unconfirmed})
    off = say("off: nothing that asks for it is confirmed")
    severity = either(map(say, severities)) if severities else off
    meaning = found.meaning
    head = laid("{code} ({how}): {said}", code=wanted, how=severity, said=meaning)
    tell(language, head)
    for line in (found.hint, str(found.source) if found.source else ""):
        if line:
            tell(language, laid("    {line}", line=line))
    waivable = (
        say("can't be waived")
        if found.structural
        else say("can be waived, with its basis")
    )
    tell(language, laid("    {waivable}", waivable=waivable))
    if rule or mirrored:
        tell(language, *_asked_lines(chosen, asked, mirrored=mirrored))


def _asked_lines(
    pack: "Pack | None", asked: Iterable["Asked"], *, mirrored: bool
) -> Iterator[str]:
    """Say what a pack asks by a rule, or that no pack is named that could say it."""
    from ..language import laid, say
    from .standards import standard_lines

    if pack is None:
        hint = say(
            "Name a pack with --pack, such as vietnam, or a store, to see what it asks "
            "there, with dates and sources."
        )
        yield laid("    {line}", line=hint)
        return
    for one in asked:
        yield from standard_lines(pack, one)
    if mirrored:
        yield from mirror_lines(pack)


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
