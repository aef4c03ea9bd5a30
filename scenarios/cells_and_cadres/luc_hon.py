"""Lục Hồn, a commune of Bình Liêu: 21 cells with 320 members, as is published."""

from .world import QUANG_NINH, Item, World, committee, party, territory

LARGER = 5
"""So many cells have 16 members, and the others 15: together 320."""


def world() -> Item:
    """Give Lục Hồn 21 cells and 320 members; then one is admitted in Lục Nà."""
    made, commune = World(), "commune-06856"
    communes = territory(made, QUANG_NINH, lambda unit, _: unit == commune)
    party(made, communes, "province-22", "Quảng Ninh")
    above = committee(made, "grassroots_committee", "gc", "dc-198", commune)
    village = made.village("luc-na", "Lục Nà", commune)
    for number in range(1, 22):
        name = "Chi bộ thôn Lục Nà" if number == 1 else f"Chi bộ số {number}"
        ground = [village] if number == 1 else []
        cell = made.cell(f"c-{number:02}", name, above, *ground)
        people = made.members(cell, 16 if number <= LARGER else 15)
        body = made.node("executive_committee", f"e-{number:02}", cell, name="Chi ủy")
        made.post(f"s-{number:02}", "Bí thư", body, "secretary", people[0])
        if number == 1:
            made.live(village, people)
            made.post("head", "Trưởng thôn Lục Nà", village, "head", people[1])
    made.node("candidate", "q-1")
    made.live(village, ["q-1"])
    steps = [
        {"op": "admit_member", "candidate": "q-1", "to": "c-01", "id": "m-new"},
        {
            "op": "combine_posts",
            "person": "m-0001",
            "posts": ["s-01", "head"],
            "relieves": ["m-0002"],
        },
    ]
    return {
        "given": made.given("2020-01-01"),
        "apply": {"effective": "2024-05-19", "steps": steps},
    }
