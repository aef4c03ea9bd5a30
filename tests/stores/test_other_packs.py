"""A store made with another version of a pack is told from one that is damaged."""

import copy
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from files import new_file, town
from harness import pack_named

from orgraph.change import digest
from orgraph.errors import InputError, StoreError
from orgraph.pack import Pack, load_pack, other_pack, pack_from_data, stored_pack
from orgraph.pack.versions import differing
from orgraph.stores import create_store, open_store

Change = Callable[[dict[str, Any]], object]


def data() -> dict[str, Any]:
    """Return the data of the pack that the stores are made with."""
    return copy.deepcopy(load_pack("territory").data)


def older(change: Change) -> dict[str, Any]:
    """Return the data of another version of the pack."""
    made = data()
    change(made)
    return made


def rewritten(path: Path, pack: object, *, recorded: bool) -> None:
    """Put another pack into a file, and into its last revision if it was made so."""
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value = ? WHERE key = 'pack'", (json.dumps(pack),))
    if recorded:
        held = digest("orgraph.pack/1", pack)
        db.execute("UPDATE revision SET pack_digest = ?", (held,))
    db.commit()
    db.close()


def unheard(pack: dict[str, Any]) -> None:
    """Give the pack a word that no pack of today has."""
    pack["nodes"]["state"]["colour"] = "red"
    pack["pack"]["title"] = "Of another time"


def refused(path: Path) -> str:
    """Return what is said of a file that can't be opened."""
    with pytest.raises(StoreError) as caught:
        open_store(path).close()
    return str(caught.value)


def test_another_version_is_no_damage(tmp_path: Path) -> None:
    """Its name, what can't be read, what differs and what to do are said."""
    path = tmp_path / "s.db"
    new_file(path, *town(1)).close()
    rewritten(path, older(unheard), recorded=True)
    said = refused(path)
    assert said.startswith(
        f"{path}: the store was made with another version of the pack territory, which "
        "this orgraph can't read (pack: nodes.state.colour: "
    )
    assert "differs from the one here in nodes.state.colour, pack.title; open" in said
    assert "can be imported into a new store" in said
    assert "damaged" not in said


def test_an_empty_store_of_another_version(tmp_path: Path) -> None:
    """So it is where no revision says with which pack it was made."""
    path = tmp_path / "s.db"
    create_store(path, "territory").close()
    rewritten(path, older(unheard), recorded=False)
    assert "another version of the pack territory" in refused(path)


@pytest.mark.parametrize(
    "change",
    [
        unheard,
        lambda pack: pack.pop("nodes"),
        lambda pack: pack["pack"].pop("name"),
        lambda pack: pack.clear(),
    ],
)
def test_a_pack_that_was_changed_in_the_file_is_damage(
    tmp_path: Path, change: Change
) -> None:
    """What isn't what the last revision was made with can't be another version."""
    path = tmp_path / "s.db"
    new_file(path, *town(1)).close()
    rewritten(path, older(change), recorded=False)
    assert "the store is damaged; restore it from a copy" in refused(path)


def test_a_pack_that_is_none(tmp_path: Path) -> None:
    """What is no table at all is damage."""
    path = tmp_path / "s.db"
    create_store(path, "territory").close()
    for found in ([], "x", 7, {"pack": 1}):
        rewritten(path, found, recorded=False)
        assert "damaged" in refused(path)


def test_what_can_be_read_is_opened(tmp_path: Path) -> None:
    """A store whose older pack has no word that is new now works with it."""
    path = tmp_path / "s.db"
    new_file(path, *town(1)).close()
    shorter = older(lambda pack: pack["pack"].update(title="Of another time"))
    rewritten(path, shorter, recorded=True)
    with open_store(path) as store:
        assert store.pack.title == "Of another time"


def test_the_words_that_differ_are_bounded() -> None:
    """Of many words the first are named, and how many more there are."""

    def renamed(pack: dict[str, Any]) -> None:
        for node in pack["nodes"].values():
            node["label"] = "x"

    one, other = pack_from_data(older(renamed)), load_pack("territory")
    number = len(other.nodes)
    assert len(list(differing(one.data, other.data))) == number > 5
    said = other_pack(one, other)
    assert said.endswith(f" and {number - 5} more")
    assert said.count("nodes.") == 5


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": True}, ["a"]),
        ({"a": {"b": 1}}, {"a": {"c": 1}}, ["a.b", "a.c"]),
        ({"a": [1, 2]}, {"a": [1, 3, 2]}, ["a[2]"]),
        ({"a": [1, 2]}, {"a": [1]}, ["a"]),
        ({"a": [1, 2]}, {"a": [2, 1]}, ["a"]),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, ["a[1]"]),
        ({"a": {}}, {"a": []}, ["a"]),
    ],
)
def test_what_differs(old: object, new: object, words: list[str]) -> None:
    """Keys are named where values differ, and places in a list that are new."""
    assert list(differing(old, new)) == words


def test_packs_of_two_names() -> None:
    """Packs of two names aren't compared word by word."""
    one: Pack = pack_named("vietnam")
    said = other_pack(one, load_pack("territory"))
    assert said == "the store was made with another pack than territory: vietnam"


def test_a_version_of_no_known_pack() -> None:
    """A pack of one's own is named; there is none here to compare it with."""
    own = older(unheard)
    own["pack"]["name"] = "own"
    with pytest.raises(InputError) as caught:
        stored_pack(own, None)
    said = str(caught.value)
    assert "another version of the pack own, which" in said
    assert "differs" not in said
