"""What the worlds of these scenarios are made of: places of the tables, and the rest.

Each module beside this has a `world`: what is there before, and the steps, as in a
scenario. Provinces, districts and communes are read from the tables of other
scenarios; everybody and everything else is made up. There is no chance in it: the same
world comes out every time.
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
BASIS = {"issuer": "Tỉnh ủy Điện Biên", "number": "04-NQ/TU", "date": "2021-05-07"}


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


def territory(
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


def named(world: World, id_: str) -> str:
    """Return the name of a unit."""
    return next(str(n["name"]) for n in world.nodes if n["id"] == id_)


def party(
    world: World, communes: dict[str, list[str]], province: str, name: str
) -> None:
    """Add the committees that cover a province and these districts."""
    world.node("provincial_committee", "pc", name=f"Đảng bộ tỉnh {name}")
    world.join("COVERS", "pc", province)
    for district in communes:
        committee(world, "direct_committee", f"dc-{district[-3:]}", "pc", district)


def committee(world: World, kind: str, id_: str, above: str, ground: str) -> str:
    """Add the committee that covers a unit of the territory, named after that."""
    shown = named(world, ground)
    name = f"Đảng bộ {shown[0].lower()}{shown[1:]}"
    world.node(kind, id_, above, name=name, type=ground.partition("-")[0])
    world.join("COVERS", id_, ground)
    return id_


def proposal(effective: str, steps: list[Item], title: str = "") -> Item:
    """Return a proposal on the resolution of 2021."""
    said = {"title": title} if title else {}
    return {**said, "effective": effective, "basis": BASIS, "steps": steps}


def two_cells(joint: str, places: list[str], people: list[str]) -> Item:
    """Return the step by which two places leave a joint cell, each with half of it."""
    first, last = (
        {"id": f"c-{place[2:]}", "kind": "cell", "name": f"Chi bộ {place[2:]}"}
        for place in (places[1], places[0])
    )
    leave = {"op": "separate_cell", "place": places[1], "from": joint}
    going = people[len(people) // 2 :]
    return {**leave, "cell": first, "members": going, "last": last}
