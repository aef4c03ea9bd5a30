"""Lineage and crosswalk against a plain model that tries every path of events.

A path is a list of events, each from the unit that the one before it reached, each at a
later moment. The model knows nothing of levels, frontiers or what is held: it lists all
paths there are.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from towns import edge, filled, node

from orgraph.model import FOREVER, EdgeRow, NodeRow
from orgraph.queries import crosswalk, lineage

DAYS = [date(2020, 1, day) for day in range(1, 6)]
IDS = "abcde"
RANKS = {"whole": 0, None: 1, "part": 2}


class Given(NamedTuple):
    """One event: from whom to whom, and what is said of it."""

    source: str
    target: str
    on: date
    step: int | None
    part: str | None
    people: object


class World(NamedTuple):
    """Lives of units, with their kinds, and events."""

    units: dict[str, NodeRow]
    events: list[Given]

    def turned(self, unit: str, day: date) -> bool:
        """Tell whether a unit began or ended on a day."""
        row = self.units[unit]
        return day in (row.since, row.until)

    def passes(self, one: Given, other: Given) -> bool:
        """Tell whether what came to a unit by one event is given by another of it."""
        assert one.target == other.source
        if moment(one) == moment(other):
            return self.turned(other.source, other.on)
        return moment(one) < moment(other)

    def paths(self, events: Sequence[Given], start: str) -> Iterator[list[Given]]:
        """Yield every path from a unit; no event stands in one twice."""
        waiting = [[event] for event in events if event.source == start]
        while waiting:
            path = waiting.pop()
            yield path
            last = path[-1]
            waiting += [
                [*path, event]
                for event in events
                if event.source == last.target
                and event not in path
                and self.passes(last, event)
            ]

    def has_circle(self) -> bool:
        """Tell whether something goes round in a moment: no order makes that true."""
        return any(
            path[-1].target == start and moment(path[0]) == moment(path[-1])
            for start in IDS
            for path in self.paths(self.events, start)
            if self.turned(start, path[0].on)
        )


def moment(event: Given) -> tuple[date, int]:
    """Return when an event happened."""
    return (event.on, event.step or 0)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw lives and events; they needn't make sense together."""
    units = {}
    for name in IDS:
        since, until = draw(st.sampled_from(DAYS[:3])), draw(st.sampled_from(DAYS[2:]))
        kind = draw(st.sampled_from(["municipality", "municipality", "district"]))
        lasts = draw(st.booleans())
        units[name] = node(name, kind, since, FOREVER if lasts else until)
    events: dict[tuple[str, str, date], Given] = {}
    for _ in range(draw(st.integers(0, 10))):
        source, target = draw(st.permutations(IDS))[:2]
        on = draw(st.sampled_from(DAYS))
        said = Given(
            source,
            target,
            on,
            draw(st.sampled_from([None, None, 1, 2])),
            draw(st.sampled_from(["whole", "whole", "part", None])),
            draw(st.sampled_from([1, 20, 300, None, "absent"])),
        )
        events[source, target, on] = said
    world = World(units, list(events.values()))
    assume(not world.has_circle())
    return world


def rows(world: World) -> list[NodeRow | EdgeRow]:
    """Return the rows of a world."""
    found: list[NodeRow | EdgeRow] = list(world.units.values())
    for event in world.events:
        facts = {"step": event.step, "part": event.part, "people": event.people}
        said = {
            name: value
            for name, value in facts.items()
            if value != "absent" and (value is not None or name == "people")
        }
        found.append(edge("SUCCEEDED_BY", event.source, event.target, event.on, **said))  # type: ignore[arg-type]
    return found


def overall(parts: list[str | None]) -> str | None:
    """Return what several parts in a row are together."""
    return max(parts, key=lambda part: RANKS[part])


def key(event: Given) -> tuple[str, str, str]:
    """Return the name of an event."""
    return (event.source, event.target, event.on.isoformat())


@settings(max_examples=200, deadline=None)
@given(worlds(), st.sampled_from(IDS))
def test_lineage_is_every_path(world: World, asked: str) -> None:
    """The steps of a lineage are the events of all paths from a unit, and to it."""
    answer = lineage(filled(*rows(world)), asked)
    onwards: dict[tuple[str, str, str], str | None] = {}
    back: dict[tuple[str, str, str], str | None] = {}
    for start in IDS:
        for path in world.paths(world.events, start):
            said = overall([event.part for event in path])
            for found, end in ((onwards, path[-1]), (back, path[0])):
                if (start if found is onwards else path[-1].target) != asked:
                    continue
                others = [found[key(end)]] if key(end) in found else []
                found[key(end)] = min([said, *others], key=lambda part: RANKS[part])
    after = {(s.via or asked, s.id, s.on): s.overall for s in answer.successors}
    before = {(s.id, s.via or asked, s.on): s.overall for s in answer.predecessors}
    assert after == onwards
    assert before == back
    for side in (answer.successors, answer.predecessors):
        met = [asked]
        for step in side:
            assert (step.via or asked) in met
            met.append(step.id)
    assert [s.on for s in answer.successors] == sorted(s.on for s in answer.successors)
    days = [s.on for s in answer.predecessors]
    assert days == sorted(days, reverse=True)


def between(world: World, unit: str, path: list[Given]) -> list[list[str | None]]:
    """Return what was given away at each stop of a path besides the path itself.

    The first stop is the start, before the first event; the last is the unit reached.
    """
    events = world.events
    stops: list[list[str | None]] = []
    for place in range(len(path) + 1):
        at = path[place].source if place < len(path) else (path[-1].target)
        since = path[place - 1] if place else None
        until = path[place] if place < len(path) else None
        stops.append(
            [
                event.part
                for event in events
                if event.source == at
                and (since is None or world.passes(since, event))
                and (until is None or moment(event) < moment(until))
            ]
        )
    assert path[0].source == unit
    return stops


def known_amount(world: World, path: list[Given]) -> object:
    """Return the people that came by a path; None is unknown, "?" can't be told."""
    first = path[0]
    inflow = any(
        event.target == first.source and world.passes(event, first)
        for event in world.events
    )
    given_away = any(between(world, first.source, path)[1:])
    mixed = False
    for event in path[1:]:
        at_once = [
            other
            for other in world.events
            if other.source == event.source and moment(other) == moment(event)
        ]
        mixed = mixed or event.part != "whole" or len(at_once) > 1
    return "?" if inflow or given_away or mixed else first.people


@settings(max_examples=200, deadline=None)
@given(worlds(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_crosswalk_is_every_path(world: World, one: date, other: date) -> None:
    """A pair of a crosswalk stands for all paths between two living units."""
    first, second = sorted((one, other))
    answer = crosswalk(filled(*rows(world)), first, second, "municipality")
    inside = [event for event in world.events if first < event.on <= second]
    seen = World(world.units, inside)
    early, late = (
        {i for i, row in world.units.items() if row.since <= day < row.until}
        for day in (first, second)
    )
    expected = {}
    for start in early:
        ways: dict[str, list[tuple[object, ...]]] = {}
        if start in late:
            left = [e.part for e in inside if e.source == start]
            ways[start] = [
                (overall(["whole", *map(remains, left)]), 0, None, None, "?")
            ]
        for path in seen.paths(inside, start):
            gone = [part for stop in between(seen, start, path) for part in stop]
            part = overall([*(e.part for e in path), *map(remains, gone)])
            amount = known_amount(seen, path)
            way = (part, len(path), path[0].on, path[-1].on, amount)
            ways.setdefault(path[-1].target, []).append(way)
        sole = holders(seen, start) == 1
        for end, all_ways in ways.items():
            kinds = {world.units[start].kind, world.units[end].kind}
            if end in late and "municipality" in kinds:
                part, *rest = joined(all_ways)
                all_of_it = sole and part == "part"
                expected[start, end] = ("whole" if all_of_it else part, *rest)
    for name in early & late:
        if expected.get((name, name)) and not any(name in e[:2] for e in inside):
            expected[name, name] = ("unchanged", *expected[name, name][1:])
    ours = {i for i, row in world.units.items() if row.kind == "municipality"}
    told = {
        (pair.from_.id, pair.to.id): (
            pair.part,
            pair.steps,
            pair.first,
            pair.last,
            (pair.amounts or {}).get("people", "?"),
        )
        for pair in answer.pairs
        if pair.from_ and pair.to
    }
    assert told == expected
    without_to = {p.from_.id for p in answer.pairs if p.from_ and not p.to}
    assert without_to == (ours & early) - {start for start, _ in expected}
    without_from = {p.to.id for p in answer.pairs if p.to and not p.from_}
    reached = {e.id for p in answer.pairs if p.from_ and (e := p.to)}
    assert without_from == (ours & late) - reached
    assert reached == {end for _, end in expected}


def holders(world: World, start: str) -> int:
    """Count who has anything of a unit: all that was reached and didn't give it all.

    A unit gave it all if it ended when it gave the whole, or parts to several.
    """
    came: dict[str, list[Given | None]] = {start: [None]}
    for path in world.paths(world.events, start):
        came.setdefault(path[-1].target, []).append(path[-1])
    keeping = 0
    for unit, arrivals in came.items():
        last = [
            event
            for event in world.events
            if event.source == unit and event.on == world.units[unit].until
        ]
        for arrival in arrivals:
            given = [e for e in last if arrival is None or world.passes(arrival, e)]
            if len(given) < 2 and "whole" not in {event.part for event in given}:
                keeping += 1
                break
    return keeping


def remains(part: str | None) -> str | None:
    """Return what is left where a part was given away."""
    return None if part is None else "part"


def joined(ways: list[tuple[object, ...]]) -> tuple[object, ...]:
    """Return what several ways between two units say together."""
    part = min((way[0] for way in ways), key=lambda part: RANKS[part])  # type: ignore[index]
    said = [way[4] for way in ways]
    if "?" in said or "absent" in said:
        amount: object = "?"
    else:
        amount = None if None in said else sum(said)  # type: ignore[arg-type]
    steps, first, last = min(
        (way[1:4] for way in ways),
        key=lambda way: (way[0], str(way[2]), str(way[1])),  # type: ignore[return-value]
    )
    return (part, steps, first, last, amount)
