"""The part of SARIF 2.1.0 that orgraph writes, as the standard has it, as JSON Schema.

Nothing else is allowed: a property that isn't in the standard would be refused here.
"""

from typing import Any


def _closed(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - a JSON Schema
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _all_of(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


_TEXT = {"type": "string", "minLength": 1}
_FROM_1 = {"type": "integer", "minimum": 1}
_BAG = {"type": "object"}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_MESSAGE = _closed(("text",), text=_TEXT)
_URI = {"type": "string", "format": "uri-reference"}
_RULE = _closed(
    ("id",),
    id=_TEXT,
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_MESSAGE,
    defaultConfiguration=_closed(level=_LEVEL),
    properties=_BAG,
)
_LOCATION = _closed(
    physicalLocation=_closed(
        ("artifactLocation",),
        artifactLocation=_closed(("uri",), uri=_URI),
        region=_closed(("startLine",), startLine=_FROM_1, startColumn=_FROM_1),
    ),
    logicalLocations=_all_of(_closed(fullyQualifiedName=_TEXT)),
)
_RESULT = _closed(
    ("ruleId", "message"),
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_MESSAGE,
    locations=_all_of(_LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
    suppressions=_all_of(
        _closed(("kind",), kind={"enum": ["inSource", "external"]}, justification=_TEXT)
    ),
    properties=_BAG,
)
_RUN = _closed(
    ("tool", "results"),
    tool=_closed(
        ("driver",),
        driver=_closed(("name",), name=_TEXT, version=_TEXT, rules=_all_of(_RULE)),
    ),
    invocations=_all_of(
        _closed(
            ("executionSuccessful",),
            executionSuccessful={"type": "boolean"},
            exitCode={"type": "integer"},
        )
    ),
    language={"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=_all_of(_RESULT),
)
SARIF = _closed(
    ("version", "runs"),
    **{"$schema": _URI, "version": {"const": "2.1.0"}, "runs": _all_of(_RUN)},
)
