"""Five districts of Điện Biên, whose joint cells are to end by the end of 2025."""

from .world import DIEN_BIEN, Item, World, party, proposal, territory, two_cells

COUNTDOWN = {
    "district-096": ["2021-12-15", "2022-06-15", "2022-12-15", "2023-03-15"],
    "district-097": ["2022-06-15", "2023-06-15", "2024-06-15", "2024-12-15"],
    "district-101": ["2022-12-15", "2023-12-15", "2024-12-15", "2025-06-15"],
    "district-102": ["2023-06-15", "2023-12-15", "2024-06-15"],
    "district-103": ["2023-06-15", "2024-06-15", "2025-06-15", "2025-12-15"],
}
"""When a joint cell of a district ends, two each: the days and numbers are made up."""


def world() -> Item:
    """Give the joint cells of five districts, counted down to none by the end of 2025.

    The real reform of 1 July 2025, which ends the districts, stands between.
    """
    made = World()
    communes = territory(made, DIEN_BIEN, lambda *_: True)
    party(made, {d: communes[d] for d in COUNTDOWN}, "province-11", "Điện Biên")
    by_day: dict[str, list[Item]] = {}
    for district, days in COUNTDOWN.items():
        twice = [day for day in days for _ in range(2)]
        for commune, day in zip(communes[district], twice, strict=False):
            places = [
                made.village(f"v-{commune[-5:]}-{n}", f"Bản số {n}", commune)
                for n in (1, 2)
            ]
            unit = f"dc-{district[-3:]}"
            joint = made.cell(f"j-{commune[-5:]}", "Chi bộ ghép", unit, *places)
            people = made.members(joint, 6)
            made.live(places[0], people[:3])
            made.live(places[1], people[3:])
            by_day.setdefault(day, []).append(two_cells(joint, places, people))
    *earlier, last = sorted(by_day)
    applied = [
        proposal(day, by_day[day], f"Joint cells end on {day}") for day in earlier
    ]
    applied.append({"file": "../dien_bien_2025/proposal.yaml"})
    return {
        "given": made.given("2021-01-01", *applied),
        "apply": proposal(last, by_day[last]),
    }
