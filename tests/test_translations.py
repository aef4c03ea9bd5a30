"""Every sentence has a translation that fits it, and every finding is a sentence."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from harness import pack_named, scenarios, start

from orgraph import catalogues
from orgraph.language import FOLDER, Said, language
from orgraph.pack.loader import pack_names
from orgraph.stores.memory import MemoryStore

ROOT = Path(catalogues.__file__).parent
FINDING = ("conversion", "draft", "engine", "operations", "rules")
ABROAD = sorted(FOLDER.glob("*/LC_MESSAGES/orgraph.po"))


def code_of(path: Path) -> str:
    """Return the code of a catalogue's language."""
    return path.parent.parent.name


def messages(path: Path) -> Iterator[Message]:
    """Yield the sentences of a catalogue, without its head."""
    catalogue: Catalog = read_po(io.BytesIO(path.read_bytes()))
    return (message for message in catalogue if message.id)


@pytest.mark.parametrize("path", ABROAD, ids=code_of)
def test_nothing_is_left_in_english(path: Path) -> None:
    """What the code, templates, codes and packs say stands in the catalogue."""
    text, compiled = catalogues.brought_up(path, catalogues.said())
    assert catalogues.missing(path) == []
    assert path.read_text(encoding="utf-8") == text
    assert path.with_suffix(".mo").read_bytes() == compiled


@pytest.mark.parametrize("path", ABROAD, ids=code_of)
def test_a_translation_says_the_same_values(path: Path) -> None:
    """What stands in braces stands in the translation, and nothing else does."""
    for message in messages(path):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string
        strings = strings if isinstance(strings, tuple) else (strings,)
        for string in strings:
            assert fields(string) == set().union(*map(fields, ids)), message.id


def fields(text: str) -> set[tuple[str | None, str | None, str | None]]:
    """Return what stands in the braces of a template, with its form."""
    if "%(" in text:
        return {(part.partition(")")[0], "", None) for part in text.split("%(")[1:]}
    try:
        return {part[1:] for part in Formatter().parse(text) if part[1] is not None}
    except ValueError:  # braces of a sentence without values
        return set()


def test_a_finding_is_made_of_a_sentence() -> None:
    """A text that is put together otherwise could be said in no other language."""
    bare = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in FINDING
        for path in sorted((ROOT / folder).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "at"
        and len(call.args) > 1
        and isinstance(call.args[1], ast.JoinedStr | ast.Constant)
    ]
    assert bare == []


@pytest.mark.parametrize("name", pack_names())
def test_words_of_a_pack_are_sentences(name: str) -> None:
    """So a pack's titles and labels are said in the language of the report."""
    pack = pack_named(name)
    words = [kind.label for kind in pack.nodes.values()]
    words += [one.title for one in pack.every_asked]
    assert words
    assert all(isinstance(word, Said) for word in words)


@pytest.mark.parametrize("folder", ["cases", "operations", "rules"])
def test_findings_of_scenarios_are_said_in_vietnamese(folder: str) -> None:
    """None of their sentences stays as it is in English."""
    vietnamese = language("vi")
    translated = set()
    for message in messages(FOLDER / "vi" / "LC_MESSAGES" / "orgraph.po"):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        translated |= {*ids}
    found = 0
    for scenario in scenarios():
        if scenario.apply is None or not scenario.name.startswith(folder):
            continue
        store = MemoryStore(pack_named(scenario.pack))
        start(scenario, store)
        for finding in store.plan(scenario.apply).findings:
            found += 1
            assert isinstance(finding.message, Said), finding
            assert vietnamese.say(finding.message) != finding.message
            if finding.hint:
                assert vietnamese.say(finding.hint) != finding.hint, finding
            for one in (*within(finding.message), *within(finding.hint)):
                assert one.template in translated, finding
    assert found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("operations/relieve/not_the_holder", "POST06"),
        ("operations/assign_charge/wrong_charges", "ASSIGN02"),
    ],
)
def test_that_nobody_holds_or_has_it_is_said_in_vietnamese(
    name: str, code: str
) -> None:
    """The word stands in the sentence, not in the place of somebody's id."""
    (scenario,) = [one for one in scenarios() if one.name == name]
    assert scenario.apply is not None
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    found = [f.message for f in store.plan(scenario.apply).findings if f.code == code]
    empty = [language("vi").say(said) for said in found if "; nobody" in said]
    assert empty
    assert not [said for said in empty if "nobody" in said or "không ai" not in said]


def within(said: object) -> Iterator[Said]:
    """Yield a sentence, and those that stand in it.

    Without values a single word, or what isn't ASCII, may be a user's.
    """
    if isinstance(said, list | tuple):
        for one in said:
            yield from within(one)
    elif isinstance(said, Said):
        words = re.sub(r"\{.*?\}|[^\w ]", "", said.template).strip()
        if " " in words and (said.values or words.isascii()):
            yield said
        for value in said.values.values():
            yield from within(value)
