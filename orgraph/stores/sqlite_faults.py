"""What of a SQLite file orgraph never wrote: broken pages, and values of another kind.

An audit asks first, since nothing else could be read with such rows.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date

from ..language import say
from ..pack import Pack
from .sqlite_rows import name_words, node_row
from .sqlite_schema import NODE

PAGES = "PRAGMA quick_check(20)"
COLUMNS = "SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')"
TABLES = (
    "meta", "node", "edge", "past_node", "past_edge", "revision", "tally", "word",
)  # fmt: skip
_OTHER = "typeof({name}) NOT IN ('{type}'{null})"
_NO_DAY = "date({name}) IS NOT {name}"
_NO_FACTS = "json_valid({name}) = 0"
_COUNTS = "SELECT {wrong} FROM {table}"
UNKNOWN = "SELECT DISTINCT kind FROM {table}"
STRAY = (
    "SELECT {column} FROM {table} WHERE {column} NOT IN (SELECT number FROM revision) "
    "GROUP BY {column}"
)
FIRST = "SELECT (SELECT min(since) FROM node), (SELECT min(day) FROM tally)"
NAMED = f"SELECT {NODE} FROM node n WHERE n.kind = ?"
WORDS = "SELECT word, id FROM word"


def faults(db: sqlite3.Connection, pack: Pack) -> Iterator[str]:
    """Yield in a sentence each what the file holds and can't be right."""
    broken = [row[0] for row in db.execute(PAGES) if row[0] != "ok"]
    if broken:
        yield say("A page of the file is broken: {page}.", page=broken[0])
        return
    found = False
    for sentence in (*_values(db), *_kinds(db, pack), *_revisions(db)):
        found = True
        yield sentence
    if not found:
        yield from _kept_beside(db, pack)


def _values(db: sqlite3.Connection) -> Iterator[str]:
    for table in TABLES:
        checks = []
        for name, kind, filled in db.execute(COLUMNS.format(table=table)):
            null = "" if filled or name == "number" else ", 'null'"
            checks.append(
                (name, _OTHER.format(name=name, type=kind.lower(), null=null))
            )
            if name in {"since", "until", "effective"}:
                checks.append((name, _NO_DAY.format(name=name)))
            if name == "facts":
                checks.append((name, _NO_FACTS.format(name=name)))
        # All at once, so that the table is read once.
        wrong = ", ".join(f"count(*) FILTER (WHERE {check})" for _, check in checks)
        counts = db.execute(_COUNTS.format(table=table, wrong=wrong)).fetchone()
        for (name, _), number in zip(checks, counts, strict=True):
            if number:
                yield say(
                    "{n:,} of the rows of {table} have no such {name}.",
                    n=number,
                    table=table,
                    name=name,
                )


def _kinds(db: sqlite3.Connection, pack: Pack) -> Iterator[str]:
    for known, tables in (
        (pack.nodes, ("node", "past_node")),
        (pack.edges, ("edge", "past_edge")),
    ):
        for table in tables:
            for (kind,) in db.execute(UNKNOWN.format(table=table)):
                if kind not in known:
                    yield say(
                        "The pack has no kind {kind}, which {table} holds.",
                        kind=repr(kind)[:40],
                        table=table,
                    )


def _revisions(db: sqlite3.Connection) -> Iterator[str]:
    """Yield of which revisions there are rows, and which there aren't."""
    for table, columns in (
        ("node", ["rev"]),
        ("edge", ["rev"]),
        ("past_node", ["rev", "gone"]),
        ("past_edge", ["rev", "gone"]),
    ):
        for column in columns:
            for (number,) in db.execute(STRAY.format(table=table, column=column)):
                yield say(
                    "There is no revision {number}, of which {table} holds rows.",
                    number=number,
                    table=table,
                )


def _kept_beside(db: sqlite3.Connection, pack: Pack) -> Iterator[str]:
    """Yield what the indexes by words and by days lack of the rows."""
    since, day = db.execute(FIRST).fetchone()
    if since and day is not None and day < date.fromisoformat(since).toordinal():
        yield say("A count begins before the first node.")
    wanted = {
        word
        for kind, node in pack.nodes.items()
        if not node.is_private
        for word in name_words(pack, map(node_row, db.execute(NAMED, (kind,))))
    }
    lacking = wanted.difference(db.execute(WORDS))
    if lacking:
        word, node = min(lacking)
        yield say(
            "{n:,} words of names aren't found: {word} of {node}.",
            n=len(lacking),
            word=word,
            node=node,
        )
