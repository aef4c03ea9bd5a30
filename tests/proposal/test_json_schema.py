"""The JSON Schema of a proposal accepts what the reader accepts, and not the rest."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from orgraph.errors import InputError
from orgraph.operations import operations
from orgraph.proposal import Proposal, read_proposal_text
from orgraph.proposal.yaml_tree import compose
from orgraph.schemafiles import generated, main

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "schema" / "generated" / "proposal.schema.json"
PROPOSALS = [ROOT / "scenarios" / "dien_bien_2025" / "proposal.yaml"]
SCENARIOS = sorted((ROOT / "scenarios").glob("*/**/*.yaml"))
CHECK = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
HEAD: dict[str, Any] = {"title": "A", "effective": "2025-07-01"}
NODE: dict[str, Any] = {"kind": "commune", "name": "A"}


def test_generated_files_are_fresh() -> None:
    """What stands in schema/generated is what the models give now."""
    for path, text in generated().items():
        assert path.read_text(encoding="utf-8") == text
    assert main(["--check"]) == 0


def test_schema_is_a_schema() -> None:
    """The file is itself right by the rules of JSON Schema."""
    Draft202012Validator.check_schema(CHECK.schema)


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda path: path.parent.name)
def test_committed_proposals(path: Path) -> None:
    """The committed proposals are right by the schema."""
    data = compose(path.read_text(encoding="utf-8")).data
    CHECK.validate(data)
    CHECK.validate(read_proposal_text(path.read_bytes()).to_plain())


def test_steps_of_the_scenarios() -> None:
    """Every step that a scenario applies is right by the schema, and in plain data."""
    number = 0
    for path in SCENARIOS:
        data = compose(path.read_text(encoding="utf-8")).data
        for applied in (data.get("apply"), *data.get("given", {}).get("applied", ())):
            if applied:
                proposal = {"title": "A", **applied}
                CHECK.validate(proposal)
                CHECK.validate(Proposal.model_validate(proposal).to_plain())
                number += 1
    assert number > 20


@pytest.mark.parametrize("name", operations())
def test_examples(name: str) -> None:
    """The example of an operation is right by the schema, and is read."""
    step = compose(operations()[name].example).data
    assert step["op"] == name
    CHECK.validate({**HEAD, "steps": [step]})
    assert Proposal.model_validate({**HEAD, "steps": [step]}).steps[0].op == name


@pytest.mark.parametrize("name", operations())
def test_every_field_is_in_the_schema(name: str) -> None:
    """The schema names the fields of an operation as a proposal writes them."""
    model = operations()[name]
    held = CHECK.schema["$defs"][model.__name__]
    fields = {f.alias or field for field, f in model.model_fields.items()}
    assert held["properties"].keys() == fields
    needed = {f.alias or n for n, f in model.model_fields.items() if f.is_required()}
    assert set(held["required"]) == {"op", *needed}
    assert held["additionalProperties"] is False


def _split(*targets: dict[str, Any], **more: object) -> dict[str, Any]:
    step = {"op": "split_unit", "source": "a", "targets": list(targets), **more}
    return {**HEAD, "steps": [step]}


def _edges(*edges: dict[str, Any], **more: object) -> dict[str, Any]:
    return {**HEAD, "steps": [{"op": "reorganise_units", "edges": list(edges), **more}]}


def _shared(shares: object) -> dict[str, Any]:
    return _split({"unit": "b", "shares": shares}, {"unit": "c"})


RIGHT: list[dict[str, Any]] = [
    {**HEAD, "steps": [{"undo": 3}]},
    {**HEAD, "steps": [{"op": "undo", "revision": 3}]},
    {**HEAD, "basis": {"issuer": "Q"}, "steps": [{"undo": 3}]},
    {**HEAD, "waivers": [{"code": "A", "subject": "b"}], "steps": [{"undo": 3}]},
    {**HEAD, "steps": [{"op": "found_unit", "new": NODE}]},
    {**HEAD, "steps": [{"op": "found_unit", "new": {**NODE, "facts": {"a": 1}}}]},
    {**HEAD, "steps": [{"op": "found_unit", "new": {**NODE, "facts": {"a": None}}}]},
    {**HEAD, "steps": [{"op": "found_unit", "new": {**NODE, "facts": {"a": True}}}]},
    {**HEAD, "steps": [{"op": "merge_units", "sources": ["a", "b"], "into": NODE}]},
    {
        **HEAD,
        "steps": [{"op": "close_unit", "unit": "a", "answers": {"post": {"to": "b"}}}],
    },
    {**HEAD, "steps": [{"op": "close_unit", "unit": "a", "answers": {"post": "end"}}]},
    _split({"unit": "b"}, {"new": NODE, "parts": ["c"], "shares": {"people": 0}}),
    _split({"new": {**NODE, "under": "d", "as": "x"}}, keep_source=True),
    *map(_shared, ("1/3", "0/7", "7/7", "all", "none", "unknown", "ask")),
    _shared({"people": 10**15, "area_m2": "ask", "households": "1/2"}),
    _edges({"from": "a", "to": "b", "whole": True}, {"from": "c", "to": "b"}),
    _edges({"from": "a", "to": "b", "whole": True, "parts": []}),
    _edges({"from": "a", "to": "b", "whole": False, "shares": "all"}, keep=["a"]),
    _edges({"from": "a", "to": "x"}, new=[{**NODE, "as": "x", "under": "c"}]),
    {**HEAD, "steps": [{"op": "restore_unit", "unit": {**NODE, "restores": "a"}}]},
]
WRONG: dict[str, dict[str, Any]] = {
    "nothing": {},
    "no title": {"effective": "2025-07-01", "steps": [{"undo": 3}]},
    "no day": {"title": "A", "steps": [{"undo": 3}]},
    "no steps": HEAD,
    "empty steps": {**HEAD, "steps": []},
    "empty title": {**HEAD, "title": "", "steps": [{"undo": 3}]},
    "long title": {**HEAD, "title": "a" * 501, "steps": [{"undo": 3}]},
    "day as number": {**HEAD, "effective": 2025, "steps": [{"undo": 3}]},
    "unknown field": {**HEAD, "steps": [{"undo": 3}], "titel": "A"},
    "unknown operation": {**HEAD, "steps": [{"op": "merge_unit"}]},
    "no operation": {**HEAD, "steps": [{"unit": "a"}]},
    "undo of text": {**HEAD, "steps": [{"undo": "3"}]},
    "undo of 0": {**HEAD, "steps": [{"undo": 0}]},
    "undo and more": {**HEAD, "steps": [{"undo": 3, "unit": "a"}]},
    "unknown field of a step": {
        **HEAD,
        "steps": [{"op": "undo", "revision": 3, "unit": "a"}],
    },
    "one source": {
        **HEAD,
        "steps": [{"op": "merge_units", "sources": ["a"], "into": NODE}],
    },
    "source as number": {
        **HEAD,
        "steps": [{"op": "merge_units", "sources": ["a", 6652], "into": NODE}],
    },
    "code as number": {
        **HEAD,
        "steps": [{"op": "found_unit", "new": {**NODE, "code": 6652}}],
    },
    "fraction as fact": {
        **HEAD,
        "steps": [{"op": "found_unit", "new": {**NODE, "facts": {"a": 1.5}}}],
    },
    "list as fact": {
        **HEAD,
        "steps": [{"op": "found_unit", "new": {**NODE, "facts": {"a": []}}}],
    },
    "unknown answer": {
        **HEAD,
        "steps": [{"op": "close_unit", "unit": "a", "answers": {"post": "maybe"}}],
    },
    "label with a space": {
        **HEAD,
        "steps": [{"op": "found_unit", "new": NODE, "as": "Ha Tu"}],
    },
    "basis as text": {**HEAD, "basis": "Q", "steps": [{"undo": 3}]},
    "basis of nobody": {**HEAD, "basis": {"number": "1"}, "steps": [{"undo": 3}]},
    "target of nothing": _split({"parts": ["b"]}, {"unit": "c"}),
    "target that is new and old": _split({"new": NODE, "unit": "b"}, {"unit": "c"}),
    "one target": _split({"unit": "b"}),
    "one target, and not kept": _split({"unit": "b"}, keep_source=False),
    "no targets": _split(keep_source=True),
    "share without a fact": _shared(5),
    "share of none": _shared("1/0"),
    "share with a sign": _shared({"people": -1}),
    "share with a point": _shared({"people": 1.5}),
    "share too large": _shared({"people": 10**15 + 1}),
    "share by another word": _shared("most"),
    "share as list": _shared(["all"]),
    "kept in a word": _split({"unit": "b"}, keep_source="yes"),
    "no edges": _edges(),
    "edge to nothing": _edges({"from": "a"}),
    "edge by the name in Python": _edges({"from_": "a", "to": "b"}),
    "whole with parts": _edges({"from": "a", "to": "b", "whole": True, "parts": ["c"]}),
    "whole with shares": _edges(
        {"from": "a", "to": "b", "whole": True, "shares": "all"}
    ),
    "restored, not saying what": {
        **HEAD,
        "steps": [{"op": "restore_unit", "unit": NODE}],
    },
    "waiver without a code": {
        **HEAD,
        "waivers": [{"subject": "a"}],
        "steps": [{"undo": 3}],
    },
}


@pytest.mark.parametrize("data", RIGHT, ids=lambda data: str(data["steps"])[-60:])
def test_right_proposals(data: dict[str, Any]) -> None:
    """Schema and reader both accept what is right."""
    CHECK.validate(data)
    read_proposal_text(json.dumps(data))


@pytest.mark.parametrize("name", WRONG)
def test_wrong_proposals(name: str) -> None:
    """Schema and reader both refuse what is wrong."""
    assert not CHECK.is_valid(WRONG[name])
    with pytest.raises(InputError):
        read_proposal_text(json.dumps(WRONG[name]))
