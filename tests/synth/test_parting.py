"""What goes where is said of all that a table leaves open, and a plan asks no more."""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from harness import lenient, pack_named
from quang_ninh_reform import DAY, HEADS, TABLE, divided, drafted, peopled, table
from synthetic_provinces import rows, synthetic

from orgraph.cli.synth_parts import read_passages
from orgraph.conversion import load_words, read_parts
from orgraph.conversion.tables import PartLine
from orgraph.errors import InputError
from orgraph.model import FOREVER, EdgeRow, NodeRow
from orgraph.plan import Plan
from orgraph.proposal import read_proposal_text
from orgraph.stores import Store, create_store
from orgraph.synth import Going, Passage, goings, parts_text

SCALE = 0.5
"""Of less, many a commune has but one village, so that nothing is divided."""


def assigned() -> list[Going]:
    """Return what goes where by the table of Quảng Ninh."""
    passages = read_passages(str(TABLE), pack_named("vietnam"))
    return goings(synthetic("quang-ninh", SCALE), passages)


class Known(NamedTuple):
    """The rows of the province on the day before, found again by plain loops."""

    nodes: dict[str, NodeRow]
    edges: list[EdgeRow]
    commune: dict[str, str]
    committee: dict[str, str]
    below: dict[str, list[EdgeRow]]
    """The edges that lead to each unit."""

    def into(self, target: str, kind: str) -> set[str]:
        """Return the sources of edges of a kind."""
        return {e.source for e in self.below[target] if e.kind == kind}

    def joined(self, source: str, target: str) -> set[str]:
        """Return the kinds of the edges between two."""
        return {e.kind for e in self.below[target] if e.source == source}


@cache
def known() -> Known:
    """Return the small province, with communes and their committees by code."""
    nodes, edges = rows("quang-ninh", SCALE)
    by_id = {node.id: node for node in nodes}
    living = [row for row in edges if row.until == FOREVER]
    commune = {str(n.code): n.id for n in nodes if n.kind == "commune"}
    code = {node: own for own, node in commune.items()}
    covers = (e for e in living if e.kind == "COVERS" and e.target in code)
    committee = {code[e.target]: e.source for e in covers}
    below = defaultdict(list)
    for row in living:
        below[row.target].append(row)
    return Known(by_id, living, commune, committee, below)


def test_all_that_is_open_is_said_once() -> None:
    """What depends on a divided commune or its committee, and is asked, goes once."""
    province, given = known(), assigned()
    pack = pack_named("vietnam")
    assert len(divided()) == 12
    for old, to in divided().items():
        commune, committee = province.commune[old], province.committee[old]
        asked = {
            row.source
            for row in (*province.below[commune], *province.below[committee])
            if row.source != committee
            and pack.edges[row.kind].on_target.get("split") == "ask"
        }
        going = Counter(row.part for row in given if row.old == old)
        assert max(going.values()) == 1
        left = asked - going.keys()
        assert going.keys() <= asked
        assert {province.nodes[part].facts.get("role") for part in left} <= HEADS
        assert {r.new for r in given if r.old == old} <= {r["new_code"] for r in to}
        kinds = Counter(province.nodes[part].kind for part in going)
        assert min(kinds[kind] for kind in ("village", "cell", "member", "post")) > 0


def test_villages_go_in_blocks_with_their_cells() -> None:
    """Each part that has people gets villages side by side, and their cells."""
    province, given = known(), assigned()
    went = {(row.old, row.part): row.new for row in given}
    whole = 0
    for old, to in divided().items():
        targets = peopled(to)
        villages = sorted(province.into(province.commune[old], "PART_OF"))
        order = [went[old, village] for village in villages]
        blocks = [new for at, new in enumerate(order) if [new] != order[at - 1 : at]]
        assert sorted(blocks) == sorted(targets), old
        whole += len(targets) == 1
        for cell in province.into(province.committee[old], "UNDER"):
            served = [v for v in villages if cell in province.into(v, "COVERS")]
            if served:
                assert {went[old, village] for village in served} == {went[old, cell]}
    assert whole == 2, "of two communes all of the people go to one"


def test_offices_go_with_most_of_the_people() -> None:
    """Cells without a village, posts and those in charge go where most people go."""
    province, given = known(), assigned()
    nodes = province.nodes
    covering = {e.source for e in province.edges if e.kind == "COVERS"}
    for old in divided():
        own = [row for row in given if row.old == old]
        people: Counter[str] = Counter()
        for row in own:
            if nodes[row.part].kind == "village":
                people[row.new] += int(nodes[row.part].facts["households"] or 0)
        for row in own:
            node = nodes[row.part]
            is_office = node.kind == "cell" and node.id not in covering
            is_head = node.facts.get("role") in HEADS
            if is_office or (node.kind in {"post", "member"} and not is_head):
                assert people[row.new] == max(people.values())


def test_one_head_stays_where_several_meet() -> None:
    """Of the secretaries that meet, the post of the largest committee stays."""
    province, given = known(), assigned()
    under = {e.source: e.target for e in province.edges if e.kind == "UNDER"}
    size = Counter(
        under[e.target]
        for e in province.edges
        if e.kind == "MEMBER_OF" and e.target in under
    )
    role = {n: row.facts.get("role") for n, row in province.nodes.items()}
    heads = {row.part: row for row in given if role[row.part] == "secretary"}
    assert len({row.new for row in heads.values()}) == len(heads)
    seats = {e.source: e.target for e in province.edges if e.kind == "SEAT_IN"}
    meeting = defaultdict(list)
    parts = divided()
    office = {(r.old, r.part): r.new for r in given}
    for row in table():
        old, new = row["old_code"], row["new_code"]
        if row["note"] == "Giữ nguyên":
            continue
        if old in parts:
            deputies = (
                post
                for post, unit in seats.items()
                if unit == province.committee[old] and role[post] not in HEADS
            )
            post = next(deputies, None)
            if post is None or office[old, post] != new:
                continue
        meeting[new].append(province.committee[old])
    for post, row in heads.items():
        if row.new in meeting:
            here = [size[unit] for unit in meeting[row.new]]
            assert size[seats[post]] == max(here), row
    met = {new for new, units in meeting.items() if len(units) > 1}
    assert met <= {row.new for row in heads.values()}
    changed = {r["new_code"] for r in table() if r["note"] != "Giữ nguyên"}
    assert {row.new for row in heads.values()} | meeting.keys() == changed


def test_another_seed_divides_otherwise() -> None:
    """What is drawn comes from the seed: the same twice, and another with another."""
    passages = read_passages(str(TABLE), pack_named("vietnam"))
    drawn = [goings(synthetic("quang-ninh", SCALE, seed), passages) for seed in (1, 2)]
    assert drawn[0] == assigned() != drawn[1]


def test_what_lives_on_keeps_the_rest() -> None:
    """Of a commune that lives on as what is left of it, only what leaves is said."""
    drawn = synthetic("quang-ninh", SCALE)
    ways = [
        Passage("06655", "06661", "part"),
        Passage("06655", "06655", "stays"),
    ]
    rows_ = goings(drawn, ways)
    assert rows_
    assert {row.new for row in rows_} == {"06661"}


def test_wrong_tables_are_refused() -> None:
    """An unknown commune, and people who go nowhere, are said in a sentence."""
    drawn = synthetic("quang-ninh", SCALE)
    with pytest.raises(InputError, match="no commune 99999"):
        goings(drawn, [Passage("99999", "06661", "whole")])
    nowhere = [Passage("06655", new, "part", "none") for new in ("06661", "06706")]
    with pytest.raises(InputError, match="the people of 06655 go nowhere"):
        goings(drawn, nowhere)


# The parts file in a plan


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store with the province, but for its households."""
    nodes, edges = rows("quang-ninh", SCALE)
    homes = {row.id for row in nodes if row.kind == "household"}
    path = tmp_path_factory.mktemp("province") / "s.db"
    with create_store(path, lenient("vietnam")) as made:
        made.bulk_load(
            (row for row in nodes if row.id not in homes),
            (row for row in edges if not homes & {row.source, row.target}),
        )
        yield made


def territory(store: Store, folder: Path, given: Iterable[Going]) -> Plan:
    """Plan the territorial side, with these parts beside the table."""
    path = folder / "parts.csv"
    path.write_text(parts_text(given), encoding="utf-8")
    done = drafted(TABLE, path)
    assert [item.finding.message for item in done.findings if item.is_error] == []
    return store.plan(read_proposal_text(done.texts[0].text, "drafted"))


def of_communes(given: Iterable[Going]) -> list[Going]:
    """Return what depends on a divided commune itself, and the committee as a whole.

    The party side isn't drafted here, so the committee goes on with most of the people.
    """
    province = known()
    found, most = [], {}
    for row in given:
        if row.old not in divided():
            continue
        if province.joined(row.part, province.commune[row.old]) - {"NATIVE_OF"}:
            found.append(row)
        if province.nodes[row.part].kind == "member":
            most[row.old] = row.new
    whole = (Going(old, new, province.committee[old]) for old, new in most.items())
    return sorted([*found, *whole])


def test_a_plan_of_the_territory_asks_no_more(store: Store, tmp_path: Path) -> None:
    """With the parts the province's territory is reorganised; a row less, and not."""
    given = of_communes(assigned())
    plan = territory(store, tmp_path, given)
    assert [f.message for f in plan.findings if f.blocks] == []
    village = next(row for row in given if "village" in row.part)
    without = territory(store, tmp_path, [row for row in given if row != village])
    asked = {f.subject for f in without.findings if f.code == "ASK01"}
    assert asked == {known().commune[village.old]}


def test_a_plan_of_the_committees_asks_no_more(store: Store) -> None:
    """A divided commune's committee is divided by the same rows, and nothing is left.

    Heads that the rows don't name end; of the others each part has one at the most.
    """
    province, given = known(), assigned()
    steps = []
    for old, to in divided().items():
        unit = province.committee[old]
        own = [
            row for row in given if row.old == old and province.joined(row.part, unit)
        ]
        got = [r["new_code"] for r in to if any(o.new == r["new_code"] for o in own)]
        if len(got) == 1:
            continue
        ending = {
            post: "end"
            for post in province.into(unit, "SEAT_IN") - {row.part for row in own}
            if province.nodes[post].facts["role"] in HEADS
        }
        kind = {"kind": "grassroots_committee"}
        parts = [
            {
                "new": {**kind, "name": f"{old} → {new}", "as": f"c{old}_{new}"},
                "parts": [row.part for row in own if row.new == new],
            }
            for new in got
        ]
        answers = {**ending, "commune": {"to": f"c{old}_{got[0]}"}}
        steps.append(
            {"op": "split_unit", "source": unit, "targets": parts, "answers": answers}
        )
    assert len(steps) == 10
    text = json.dumps({"title": "Parts", "effective": str(DAY), "steps": steps})
    plan = store.plan(read_proposal_text(text, "steps.json"))
    assert [f.message for f in plan.findings if f.blocks] == []


def test_file_reads_as_draft_reads_it(tmp_path: Path) -> None:
    """The text is the CSV that `orgraph draft --parts` reads, codes as they are."""
    given = assigned()
    path = tmp_path / "parts.csv"
    path.write_text(parts_text(given), encoding="utf-8")
    read = read_parts(path, load_words(), ())
    assert [Going(*line[1:4]) for line in read] == given
    assert all(isinstance(line, PartLine) and not line.shares for line in read)
    assert list(csv.reader(io.StringIO(parts_text([])))) == [["old", "new", "part"]]
