"""What would be costly or dangerous to read is refused before it is built."""

import time
from pathlib import Path

import pytest

from orgraph.errors import InputError
from orgraph.proposal import read_proposal, read_proposal_text
from orgraph.proposal.yaml_tree import DEEPEST, LARGEST_FILE, Unclear, compose

LEVELS = 100_000
BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def sentence(data: str | bytes) -> str:
    """Return the one short sentence about a text that can't be read, found soon."""
    began = time.monotonic()
    with pytest.raises(InputError) as caught:
        read_proposal_text(data, "p.yaml")
    assert time.monotonic() - began < 30
    (found,) = caught.value.problems
    assert len(found) < 200
    return found


@pytest.mark.parametrize(
    "text",
    [
        "[" * LEVELS,
        "{a: " * LEVELS,
        "- " * LEVELS,
        "? " * LEVELS,
        "steps: " + "[" * LEVELS + "]" * LEVELS,
        "[" * LEVELS + "]" * LEVELS,
        "\n".join(" " * n + "a:" for n in range(2000)),
        '{"a":' * LEVELS + "1" + "}" * LEVELS,
    ],
    ids=["lists", "mappings", "blocks", "keys", "step", "closed", "indented", "json"],
)
def test_deep_nesting(text: str) -> None:
    """100,000 levels, in flow or in block style, are refused and not built."""
    assert f"deeper than {DEEPEST} levels" in sentence(text)


def test_nesting_up_to_the_limit() -> None:
    """As many levels as are allowed are composed."""
    data = compose("[" * DEEPEST + "]" * DEEPEST).data
    depth = 0
    while data:
        depth, data = depth + 1, data[0]
    assert depth == DEEPEST - 1
    with pytest.raises(InputError, match="deeper"):
        compose("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (BOMB, "1:4"),
        ("a: &a 1\n", "1:4"),
        ("a: 1\nb: *a\n", "2:4"),
        ("a: &a [*a]\n", "1:4"),
        ("- &a {b: *a}\n", "1:3"),
        ("base: &base {a: 1}\nc:\n  <<: *base\n", "1:7"),
    ],
)
def test_anchors_and_aliases(text: str, place: str) -> None:
    """An alias bomb, and any anchor or alias, is refused where it first stands."""
    found = sentence(text)
    assert found.startswith(f"p.yaml:{place}: ")
    assert "anchors and aliases" in found


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object:os.system x",
        "!!python/object/apply:os.system [x]",
        "!!python/name:os.system",
        "!!timestamp 2025-07-01",
        "!!binary aGVsbG8=",
        "!!str 012",
        "!!set {a}",
        "!!omap [a: 1]",
        "!!int '7'",
        "!x y",
        "! y",
        "!<tag:example.org,2025:a> y",
    ],
)
def test_tags(tag: str) -> None:
    """No tag is read, whatever it would build."""
    found = sentence(f"title: A\neffective: {tag}\n")
    assert found.startswith("p.yaml:2:12: ")
    assert "tag" in found


def test_a_file_above_the_limit(tmp_path: Path) -> None:
    """A file above the limit is refused unread, one at the limit is read."""
    file = tmp_path / "large.yaml"
    good = b"title: A\neffective: 2025-07-01\nsteps: [{undo: 1}]\n"
    file.write_bytes(good + b"#" * (LARGEST_FILE - len(good)))
    assert read_proposal(file).title == "A"
    with file.open("ab") as more:
        more.write(b"#")
    with pytest.raises(InputError, match=r"larger than 16,777,216 bytes"):
        read_proposal(file)


@pytest.mark.parametrize(
    "line",
    [
        "  - undo: {}",
        "  - {{op: undo, revision: {}}}",
        "  - {{op: found_unit, new: {{kind: k, name: A, facts: {{people: {}}}}}}}",
        "  - {{op: found_unit, new: {{kind: k, name: A, facts: {{people: -{}}}}}}}",
        "  - {{op: rename_unit, unit: {}}}",
    ],
)
def test_a_number_of_a_million_digits(line: str) -> None:
    """A number of a million digits is refused in a short sentence."""
    digits = "7" * 1_000_000
    text = f"title: A\neffective: 2025-07-01\nsteps:\n{line.format(digits)}\n"
    assert "too long" in sentence(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: A\n---\ntitle: B\n", "2:1"),
        ("--- {a: 1}\n--- {b: 1}\n", "2:1"),
        ("a: 1\n...\n---\nb: 1\n", "3:1"),
    ],
)
def test_several_documents(text: str, place: str) -> None:
    """A second document is refused where it begins."""
    found = sentence(text)
    assert found.startswith(f"p.yaml:{place}: ")
    assert "one document" in found


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "---\n...\n"])
def test_an_empty_file(text: str) -> None:
    """A file with nothing in it is said to be empty, or to be no proposal."""
    found = sentence(text)
    assert "empty" in found or "a proposal is a mapping" in found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("steps: [\n", "2:1"),
        ("a: b: c\n", "1:5"),
        ("a: [1, 2\nb: 3\n", "2:2"),
        ("a: 'open\n", "2:1"),
        ("a:\n\t- b\n", "2:1"),
        ("a: 1\n  b: 2\n", "2:4"),
        ("- a\nb: 1\n", "2:1"),
        ("a: @b\n", "1:4"),
        ("a: %b\n", "1:4"),
        ("}\n", "1:1"),
    ],
)
def test_broken_yaml(text: str, place: str) -> None:
    """What isn't YAML says so, and where it stops being so."""
    found = sentence(text)
    assert "not YAML" in found
    assert found.startswith(f"p.yaml:{place}: ")


@pytest.mark.parametrize("key", ["[a]", "{a: b}", "? [a]\n", "? {a: b}\n"])
def test_a_key_is_a_word(key: str) -> None:
    """A list or a mapping as a key is refused."""
    assert "key" in sentence(f"{key}: 1\n")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("1234567890123456", 1234567890123456),
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("'012'", "012"),
        ('"yes"', "yes"),
        ("'~'", "~"),
        ("2025-07-01", "2025-07-01"),
        ("1/3", "1/3"),
        ("code:06652", "code:06652"),
        ("1679/NQ-UBTVQH15", "1679/NQ-UBTVQH15"),
        ("Xã Y", "Xã Y"),
        ("y", "y"),
        ("=", "="),
        ("a # b", "a"),
        ("a#b", "a#b"),
    ],
)
def test_scalars_are_judged_by_their_text(text: str, value: object) -> None:
    """What every parser reads alike is read; quoted, it is always text."""
    found = compose(f"a: {text}\n").data["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        *("012", "-012", "0o17", "0b1", "0x1F", "1_000", "1.5", "1e3", ".5", "5."),
        *(".inf", "-.INF", ".nan", "12:30", "190:20:30", "12345678901234567"),
        *("yes", "No", "ON", "off", "True", "FALSE"),
    ],
)
def test_scalars_that_parsers_read_differently(text: str) -> None:
    """What one parser reads so and another otherwise is neither."""
    found = compose(f"a: {text}\n").data["a"]
    assert found == Unclear(text)
