"""Mường Nhé, whose 115 villages have a cell of their own by March 2023."""

from .world import (
    DIEN_BIEN,
    Item,
    World,
    committee,
    named,
    party,
    proposal,
    territory,
    two_cells,
)

JOINT = {
    "commune-03157": "2021-09-01",
    "commune-03155": "2022-01-15",
    "commune-03177": "2022-05-19",
    "commune-03159": "2022-09-02",
    "commune-03162": "2022-12-22",
}
"""Where two villages share a cell, and when each gets its own: the days are made up."""
NAM_KE = "commune-03162"
LAST = "Huổi Khon 2"
LAST_DAY = "2023-03-15"
WITH_ELEVEN = 5
"""So many of the eleven communes have eleven villages, and the others ten."""


def world() -> Item:
    """Give Mường Nhé its 115 villages, eleven of them without a cell of their own.

    Two each in five communes share a cell until two of the armed forces come for good;
    the last, Huổi Khon 2, has none, and gets one in March 2023.
    """
    made, district = World(), "district-096"
    communes = territory(made, DIEN_BIEN, lambda _, above: above == district)
    party(made, communes, "province-11", "Điện Biên")
    made.node("armed_unit", "guard", district, name="Đồn Biên phòng")
    guards = made.cell("c-guard", "Chi bộ Đồn Biên phòng", "dc-096", "guard")
    soldiers = made.members(guards, 16)
    applied, last = [], ""
    for place, commune in enumerate(communes[district]):
        ids = _villages(made, commune, 11 if place < WITH_ELEVEN else 10)
        above = f"gc-{commune[-5:]}"
        committee(made, "grassroots_committee", above, "dc-096", commune)
        office = made.cell(f"c-{commune[-5:]}", "Chi bộ cơ quan xã", above, commune)
        officials = made.members(office, 6)
        if commune == NAM_KE:
            last, home = ids.pop(), officials[:3]
            made.live(last, home)
        if commune in JOINT:
            coming, soldiers = soldiers[:2], soldiers[2:]
            steps = _separated(made, above, ids[:2], coming)
            title = f"Two villages of {named(made, commune)} leave their joint cell"
            applied.append(proposal(JOINT[commune], steps, title))
        for id_ in ids[2:] if commune in JOINT else ids:
            cell = made.cell(f"c-{id_[2:]}", f"Chi bộ {id_[2:]}", above, id_)
            made.live(id_, made.members(cell, 4))
    applied.sort(key=lambda one: str(one["effective"]))
    steps = _last_cell(made, last, home)
    given = made.given("2021-01-01", *applied)
    return {"given": given, "apply": proposal(LAST_DAY, steps)}


def _villages(made: World, commune: str, number: int) -> list[str]:
    """Add the villages of a commune; only one of them is named in public reports."""
    ids = [f"v-{commune[-5:]}-{n:02}" for n in range(1, number + 1)]
    names = [f"Bản số {n}" for n in range(1, number + 1)]
    if commune == NAM_KE:
        names[-1] = LAST
    hard = commune in JOINT
    for id_, name in zip(ids, names, strict=True):
        made.village(id_, name, commune, border=hard, specially_difficult=hard)
    return ids


def _separated(
    made: World, above: str, places: list[str], coming: list[str]
) -> list[Item]:
    """Add a joint cell of two places; returns the steps by which each gets its own."""
    joint = made.cell(f"j-{above[3:]}", "Chi bộ ghép", above, *places)
    people = made.members(joint, 4)
    made.live(places[0], people[:2])
    made.live(places[1], people[2:])
    bring = {"op": "reinforce_cell", "cell": joint, "transferred": coming}
    both = [*people[:2], coming[0], *people[2:], coming[1]]
    return [{**bring, "ground": "border guard"}, two_cells(joint, places, both)]


def _last_cell(made: World, place: str, people: list[str]) -> list[Item]:
    """Return the steps by which the last village gets a cell, attended by a teacher."""
    made.node("service_unit", "school", "district-096", name="Trường học Nậm Kè")
    teachers = made.cell("c-school", "Chi bộ Trường học", "dc-096", "school")
    guest = made.members(teachers, 4)[0]
    cell = {"id": "c-huoi-khon-2", "kind": "cell", "name": f"Chi bộ bản {LAST}"}
    found = {"op": "found_cell", "cell": cell, "under": "gc-03162", "serves": [place]}
    attend = {"op": "reinforce_cell", "cell": cell["id"], "attending": [guest]}
    ground = "teacher at the village school"
    return [{**found, "members": people}, {**attend, "ground": ground}]
