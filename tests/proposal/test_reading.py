"""What is wrong with a proposal is said in a sentence, at its line and column."""

import json
import re
from pathlib import Path

import pytest

from orgraph.errors import InputError
from orgraph.proposal import read_proposal, read_proposal_text

HEAD = "title: A merger\neffective: 2025-07-01\nsteps:\n"
MERGE = """\
  - op: merge_units
    sources: [code:06652, code:06664]
    into: {kind: commune, name: Phường Hà Tu, code: "06652", facts: {type: phường}}
"""
GOOD = HEAD + MERGE
NOT_OURS = re.compile(
    r"pydantic|Value error|[Ss]tring should|[Ii]nput (tag|should)|valid dictionary|"
    r"[Ll]ist should|Tuple|_type|function-|literal\[|NoneType|Unclear|<class|frozen"
)
"""Words of a library, which a user should never see."""


def problems(data: str | bytes) -> list[str]:
    """Return what is said of a proposal that can't be read."""
    with pytest.raises(InputError) as caught:
        read_proposal_text(data, "p.yaml")
    found = list(caught.value.problems)
    for sentence in found:
        assert re.match(r"p\.yaml:\d+:\d+: ", sentence), sentence
        assert not NOT_OURS.search(sentence), sentence
        assert sentence.isprintable(), sentence
        assert len(sentence) < 300, sentence
    return found


def said(data: str | bytes, place: str, *words: str) -> None:
    """Check that one problem is found, at a place, and that it says these words.

    Where a field's name is misspelt, that the right one is missing is said as well.
    """
    found = problems(data)
    (sentence,) = [p for p in found if not p.endswith(" is missing")] or found
    at, _, rest = sentence.removeprefix("p.yaml:").partition(": ")
    assert at == place, sentence
    for word in words:
        assert word in rest, sentence


def test_good_proposal_is_read() -> None:
    """The proposal that the wrong ones are made from is right."""
    proposal = read_proposal_text(GOOD)
    assert proposal.title == "A merger"
    assert [step.op for step in proposal.steps] == ["merge_units"]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("merge_units", "merge_unit", "4:9", ("merge_unit", "merge_units")),
        ("merge_units", "blorb", "4:9", ("no operation blorb",)),
        ("op: merge_units", "op: [merge_units]", "4:9", ("operation",)),
        ("op: merge_units", "op: 7", "4:9", ("operation 7",)),
        ("op: merge_units", "op: 07", "4:9", ("operation 07",)),
        ("    sources", "    source", "5:5", ("source", "did you mean sources?")),
        ("into: {", "in_to: {", "6:5", ("in_to", "did you mean into?")),
        ("name: Ph", "nam: Ph", "6:27", ("nam", "did you mean name?")),
        ("title:", "titel:", "1:1", ("titel", "did you mean title?")),
        ("title: A merger\n", "", "1:1", ("title is missing",)),
        ("effective: 2025-07-01\n", "", "1:1", ("effective is missing",)),
        ('"06652", facts', "06652, facts", "6:53", ("06652", 'write "06652"')),
        ("title: A merger", "title: 2025", "1:8", ("title", 'write "2025"')),
        ("title: A merger", "title: yes", "1:8", ("title", 'write "yes"')),
        ("title: A merger", "title: true", "1:8", ("title", 'write "true"')),
        ("title: A merger", "title: 1.0", "1:8", ("title", 'write "1.0"')),
        ("title: A merger", "title:", "1:7", ("title is empty",)),
        ("title: A merger", 'title: ""', "1:8", ("title is empty",)),
        ("title: A merger", 'title: "  "', "1:8", ("title is empty",)),
        ("title: A merger", "title: [A]", "1:8", ("title", "text")),
        ("title: A merger", "title: {a: b}", "1:8", ("title", "text")),
        ("title: A merger", f"title: {'a' * 501}", "1:8", ("title", "500")),
        ("title: A merger", 'title: "A\\tB"', "1:8", ("title", "control character")),
        ("title: A merger", "title: |\n  A\n  B", "1:8", ("title", "control")),
        (
            "title: A merger",
            'title: "\\ud800"',
            "1:11",
            ("escape", "no whole character"),
        ),
        ("[code:06652, code:06664]", "[]", "5:14", ("sources", "at least 2")),
        ("[code:06652, code:06664]", "[a]", "5:14", ("sources", "at least 2")),
        ("[code:06652, code:06664]", "code:06652", "5:14", ("sources", "a list")),
        ("[code:06652, code:06664]", "{a: b}", "5:14", ("sources", "a list")),
        (
            "[code:06652, code:06664]",
            "[a, 06664]",
            "5:18",
            ("write code:06664", '"06664" by'),
        ),
        ("[code:06652, code:06664]", "[a, ~]", "5:18", ("text is wanted",)),
        ("[code:06652, code:06664]", "[a, [b]]", "5:18", ("text",)),
        ("facts: {type: phường}", "facts: [a]", "6:69", ("facts", "a mapping")),
        ("facts: {type: phường}", "facts: {a: [b]}", "6:73", ("a: ", "a fact is")),
        ("{type: phường}", "{border: yes}", "6:78", ("border", "write true")),
        ("{type: phường}", "{border: Off}", "6:78", ("border", "write false")),
        ("{type: phường}", "{people: 012}", "6:78", ("people", "write 12")),
        ("{type: phường}", "{people: 1_000}", "6:78", ("people", "1_000")),
        ("{type: phường}", "{people: 1.5}", "6:78", ("people", "1.5")),
        ("{type: phường}", "{people: 1e9}", "6:78", ("people", "1e9")),
        ("{type: phường}", "{people: 0x1F}", "6:78", ("people", "0x1F")),
        ("{type: phường}", "{people: .inf}", "6:78", ("people", ".inf")),
        ("{type: phường}", "{people: 12:30}", "6:78", ("people", "12:30")),
        ("{type: phường}", f"{{people: {10**15 + 1}}}", "6:78", ("people", "larger")),
        ("{kind: commune", "{id: Hà, kind: commune", "6:16", ("id", "holds")),
        ("{kind: commune", "{id: Ha-Tu, kind: commune", "6:16", ("write ha-tu",)),
        ("{kind: commune", '{id: "a\\tb", kind: commune', "6:16", ("id", "\\t")),
        ("{kind: commune", '{id: "a\\nb", kind: commune', "6:16", ("id", "\\n")),
        ("{kind: commune", '{id: "", kind: commune', "6:16", ("id", "empty")),
        ("{kind: commune", f"{{id: {'a' * 129}, kind: commune", "6:16", ("128",)),
        ("{kind: commune", "{id: 'code:1', kind: commune", "6:16", ("code:",)),
        ("    into", "    as: Ha Tu\n    into", "6:9", ("as", "Ha Tu")),
        ("    into", "    answers: {post: maybe}\n    into", "6:21", ("post", "maybe")),
        ("    into", "    answers: {post: {two: a}}\n    into", "6:22", ("two", "to")),
        ("    into", "    answers: [a]\n    into", "6:14", ("answers", "a mapping")),
    ],
)
def test_a_fault_is_said_where_it_stands(
    old: str, new: str, place: str, words: tuple[str, ...]
) -> None:
    """One fault gives one sentence: where it is, what is wrong, what to write."""
    assert old in GOOD
    said(GOOD.replace(old, new, 1), place, *words)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-13-01", ("2025-13-01", "calendar")),
        ("2025-02-30", ("2025-02-30", "calendar")),
        ("2025-7-1", ("YYYY-MM-DD",)),
        ("01/07/2025", ("YYYY-MM-DD",)),
        ("today", ("YYYY-MM-DD",)),
        ("2025-07", ("YYYY-MM-DD",)),
        ("2025", ("effective",)),
        ("20250701", ("effective",)),
        ("2025-07-01T00:00:00", ("YYYY-MM-DD",)),
        ("2025-07-01 00:00", ("YYYY-MM-DD",)),
        ("\u0662\u0660\u0662\u0665-\u0660\u0667-\u0660\u0661", ("YYYY-MM-DD",)),
        ("0000-01-01", ("0000-01-01",)),
        ("9999-12-31", ("9999-12-31", "open end")),
        ("[2025-07-01]", ("YYYY-MM-DD",)),
        ("", ("effective",)),
    ],
)
def test_dates_are_iso_days_alone(day: str, words: tuple[str, ...]) -> None:
    """What isn't a day of the calendar, written YYYY-MM-DD, is refused as it stands."""
    place = "2:12" if day else "2:11"
    said(GOOD.replace("2025-07-01", day), place, "effective", *words)


@pytest.mark.parametrize("text", ['"2025-07-01"', "'2025-07-01'", "2025-07-01"])
def test_a_date_may_be_quoted(text: str) -> None:
    """Quotes around a date change nothing."""
    read = read_proposal_text(GOOD.replace("2025-07-01", text))
    assert read.effective.isoformat() == "2025-07-01"


@pytest.mark.parametrize(
    ("steps", "place", "words"),
    [
        ("steps:\n", "3:7", ("steps", "a list")),
        ("steps: []\n", "3:8", ("steps", "at least 1")),
        ("steps: {op: undo, revision: 1}\n", "3:8", ("steps", "a list")),
        ("steps: merge\n", "3:8", ("steps", "a list")),
        ("", "1:1", ("steps is missing",)),
        ("steps: [merge_units]\n", "3:9", ("a step is a mapping", "op:")),
        ("steps: [{sources: [a, b]}]\n", "3:9", ("op:",)),
        ("steps: [[]]\n", "3:9", ("a step is a mapping",)),
        ("steps: [{undo: a}]\n", "3:16", ("undo", "number of a revision")),
        ("steps: [{undo: 0}]\n", "3:16", ("undo", "number of a revision")),
        ("steps: [{undo: -1}]\n", "3:16", ("undo", "number of a revision")),
        ("steps: [{undo: 1.5}]\n", "3:16", ("undo", "number of a revision")),
        ("steps: [{undo: true}]\n", "3:16", ("undo", "number of a revision")),
        ("steps: [{undo: '3'}]\n", "3:16", ("undo", "number of a revision")),
        ("steps: [{undo: [3]}]\n", "3:16", ("undo", "number of a revision")),
        ("steps: [{undo: }]\n", "3:16", ("undo", "number of a revision")),
        (f"steps: [{{undo: {10**15}}}]\n", "3:16", ("undo",)),
        (f"steps: [{{undo: {'9' * 30}}}]\n", "3:16", ("undo",)),
        ("steps: [{op: undo}]\n", "3:9", ("revision is missing",)),
        ("steps: [{op: undo, revision: a}]\n", "3:30", ("revision",)),
        ("steps: [{undo: 3, revision: 3}]\n", "3:9", ("op:",)),
    ],
)
def test_wrong_steps(steps: str, place: str, words: tuple[str, ...]) -> None:
    """Steps are a list of mappings with op:, and undo: names a revision."""
    said(HEAD.replace("steps:\n", steps), place, *words)


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("basis: x", "1:8", ("basis", "a mapping is wanted")),
        ("basis: [x]", "1:8", ("basis", "a mapping is wanted")),
        ("basis: {}", "1:8", ("issuer is missing",)),
        ("basis: {issuer: Q, numbr: 1/NQ}", "1:20", ("did you mean number?",)),
        ("basis: {issuer: Q, number: 12}", "1:28", ('write "12"',)),
        ("basis: {issuer: Q, date: 2025}", "1:26", ("date",)),
        ("basis: {issuer: Q, date: 16.6.2025}", "1:26", ("YYYY-MM-DD",)),
        ("waivers: x", "1:10", ("waivers", "a list")),
        ("waivers: [x]", "1:11", ("a mapping is wanted",)),
        ("waivers: [{code: X}]", "1:11", ("subject is missing",)),
        ("waivers: [{code: X, subject: a, basi: b}]", "1:33", ("mean basis?",)),
    ],
)
def test_wrong_basis_and_waivers(line: str, place: str, words: tuple[str, ...]) -> None:
    """A basis is a mapping with an issuer, waivers a list of mappings."""
    said(f"{line}\n{GOOD}", place, *words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (
            "1.0",
            ("digits only", "at most 1000000000000000", 'text is meant, write "1.0"'),
        ),
        ("1_000", ("digits only",)),
        ("1e400", ("digits only",)),
        ("9223372036854775808", ("too large", "at most 1000000000000000")),
        ("-9223372036854775808", ("too large", "at most 1000000000000000")),
        ("06652", ('write 6652 or "06652"',)),
    ],
)
def test_the_cure_for_a_number(number: str, words: tuple[str, ...]) -> None:
    """A number that isn't read is told how numbers are written, and text beside it."""
    step = "{op: set_facts, unit: a, facts: {people: %s}}"
    text = f"title: A\neffective: 2025-01-01\nsteps:\n  - {step % number}\n"
    said(text, "4:46", *words)
    (sentence,) = problems(text)
    assert f"write {number} or" not in sentence


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_of_json(tmp_path: Path, number: str) -> None:
    """In a file called .json NaN isn't taken for text; in YAML it is a word."""
    facts = f'{{"op": "set_facts", "unit": "a", "facts": {{"name": {number}}}}}'
    text = f'{{"title": "A", "effective": "2025-01-01",\n"steps": [{facts}]}}'
    for name, code in (("p.json", 2), ("p.yaml", 0)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        if not code:
            (step,) = read_proposal(path).to_plain()["steps"]
            assert step["facts"] == {"name": number}
            continue
        with pytest.raises(InputError) as caught:
            read_proposal(path)
        assert str(caught.value).startswith(f"{path}:2:62: {number} is no number")


def test_all_faults_are_listed_in_order() -> None:
    """Every fault of every step comes back at once, in the order of the file."""
    found = problems(
        "titel: A\neffective: 2025-02-30\nsteps:\n"
        "  - op: mege_units\n"
        "  - {op: rename_unit, unit: 012, name: yes}\n"
        "  - {op: found_unit, new: {kind: x, name: A, facts: {a: 0x1}}, oops: 1}\n"
        "waivers: [{code: 1}]\n"
    )
    places = [tuple(map(int, line.split(":")[1:3])) for line in found]
    assert places == sorted(places)
    assert [place[0] for place in places] == [1, 1, 2, 4, 5, 5, 6, 6, 7, 7]


@pytest.mark.parametrize(
    ("data", "kind"), [("- a\n", "list"), ("a\n", "word"), ("12\n", "number")]
)
def test_top_level_is_a_mapping(data: str, kind: str) -> None:
    """A list, a word or a number at the top says what a proposal is."""
    assert kind
    said(data, "1:1", "a proposal is a mapping", "title", "effective", "steps")


@pytest.mark.parametrize(
    ("old", "new", "place", "word"),
    [
        ("effective:", "title: B\neffective:", "2:1", "title"),
        ("    into", "    sources: [a, b]\n    into", "6:5", "sources"),
        ("name: P", "kind: ward, name: P", "6:27", "kind"),
        ("    into", '    "op": undo\n    into', "6:5", "op"),
    ],
)
def test_a_key_stands_once(old: str, new: str, place: str, word: str) -> None:
    """A key that stands twice is refused at its second place."""
    said(GOOD.replace(old, new, 1), place, word, "twice")


def test_byte_order_mark_and_windows_line_ends() -> None:
    """A file as Windows writes it is read, and its lines are counted the same."""
    windows = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert read_proposal_text(windows) == read_proposal_text(GOOD)
    wrong = windows.replace(b"merge_units", b"merge_unit")
    said(wrong, "4:9", "merge_units")


@pytest.mark.parametrize(
    ("data", "place", "word"),
    [
        (GOOD.encode("utf-16"), "1:1", "UTF-8"),
        (GOOD.replace("ờ", "ö").replace("à", "ä").encode("latin-1", "replace"), "", ""),
        (GOOD.encode("utf-16-le"), "", ""),
        (GOOD.encode()[:-3], "", ""),
        (b"title: A\x00B\n", "1:9", "control character"),
        (b"title: A\nbasis: \x07\n", "2:8", "control character"),
        ("title: Ô\x1b[31m\n".encode(), "1:9", "control character"),
        ("title: 😀\x08\n".encode(), "1:9", "control character"),
        (b"\x00" * 100, "1:1", "control character"),
        (b"\xff" * 100, "1:1", "UTF-8"),
    ],
)
def test_what_is_no_plain_text(data: bytes, place: str, word: str) -> None:
    """Another encoding, or a control character, is said at its line and column."""
    (sentence,) = problems(data)
    assert place in sentence
    assert word in sentence
    assert "UTF-8" in sentence or "control" in sentence or "not YAML" in sentence


@pytest.mark.parametrize("name", ["proposal.yaml", "proposal.json"])
def test_half_a_character(name: str) -> None:
    """An escape that is half of a pair, which JSON allows, is no character."""
    text = r'{"title": "A \ud800", "effective": "2025-01-01", "steps": []}'
    with pytest.raises(InputError) as refused:
        read_proposal_text(text, name)
    assert str(refused.value).startswith(f"{name}:1:")
    assert "this escape is no whole character" in str(refused.value)


RARE = "\U0001f600 \U00020c41 \U0010ffff \U00010000"
"""Characters that JSON escapes as two halves, and one of them is of a name in Nôm."""


@pytest.mark.parametrize("name", ["proposal.json", "-"])
def test_a_character_escaped_as_two_halves(name: str) -> None:
    """JSON that has only ASCII reads as the same with its characters written out."""
    title = rf"\ud83d\ude00 \" / {RARE} \u1ed9"
    step = {"op": "rename_unit", "unit": "a", "name": RARE}
    data = {"title": title, "effective": "2025-01-01", "steps": [step]}
    escaped = json.dumps(data)
    assert escaped.isascii()
    read = read_proposal_text(escaped, name)
    assert read == read_proposal_text(json.dumps(data, ensure_ascii=False), name)
    assert read.title == title
    assert read.to_plain()["steps"][0]["name"] == RARE


def test_places_beside_escaped_halves() -> None:
    """What is wrong after such an escape is placed where it stands in the file."""
    first = r'{"effective": "2025-01-01", "title": "\ud83d\ude00", "colour": 1,'
    second = r' "steps": [{"op": "undo", "a": "\uD83D\uDE00", "b": 1}]}'
    with pytest.raises(InputError) as refused:
        read_proposal_text(f"{first}\n{second}", "p.json")
    places = {problem.split(": ")[0] for problem in refused.value.problems}
    for line, key in ((first, "colour"), (second, "a"), (second, "b")):
        number = [first, second].index(line) + 1
        column = line.index(f'"{key}"') + 1
        assert f"p.json:{number}:{column}" in places
    half = second.replace('", "b"', r' \udbff", "b"')
    with pytest.raises(InputError) as refused:
        read_proposal_text(f"{first}\n{half}", "p.json")
    place = f"p.json:2:{half.index('udbff') + 2}"
    assert str(refused.value).startswith(f"{place}: this escape is no whole character")


def test_latin_1_is_placed() -> None:
    """A letter that isn't UTF-8 is named by its line and column."""
    said("title: A\nbasis: {issuer: Büro}\n".encode("latin-1"), "2:18", "UTF-8")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file, a folder and an endless file are each one sentence."""
    for path, word in (
        (tmp_path / "no.yaml", "no such file"),
        (tmp_path, "is a directory"),
        (tmp_path / ("n" * 300), "name too long"),
        (Path("/dev/zero"), "larger"),
    ):
        with pytest.raises(InputError, match=word) as caught:
            read_proposal(path)
        assert str(caught.value).startswith(f"{path}: ")
