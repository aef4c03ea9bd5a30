"""Writes an export as one JSON document, a row on each line, that an import reads.

Nothing of a store's revisions is in it: equal stores give equal bytes. `along` names
the nodes that are there only so that people belong somewhere on every day.
"""

import json
from typing import Any, BinaryIO

from ..model import NodeRow, Row
from .extract import Extract
from .saying import said

FORMAT = "orgraph.export/1"

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def write_document(extract: Extract, file: BinaryIO) -> None:
    """Write the document; unknown facts are null, and an open end is.

    >>> with open("acme.json", "wb") as file:
    ...     orgraph.write_document(orgraph.Extract(store), file)
    >>> new = orgraph.MemoryStore(orgraph.load_pack("."))
    >>> orgraph.load_tables(new, ["acme.json"]).revision.rows
    55
    """
    head = {
        "format": FORMAT,
        "pack": extract.pack.name,
        "root": extract.root,
        "on": extract.on.isoformat() if extract.on else None,
        "names": extract.names,
        "along": sorted(extract.along),
    }
    file.write(_encode(head)[:-1].encode())
    for title, rows in (("nodes", extract.nodes()), ("edges", extract.edges())):
        file.write(f',\n"{title}": ['.encode())
        before = "\n"
        for row in rows:
            file.write(f"{before}{_encode(_plain(extract, row))}".encode())
            before = ",\n"
        file.write(b"\n]")
    file.write(b"}\n")


def _plain(extract: Extract, row: Row) -> dict[str, Any]:
    since, until, facts = said(extract.pack, row)
    own = (
        {"id": row.id, "kind": row.kind, "name": row.name, "code": row.code}
        if isinstance(row, NodeRow)
        else {"kind": row.kind, "source": row.source, "target": row.target}
    )
    return {
        **own,
        "since": since,
        "until": until or None,
        "facts": dict(sorted(facts.items())),
    }
