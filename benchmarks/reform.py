"""Makes a country before and after a reform: 10,041 communes that become 3,321.

Each old commune goes to one new commune wholly, but every nineteenth is split between
two; so there are about 10,570 events of lineage. A village of each old commune follows
to the new one, and a post with its holder sits in each commune on either day.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

from orgraph.model import FOREVER, EdgeRow, Facts, NodeRow, Row

EFFECTIVE = date(2025, 7, 1)
START = date(2015, 7, 1)
PROVINCES = 34
OLD, NEW = 10_041, 3_321
SPLIT_EVERY = 19
EVENTS = OLD + len(range(0, OLD, SPLIT_EVERY))


def rows(seed: int = 1) -> Iterator[Row]:
    """Yield the rows of the country."""
    random = Random(seed)
    for number in range(PROVINCES):
        yield _node(f"province-{number}", "province", f"Tỉnh {number}")
    for number in range(NEW):
        new = f"new-{number}"
        yield from _commune(new, number % PROVINCES, f"Xã mới {number}", EFFECTIVE)
    for number in range(OLD):
        old, target = f"old-{number}", number % NEW
        people = random.randrange(500, 30_000)
        province = target % PROVINCES
        yield from _commune(old, province, f"Xã cũ {number}", START, EFFECTIVE)
        yield _node(f"village-{number}", "village", f"Thôn {number}", people=people)
        yield _edge("PART_OF", f"village-{number}", old, until=EFFECTIVE)
        yield _edge("PART_OF", f"village-{number}", f"new-{target}", EFFECTIVE)
        if number % SPLIT_EVERY:
            yield _passed(old, target, "whole", people)
        else:
            share = people // 3
            yield _passed(old, target, "part", share)
            yield _passed(old, (target + PROVINCES) % NEW, "part", people - share)


def _commune(
    id_: str, province: int, name: str, since: date, until: date = FOREVER
) -> Iterator[Row]:
    """Yield a commune under its province, with the post of its chair."""
    code = id_.rpartition("-")[2].zfill(5)
    chair, holder = f"post-{id_}", f"member-{id_}"
    yield NodeRow(id_, "commune", since, until, name, code, {"type": "xã"})
    yield _edge("PART_OF", id_, f"province-{province}", since, until)
    yield NodeRow(chair, "post", since, until, "", None, {"role": "chair"})
    yield _edge("SEAT_IN", chair, id_, since, until)
    yield _node(holder, "member", "")
    yield _edge("HOLDS", holder, chair, since, until)


def _node(id_: str, kind: str, name: str, **facts: int) -> NodeRow:
    return NodeRow(id_, kind, START, FOREVER, name, None, facts)


def _edge(
    kind: str, source: str, target: str, since: date = START, until: date = FOREVER
) -> EdgeRow:
    return EdgeRow(kind, source, target, since, until, {})


def _passed(source: str, target: int, part: str, people: int) -> EdgeRow:
    facts: Facts = {"part": part, "people": people}
    new = f"new-{target}"
    return EdgeRow("SUCCEEDED_BY", source, new, EFFECTIVE, FOREVER, facts)
