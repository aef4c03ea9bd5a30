"""JSON documents are read as tables are; what is wrong is said by line."""

import json
from pathlib import Path
from typing import Any

import pytest
from loading import LATER, empty

from orgraph.errors import InputError
from orgraph.importers import Options, load_tables
from orgraph.model import Span
from orgraph.stores import Store

HEAD = '{"format": "orgraph.export/1",\n"nodes": [\n'
STATE = {"id": "s", "kind": "state", "name": "Land", "since": "2000"}


def load(folder: Path, text: str | bytes, **options: Any) -> Store:  # noqa: ANN401 - those of Options
    """Load a document into a new store."""
    path = folder / "a.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    store = empty()
    load_tables(store, [path], Options(**options))
    return store


def refused(folder: Path, text: str | bytes) -> list[str]:
    """Return what is said of a document that can't be loaded."""
    with pytest.raises(InputError) as caught:
        load(folder, text)
    found = [problem.replace(f"{folder}/", "") for problem in caught.value.problems]
    return [problem for problem in found if problem != LATER]


def of(*nodes: object, edges: object = (), **more: object) -> str:
    """Return a document with a row on each line, from line 3 on."""
    rows = ",\n".join(json.dumps(node) for node in nodes)
    rest = "".join(f',\n"{key}": {json.dumps(value)}' for key, value in more.items())
    return f'{HEAD}{rows}\n],\n"edges": {json.dumps(edges)}{rest}}}'


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", ""),
        lambda text: json.dumps(json.loads(text), indent=4),
        lambda text: json.dumps(dict(reversed(json.loads(text).items()))),
        lambda text: f"\n\n {text}\n",
    ],
    ids=["plain", "bom", "crlf", "one line", "indented", "reversed", "spaces"],
)
def test_forms_of_a_document(tmp_path: Path, change: Any) -> None:  # noqa: ANN401 - a lambda
    """However a program lays it out, and whatever it adds, it is the same document."""
    other = {**STATE, "id": "d", "kind": "district", "facts": {}}
    edge = {"kind": "PART_OF", "source": "d", "target": "s", "since": "2000-05"}
    text = of(STATE, other, edges=[edge], note={"more": [1.5]})
    store = load(tmp_path, change(text))
    (row,) = store.edges(["d"], ["PART_OF"], "out", Span.always())
    assert (row.target, row.facts) == ("s", {"since_precision": "month"})
    assert store.nodes(["s"], Span.always())[0].code is None


def test_facts_have_their_types(tmp_path: Path) -> None:
    """A question mark is text here, and null is unknown."""
    facts = {"type": "?", "people": None, "area_m2": 0}
    town = {**STATE, "id": "m", "kind": "municipality", "facts": facts}
    with pytest.raises(InputError, match="type is \\?"):
        load(tmp_path, of(town))
    body = {**STATE, "id": "b", "kind": "body", "facts": {"type": "?"}}
    (row,) = load(tmp_path, of(body)).nodes(["b"], Span.always())
    assert row.facts["type"] == "?"
    town["facts"] = {"people": None, "area_m2": 0}
    (row,) = load(tmp_path, of(town)).nodes(["m"], Span.always())
    assert (row.facts["people"], row.facts["area_m2"]) == (None, 0)
    assert "type" not in row.facts


def test_ends_are_never_inclusive(tmp_path: Path) -> None:
    """A document says itself how its ends are meant, so the option is for tables."""
    text = of({**STATE, "until": "2010-01-01"})
    (row,) = load(tmp_path, text, inclusive_end=True).nodes(["s"], Span.always())
    assert row.until.isoformat() == "2010-01-01"


BAD: list[tuple[str | bytes, str, str]] = [
    ("", "a.json:1:1", "an export is a JSON object"),
    ("[]", "a.json:1:1", "an export is a JSON object"),
    ("{}", "a.json", "no format"),
    ('{"format": "orgraph.plan/1"}', "a.json", "this is orgraph.plan/1"),
    (of(), "a.json", "no rows"),
    (HEAD + '{"id": "s",}]}', "a.json:3:12", "this is not JSON"),
    (HEAD + '{"id": "s"} {"id": "t"}]}', "a.json:3:13", ", is wanted"),
    (HEAD + '{"id": "s"}', "a.json:3:12", "this is not JSON"),
    (of(STATE) + "x", "a.json:5:13", "after the end"),
    (of(STATE)[:-1] + ',\n"nodes": []}', "a.json:6:10", "stands twice"),
    (HEAD + '{"id": "s", "id": "t"}]}', "a.json:3:1", "'id' stands twice"),
    ('{"format": "orgraph.export/1", "nodes": {}}', "a.json:1:41", "not a list"),
    (HEAD + "[" * 100_000, "a.json:3:1", "nested too deep"),
    (of(7), "a.json:3", "a row is an object"),
    (of(STATE, {**STATE, "id": "t", "code": 7}), "a.json:4", "code: 7 is not text"),
    (of({**STATE, "kimd": "x"}), "a.json:3", "did you mean kind?"),
    (of({**STATE, "facts": []}), "a.json:3", "facts is not an object"),
    (of({**STATE, "facts": {"peple": 1}}), "a.json:3", "did you mean people?"),
    (of({**STATE, "kind": "stat"}), "a.json:3", "did you mean state?"),
    (of({**STATE, "since": None}), "a.json:3", "no first day"),
    (of({**STATE, "since": "2000-13"}), "a.json:3", "calendar"),
    (of({**STATE, "name": "a\nb"}), "a.json:3", "control character"),
    (of({**STATE, "facts": {"since_precision": "year"}}), "a.json:3", "own"),
    (of(STATE, STATE), "a.json:4", "stands in a.json:3 too"),
    (HEAD.encode() + b'{"id": "\xff"}]}', "a.json:3", "not UTF-8"),
]


@pytest.mark.parametrize(("text", "place", "words"), BAD, ids=[w for _, _, w in BAD])
def test_wrong_documents(
    tmp_path: Path, text: str | bytes, place: str, words: str
) -> None:
    """A document that can't be read is refused with its place and the cure."""
    (sentence,) = refused(tmp_path, text)
    assert sentence.startswith(f"{place}: "), sentence
    assert words in sentence
    assert len(sentence) < 200


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1.5", "1.5 is none of"),
        ("1e3", "1e3 is none of"),
        ("NaN", "NaN is none of"),
        ("9" * 17, "is larger than"),
        ("9" * 5000, "is none of"),
        ("[1]", "is none of"),
        ('"7"', "not a whole number"),
        ("true", "not a whole number"),
        ("-1", "below zero"),
    ],
)
def test_wrong_facts(tmp_path: Path, value: str, words: str) -> None:
    """A fact of another type is refused: nothing is rounded, read as or cut."""
    row = json.dumps({**STATE, "id": "m", "kind": "municipality", "facts": "F"})
    text = row.replace('"F"', f'{{"people": {value}}}')
    (sentence,) = refused(tmp_path, f"{HEAD}{text}]}}")
    assert sentence.startswith("a.json:3: people")
    assert words in sentence
    assert len(sentence) < 200


def test_all_problems_are_listed(tmp_path: Path) -> None:
    """Of rows that are wrong in several ways, each way is said, in their order."""
    edge = {"kind": "PART", "source": "d", "target": "S", "since": "2000", "note": 1}
    bad = {**STATE, "id": "t", "kind": "stat", "since": "x"}
    found = refused(tmp_path, of(STATE, 7, bad, edges=[edge, {**edge, "note": "a"}]))
    assert [line.partition(": ")[0] for line in found] == [
        "a.json:4",
        "a.json:5",
        "a.json:5",
        *["a.json:7"] * 3,
    ]
    assert "there is no kind stat; did you mean state?" in found[1]
    assert "since: 'x' is not a date" in found[2]
    assert "there is no field note" in found[3]
    assert "there is no kind of edge PART; did you mean" in found[4]
    assert "the id 'S' has capital letters" in found[5]


def test_structure_is_checked_with_places(tmp_path: Path) -> None:
    """What the structure forbids is said at the line of its row."""
    edges = [{"kind": "PART_OF", "source": "s", "target": "nowhere", "since": "2000"}]
    (sentence,) = refused(tmp_path, of(STATE, edges=edges))
    assert sentence.startswith("a.json:5: ")
    assert "nowhere" in sentence


def test_cells_with_signs(tmp_path: Path) -> None:
    """In a table a backslash makes text of a sign, and fact: a fact of a column."""
    path = tmp_path / "n.csv"
    path.write_text(
        "id,kind,since,fact:type\na,body,2000,\\?\nb,body,2000,\\\nc,body,2000,?\n"
        "d,body,2000,\\\\x\ne,body,2000,\nf,body,2000,x\\\n",
        encoding="utf-8",
    )
    store = empty()
    load_tables(store, [path])
    found = {r.id: dict(r.facts) for r in store.nodes("abcdef", Span.always())}
    assert {k: v.get("type", "absent") for k, v in found.items()} == {
        "a": "?",
        "b": "",
        "c": None,
        "d": "\\x",
        "e": "absent",
        "f": "x\\",
    }


def test_a_table_without_rows(tmp_path: Path) -> None:
    """A table may be empty beside one that isn't: not every store has edges."""
    nodes, edges = tmp_path / "n.csv", tmp_path / "e.csv"
    nodes.write_text("id,kind,since\nb,body,2000\n", encoding="utf-8")
    edges.write_text("kind,source,target,since\n", encoding="utf-8")
    store = empty()
    load_tables(store, [nodes, edges])
    assert list(store.all_ids()) == ["b"]
    nodes.write_text("id,kind,since\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_tables(empty(), [nodes, edges])
    assert len(caught.value.problems) == 2
