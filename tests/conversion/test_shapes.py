"""What hangs together becomes the operation that its shape calls for."""

from pathlib import Path
from typing import Any

import pytest
from drafting import HEAD, codes, drafted, steps

NEUTRAL = {"kind": "municipality"}


def _new(name: str, code: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {**NEUTRAL, "name": name, "code": code, **more}


def test_two_wholes_merge(tmp_path: Path) -> None:
    """Two units that go whole to a new one are merged; it may have one's code."""
    done = drafted(tmp_path, ["1,Ash,1,Elm,whole", "2,Birch,1,Elm,whole"])
    assert steps(done) == [
        {
            "op": "merge_units",
            "sources": ["municipality:1", "municipality:2"],
            "into": _new("Elm", "1"),
            "as": "elm",
        }
    ]


def test_a_unit_that_lives_on_absorbs(tmp_path: Path) -> None:
    """Where the table says that a unit lives on, the others are absorbed into it."""
    rows = ["1,Ash,2,Birch,whole", "2,Birch,2,Birch,lives on", "3,Fir,2,Birch,all"]
    assert steps(drafted(tmp_path, rows)) == [
        {
            "op": "absorb_units",
            "sources": ["municipality:1", "municipality:3"],
            "into": "municipality:2",
        }
    ]


def test_absorbed_and_renamed(tmp_path: Path) -> None:
    """A unit that absorbs others and gets another name and code is renamed after."""
    rows = ["1,Ash,9,Elm,whole", "2,Birch,9,Elm,renamed"]
    absorbed, renamed = steps(drafted(tmp_path, rows))
    assert absorbed["op"] == "absorb_units"
    assert renamed == {
        "op": "rename_unit",
        "unit": "municipality:2",
        "name": "Elm",
        "code": "9",
    }


def test_a_split(tmp_path: Path) -> None:
    """A unit that goes in parts to new ones is split, and its shares are asked."""
    rows = ["1,Ash,1,Elm,part", "1,Ash,2,Fir,part of the area"]
    assert steps(drafted(tmp_path, rows)) == [
        {
            "op": "split_unit",
            "source": "municipality:1",
            "targets": [
                {
                    "new": _new("Elm", "1", **{"as": "elm"}),
                    "shares": {"area_m2": "ask", "people": "all"},
                },
                {
                    "new": _new("Fir", "2", **{"as": "fir"}),
                    "shares": {"area_m2": "ask", "people": "none"},
                },
            ],
        }
    ]


def test_a_split_whose_source_lives_on(tmp_path: Path) -> None:
    """The rest of a split unit lives on, and then gets its new name."""
    rows = ["1,Ash,2,Fir,part", '1,Ash,1,Oak,"the rest, renamed"']
    split, renamed = steps(drafted(tmp_path, rows))
    assert (split["op"], split["keep_source"]) == ("split_unit", "true")
    assert [target["new"]["name"] for target in split["targets"]] == ["Fir"]
    assert renamed == {"op": "rename_unit", "unit": "municipality:1", "name": "Oak"}


def test_parts_between_living_units_are_transferred(tmp_path: Path) -> None:
    """A part that goes from one living unit to another is a transfer."""
    rows = ["1,Ash,1,Ash,the rest", "1,Ash,2,Birch,part", "2,Birch,2,Birch,lives on"]
    assert steps(drafted(tmp_path, rows)) == [
        {
            "op": "transfer_parts",
            "from": "municipality:1",
            "to": "municipality:2",
            "shares": "ask",
        }
    ]


def test_many_to_many(tmp_path: Path) -> None:
    """Units that go whole and in part to several are reorganised in one step."""
    rows = [
        "1,Ash,1,Elm,whole",
        "2,Birch,1,Elm,part",
        "2,Birch,3,Fir,part",
        "3,Cedar,3,Fir,the rest",
        "3,Cedar,1,Elm,part of the area",
    ]
    (step,) = steps(drafted(tmp_path, rows))[:1]
    assert step == {
        "op": "reorganise_units",
        "new": [_new("Elm", "1", **{"as": "elm"})],
        "edges": [
            {"from": "municipality:1", "to": "elm", "whole": "true"},
            {"from": "municipality:2", "to": "elm", "shares": "ask"},
            {"from": "municipality:2", "to": "municipality:3", "shares": "ask"},
            {
                "from": "municipality:3",
                "to": "elm",
                "shares": {"area_m2": "ask", "people": "none"},
            },
        ],
        "keep": ["municipality:3"],
    }


def test_unchanged_needs_no_step(tmp_path: Path) -> None:
    """What stays as it was has no step, whatever stands beside it."""
    rows = ["1,Ash,1,Ash,unchanged", "2,Birch,2,Oak,renamed"]
    assert [step["op"] for step in steps(drafted(tmp_path, rows))] == ["rename_unit"]
    done = drafted(tmp_path, rows[:1])
    assert done.texts == ()
    assert codes(done) == [("DRAFT26", "warning", 2)]


@pytest.mark.parametrize("note", ["whole", ""])
def test_alone_and_whole_lives_on(tmp_path: Path, note: str) -> None:
    """A unit that becomes one other, and is all of it, lives on as that one."""
    done = drafted(tmp_path, [f"1,Ash,1,Elm,{note}"])
    assert [step["op"] for step in steps(done)] == ["rename_unit"]
    assert codes(done) == []


def test_without_notes(tmp_path: Path) -> None:
    """Without notes a unit of one row goes whole, and one of several in parts."""
    head = HEAD.removesuffix(",note")
    rows = ["1,Ash,1,Elm", "2,Birch,1,Elm", "2,Birch,3,Fir"]
    (step,) = steps(drafted(tmp_path, rows, head))
    said = [(e["from"], e.get("whole"), e.get("shares")) for e in step["edges"]]
    assert said == [
        ("municipality:1", "true", None),
        ("municipality:2", None, "ask"),
        ("municipality:2", None, "ask"),
    ]


def test_another_type(tmp_path: Path) -> None:
    """A unit of another type gets it together with its name; types are the pack's."""
    rows = ["1,Thị trấn Mường Lát,1,Xã Mường Lát,Đổi loại hình"]
    (step,) = steps(drafted(tmp_path, rows, pack="vietnam", kind="commune"))
    assert step == {
        "op": "change_type",
        "unit": "commune:1",
        "type": "xã",
        "name": "Xã Mường Lát",
    }


def test_types_from_columns(tmp_path: Path) -> None:
    """Types that stand in columns are those of the units, whatever their names."""
    head = f"{HEAD},old_type,new_type"
    rows = ["1,Ash,1,Ash,another type,rural,TOWN"]
    (step,) = steps(drafted(tmp_path, rows, head))
    assert step == {"op": "change_type", "unit": "municipality:1", "type": "town"}


def test_an_island_district_becomes_a_zone(tmp_path: Path) -> None:
    """The zone is founded and the district closed before its tier ends."""
    head = f"{HEAD},old_district_code"
    note = "Sắp xếp toàn bộ huyện Lý Sơn thành đặc khu Lý Sơn"
    rows = [
        f"D536,Huyện Lý Sơn (536),21548,Đặc khu Lý Sơn,{note},536",
        "1,Xã Một,1,Xã Hai,Nhập toàn bộ,537",
        "2,Xã Ba,1,Xã Hai,Nhập toàn bộ,537",
    ]
    choices = {"pack": "vietnam", "kind": "commune", "abolish": "district"}
    done = drafted(tmp_path, rows, head, within="province:51", **choices)
    founded, closed, tier, merged = steps(done)
    assert founded["new"]["facts"] == {"type": "đặc khu"}
    assert (founded["under"], founded["as"]) == ("province:51", "ly_son")
    assert closed == {
        "op": "close_unit",
        "unit": "district:536",
        "successors": ["ly_son"],
    }
    assert tier == {"op": "abolish_tier", "kind": "district", "within": "province:51"}
    assert merged["op"] == "merge_units"
    assert codes(drafted(tmp_path, rows, head, **choices))[0][0] == "DRAFT25"


def test_units_above_may_be_divided(tmp_path: Path) -> None:
    """Without groups the units above may be reorganised in any way, and come first."""
    upper = "old_code,old_name,new_code,new_name,note\n"
    upper += "A,East,A,East,the rest\nA,East,B,West,part\nB,West,B,West,lives on\n"
    rows = ["1,Ash,1,Elm,whole", "2,Birch,1,Elm,whole"]
    done = drafted(tmp_path, rows, upper=upper, upper_kind="district")
    transfer, merged = steps(done)
    assert transfer == {
        "op": "transfer_parts",
        "from": "district:A",
        "to": "district:B",
        "shares": "ask",
    }
    assert merged["op"] == "merge_units"


def test_ids_instead_of_codes(tmp_path: Path) -> None:
    """Old units may be named by ids that are made of kind and code."""
    rows = ["X1,Ash,1,Elm,whole", "2,Birch,1,Elm,whole"]
    (step,) = steps(drafted(tmp_path, rows, refs="{kind}-{code}"))
    assert step["sources"] == ["municipality-x1", "municipality-2"]


def test_units_with_one_name_get_labels_of_their_own(tmp_path: Path) -> None:
    """Labels of one proposal differ: those alike get the codes of their units."""
    rows = [f"{n},Old {n},{n % 2},Elm,whole" for n in range(4)]
    labels = [step["as"] for step in steps(drafted(tmp_path, rows))]
    assert labels == ["elm_0", "elm_1"]
    rows[::2] = [f"{n},Old {n},7,Elm 1,whole" for n in (0, 2)]
    rows += ["8,Old 8,9,Elm,whole", "9,Old 9,9,Elm,whole"]
    labels = [step["as"] for step in steps(drafted(tmp_path, rows))]
    assert sorted(labels) == ["elm_1", "elm_1_2", "elm_9"]


def test_the_same_table_gives_the_same_text(tmp_path: Path) -> None:
    """The order of rows doesn't matter, but that comments follow it; a run is alike."""
    rows = ["1,Ash,1,Elm,whole", "2,Birch,1,Elm,whole", "3,Fir,4,Oak,renamed"]
    one = drafted(tmp_path, rows)
    assert drafted(tmp_path, rows) == one
    turned = drafted(tmp_path, [rows[2], *rows[:2]])
    assert steps(turned) == steps(one)


def test_text_that_parsers_read_in_other_ways(tmp_path: Path) -> None:
    """Names and codes that YAML would take for something else stand in quotes."""
    rows = [
        '010,No,1e3,"O\'Hara: x, #1",whole',
        '0x1F,~,1e3,"O\'Hara: x, #1",whole',
    ]
    (step,) = steps(drafted(tmp_path, rows))
    assert step["into"]["name"] == "O'Hara: x, #1"
    assert step["into"]["code"] == "1e3"
    assert step["sources"] == ["municipality:010", "municipality:0x1F"]
