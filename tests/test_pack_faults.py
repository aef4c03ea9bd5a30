"""A schema pack that is wrong names its file and the keys that lead to the fault."""

import json
import shutil
from pathlib import Path

import pytest

from orgraph.errors import InputError
from orgraph.pack import load_pack, pack_from_data
from orgraph.pack.loader import schema_folder

FAULTS = [
    ("nodes.toml", 'label = "commune"\n', "", "nodes.commune.label: this is missing"),
    ("nodes.toml", 'label = "commune"', "label = 7", "commune.label: text is wanted"),
    ("nodes.toml", 'label = "commune"', 'lable = "a"', "lable: there is no such key"),
    ("pack.toml", 'version = "1"\n', "", "pack.version: this is missing"),
    ("pack.toml", 'version = "1"\n', 'more = "1"\n', "pack.more: there is no such key"),
    ("pack.toml", 'lineage = "SUCCEEDED_BY"', "", "lineage: this is missing"),
    ("pack.toml", 'edge = "BASED_ON"', 'edge = "B"', "basis.edge: 'B' is named, which"),
    (
        "edges.toml",
        'village = ["commune"]',
        "village = 1",
        "PART_OF.ends.village: a li",
    ),
    ("edges.toml", 'village = ["commune"]', 'village = ["k"]', "PART_OF.ends: 'k' is"),
    ("facts.toml", 'format = "date"', 'format = "year"', "so its type is integer"),
    ("facts.toml", '["birth_year"]', '["gender"]', "after: gender has no format: it"),
    ("facts.toml", '["birth_year"]', '["x"]', "admission_date.after: 'x' is named"),
    ("facts.toml", "additive = true", "additive = 'a'", ": true or false is wanted"),
    ("thresholds.toml", 'fact = "people"', 'fact = "x"', "thresholds[1].fact: 'x' is"),
    (
        "thresholds.toml",
        "at_least = 5_000",
        'at_least = "a"',
        "thresholds[1].at_least:",
    ),
    (
        "thresholds.toml",
        "since = 2016-05-25",
        'since = "x"',
        "since: a day, YYYY-MM-DD",
    ),
    ("facts.toml", "[facts", "[facts[", "this is not TOML"),
    (
        "facts.toml",
        "[facts.gender]",
        '[facts.religion]\ntype = "text"\n\n[facts.gender]',
        "facts.religion: religion is nobody's business",
    ),
    (
        "facts.toml",
        "[facts.gender]",
        '[facts.is_religious]\ntype = "text"\n\n[facts.gender]',
        "facts.is_religious: is_religious is nobody's business",
    ),
    (
        "edges.toml",
        "[edges.NATIVE_OF]",
        (
            '[edges.OF_CREED]\nlabel = "of"\n[edges.OF_CREED.ends]\n'
            'member = ["village"]\n[edges.NATIVE_OF]'
        ),
        "OF_CREED is nobody's business: no member is joined to it",
    ),
    (
        "facts.toml",
        "[facts.gender]",
        '[facts.dan_toc_2]\ntype = "text"\n\n[facts.gender]',
        "facts.dan_toc_2: dan_toc_2 is nobody's business",
    ),
    (
        "pack.toml",
        'e = "lat',
        'e = "long',
        "longitude doesn't have the format latitude",
    ),
    ("pack.toml", 'itude = "latitude"', 'itude = "x"', "map.latitude: 'x' is named"),
    ("facts.toml", 'unit = "°"\n', "additive = true\n", "so its type is integer"),
    ("nodes.toml", ', "latitude",\n]', ",\n]", "one of longitude and latitude, not"),
    (
        "nodes.toml",
        'role = "household"',
        'role = "household"\nfacts = ["longitude", "latitude"]',
        "longitude is a unit's, and household is none",
    ),
    ("pack.toml", '"border"', '"type"', "places.tags: type is a tag, so its type is"),
    ("pack.toml", '"border"', '"staff"', "questions.places.tags: village doesn't have"),
    ("people.toml", '"member"', '"soul"', "people.person: 'soul' is named, which"),
    (
        "people.toml",
        '"ATTENDS"',
        '"PART_OF"',
        "attends: PART_OF doesn't leave a member",
    ),
    (
        "people.toml",
        '"official"',
        '"type"',
        "people.official: member doesn't have type",
    ),
    (
        "people.toml",
        'ground = "ground"',
        'ground = "form"',
        "people.ground: ATTENDS doesn't have form",
    ),
    (
        "people.toml",
        'lead = "executive_committee"',
        'lead = "x"',
        "people.lead: 'x' is named, which",
    ),
    (
        "people.toml",
        'left = "left"',
        'left = "form"',
        "people.left: MEMBER_OF doesn't have form",
    ),
    (
        "people.toml",
        'undecided = ["died"]',
        'undecided = ["retired"]',
        "people.undecided: 'retired' isn't among leaving",
    ),
    (
        "people.toml",
        '"cell", "sectional',
        '"hut", "sectional',
        "people.deciding: 'hut' is named, which",
    ),
    (
        "edges.toml",
        "[edges.NATIVE_OF]",
        (
            '[edges.OF_ETHNIC_GROUP]\nlabel = "of"\n[edges.OF_ETHNIC_GROUP.ends]\n'
            'member = ["village"]\n[edges.NATIVE_OF]'
        ),
        "OF_ETHNIC_GROUP is nobody's business: no member is joined to it",
    ),
    ("limits.toml", "at_least = 3\n", "", "limits[1]: at_least or at_most is wanted"),
    (
        "limits.toml",
        (
            'source = { document = "Charter of the Communist Party of Vietnam (2011)"'
            ', article = "art. 24" }\nexempt'
        ),
        "exempt",
        "limits[1].source: what refuses a plan names its source",
    ),
    ("pack.toml", "gap_days = 90", "gap_days = -1", "questions.posts.gap_days: "),
    ("limits.toml", "short_by = 24\n", "", ".terms: terms, short_by and at_most go"),
    (
        "limits.toml",
        "at_least = 3\n",
        "at_least = 3\nterms = 2\n",
        "limits[1].terms: cell_size doesn't look at terms",
    ),
    ("limits.toml", 'kind = "cell"', 'kind = "x"', "limits[1].kind: 'x' is named"),
    (
        "limits.toml",
        "at_least = 3\n",
        "at_most = 0\nat_least = 3\n",
        "[1].at_most: it is",
    ),
    ("limits.toml", 'by = "cell_size"', 'by = "x"', "limits[1].by: this should be"),
    ("limits.toml", 'role = "sec', 'x = "sec', "limits[7].of: 'x' is named, which"),
    ("limits.toml", 'role = "sec', 'joint = "sec', "of.joint: no post has the fact"),
    (
        "limits.toml",
        'unit = "posts"',
        'unit = "bodies"',
        "[7].of: what posts are meant",
    ),
    (
        "limits.toml",
        'standing = "grassroots cell"',
        'standing = "cell"',
        "limits[3].standing: a cell is never a 'cell'",
    ),
    (
        "limits.toml",
        'unit = "village", post',
        'unit = "hut", post',
        "combinations[1].other.unit: 'hut' is named, which",
    ),
    (
        "limits.toml",
        'unit = "village", post',
        'unit = "province", post',
        "combinations[1].by: no cell is joined to a province by COVERS",
    ),
    (
        "limits.toml",
        'by = "COVERS"',
        'by = "X"',
        "combinations[1].by: 'X' is named, whic",
    ),
    (
        "limits.toml",
        'by = "COVERS"\n',
        "",
        "combinations[1].by: what is wanted is wanted of units that an edge joins",
    ),
    (
        "limits.toml",
        "above = { enterprise = {} }",
        "above = { hut = {} }",
        "combinations[2].other.above: 'hut' is named, which",
    ),
    (
        "limits.toml",
        "above = { enterprise = {} }",
        "above = { enterprise = { joint = true } }",
        "combinations[2].other: enterprise doesn't have joint",
    ),
    (
        "pack.toml",
        'ranks = ["province"',
        'ranks = ["commune"',
        "ranks: a rank is named t",
    ),
    ("pack.toml", 'rank = "rank"\n', "", "ranks: these are values of a rank, and no"),
    (
        "limits.toml",
        "where = { specially_difficult = true }\n",
        "",
        "where: which places are the hardest isn't said",
    ),
    (
        "limits.toml",
        "where = { specially_difficult = true }",
        "where = { joint = true }",
        "where: commune doesn't have joint",
    ),
    (
        "limits.toml",
        'unit = "official members"',
        'unit = "official members"\nwhere = { joint = true }',
        "limits[1].where: cell_size doesn't look at facts",
    ),
    ("limits.toml", 'word = "wanted"', 'word = "x"', "combinations[1].word: this shou"),
    (
        "limits.toml",
        'post = { role = ["secretary"',
        'post = { joint = ["secretary"',
        "combinations[8].post.joint: no post has the fact joint",
    ),
    ("mirrors.toml", 'unit = "commune"', 'unit = "hut"', "mirrors[1].unit: 'hut' is"),
    ("mirrors.toml", 'edge = "COVERS"', 'edge = "X"', "mirrors[1].edge: 'X' is named"),
    (
        "mirrors.toml",
        'unit = "district"',
        'unit = "commune"',
        "mirrors[2].unit: what covers a commune is said twice",
    ),
    (
        "mirrors.toml",
        '"grassroots_committee", "direct_committee"]',
        '"provincial_committee"]',
        "mirrors[1].bodies: COVERS doesn't lead from provincial_committee to commune",
    ),
    (
        "mirrors.toml",
        '"grassroots_committee", "direct_committee"]',
        '"cell"]',
        "mirrors[1].becomes[1].kind: none of cell may become a direct_committee",
    ),
    (
        "mirrors.toml",
        'instead = ["cell"]',
        'instead = ["village"]',
        "mirrors[1].instead: COVERS doesn't lead from village to commune",
    ),
    (
        "mirrors.toml",
        'instead = ["cell"]',
        'instead = ["direct_committee"]',
        "mirrors[1].instead: direct_committee is among the bodies already",
    ),
    (
        "pack.toml",
        'tags_from = ["commune"]',
        'tags_from = ["hamlet"]',
        "questions.places.tags_from: 'hamlet' is",
    ),
    (
        "mirrors.toml",
        'where = { type = ["district"',
        'where = { type = ["shire"',
        "mirrors[2].where: type of a direct_committee is never 'shire'",
    ),
    (
        "mirrors.toml",
        'facts = { type = "commune" }',
        'facts = { rank = "commune" }',
        "mirrors[1].becomes[1].facts: a direct_committee has no fact rank",
    ),
    (
        "mirrors.toml",
        'below = "province"',
        'below = "village"',
        "mirrors[1].becomes[1].below: a commune is never directly below a village",
    ),
    (
        "mirrors.toml",
        'below = "district"',
        'below = "province"',
        "mirrors[1].becomes[1].below: what they become is said twice",
    ),
    (
        "mirrors.toml",
        'of = { type = ["huyện", "quận"] }',
        'of = { type = ["huyện", "thị xã"] }',
        "mirrors[2].becomes[1].below: what they become is said twice",
    ),
    (
        "mirrors.toml",
        'of = { type = "thị xã" }',
        'of = { type = "thị" }',
        "mirrors[2].becomes[2].of: type of a district is never 'thị'",
    ),
    (
        "mirrors.toml",
        'name = "Đảng bộ {name}"',
        'name = "Đảng bộ"',
        "mirrors[1].becomes[1].name: {name} is wanted once",
    ),
    (
        "mirrors.toml",
        'label = "committee"',
        'label = "Committee"',
        "mirrors[1].becomes[1].label: ",
    ),
    (
        "mirrors.toml",
        'kind = "executive_committee"',
        'kind = "village"',
        "unite[1].kind: a village is never below grassroots_committee or direct_comm",
    ),
    (
        "mirrors.toml",
        'bodies = ["direct_committee"]',
        'bodies = ["grassroots_committee"]',
        "mirrors[2].bodies: COVERS doesn't lead from grassroots_committee to district",
    ),
    (
        "nodes.toml",
        '"grassroots_committee", "sectional_committee"]',
        '"village"]',
        "standing.subordinate cell: a cell is never directly below a village",
    ),
    (
        "nodes.toml",
        '"grassroots_committee", "sectional_committee"]',
        '"direct_committee"]',
        "what it is below a direct_committee is said twice",
    ),
    ("pack.toml", '"MEMBER_OF", "UNDER",', '"X", "UNDER",', "questions.ties: 'X' is"),
    ("pack.toml", 'covers = "COVERS"', 'covers = "X"', "questions.covers: 'X' is"),
    ("pack.toml", 'covers = "COVERS"', "", "questions.places: places are covered"),
    (
        "pack.toml",
        'covers = "COVERS"',
        'covers = "UNDER"',
        "places.place: UNDER doesn't lead from cell to village",
    ),
    ("pack.toml", '"village", "household"', '"hut"', "questions.charged: 'hut' is"),
    (
        "pack.toml",
        '"village", "household"',
        '"province"',
        "questions.charged: nobody can be in charge of province by IN_CHARGE_OF",
    ),
    ("pack.toml", 'form = "form"', 'form = "x"', "questions.posts.form: 'x' is named"),
    (
        "pack.toml",
        'form = "form"',
        'form = "type"',
        "questions.posts.form: HOLDS doesn't have type",
    ),
    ("pack.toml", 'form = "form"', "", "provisional: these are values of a form"),
    (
        "people.toml",
        'stage = "stage"',
        'stage = "form"',
        "people.stage: PLANNED_FOR doesn't have form",
    ),
    (
        "people.toml",
        'approved = ["approved"]',
        'approved = ["agreed"]',
        "people.approved: stage is never 'agreed'",
    ),
    (
        "people.toml",
        'approved = ["approved"]',
        "approved = []",
        "people.approved: which stage is one isn't said",
    ),
    (
        "pack.toml",
        'reinforcing = "reinforcement"',
        'reinforcing = "full"',
        "questions.posts.reinforcing: full isn't `provisional`",
    ),
    (
        "people.toml",
        'tags = ["border", "island"]',
        'tags = ["border", "role"]',
        "people.seconding.tags: role is neither true nor false",
    ),
    (
        "people.toml",
        'stage = "stage"',
        'stage = "form"',
        "people.stage: PLANNED_FOR doesn't have form",
    ),
    (
        "people.toml",
        'approved = ["approved"]',
        'approved = ["agreed"]',
        "people.approved: stage is never 'agreed'",
    ),
    (
        "people.toml",
        'approved = ["approved"]',
        "approved = []",
        "people.approved: which stage is one isn't said",
    ),
    (
        "pack.toml",
        'reinforcing = "reinforcement"',
        'counted = ["full"]',
        "questions.posts.counted: full isn't `provisional`",
    ),
    (
        "pack.toml",
        "{ role = ",
        "{ stage = ",
        "questions.posts.beside: no post has stage",
    ),
    (
        "pack.toml",
        "{ role = ",
        "{ duty = ",
        "questions.posts.beside: 'duty' is named, which",
    ),
    (
        "pack.toml",
        '"acting", "rein',
        '"deputy", "rein',
        "posts.provisional: form is never 'deputy'",
    ),
    (
        "pack.toml",
        'service_end = "service_end"',
        'service_end = "issuer"',
        "posts.service_end: nobody who can hold a post has issuer",
    ),
    (
        "pack.toml",
        'service_end = "service_end"',
        'service_end = "birth_year"',
        "posts.service_end: the fact is a day, so its type is text",
    ),
    ("pack.toml", 'place = "village"', 'place = "hut"', "places.place: 'hut' is named"),
    ("pack.toml", 'group = "cell"', 'group = "gang"', "places.group: 'gang' is named"),
    (
        "pack.toml",
        'member = "MEMBER_OF"',
        'member = "ATTENDS"',
        "places.member: ATTENDS is no parent edge to cell",
    ),
    (
        "pack.toml",
        'home = ["OF_HOUSEHOLD", "LIVES_IN"]',
        'home = ["LIVES_IN"]',
        "places.home: these edges don't lead from a member to village",
    ),
    (
        "pack.toml",
        'joint = "joint"',
        'joint = "mountainous"',
        "questions.places.joint: cell doesn't have mountainous",
    ),
    ("pack.toml", 'joint = "joint"', 'jiont = "joint"', "jiont: there is no such key"),
    (
        "facts.toml",
        '[facts.type]\ntype = "text"',
        '[facts.type]\ntype = "text"\nfollows = true',
        "facts.type.type: the fact follows, so its type is boolean",
    ),
    (
        "thresholds.toml",
        'id = "commune-standard-2016-mountain-area"',
        'id = "commune-standard-2016-mountain-people"',
        "thresholds[2].id: the id commune-standard-2016-mountain-people is given twice",
    ),
    (
        "thresholds.toml",
        'where = { type = "xã", m',
        'where = { type = "xa", m',
        "thresholds[1].where.type: 'xa' is no type of a commune",
    ),
    (
        "thresholds.toml",
        "mountainous = true",
        'mountainous = "yes"',
        "thresholds[1].where.mountainous: 'yes' is no mountainous of a commune",
    ),
    (
        "thresholds.toml",
        "mountainous = true",
        "joint = true",
        "thresholds[1].where.joint: a commune doesn't have the fact joint",
    ),
    (
        "thresholds.toml",
        "province = { region",
        "village = { region",
        "above.village: a village never stands above a commune",
    ),
    (
        "thresholds.toml",
        'region = "red_river_delta"',
        'region = "delta"',
        ".above.province.region: 'delta' is no region of a province",
    ),
    (
        "thresholds.toml",
        "at_least = 5_000",
        "",
        "thresholds[1]: at_least or percent is wanted",
    ),
    (
        "thresholds.toml",
        "at_least = 5_000",
        "at_least = 5_000\nany_of = [{ fact = 'people', at_least = 1 }]",
        "thresholds[1]: one of fact, all_of and any_of is wanted",
    ),
    (
        "thresholds.toml",
        "at_least = 5_000",
        "percent = 50",
        "thresholds[1].of: percent and of are wanted together",
    ),
    (
        "thresholds.toml",
        'of = ["district-standard-2016"]',
        'of = ["district-standard-1816"]',
        ".of: 'district-standard-1816' is named, which the pack doesn't declare",
    ),
    (
        "thresholds.toml",
        'of = ["district-standard-2016"]',
        'of = ["ward-standard-2026"]',
        ".of: ward-standard-2026 is asked of a commune",
    ),
    (
        "thresholds.toml",
        "until = 2026-01-01",
        "until = 2016-01-01",
        "thresholds[1].until: it ends before it begins",
    ),
    (
        "thresholds.toml",
        "severity = ",
        "unless_merged = 3\nseverity = ",
        "thresholds[1].unless_merged: only what is asked of units when they are formed",
    ),
    (
        "mergers.toml",
        'present = ["phường"]',
        'present = ["phuong"]',
        "merger_types[1].type: 'phuong' is no type of a commune",
    ),
    (
        "mergers.toml",
        'below = "province"',
        'below = "village"',
        "reductions[1].below: a village never stands above a commune",
    ),
    ("mergers.toml", "from_percent = 60", "from_percent = 80", "from_percent ≤ to_"),
    ("mergers.toml", 'kind = "village"', 'kind = "x"', "freezes[1].kind: 'x' is named"),
    (
        "mergers.toml",
        "since = 2025-07-01",
        "since = 2025-07-01\nuntil = 2025-07-01",
        "endings[1].until: it ends",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "words"), FAULTS)
def test_a_fault_is_said_with_its_file(
    tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    """One fault in one file of a pack: the file, the keys and what is wanted."""
    folder = shutil.copytree(schema_folder() / "vietnam", tmp_path / "mine")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_pack(str(folder))
    problems = caught.value.problems
    for problem in problems:
        assert problem.startswith(f"{folder / file}: "), problem
        assert "Input" not in problem
    assert any(words in problem for problem in problems), problems


def test_a_key_in_two_files(tmp_path: Path) -> None:
    """A table that stands in two files is said with both."""
    folder = shutil.copytree(schema_folder() / "vietnam", tmp_path / "mine")
    (folder / "more.toml").write_text("[nodes.x]\nlabel = 'x'\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_pack(str(folder))
    assert str(caught.value) == (
        f"{folder / 'nodes.toml'}: nodes stands in {folder / 'more.toml'} too"
    )


def test_a_pack_that_is_no_file() -> None:
    """Of data from elsewhere the keys are said, and that it is the pack's."""
    data = json.loads(json.dumps(load_pack("territory").data))
    data["edges"]["PART_OF"]["targets"] = "0..*"
    with pytest.raises(InputError) as caught:
        pack_from_data(data)
    (problem,) = caught.value.problems
    assert problem.startswith("pack: edges.PART_OF.targets: PART_OF leads to a parent")
