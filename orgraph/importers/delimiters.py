"""Finds what stands between the columns of a CSV file: its header says it.

A spreadsheet writes semicolons or tabs where the comma is the decimal sign.
"""

import re

DELIMITERS = ",;\t"
_SAID = re.compile(r'"?sep=([,;\t])"?(?:\r\n|[\r\n]|\Z)', re.IGNORECASE)
_BREAK = re.compile(r"\r\n|[\r\n]")
_TOKEN = re.compile(
    r"""
    (?<![^,;\t\r\n]) "(?:[^"]|"")*+"   # a cell in quotes: what is in it is its text
    | \r\n | [,;\t\r\n]
    | [^,;\t\r\n"]+ | "
    """,
    re.VERBOSE,
)


def said_delimiter(text: str) -> str | None:
    """Return the delimiter that the first line says alone, as sep=; does, or None."""
    found = _SAID.match(text)
    return found.group(1) if found else None


def delimiter_of(text: str, header: int | None = None) -> str:
    """Return the delimiter that the header has most of, outside of quotes.

    The header is the first line that isn't empty, or stands on a line. One without any
    is one column.
    """
    counts = dict.fromkeys(DELIMITERS, 0)
    line, begins, is_full = 1, 1, False
    for found in _TOKEN.finditer(text):
        token = found.group()
        if token in counts:
            counts[token] += 1
        elif _BREAK.fullmatch(token):
            line += 1
            if is_full if header is None else begins >= header:
                break
            counts, begins, is_full = dict.fromkeys(DELIMITERS, 0), line, False
        else:
            is_full = is_full or bool(token.strip(' "'))
            line += len(_BREAK.findall(token))
    return max(DELIMITERS, key=counts.__getitem__)
