"""The nodes of a synthetic province: what there is, with its names and facts."""

from collections.abc import Iterator

from ..model import FOREVER, Facts, FactValue, NodeRow
from . import names
from .people import BEGINS, people
from .posts import UNITED
from .sketch import Sketch

_EMPTY: Facts = {}
_WORDS = {
    "secretary": "Bí thư",
    "deputy_secretary": "Phó Bí thư",
    "committee_member": "Ủy viên",
    "head": "Trưởng thôn",
}


class Nodes:
    """Draws the nodes of a sketch."""

    def __init__(self, sketch: Sketch) -> None:
        self._sketch = sketch
        self._layout = sketch.layout
        self._territory = sketch.territory

    def rows(self) -> Iterator[NodeRow]:
        """Yield the territory, then what is synthetic, in order of the ids."""
        yield from self._territory.nodes()
        yield from self._guard()
        yield from self._cells()
        yield from self._committees()
        yield from self._households()
        yield from self._members()
        yield from self._posts()
        name = f"{names.LABEL} Đảng bộ {self._territory.province.name}"
        yield _unit(names.PROVINCIAL, "provincial_committee", name)
        for number in range(self._layout.sections):
            unit = names.section(number)
            name = f"{names.LABEL} Đảng bộ bộ phận {number}"
            yield _unit(unit, "sectional_committee", name)
        yield from self._villages()

    def _guard(self) -> Iterator[NodeRow]:
        posts = self._sketch.attendance.posts
        if posts:
            name = f"{names.LABEL} Bộ đội Biên phòng tỉnh"
            yield _unit(names.ARMED, "armed_unit", name, type="border_guard")
        for number in range(len(posts)):
            name = f"{names.LABEL} Đồn Biên phòng {number}"
            yield _unit(names.border_post(number), "border_post", name)

    def _cells(self) -> Iterator[NodeRow]:
        for number, cell in enumerate(self._layout.cells):
            organisation = self._layout.organisations[cell.organisation]
            facts: Facts = {
                "type": "village" if cell.villages else organisation.type,
                "joint": len(cell.villages) > 1,
            }
            name = f"{names.LABEL} Chi bộ {number}"
            day = BEGINS if cell.united < 0 else UNITED
            unit = names.cell(number)
            yield NodeRow(unit, "cell", day, FOREVER, name, None, facts)
        for number, half, _ in self._sketch.origins():
            name = f"{names.LABEL} Chi bộ {number}, {half}"
            unit = names.origin(number, half)
            facts = {"type": "village", "joint": False}
            yield NodeRow(unit, "cell", BEGINS, UNITED, name, None, facts)

    def _committees(self) -> Iterator[NodeRow]:
        for number, kind in enumerate(self._layout.types):
            place = self._layout.districts[number]
            named = self._territory.districts[place].name if place >= 0 else str(number)
            name = f"{names.LABEL} Đảng bộ {named}"
            yield _unit(names.direct(number), "direct_committee", name, type=kind)
        for number, executive in enumerate(self._sketch.posts.executives):
            name = f"{names.LABEL} Ban Chấp hành {number}"
            unit, days = names.executive(number), (executive.since, FOREVER)
            yield NodeRow(unit, "executive_committee", *days, name, None, _EMPTY)
        for number, organisation in enumerate(self._layout.organisations):
            if organisation.is_cell:
                continue
            place = organisation.commune
            named = self._territory.communes[place].name if place >= 0 else str(number)
            name = f"{names.LABEL} Đảng bộ {named}"
            unit = names.grassroots(number)
            kind = "grassroots_committee"
            yield _unit(unit, kind, name, type=organisation.type)

    def _households(self) -> Iterator[NodeRow]:
        for place, village in enumerate(self._layout.villages):
            day = self._sketch.village_days[place]
            for number in range(village.first, village.first + village.households):
                home = names.household(number)
                yield NodeRow(home, "household", day, FOREVER, "", None, _EMPTY)

    def _members(self) -> Iterator[NodeRow]:
        for place, cell in enumerate(self._layout.cells):
            for number, who in enumerate(
                people(self._sketch.seed, place, cell), cell.first
            ):
                member = names.member(number)
                yield NodeRow(member, "member", who.since, FOREVER, "", None, who.facts)

    def _posts(self) -> Iterator[NodeRow]:
        for number, post in enumerate(self._sketch.posts.all):
            name = f"{names.LABEL} {_WORDS[post.role]}"
            facts = {"role": post.role}
            days = (post.since, post.until)
            yield NodeRow(names.post(number), "post", *days, name, None, facts)

    def _villages(self) -> Iterator[NodeRow]:
        words = self._sketch.profile.village_words
        per_100 = self._sketch.profile.people_per_100_households.value
        for number, village in enumerate(self._layout.villages):
            commune = self._territory.communes[village.commune]
            word = words.get(str(commune.facts.get("type")), words[""])
            tags = {
                tag.fact: commune.facts.get(tag.fact)
                for tag in self._sketch.profile.tags
            }
            facts = {
                "type": word,
                "households": village.households,
                "people": village.households * per_100 // 100,
                **{fact: value for fact, value in tags.items() if value is not None},
            }
            name = f"{names.LABEL} {word.capitalize()} {number}"
            days = (self._sketch.village_days[number], FOREVER)
            unit = names.village(number)
            yield NodeRow(unit, "village", *days, name, None, facts)


def _unit(unit: str, kind: str, name: str, **facts: FactValue) -> NodeRow:
    return NodeRow(unit, kind, BEGINS, FOREVER, name, None, facts)
