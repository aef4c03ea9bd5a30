"""The JSON Schema of a proposal, for completion and checks in an editor."""

from typing import Any

from ..operations import Operation, operations
from .models import Basis, Proposal, Waiver

SCHEMA_ID = "proposal.schema.json"


def proposal_schema() -> dict[str, Any]:
    """Return the JSON Schema, made from the models of the operations."""
    definitions: dict[str, Any] = {}
    steps = [_step(operation, definitions) for operation in operations().values()]
    undo = {
        "type": "object",
        "description": "Take a revision back; short for op: undo.",
        "properties": {"undo": {"type": "integer", "minimum": 1}},
        "required": ["undo"],
        "additionalProperties": False,
    }
    for model in (Basis, Waiver):
        definitions[model.__name__] = model.model_json_schema()
    fields = Proposal.model_fields
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Proposal",
        "description": (Proposal.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": 500},
            "effective": {"type": "string", "format": "date"},
            "basis": {"$ref": "#/$defs/Basis"},
            "steps": {
                "type": "array",
                "minItems": 1,
                "items": {"anyOf": [*steps, undo]},
            },
            "waivers": {"type": "array", "items": {"$ref": "#/$defs/Waiver"}},
        },
        "required": [name for name, field in fields.items() if field.is_required()],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _step(operation: type[Operation], definitions: dict[str, Any]) -> dict[str, Any]:
    schema = operation.model_json_schema(by_alias=True)
    definitions.update(schema.pop("$defs", {}))
    name = operation.op_name()
    schema["properties"]["op"] = {"const": name}
    schema["required"] = ["op", *schema.get("required", [])]
    definitions[operation.__name__] = schema
    return {"$ref": f"#/$defs/{operation.__name__}"}
