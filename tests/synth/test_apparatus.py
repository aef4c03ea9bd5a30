"""Executive committees, border posts, guests and plans for posts are as rules say."""

from collections import Counter, defaultdict

import pytest
from synthetic_provinces import rows, territory

from orgraph.model import FOREVER, EdgeRow
from orgraph.synth import PROFILES

SCALE = 0.25
COMMITTEES = {
    "provincial_committee",
    "direct_committee",
    "grassroots_committee",
    "sectional_committee",
}
ROLES = ("committee_member", "deputy_secretary", "secretary")
LEVELS = ("grassroots_committee", "direct_committee", "provincial_committee")

provinces = pytest.mark.parametrize("name", PROFILES)


def living(name: str, kind: str) -> list[EdgeRow]:
    """Return the edges of a kind that are in force."""
    _, edges = rows(name, SCALE)
    return [row for row in edges if row.kind == kind and row.until == FOREVER]


@provinces
def test_who_leads_has_an_executive_committee(name: str) -> None:
    """Each committee has one, and each cell of nine official members, no other cell."""
    nodes, _ = rows(name, SCALE)
    kind = {node.id: node.kind for node in nodes if node.until == FOREVER}
    official = {n.id for n in nodes if n.facts.get("official") is True}
    size = Counter(
        row.target for row in living(name, "MEMBER_OF") if row.source in official
    )
    led = Counter(
        row.target
        for row in living(name, "UNDER")
        if kind[row.source] == "executive_committee"
    )
    assert set(led.values()) == {1}
    cells = {node for node, what in kind.items() if what == "cell"}
    assert {node for node in cells if size[node] >= 9} == led.keys() & cells
    assert led.keys() - cells == {n for n, what in kind.items() if what in COMMITTEES}
    assert cells - led.keys(), "some cells are too small to have one"


@provinces
def test_seats_of_executive_committees(name: str) -> None:
    """A cell's has three to seven seats; the secretary has one of them."""
    nodes, _ = rows(name, SCALE)
    kind = {node.id: node.kind for node in nodes}
    role = {node.id: node.facts.get("role") for node in nodes if node.kind == "post"}
    unit = {
        row.source: row.target
        for row in living(name, "UNDER")
        if kind[row.source] == "executive_committee"
    }
    seats = defaultdict(set)
    for row in living(name, "SEAT_IN"):
        seats[row.target].add(row.source)
    held = {row.target: row.source for row in living(name, "HOLDS")}
    for executive, leading in unit.items():
        assert {role[seat] for seat in seats[executive]} == {"committee_member"}
        if kind[leading] == "cell":
            assert 3 <= len(seats[executive]) <= 7
        (secretary,) = (p for p in seats[leading] if role[p] == "secretary")
        assert held[secretary] in {held.get(seat) for seat in seats[executive]}
        assert not any(role[p] == "committee_member" for p in seats[leading])


@provinces
def test_border_posts_have_a_cell_each(name: str) -> None:
    """There are as many border posts as communes at the border, under the guard."""
    nodes, _ = rows(name, SCALE)
    by_id = {node.id: node for node in nodes}
    posts = {node.id for node in nodes if node.kind == "border_post"}
    border = [n for n in nodes if n.kind == "commune" and n.facts.get("border") is True]
    assert 0 < len(posts) <= len(border)
    covers = [row for row in living(name, "COVERS") if row.target in posts]
    assert Counter(row.target for row in covers) == Counter(posts)
    assert {by_id[row.source].facts["type"] for row in covers} == {"armed_forces"}
    assert len({row.source for row in covers}) == len(posts)
    above = {row.source: row.target for row in living(name, "UNDER")}
    assert {by_id[above[post]].kind for post in posts} == {"armed_unit"}
    assert {by_id[above[above[post]]].kind for post in posts} == {"province"}


@provinces
def test_guests_attend_cells_of_villages(name: str) -> None:
    """A guest attends a village's cell, and is a member of another one."""
    nodes, _ = rows(name, SCALE)
    by_id = {node.id: node for node in nodes}
    home = {row.source: row.target for row in living(name, "MEMBER_OF")}
    villages = defaultdict(set)
    guarding = set()
    for row in living(name, "COVERS"):
        if by_id[row.target].kind == "village":
            villages[row.source].add(row.target)
        if by_id[row.target].kind == "border_post":
            guarding.add(row.source)
    attends = living(name, "ATTENDS")
    assert len({row.source for row in attends}) == len(attends) > 0
    assert all(
        villages[row.target] and home[row.source] != row.target for row in attends
    )
    guarded = [row.target for row in attends if home[row.source] in guarding]
    assert len(guarded) == (PROFILES[name].guarded_villages.value * SCALE + 0.5) // 1
    assert len(set(guarded)) == len(guarded)
    for cell in guarded:
        tags = [by_id[village].facts for village in villages[cell]]
        assert all(facts["border"] or facts["island"] for facts in tags)
    types = {by_id[home[row.source]].facts["type"] for row in attends}
    assert types == {"armed_forces", "commune", "public_service"}


@provinces
def test_plans_are_for_higher_posts(name: str) -> None:
    """At most three a post and three posts each, each higher than what they hold."""
    nodes, _ = rows(name, SCALE)
    by_id = {node.id: node for node in nodes}
    under = {row.source: row.target for row in living(name, "UNDER")}
    seat = {row.source: row.target for row in living(name, "SEAT_IN")}

    def rank(post: str) -> tuple[int, int]:
        unit = seat[post]
        if by_id[unit].kind == "executive_committee":
            unit = under[unit]
        kind = by_id[unit].kind
        level = LEVELS.index(kind) if kind in LEVELS else -1
        role = str(by_id[post].facts["role"])
        return level, ROLES.index(role) if role in ROLES else -1

    held = defaultdict(set)
    for row in living(name, "HOLDS"):
        held[row.source].add(row.target)
    plans = living(name, "PLANNED_FOR")
    assert max(Counter(row.target for row in plans).values()) <= 3
    assert max(Counter(row.source for row in plans).values()) <= 3
    for row in plans:
        assert rank(row.target) > max(rank(post) for post in held[row.source])
        assert row.facts == {"stage": "approved"}
    heads = {p for p, unit in seat.items() if by_id[unit].kind in LEVELS}
    planned = {row.target for row in plans}
    assert len(planned & heads) > len(heads) * 2 // 3


@provinces
def test_province_says_where_it_is(name: str) -> None:
    """Region, border and sea are known; which communes are mountainous is unknown."""
    nodes, _ = rows(name, SCALE)
    (province,) = (node for node in nodes if node.kind == "province")
    known = {
        "quang-ninh": ("red_river_delta", True, True),
        "dien-bien": ("northern_mountain", True, False),
    }
    facts = province.facts
    assert (facts["region"], facts["border"], facts["island"]) == known[name]
    for node in nodes:
        if node.kind in {"province", "commune"}:
            assert node.facts["mountainous"] is None
    assert "mountainous" not in territory(name).province.facts
