"""A coal company of Hạ Long: in 11 of its 12 units the secretary comes to lead."""

from .world import QUANG_NINH, Item, World, committee, party, territory

LED_BEFORE = 9
"""In so many units the secretary leads before; in two more the posts come together."""


def world() -> Item:
    """Give a coal company of 12 units, nine of them led by the secretary of the cell.

    In two more the posts come together. In the ward's four quarters they are so.
    """
    made, ward = World(), "commune-06670"
    communes = territory(made, QUANG_NINH, lambda unit, _: unit == ward)
    party(made, communes, "province-22", "Quảng Ninh")
    name = "Công ty Cổ phần Than Hà Lầm"
    company = made.node("enterprise", "than-ha-lam", "province-22", name=name)
    said = {"name": f"Đảng bộ {name}", "type": "enterprises"}
    above = made.node("grassroots_committee", "gc-coal", "dc-193", **said)
    made.join("COVERS", above, company)
    for number in range(1, 13):
        shown = "Phòng Kỹ thuật Mỏ" if number == 1 else f"Phân xưởng số {number}"
        unit = made.node("department", f"u-{number:02}", company, name=shown)
        cell = made.cell(f"c-{number:02}", f"Chi bộ {shown}", above, unit)
        people = made.members(cell, 4)
        made.post(f"s-{number:02}", "Bí thư", cell, "secretary", people[0])
        leader = people[0] if number <= LED_BEFORE else people[1]
        made.post(f"h-{number:02}", f"Trưởng {shown}", unit, "head", leader)
    _ward(made, ward)
    steps = [
        {
            "op": "combine_posts",
            "person": f"m-{4 * number - 3:04}",
            "posts": [f"s-{number:02}", f"h-{number:02}"],
            "relieves": [f"m-{4 * number - 2:04}"],
        }
        for number in (LED_BEFORE + 1, LED_BEFORE + 2)
    ]
    return {
        "given": made.given("2020-01-01"),
        "apply": {"effective": "2024-06-30", "steps": steps},
    }


def _ward(made: World, ward: str) -> None:
    """Add the ward's four quarters, each led by the secretary of its cell."""
    above = committee(made, "grassroots_committee", "gc-ward", "dc-193", ward)
    for number in range(1, 5):
        quarter = made.village(f"k-{number}", f"Khu {number}", ward)
        cell = made.cell(f"ck-{number}", f"Chi bộ Khu {number}", above, quarter)
        people = made.members(cell, 8)
        made.post(f"sk-{number}", "Bí thư", cell, "secretary", people[0])
        made.post(f"hk-{number}", f"Trưởng Khu {number}", quarter, "head", people[0])
