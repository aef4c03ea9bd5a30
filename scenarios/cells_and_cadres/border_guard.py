"""Border and island communes of Quảng Ninh, and the officers who go there."""

from .world import QUANG_NINH, Item, World, committee, party, territory

GUARDED = {
    "district-194": 6,
    "district-198": 6,
    "district-201": 5,
    "district-203": 4,
    "district-207": 3,
}
"""How many communes of each border or island district: which ones isn't published."""
VILLAGES = 95
EACH = 4
"""So many villages has a commune, the last one fewer."""
COMMUNES_OF_A_POST = 2


def world() -> Item:
    """Give 24 border and island communes with 95 villages, and 12 border posts.

    Then each commune gets an officer as deputy secretary and each district committee
    one with a seat, and guards attend the cell of each village.
    """
    made = World()
    every = territory(made, QUANG_NINH, lambda _, district: district in GUARDED)
    communes = {d: every[d][: GUARDED[d]] for d in sorted(GUARDED)}
    places = [(d, commune) for d, some in communes.items() for commune in some]
    kept = {"province-22", *communes, *(commune for _, commune in places)}
    made.nodes = [
        {**node, "border": True} if node["kind"] != "province" else node
        for node in made.nodes
        if node["id"] in kept
    ]
    party(made, communes, "province-22", "Quảng Ninh")
    force = made.node("armed_unit", "guard", "province-22", name="Bộ đội Biên phòng")
    said = {"name": "Đảng bộ Bộ đội Biên phòng tỉnh", "type": "armed_forces"}
    made.join("COVERS", made.node("direct_committee", "dc-guard", "pc", **said), force)
    steps, officers, left = [], list[str](), VILLAGES
    chiefs: dict[str, str] = {}
    for number, (district, commune) in enumerate(places):
        if number % COMMUNES_OF_A_POST == 0:
            chief, *officers = _border_post(made, number // COMMUNES_OF_A_POST + 1)
            chiefs.setdefault(district, chief)
        deputy, *guests = officers[:3]
        officers = officers[3:]
        unit = f"gc-{commune[-5:]}"
        committee(made, "grassroots_committee", unit, f"dc-{district[-3:]}", commune)
        steps.append(_seconded(deputy, unit, "Phó Bí thư", "deputy_secretary"))
        cells = _cells(made, commune, unit, min(left, EACH))
        steps += [_attending(guests[n % 2], cell) for n, cell in enumerate(cells)]
        left -= len(cells)
    for district, chief in chiefs.items():
        unit = f"dc-{district[-3:]}"
        steps.append(_seconded(chief, unit, "Ủy viên", "committee_member"))
    given = made.given("2020-01-01")
    return {"given": given, "apply": {"effective": "2024-06-01", "steps": steps}}


def _border_post(made: World, number: int) -> list[str]:
    """Add a border post with its cell; returns its members, the chief first."""
    post = made.node("border_post", f"bp-{number:02}", "guard", name=f"Đồn {number}")
    cell = made.cell(f"c-bp-{number:02}", f"Chi bộ Đồn {number}", "dc-guard", post)
    people = made.members(cell, 8)
    made.post(f"chief-{number:02}", "Đồn trưởng", post, "head", people[0])
    return people


def _cells(made: World, commune: str, above: str, number: int) -> list[str]:
    """Add villages of a commune with their cells, and the cell of its officials."""
    made.members(made.cell(f"c-{commune[-5:]}", "Chi bộ cơ quan xã", above), 8)
    found = []
    for turn in range(1, number + 1):
        id_ = f"v-{commune[-5:]}-{turn}"
        village = made.village(id_, f"Thôn số {turn}", commune, border=True)
        found.append(made.cell(f"c-{id_}", f"Chi bộ thôn số {turn}", above, village))
        made.members(found[-1], 8)
    return found


def _seconded(officer: str, unit: str, name: str, role: str) -> Item:
    new = {"id": f"p-{unit}", "kind": "post", "name": name, "facts": {"role": role}}
    return {"op": "second_officer", "officer": officer, "unit": unit, "new": new}


def _attending(guest: str, cell: str) -> Item:
    said = {"op": "attend_cell", "person": guest, "cell": cell}
    return {**said, "ground": "border guard"}
