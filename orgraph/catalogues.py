"""Keeps the catalogues of other languages complete: what is said, and how it is said.

python -m orgraph.catalogues [--check]

What is said is what stands in `say` and `many`, in the templates of reports, in the
codes of findings, and in the shipped packs. `locale/CODE/LC_MESSAGES/orgraph.po` is
written by people, and brought up to date here: new sentences are added without a
translation, and those that are said no longer go. The .mo beside it is made from it.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .engine.codes import codes
from .findings import Severity, State
from .language import FOLDER
from .operations import operations
from .pack import Combination, Pack, load_pack
from .pack.limits import Counting
from .pack.loader import pack_names
from .proposal import Basis
from .queries.coverage import EVERY
from .reports.comparison import StoodTo
from .rules import laws, rules

ROOT = Path(__file__).parent
NO_TIME = datetime(2025, 1, 1, tzinfo=UTC)
"""What stands where gettext wants a time: a file that is made anew is the same."""
COUNTED = ("followed", "ended", "united", "kept", "asked")
"""What becomes of dependents, as reports count it."""
HAPPENING = (
    *("began", "ended", "moved", "revised"),
    *("written", "taken away", "changed", "unchanged", "without_to", "without_from"),
)
"""What becomes of units and rows, as reports, `diff` and `crosswalk` name it."""
_METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "say": None,
    "_": None,
    "gettext": None,
    "many": (2, 3),
    "ngettext": (1, 2),
}


def said() -> Catalog:
    """Return everything that can be said, without the places where it is said."""
    catalogue = Catalog(project="orgraph", fuzzy=False)
    for *_, message, _, _ in extract_from_dir(ROOT, _METHODS, keywords=_KEYWORDS):
        catalogue.add(message)
    for text in filter(None, _worded()):
        catalogue.add(text)
    for name in pack_names():
        for kind in load_pack(name).nodes.values():
            number = kind.counted(2)
            catalogue.add((number.template, number.other))
    return catalogue


def _worded() -> Iterator[str]:
    """Yield what codes and packs say, and the words of reports that are data."""
    yield from (*get_args(Severity), *get_args(State), *COUNTED, "true", "false")
    yield from (*Basis.model_fields, *HAPPENING, *StoodTo._fields, *get_args(Counting))
    yield from (*EVERY, *get_args(Combination.model_fields["word"].annotation))
    for one in (*operations().values(), *map(type, {**rules(), **laws()}.values())):
        yield (one.__doc__ or "").splitlines()[0]
    yield from (word for code in codes().values() for word in (code.meaning, code.hint))
    for name in pack_names():
        yield from _of_pack(load_pack(name))


def _of_pack(pack: Pack) -> Iterator[str]:
    for name, kind in pack.nodes.items():
        yield from (name, kind.label, kind.several, *kind.standing)
    yield from (*pack.edges, *(edge.label for edge in pack.edges.values()))
    yield from pack.people.leaving if pack.people else ()
    for name, fact in pack.facts.items():
        yield from (fact.label(name), fact.counting(name))
        for word in (name, *fact.values, *fact.words):
            yield from (word, word.replace("_", " "))
    for asked in pack.every_asked:
        yield from (asked.title, asked.exemptions)


def brought_up(path: Path, wanted: Catalog) -> tuple[str, bytes]:
    """Return the text of a catalogue that says what is wanted, and the file made of it.

    A sentence that is translated nowhere has an empty translation.
    """
    old = read_po(io.BytesIO(path.read_bytes())) if path.is_file() else Catalog()
    code = path.parent.parent.name
    new = Catalog(locale=code, creation_date=NO_TIME, header_comment="", fuzzy=False)
    for message in wanted:
        known = old.get(message.id)
        # One that is counted now is said anew, and one that was counted.
        is_alike = known and known.pluralizable == message.pluralizable
        if message.id:
            new.add(message.id, known.string if known and is_alike else "")
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, new, width=88, sort_output=True, omit_header=True)
    headers = [
        ("Language", code),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", new.plural_forms),
    ]
    new.mime_headers = headers
    write_mo(compiled, new)
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in headers)
    head = f'msgid ""\nmsgstr ""\n{lines}\n'
    return head + text.getvalue().decode(), compiled.getvalue()


def missing(path: Path) -> list[str]:
    """Return the sentences of a catalogue that aren't translated."""
    catalogue = read_po(io.BytesIO(path.read_bytes()))
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and not all(
            message.string if isinstance(message.string, tuple) else [message.string]
        )
    ]


def main(arguments: list[str]) -> int:
    """Bring the catalogues up to date, or name those that are stale or lack words."""
    wrong = False
    wanted = said()
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/orgraph.po")):
        text, compiled = brought_up(path, wanted)
        made = path.with_suffix(".mo")
        code = path.parent.parent.name
        if "--check" in arguments:
            fresh = path.read_text(encoding="utf-8") == text
            if not fresh or not made.is_file() or made.read_bytes() != compiled:
                sys.stderr.write(f"{code} is stale; run python -m {__spec__.name}\n")
                wrong = True
        else:
            path.write_text(text, encoding="utf-8")
            made.write_bytes(compiled)
        lacking = missing(path)
        if lacking:
            wrong = True
            sys.stderr.write(f"{code} lacks {len(lacking):,} sentences: {lacking[0]}\n")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
