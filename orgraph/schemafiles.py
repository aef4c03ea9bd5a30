"""Writes the generated files of schema/, or checks that they are fresh.

python -m orgraph.schemafiles [--check]
"""

import json
import sys
from pathlib import Path

from .pack import load_pack
from .pack.loader import pack_names
from .proposal.schema import SCHEMA_ID, proposal_schema
from .stores.neo4j_schema import schema_text

FOLDER = Path(__file__).parent.parent / "schema" / "generated"


def generated() -> dict[Path, str]:
    """Return the text of every generated file by its path."""
    schema = json.dumps(proposal_schema(), ensure_ascii=False, indent=1) + "\n"
    graphs = {
        FOLDER / f"neo4j-{name}.cypher": schema_text(load_pack(name))
        for name in pack_names()
    }
    return {FOLDER / SCHEMA_ID: schema, **graphs}


def main(arguments: list[str]) -> int:
    """Write the files, or name those that are stale."""
    stale = [
        path
        for path, text in generated().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if "--check" in arguments:
            sys.stderr.write(f"{path.name} is stale; run python -m {__spec__.name}\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(generated()[path], encoding="utf-8")
            sys.stdout.write(f"{path.name} written\n")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
