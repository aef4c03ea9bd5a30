"""Five districts of Điện Biên, whose joint cells are to end by the end of 2025."""

from .muong_nhe import JOINT, LAST, LAST_DAY, NAM_KE
from .world import DIEN_BIEN, Item, World, party, proposal, territory, two_cells

COUNTDOWN = {
    "district-096": dict.fromkeys(JOINT.values(), 1),
    "district-097": {
        "2021-12-15": 2,
        "2022-06-15": 2,
        "2022-12-15": 2,
        "2023-06-15": 1,
        "2023-12-15": 1,
    },
    "district-101": {
        "2021-12-15": 1,
        "2022-06-15": 2,
        "2022-12-15": 2,
        "2023-06-15": 2,
        "2023-12-15": 1,
    },
    "district-102": {
        "2021-12-15": 1,
        "2022-06-15": 1,
        "2022-12-15": 2,
        "2023-06-15": 2,
        "2023-12-15": 1,
        "2024-12-15": 1,
    },
    "district-103": {
        "2021-12-15": 1,
        "2022-06-15": 1,
        "2022-12-15": 2,
        "2023-06-15": 1,
        "2023-12-15": 1,
        "2025-12-15": 1,
    },
}
"""How many joint cells of a district end on which day: 31 of four districts serve 63
villages, so that 74 lack a cell of their own at first and five at the end of 2023. The
days are made up, and how many there are in each district but Mường Nhé."""
LARGEST = "2025-12-15"
"""The joint cell that ends last serves three villages, the others two."""


def world() -> Item:
    """Give 74 villages without a cell of their own, counted down to none by 2025.

    The real reform of 1 July 2025, which ends the districts, stands between.
    """
    made = World()
    communes = territory(made, DIEN_BIEN, lambda *_: True)
    communes["district-096"] = [*JOINT]
    party(made, {d: communes[d] for d in COUNTDOWN}, "province-11", "Điện Biên")
    by_day: dict[str, list[Item]] = {}
    for district, numbers in COUNTDOWN.items():
        days = [day for day, number in numbers.items() for _ in range(number)]
        for commune, day in zip(communes[district], days, strict=False):
            steps = _separated(made, commune, f"dc-{district[-3:]}", day == LARGEST)
            by_day.setdefault(day, []).extend(steps)
    by_day[LAST_DAY] = _last_of_muong_nhe(made)
    *earlier, last = sorted(by_day)
    applied = [
        proposal(day, by_day[day], f"Villages get cells of their own on {day}")
        for day in earlier
    ]
    applied.append({"file": "../dien_bien_2025/proposal.yaml"})
    return {
        "given": made.given("2021-01-01", *applied),
        "apply": proposal(last, by_day[last]),
    }


def _separated(made: World, commune: str, above: str, largest: bool) -> list[Item]:  # noqa: FBT001 - of one caller
    """Add a joint cell; returns the steps by which each place gets its own."""
    numbers = range(1, 4 if largest else 3)
    places = [
        made.village(f"v-{commune[-5:]}-{n}", f"Bản số {n}", commune) for n in numbers
    ]
    joint = made.cell(f"j-{commune[-5:]}", "Chi bộ ghép", above, *places)
    people = made.members(joint, 3 * len(places))
    for place, n in zip(places, range(0, len(people), 3), strict=True):
        made.live(place, people[n : n + 3])
    steps = [two_cells(joint, places[:2], people[:6])]
    for place in places[2:]:
        cell = {"id": f"c-{place[2:]}", "kind": "cell", "name": f"Chi bộ {place[2:]}"}
        leave = {"op": "separate_cell", "place": place, "from": joint, "cell": cell}
        steps.insert(0, {**leave, "members": people[6:]})
    return steps


def _last_of_muong_nhe(made: World) -> list[Item]:
    """Add a village that no cell serves; returns the step by which it gets one."""
    place = made.village(f"v-{NAM_KE[-5:]}-last", LAST, NAM_KE)
    office = made.cell("c-nam-ke", "Chi bộ cơ quan xã", "dc-096", NAM_KE)
    people = made.members(office, 6)[:3]
    made.live(place, people)
    cell = {"id": "c-huoi-khon-2", "kind": "cell", "name": f"Chi bộ bản {LAST}"}
    found = {"op": "found_cell", "cell": cell, "under": "dc-096", "serves": [place]}
    return [{**found, "members": people}]
