"""Every word of a pack's policies, against the table expected_policies.csv.

Each row says what becomes of one kind of dependent in one event. A unit with one such
dependent goes through the event, and the outcome is observed in the plan's changes;
where no step brings it about, the word itself is compared. `scripts/mutate-policies`
changes the words one by one and looks whether this notices.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from harness import pack_named

from orgraph.change import Change
from orgraph.model import FOREVER, EdgeRow, Facts, NodeRow
from orgraph.operations import operations
from orgraph.pack import Pack
from orgraph.plan import Plan
from orgraph.proposal import Proposal
from orgraph.stores.memory import MemoryStore

TABLE = Path(__file__).with_name("expected_policies.csv")
BEFORE, DAY = date(2020, 1, 1), date(2025, 1, 1)
PACKS = ("territory", "vietnam")
COMING = {"merged": "new", "absorbed": "other", "moved": "unit"}
"""Which node of the small world takes the unit's place in an event."""


class Word(NamedTuple):
    """A row of the table: what becomes of a dependent of a kind.

    `end` is the unit's end of the edge. `case` is empty, or FACT=VALUE. For `duplicate`
    the word is about an edge that would be there twice, for `same` about two dependents
    that have one value of the fact `unique_by`.
    """

    pack: str
    edge: str
    end: str
    event: str
    dependent: str
    case: str
    word: str

    @property
    def place(self) -> tuple[str, ...]:
        """All but the word itself."""
        return self[:-1]


@cache
def table() -> tuple[Word, ...]:
    """Read the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(Word(**row) for row in csv.DictReader(file))


# Reading a pack's data, without the pack's own reading of it


def declared(name: str, data: Mapping[str, Any]) -> Iterator[Word]:
    """Yield every word that the data of a pack declares."""
    for edge, said in data["edges"].items():
        for end in ("target", "source"):
            cases = [case for case in said.get("cases", ()) if case["end"] == end]
            words = said.get(f"on_{end}", {})
            for event in {**words, **{case["event"]: "" for case in cases}}:
                mine = [case for case in cases if case["event"] == event]
                for kind in dependents(said, end):
                    if units(data, edge, end, kind, event):
                        place = (name, edge, end, event, kind)
                        default = words.get(event, "keep")
                        yield from _cases(place, default, mine)
        yield from _togetherness(name, edge, said)


def _cases(
    place: tuple[str, str, str, str, str], default: str, cases: Iterable[Any]
) -> Iterator[Word]:
    kind = place[-1]
    for case in cases:
        if kind not in case.get("kinds", [kind]):
            continue
        if not case.get("where"):
            yield Word(*place, "", case["then"])
            return
        ((fact, value),) = case["where"].items()
        yield Word(*place, f"{fact}={value}", case["then"])
    yield Word(*place, "", default)


def _togetherness(name: str, edge: str, said: Mapping[str, Any]) -> Iterator[Word]:
    for end in ("target", "source"):
        if said.get(f"on_{end}", {}).get("merged") == "follow" and not (
            said.get("contains") or edge == "SUCCEEDED_BY"
        ):
            word = said.get("on_duplicate", "unite")
            yield Word(name, edge, end, "duplicate", "", "", word)
    fact = said.get("unique_by")
    if fact:
        yield Word(name, edge, "target", "unique_by", "", "", fact)
        for case in said.get("same_cases", ()):
            ((_, value),) = case["where"].items()
            place = (name, edge, "target", "same", "", f"{fact}={value}")
            yield Word(*place, case["then"])
        word = said.get("on_same", "keep_all")
        yield Word(name, edge, "target", "same", "", f"{fact}=any", word)


def dependents(said: Mapping[str, Any], end: str) -> list[str]:
    """Return the kinds at the other end of an edge than the unit's."""
    if end == "target":
        return list(said["ends"])
    return list(
        dict.fromkeys(kind for kinds in said["ends"].values() for kind in kinds)
    )


def units(
    data: Mapping[str, Any], edge: str, end: str, dependent: str, event: str
) -> list[str]:
    """Return the kinds of unit that an event can happen to, joined to a dependent."""
    ends = data["edges"][edge]["ends"]
    if end == "target":
        joined = list(ends[dependent])
    else:
        joined = [kind for kind, targets in ends.items() if dependent in targets]
    return [kind for kind in joined if _can_happen(data, event, kind)]


def _can_happen(data: Mapping[str, Any], event: str, kind: str) -> bool:
    node = data["nodes"][kind]
    if event in {"merged", "absorbed", "split"}:
        return kind in node.get("becomes", ())
    if event == "tier_abolished":
        return bool(node.get("tier"))
    return event == "closed" or _above(data, kind) is not None


def _above(data: Mapping[str, Any], kind: str) -> tuple[str, str] | None:
    """Return the parent edge of a kind and a kind above it."""
    for edge, said in data["edges"].items():
        if said.get("contains") and kind in said["ends"]:
            return edge, said["ends"][kind][0]
    return None


# A small world


class World:
    """A unit, what is above it, and one dependent."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.nodes: list[NodeRow] = []
        self.edges: list[EdgeRow] = []

    def node(self, name: str, kind: str, facts: Facts | None = None) -> str:
        """Add a node."""
        row = NodeRow(name, kind, BEFORE, FOREVER, name, None, facts or {})
        self.nodes.append(row)
        return name

    def edge(
        self, kind: str, source: str, target: str, facts: Facts | None = None
    ) -> EdgeRow:
        """Add an edge."""
        row = EdgeRow(kind, source, target, BEFORE, FOREVER, facts or {})
        self.edges.append(row)
        return row

    def put_under(self, unit: str, kind: str, parent: str) -> None:
        """Put a unit under a parent, founding that where it isn't there."""
        above = _above(self.pack.data, kind)
        if above is not None:
            if parent not in {row.id for row in self.nodes}:
                self.node(parent, above[1])
            self.edge(above[0], unit, parent)

    def plan(self, **step: Any) -> Plan:  # noqa: ANN401 - fields of a step
        """Plan one step on this world."""
        store = MemoryStore(self.pack)
        store.bulk_load(self.nodes, self.edges)
        made = operations()[step["op"]].model_validate(step)
        return store.plan(Proposal(title="Policies", effective=DAY, steps=(made,)))


def outcome(pack: Pack, word: Word, unit: str) -> str:
    """Let a unit of a kind go through the event; say what became of the dependent."""
    world = World(pack)
    kind = pack.data["edges"][word.edge]
    fact, _, value = word.case.partition("=")
    facts = {fact: value} if fact else {}
    on_edge = fact in kind.get("facts", ())
    world.node("dependent", word.dependent, {} if on_edge else facts)
    world.node("unit", unit)
    ends = ("dependent", "unit") if word.end == "target" else ("unit", "dependent")
    row = world.edge(word.edge, *ends, facts if on_edge else {})
    above = _above(pack.data, unit)
    is_place = word.end == "source" and above is not None and above[0] == word.edge
    parent = "dependent" if is_place else "above"
    if above is not None and not is_place:
        world.put_under("unit", unit, "above")
    plan = world.plan(**_step(world, word, unit, parent))
    return _observed(plan, word, row, parent, is_place=is_place)


def _step(world: World, word: Word, unit: str, parent: str) -> dict[str, Any]:
    """Return the step that brings the event about, adding what it needs."""
    if word.event == "merged":
        world.node("twin", unit)
        world.put_under("twin", unit, parent)
        new = {"id": "new", "kind": unit, "name": "New"}
        return {"op": "merge_units", "sources": ("unit", "twin"), "into": new}
    if word.event == "absorbed":
        world.node("other", unit)
        world.put_under("other", unit, "elsewhere")
        return {"op": "absorb_units", "sources": ("unit",), "into": "other"}
    if word.event == "split":
        names = ("new", "newer")
        new = [{"id": name, "kind": unit, "name": name} for name in names]
        targets = tuple({"new": one} for one in new)
        return {"op": "split_unit", "source": "unit", "targets": targets}
    if word.event == "tier_abolished":
        return {"op": "abolish_tier", "kind": unit, "within": parent}
    if word.event == "moved":
        above = _above(world.pack.data, unit)
        assert above is not None
        world.node("elsewhere", above[1])
        return {"op": "move_unit", "unit": "unit", "to": "elsewhere"}
    is_private = world.pack.nodes[unit].is_private
    closed = {"op": "close_unit", "unit": "unit"}
    return _ending_with_another(world, word, unit) if is_private else closed


def _ending_with_another(world: World, word: Word, unit: str) -> dict[str, Any]:
    """A person isn't closed, but may be said to end with a unit that is."""
    edge, kind = _hosts(world.pack.data, word.edge, unit)[0]
    world.node("host", kind)
    world.edge(edge, "unit", "host")
    return {"op": "close_unit", "unit": "host", "answers": {"unit": "ends_with"}}


def _hosts(data: Mapping[str, Any], but: str, unit: str) -> list[tuple[str, str]]:
    """Return what a person or household can end with: by which edge, what kind."""
    return [
        (edge, said["ends"][unit][0])
        for edge, said in data["edges"].items()
        if edge != but
        and unit in said["ends"]
        and said.get("on_target", {}).get("closed") in {"ask", "end"}
        and data["nodes"][said["ends"][unit][0]].get("role") != "household"
    ]


def _observed(
    plan: Plan, word: Word, row: EdgeRow, parent: str, *, is_place: bool
) -> str:
    if unsettled := _unsettled(plan):
        return unsettled
    changes = {change.key: change for change in plan.changes}
    if _ends(changes.get(("dependent", BEFORE))):
        return "ends_with"
    if row.key not in changes:
        return "keep"
    counted = plan.dependents.get(word.edge, {})
    ended = "end" if counted.get("ended") else "ended and not counted"
    if is_place:
        # The unit's own place: its successor's is the operation's to say.
        parents = {"ended and not counted": "parent"}
        return "follow" if counted.get("followed") else parents.get(ended, ended)
    names = {COMING.get(word.event, ""): "follow", parent: "parent"}
    joined = next(_joined(plan.changes, word), None)
    return ended if joined is None else names.get(joined, joined)


def _unsettled(plan: Plan) -> str | None:
    """Say what keeps a plan from settling its dependents."""
    codes = {finding.code for finding in plan.findings if finding.step == 1}
    words = {"ASK04": "refuse", "ASK01": "ask", "ASK03": "ask", "ASK06": "ask"}
    for code, word in words.items():
        if code in codes:
            return word
    others = ", ".join(sorted(codes - {"CLOSE02"}))
    return f"refused by {others}" if others else None


def _ends(change: Change | None) -> bool:
    return change is not None and change.row.until == DAY


def _joined(changes: Iterable[Change], word: Word) -> Iterator[str]:
    """Yield what the dependent is joined to anew."""
    for _, before, after in changes:
        if before is None and isinstance(after, EdgeRow) and after.kind == word.edge:
            ends = (after.source, after.target)
            mine, other = ends if word.end == "target" else ends[::-1]
            if mine == "dependent":
                yield other


def together(pack: Pack, word: Word) -> Iterator[str]:
    """Let two units merge whose dependents come together; say what became of these."""
    said = pack.data["edges"][word.edge]
    for dependent in dependents(said, word.end):
        for unit in units(pack.data, word.edge, word.end, dependent, "merged"):
            world = World(pack)
            world.node("unit", unit)
            world.put_under("unit", unit, "above")
            for place, name in enumerate(("unit", "twin")):
                facts = _alike(word)
                one = "dependent" if word.event == "duplicate" else f"dependent{place}"
                if one not in {row.id for row in world.nodes}:
                    world.node(one, dependent, facts)
                ends = (one, name) if word.end == "target" else (name, one)
                world.edge(word.edge, *ends)
            yield _came_together(world.plan(**_step_of_two(world, unit)), word)


def _alike(word: Word) -> Facts:
    fact, _, value = word.case.partition("=")
    return {fact: value} if fact else {}


def _step_of_two(world: World, unit: str) -> dict[str, Any]:
    merged = Word("", "", "target", "merged", "", "", "")
    return _step(world, merged, unit, "above")


def _came_together(plan: Plan, word: Word) -> str:
    if unsettled := _unsettled(plan):
        return unsettled
    return "unite" if plan.dependents[word.edge].get("united") else "keep_all"


# Comparing


def mismatches(pack: Pack, words: Iterable[Word]) -> Iterator[str]:
    """Yield a sentence for every row of the table that a pack doesn't live up to."""
    here = {word.place: word.word for word in declared(pack.name, pack.data)}
    for word in words:
        found = set(_found(pack, word)) or {here.get(word.place, "not declared")}
        if found != {word.word}:
            shown = " ".join(part for part in word.place if part)
            yield f"{shown}: {word.word} is wanted, found {', '.join(sorted(found))}"


def _found(pack: Pack, word: Word) -> Iterator[str]:
    if word.event in {"duplicate", "same"}:
        yield from together(pack, word)
    elif word.event != "unique_by":
        for unit in units(pack.data, *word[1:3], word.dependent, word.event):
            if not pack.nodes[unit].is_private or _hosts(pack.data, word.edge, unit):
                yield outcome(pack, word, unit)


def _groups() -> list[Any]:
    groups = groupby(table(), key=lambda word: word[:4])
    return [pytest.param(list(words), id="-".join(key)) for key, words in groups]


@pytest.mark.parametrize("words", _groups())
def test_what_becomes_of_dependents(words: list[Word]) -> None:
    """What becomes of every kind of dependent is what the table says."""
    found = list(mismatches(pack_named(words[0].pack), words))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PACKS)
def test_every_word_is_in_the_table(name: str) -> None:
    """Each word that a pack declares meets a dependent, and is in the table once."""
    here = [word.place for word in declared(name, pack_named(name).data)]
    there = [word.place for word in table() if word.pack == name]
    assert sorted(here) == sorted(there)
