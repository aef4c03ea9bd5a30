"""Random dated graphs for the laws of counts: forests with gaps and versions."""

from collections.abc import Mapping
from datetime import date
from random import Random

from orgraph.model import FOREVER, EdgeRow, Key, NodeRow, Row
from orgraph.pack import Pack

DAYS = (
    date(2019, 1, 1),
    date(2020, 1, 1),
    date(2020, 1, 2),
    date(2021, 1, 1),
    date(2022, 6, 1),
    date(2023, 1, 1),
    FOREVER,
)


def kinds_of(random: Random, pack: Pack, size: int = 14) -> dict[str, str]:
    """Return names and the kind that each has for life."""
    kinds = [k for k in pack.nodes if pack.carried(k) or k in pack.containers]
    kinds += [kind for kind in pack.nodes if pack.nodes[kind].is_private]
    return {f"n{number:02}": random.choice(kinds) for number in range(size)}


def graph(random: Random, pack: Pack, kinds: Mapping[str, str]) -> dict[Key, Row]:
    """Return rows for these nodes: parents come before them, so there is no circle."""
    lives: dict[str, tuple[str, date, date]] = {}
    rows: list[Row] = []
    for name, kind in kinds.items():
        since, until = DAYS[0], FOREVER
        if random.random() < 0.6:
            since, until = sorted(random.sample(DAYS, 2))
        lives[name] = (kind, since, until)
        rows += _versions(random, pack, name, lives[name])
        rows += _parents(random, pack, name, lives)
    return {row.key: row for row in rows}


def _versions(
    random: Random, pack: Pack, name: str, life: tuple[str, date, date]
) -> list[Row]:
    kind, since, until = life
    between = [day for day in DAYS if since < day < until]
    cuts = sorted(random.sample(between, min(len(between), random.randrange(3))))
    rows: list[Row] = []
    for first, last in zip([since, *cuts], [*cuts, until], strict=True):
        facts = {
            fact: random.choice([None, 0, 1, 2, 30])
            for fact, _ in pack.carried(kind)
            if random.random() < 0.8
        }
        rows.append(NodeRow(name, kind, first, last, "N", None, facts))
    return rows


def _parents(
    random: Random, pack: Pack, name: str, lives: dict[str, tuple[str, date, date]]
) -> list[Row]:
    kind, here, until = lives[name]
    edge = pack.parent_edge(kind)
    rows: list[Row] = []
    while edge and here < until and random.random() < 0.9:
        above = [
            other
            for other, (other_kind, begins, ends) in lives.items()
            if other < name
            and pack.may_join(edge, kind, other_kind)
            and begins <= here < ends
        ]
        following = random.choice([day for day in DAYS if day > here])
        if above and random.random() < 0.9:
            parent = random.choice(above)
            last = min(following, until, lives[parent][2])
            rows.append(EdgeRow(edge, name, parent, here, last, {}))
            following = last
        here = following
    return rows
