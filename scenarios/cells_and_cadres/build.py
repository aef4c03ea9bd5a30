"""Makes the worlds of these scenarios that are too large to be written out.

Each function gives what is there before, and the steps, as a scenario would say them.
Places are read from the tables beside the other scenarios; everybody and everything
else is made up. There is no chance in it: the same world comes out every time.
"""

import csv
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any

Item = dict[str, Any]
FOLDER = Path(__file__).resolve().parent
DIEN_BIEN = FOLDER.parent / "dien_bien_2025"
QUANG_NINH = FOLDER.parent / "quang_ninh_2025"
SOURCE = {"issuer": "Tỉnh ủy Điện Biên", "number": "04-NQ/TU", "date": "2021-05-07"}


class World:
    """Nodes and edges as they are added, written as in a scenario."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.nodes: list[Item] = []
        self.edges: list[Item] = []
        self._people = count(1)

    def node(self, kind: str, id_: str, parent: str | None = None, **said: Any) -> str:  # noqa: ANN401 - a fact of any kind
        """Add a node, and let it come under another; returns its id."""
        above = {"parent": parent} if parent else {}
        self.nodes.append({"id": id_, "kind": kind, **said, **above})
        return id_

    def join(self, kind: str, source: str, target: str, **said: Any) -> None:  # noqa: ANN401 - a fact of any kind
        """Add an edge."""
        self.edges.append({"kind": kind, "source": source, "target": target, **said})

    def members(self, cell: str, number: int) -> list[str]:
        """Add official members of a cell; returns their ids."""
        return [
            self.node("member", f"m-{next(self._people):04}", cell, official=True)
            for _ in range(number)
        ]

    def cell(self, id_: str, name: str, above: str, *ground: str) -> str:
        """Add a cell, joint where it serves several places."""
        joint = {"joint": True} if len(ground) > 1 else {}
        self.node("cell", id_, above, name=name, **joint)
        for place in ground:
            self.join("COVERS", id_, place)
        return id_

    def post(self, id_: str, name: str, unit: str, role: str, holder: str = "") -> str:
        """Add a post, and who holds it."""
        self.node("post", id_, unit, name=name, role=role)
        if holder:
            self.join("HOLDS", holder, id_)
        return id_

    def village(self, id_: str, name: str, commune: str, **tags: bool) -> str:
        """Add a village with a household, in which all live who are said to."""
        self.node(
            "village", id_, commune, name=name, type="bản", households=120, **tags
        )
        self.node("household", f"h-{id_}", id_)
        return id_

    def live(self, village: str, people: Iterable[str]) -> None:
        """Let people live in a village."""
        for person in people:
            self.join("OF_HOUSEHOLD", person, f"h-{village}")

    def given(self, since: str, *applied: Item) -> Item:
        """Return all of it as what a scenario gives."""
        said = {"since": since, "nodes": self.nodes, "edges": self.edges}
        return {**said, "applied": list(applied)} if applied else said


def _table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _territory(
    world: World, folder: Path, wanted: Callable[[str, str], bool]
) -> dict[str, list[str]]:
    """Add a province's districts and those of its communes that are wanted.

    `wanted` is asked with a commune and its district. Returns the communes by district,
    in the order of their codes.
    """
    above = {row["source"]: row["target"] for row in _table(folder, "edges.csv")}
    found: dict[str, list[str]] = {}
    for row in sorted(_table(folder, "nodes.csv"), key=lambda row: row["code"]):
        parent = above.get(row["id"], "")
        if row["kind"] == "commune" and not wanted(row["id"], parent):
            continue
        if row["kind"] == "commune":
            found.setdefault(parent, []).append(row["id"])
        said = {"name": row["name"], "code": row["code"], "type": row["type"]}
        world.node(row["kind"], row["id"], parent or None, **said)
    needed = {*found, *(above[district] for district in found)}
    world.nodes = [
        n for n in world.nodes if n["kind"] == "commune" or n["id"] in needed
    ]
    return found


def _named(world: World, id_: str) -> str:
    return next(str(n["name"]) for n in world.nodes if n["id"] == id_)


def _party(
    world: World, communes: dict[str, list[str]], province: str, name: str
) -> None:
    """Add the committees that cover a province and these districts."""
    world.node("provincial_committee", "pc", name=f"Đảng bộ tỉnh {name}")
    world.join("COVERS", "pc", province)
    for district in communes:
        shown = _named(world, district)
        said = {"name": f"Đảng bộ {shown[0].lower()}{shown[1:]}", "type": "district"}
        unit = world.node("direct_committee", f"dc-{district[-3:]}", "pc", **said)
        world.join("COVERS", unit, district)


def _proposal(effective: str, steps: list[Item], title: str = "") -> Item:
    """Return a proposal on the resolution of 2021."""
    said = {"title": title} if title else {}
    return {**said, "effective": effective, "basis": SOURCE, "steps": steps}


# Lục Hồn


def luc_hon() -> Item:
    """Give Lục Hồn 21 cells and 320 members; then one is admitted in Lục Nà."""
    world, commune = World(), "commune-06856"
    communes = _territory(world, QUANG_NINH, lambda unit, _: unit == commune)
    _party(world, communes, "province-22", "Quảng Ninh")
    said = {"name": "Đảng bộ xã Lục Hồn", "type": "commune"}
    above = world.node("grassroots_committee", "gc", "dc-198", **said)
    world.join("COVERS", above, commune)
    village = world.village("luc-na", "Lục Nà", commune)
    for number in range(1, 22):
        name = "Chi bộ thôn Lục Nà" if number == 1 else f"Chi bộ số {number}"
        ground = [village] if number == 1 else []
        cell = world.cell(f"c-{number:02}", name, above, *ground)
        # 320 members in 21 cells: 16 in each of the first five, and 15 in the others.
        people = world.members(cell, 16 if number <= 5 else 15)
        body = world.node("executive_committee", f"e-{number:02}", cell, name="Chi ủy")
        world.post(f"s-{number:02}", "Bí thư", body, "secretary", people[0])
        if number == 1:
            world.live(village, people)
            world.post("head", "Trưởng thôn Lục Nà", village, "head", people[1])
    world.node("candidate", "q-1")
    world.live(village, ["q-1"])
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
        "given": world.given("2020-01-01"),
        "apply": {"effective": "2024-05-19", "steps": steps},
    }


def luc_hon_as_a_cell() -> Item:
    """Give the same commune, whose committee is to become one cell."""
    step = {
        "op": "reclassify_organisation",
        "unit": "gc",
        "into": {"id": "one", "kind": "cell", "name": "Chi bộ xã Lục Hồn"},
    }
    return {**luc_hon(), "apply": {"effective": "2024-05-19", "steps": [step]}}


# Coal


def coal() -> Item:
    """Give a coal company of 12 units, nine of them led by the secretary of the cell.

    In two more the posts come together. In the ward's four quarters they are so.
    """
    world, ward = World(), "commune-06670"
    communes = _territory(world, QUANG_NINH, lambda unit, _: unit == ward)
    _party(world, communes, "province-22", "Quảng Ninh")
    name = "Công ty Cổ phần Than Hà Lầm"
    company = world.node("enterprise", "than-ha-lam", "province-22", name=name)
    said = {"name": f"Đảng bộ {name}", "type": "enterprises"}
    above = world.node("grassroots_committee", "gc-coal", "dc-193", **said)
    world.join("COVERS", above, company)
    for number in range(1, 13):
        shown = "Phòng Kỹ thuật Mỏ" if number == 1 else f"Phân xưởng số {number}"
        unit = world.node("department", f"u-{number:02}", company, name=shown)
        cell = world.cell(f"c-{number:02}", f"Chi bộ {shown}", above, unit)
        people = world.members(cell, 4)
        world.post(f"s-{number:02}", "Bí thư", cell, "secretary", people[0])
        leader = people[0] if number <= 9 else people[1]
        world.post(f"h-{number:02}", f"Trưởng {shown}", unit, "head", leader)
    said = {"name": "Đảng bộ phường Hà Lầm", "type": "commune"}
    ground = world.node("grassroots_committee", "gc-ward", "dc-193", **said)
    world.join("COVERS", ground, ward)
    for number in range(1, 5):
        quarter = world.village(f"k-{number}", f"Khu {number}", ward)
        cell = world.cell(f"ck-{number}", f"Chi bộ Khu {number}", ground, quarter)
        people = world.members(cell, 8)
        world.post(f"sk-{number}", "Bí thư", cell, "secretary", people[0])
        world.post(f"hk-{number}", f"Trưởng Khu {number}", quarter, "head", people[0])
    steps = [
        {
            "op": "combine_posts",
            "person": f"m-{4 * number - 3:04}",
            "posts": [f"s-{number:02}", f"h-{number:02}"],
            "relieves": [f"m-{4 * number - 2:04}"],
        }
        for number in (10, 11)
    ]
    return {
        "given": world.given("2020-01-01"),
        "apply": {"effective": "2024-06-30", "steps": steps},
    }


# Mường Nhé

_JOINT = {
    "commune-03157": "2021-09-01",
    "commune-03155": "2022-01-15",
    "commune-03177": "2022-05-19",
    "commune-03159": "2022-09-02",
    "commune-03162": "2022-12-22",
}
"""Where two villages share a cell, and when each gets its own: the days are made up."""
LAST_DAY = "2023-03-15"


def muong_nhe() -> Item:
    """Give Mường Nhé its 115 villages, eleven of them without a cell of their own.

    Two each in five communes share a cell until two of the armed forces come for good;
    the last, Huổi Khon 2, has none, and gets one in March 2023.
    """
    world, district = World(), "district-096"
    communes = _territory(world, DIEN_BIEN, lambda _, above: above == district)
    _party(world, communes, "province-11", "Điện Biên")
    world.node("armed_unit", "guard", district, name="Đồn Biên phòng")
    guards = world.cell("c-guard", "Chi bộ Đồn Biên phòng", "dc-096", "guard")
    soldiers = iter(world.members(guards, 16))
    applied = []
    for place, commune in enumerate(communes[district]):
        said = {"name": f"Đảng bộ {_lower(_named(world, commune))}", "type": "commune"}
        above = world.node(
            "grassroots_committee", f"gc-{commune[-5:]}", "dc-096", **said
        )
        world.join("COVERS", above, commune)
        office = world.cell(f"c-{commune[-5:]}", "Chi bộ cơ quan xã", above, commune)
        officials = world.members(office, 6)
        # 115 villages in eleven communes: eleven in each of the first five.
        ids = [f"v-{commune[-5:]}-{n:02}" for n in range(1, 12 if place < 5 else 11)]
        hard = commune in _JOINT
        for number, id_ in enumerate(ids, 1):
            last = commune == "commune-03162" and number == len(ids)
            name = "Huổi Khon 2" if last else f"Bản số {number}"
            world.village(id_, name, commune, border=hard, specially_difficult=hard)
        own = ids[2:] if hard else ids
        own = own[:-1] if commune == "commune-03162" else own
        for number, id_ in enumerate(own, 1):
            cell = world.cell(f"c-{id_[2:]}", f"Chi bộ {id_[2:]}", above, id_)
            world.live(id_, world.members(cell, 4))
        if hard:
            joint = world.cell(f"j-{commune[-5:]}", "Chi bộ ghép", above, *ids[:2])
            people = world.members(joint, 4)
            world.live(ids[0], people[:2])
            world.live(ids[1], people[2:])
            coming = [next(soldiers), next(soldiers)]
            steps = _two_cells(joint, ids[:2], people, coming)
            title = f"Two villages of {_named(world, commune)} leave their joint cell"
            applied.append(_proposal(_JOINT[commune], steps, title))
        if commune == "commune-03162":
            world.live(ids[-1], officials[:3])
            world.node("service_unit", "school", district, name="Trường học Nậm Kè")
            teachers = world.cell("c-school", "Chi bộ Trường học", "dc-096", "school")
            guest = world.members(teachers, 4)[0]
    cell = {"id": "c-huoi-khon-2", "kind": "cell", "name": "Chi bộ bản Huổi Khon 2"}
    steps = [
        {
            "op": "found_cell",
            "cell": cell,
            "under": "gc-03162",
            "serves": [
                next(n["id"] for n in world.nodes if n.get("name") == "Huổi Khon 2")
            ],
            "members": officials_of(world, "c-03162")[:3],
        },
        {
            "op": "reinforce_cell",
            "cell": cell["id"],
            "attending": [guest],
            "ground": "teacher at the village school",
        },
    ]
    applied.sort(key=lambda one: str(one["effective"]))
    return {
        "given": world.given("2021-01-01", *applied),
        "apply": _proposal(LAST_DAY, steps),
    }


def officials_of(world: World, cell: str) -> list[str]:
    """Return the members of a cell, in order."""
    found = (n for n in world.nodes if n["kind"] == "member")
    return [str(n["id"]) for n in found if n["parent"] == cell]


def _two_cells(
    joint: str, places: list[str], people: list[str], coming: list[str]
) -> list[Item]:
    """Return the steps by which two places leave a joint cell, each with a newcomer."""
    half = len(people) // 2
    steps: list[Item] = []
    if coming:
        ground = "border guard"
        bring = {"op": "reinforce_cell", "cell": joint, "transferred": coming}
        steps.append({**bring, "ground": ground})
    first, last = (
        {"id": f"c-{place[2:]}", "kind": "cell", "name": f"Chi bộ {place[2:]}"}
        for place in (places[1], places[0])
    )
    members = [*people[half:], *coming[1:]]
    leave = {"op": "separate_cell", "place": places[1], "cell": first}
    steps.append({**leave, "members": members, "last": last})
    return steps


def _lower(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}"


# Five districts

_COUNTDOWN = {
    "district-096": ["2021-12-15", "2022-06-15", "2022-12-15", "2023-03-15"],
    "district-097": ["2022-06-15", "2023-06-15", "2024-06-15", "2024-12-15"],
    "district-101": ["2022-12-15", "2023-12-15", "2024-12-15", "2025-06-15"],
    "district-102": ["2023-06-15", "2023-12-15", "2024-06-15"],
    "district-103": ["2023-06-15", "2024-06-15", "2025-06-15", "2025-12-15"],
}
"""When a joint cell of a district ends, two each: the days and numbers are made up."""
END_OF_DISTRICTS = "2025-07-01"


def five_districts() -> Item:
    """Give the joint cells of five districts, counted down to none by the end of 2025.

    The real reform of 1 July 2025, which ends the districts, stands between.
    """
    world = World()
    communes = _territory(world, DIEN_BIEN, lambda *_: True)
    _party(world, {d: communes[d] for d in _COUNTDOWN}, "province-11", "Điện Biên")
    by_day: dict[str, list[Item]] = {}
    for district, days in _COUNTDOWN.items():
        numbers = [day for day in days for _ in range(2)]
        for number, day in enumerate(numbers):
            commune = communes[district][number]
            places = [
                world.village(f"v-{commune[-5:]}-{n}", f"Bản số {n}", commune)
                for n in (1, 2)
            ]
            unit = f"dc-{district[-3:]}"
            joint = world.cell(f"j-{commune[-5:]}", "Chi bộ ghép", unit, *places)
            people = world.members(joint, 6)
            world.live(places[0], people[:3])
            world.live(places[1], people[3:])
            by_day.setdefault(day, []).extend(_two_cells(joint, places, people, []))
    *earlier, last = sorted(by_day)
    applied = [
        _proposal(day, by_day[day], f"Joint cells end on {day}") for day in earlier
    ]
    applied.append({"file": "../dien_bien_2025/proposal.yaml"})
    return {
        "given": world.given("2021-01-01", *applied),
        "apply": _proposal(last, by_day[last]),
    }


# Border guard

_GUARDED = {
    "district-194": 6, "district-198": 6, "district-201": 5, "district-203": 4,
    "district-207": 3,
}  # fmt: skip
"""How many communes of each border or island district: which ones isn't published."""
_VILLAGES = 95


def border_guard() -> Item:
    """Give 24 border and island communes with 95 villages, and 12 border posts.

    Then each commune gets an officer as deputy secretary and each district committee
    one with a seat, and guards attend the cell of each village.
    """
    world = World()
    every: dict[str, list[str]] = _territory(
        world, QUANG_NINH, lambda _, d: d in _GUARDED
    )
    communes = {d: every[d][: _GUARDED[d]] for d in sorted(_GUARDED)}
    kept = {*communes, *(c for some in communes.values() for c in some), "province-22"}
    world.nodes = [node for node in world.nodes if node["id"] in kept]
    _party(world, communes, "province-22", "Quảng Ninh")
    said = {"name": "Đảng bộ Bộ đội Biên phòng tỉnh", "type": "armed_forces"}
    forces = world.node("direct_committee", "dc-guard", "pc", **said)
    force = world.node("armed_unit", "guard", "province-22", name="Bộ đội Biên phòng")
    world.join("COVERS", forces, force)
    places = [c for some in communes.values() for c in some]
    steps: list[Item] = []
    number = 0
    for place, commune in enumerate(places):
        if place % 2 == 0:
            post = world.node(
                "border_post", f"bp-{place:02}", force, name=f"Đồn {place // 2 + 1}"
            )
            cell = world.cell(
                f"c-bp-{place:02}", f"Chi bộ Đồn {place // 2 + 1}", forces, post
            )
            people = world.members(cell, 8)
            world.post(f"chief-{place:02}", "Đồn trưởng", post, "head", people[0])
            officers = iter(people[1:])
        above = f"gc-{commune[-5:]}"
        name = f"Đảng bộ {_lower(_named(world, commune))}"
        district = next(d for d, some in communes.items() if commune in some)
        world.node(
            "grassroots_committee",
            above,
            f"dc-{district[-3:]}",
            name=name,
            type="commune",
        )
        world.join("COVERS", above, commune)
        world.members(world.cell(f"c-{commune[-5:]}", "Chi bộ cơ quan xã", above), 8)
        steps.append(_seconded(next(officers), above, "Phó Bí thư", "deputy_secretary"))
        guests = [next(officers), next(officers)]
        for turn in range(4 if place < len(places) - 1 else _VILLAGES - 4 * place):
            number += 1
            village = world.village(
                f"v-{number:02}", f"Thôn số {turn + 1}", commune, border=True
            )
            cell = world.cell(
                f"c-v-{number:02}", f"Chi bộ thôn số {turn + 1}", above, village
            )
            world.members(cell, 8)
            steps.append(_attending(guests[turn % 2], cell))
    for place, district in enumerate(communes):
        chief = next(
            e["source"] for e in world.edges if e["target"] == f"chief-{4 * place:02}"
        )
        unit = f"dc-{district[-3:]}"
        steps.append(_seconded(chief, unit, "Ủy viên", "committee_member"))
    return {
        "given": world.given("2020-01-01"),
        "apply": {"effective": "2024-06-01", "steps": steps},
    }


def _seconded(officer: str, unit: str, name: str, role: str) -> Item:
    new = {"id": f"p-{unit}", "kind": "post", "name": name, "facts": {"role": role}}
    return {"op": "second_officer", "officer": officer, "unit": unit, "new": new}


def _attending(guest: str, cell: str) -> Item:
    return {
        "op": "attend_cell",
        "person": guest,
        "cell": cell,
        "ground": "border guard",
    }


WORLDS: dict[str, Callable[[], Item]] = {
    one.__name__: one
    for one in (
        luc_hon,
        luc_hon_as_a_cell,
        coal,
        muong_nhe,
        five_districts,
        border_guard,
    )
}
"""The worlds by the name that a scenario says with `built`."""
