"""Rows of the model as columns of the SQLite tables, and back."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any

from ..change import canonical_json
from ..draft import Revision, TallyRow
from ..model import EdgeRow, Facts, NodeRow, Row, fold
from ..pack import Pack

_day = cache(date.fromisoformat)
_raw = json.JSONDecoder().raw_decode  # what we wrote has nothing before or after
_made = tuple.__new__  # quicker than the row's own, for each row that is read


@lru_cache(maxsize=4096)
def _facts(text: str) -> Facts:
    """Read facts; rows that say the same share them, and nobody changes them."""
    facts: Facts = _raw(text)[0]
    return facts


def node_row(r: Sequence[Any]) -> NodeRow:
    """Return a row of the table `node` as the model has it."""
    id_, kind, since, until, name, code, text, rev = r
    facts = {} if text == "{}" else _facts(text)
    row = (id_, kind, _day(since), _day(until), name, code, facts, rev)
    return _made(NodeRow, row)


def edge_row(r: Sequence[Any]) -> EdgeRow:
    """Return a row of the table `edge` as the model has it."""
    facts = _facts(r[5]) if r[5] != "{}" else {}
    kind, source, target, since, until, _, rev = r
    return _made(EdgeRow, (kind, source, target, _day(since), _day(until), facts, rev))


tally_row = partial(_made, TallyRow)
"""Return a row of the table `tally` as the draft has it."""


def facts_text(facts: Facts) -> str:
    """Return facts as they are kept: JSON with sorted keys."""
    if not facts:
        return "{}"
    return canonical_json(facts)


def node_values(row: NodeRow, rev: int) -> tuple[Any, ...]:
    """Return the columns of a version."""
    days = (row.since.isoformat(), row.until.isoformat())
    return (row.id, row.kind, *days, row.name, row.code, facts_text(row.facts), rev)


def edge_values(row: EdgeRow, rev: int) -> tuple[Any, ...]:
    """Return the columns of an edge."""
    days = (row.since.isoformat(), row.until.isoformat())
    return (row.kind, row.source, row.target, *days, facts_text(row.facts), rev)


def key_values(row: Row) -> tuple[str, ...]:
    """Return the columns of a row's key."""
    return tuple(
        part.isoformat() if isinstance(part, date) else part for part in row.key
    )


def name_words(pack: Pack, rows: Iterable[NodeRow]) -> Iterator[tuple[str, str]]:
    """Yield (word, id) for the names by which units can be found; never people's."""
    for row in rows:
        if not pack.nodes[row.kind].is_private:
            for word in fold(row.name).split():
                yield word, row.id


def revision_row(r: Sequence[Any]) -> Revision:
    """Return a row of the table `revision`."""
    fields = dict(zip(Revision._fields, r, strict=True))
    fields["basis"] = json.loads(fields["basis"]) if fields["basis"] else None
    return Revision(**{**fields, "proposal": json.loads(fields["proposal"])})


def revision_values(revision: Revision) -> tuple[Any, ...]:
    """Return the columns of a revision."""
    values = list(revision)
    values[3] = None if revision.basis is None else json.dumps(revision.basis)
    values[8] = json.dumps(revision.proposal, ensure_ascii=False)
    return tuple(values)
