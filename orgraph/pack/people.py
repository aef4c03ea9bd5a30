"""What the steps and rules about people speak of, and what a pack can't mean by it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ..model import Facts
from .asked import Where
from .kinds import Name, PackPart
from .limits import post_problems
from .problems import Keys, Problem, unknown

if TYPE_CHECKING:
    from .models import Pack


class Seconding(PackPart):
    """Whose officers are seconded to other units, and to which posts there.

    `units` are the kinds that officers come from: they hold a post there, or their
    group or what it is below covers one. `posts` are the facts of the posts. `to` are
    the kinds of the organisations that they go to, `tags` facts of which one is true of
    a place that such an organisation covers; any where none is named. An officer is
    seconded to no more than `at_once` posts on one day.
    """

    units: tuple[Name, ...]
    posts: Where = Field(default={})
    to: tuple[Name, ...] = ()
    tags: tuple[Name, ...] = ()
    at_once: Annotated[int, Field(ge=1)] | None = None


class People(PackPart):
    """The kinds, edges and facts of people; their groups are `questions.places`.

    `person` is the kind of those who are members of a group, `candidate` of those who
    may be admitted. `admitted` is a fact of a member: a day, as text; `official` is
    another: true of who counts for the size of a group. `attends` leads to a group that
    isn't the own one, `native` to where somebody comes from, `planned` to a post.
    `stage` is a fact of that edge: how far the planning has come. Only with one of the
    `approved` values, or where no stage is known, is somebody planned for the post.
    `section` is the kind of level that may stand between a committee and its groups,
    `lead` that of the body that leads an organisation and is directly below it.
    `ground` is a fact of an edge into a group: why somebody was brought in.
    `leaving` are the words for why somebody is a member no more; `undecided` those of
    them on which nobody decides. `left` and `decided_by` are facts of the edge from a
    member to a group that ended so: which word, and the id of who decided. Only the
    `deciding` kinds may do so, for the groups below them or below what they lead.
    Without `seconding` anybody is seconded to any post.
    """

    person: Name
    candidate: Name | None = None
    admitted: Name | None = None
    official: Name | None = None
    attends: Name | None = None
    native: Name | None = None
    planned: Name | None = None
    stage: Name | None = None
    approved: tuple[str, ...] = ()
    section: Name | None = None
    lead: Name | None = None
    ground: Name | None = None
    leaving: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    left: Name | None = None
    decided_by: Name | None = None
    deciding: tuple[Name, ...] = ()
    seconding: Seconding | None = None

    def is_planned(self, facts: Facts) -> bool:
        """Tell whether an edge with these facts plans somebody for a post."""
        stage = facts.get(self.stage) if self.stage else None
        return stage is None or stage in self.approved


def people_problems(pack: "Pack") -> Iterator[Problem]:
    """Yield a problem for each name in `people` that can't mean what it should."""
    people = pack.people
    if people is None:
        return
    at: Keys = ("people",)
    if pack.questions.places is None:
        yield at, "they are members of groups, and `questions.places` names none"
    for key in ("person", "candidate", "section", "lead"):
        kind = getattr(people, key)
        yield from unknown((*at, key), [kind] if kind else (), pack.nodes)
    for key in ("attends", "native", "planned"):
        edge = getattr(people, key)
        yield from unknown((*at, key), [edge] if edge else (), pack.edges)
        if edge in pack.edges and people.person not in pack.edges[edge].ends:
            yield (*at, key), f"{edge} doesn't leave a {people.person}"
    for key in ("admitted", "official"):
        fact = getattr(people, key)
        yield from unknown((*at, key), [fact] if fact else (), pack.facts)
        person = pack.nodes.get(people.person)
        if person and fact in pack.facts and fact not in person.facts:
            yield (*at, key), f"{people.person} doesn't have {fact}"
    yield from _stage_problems(pack, people, at)
    yield from _ground_problems(pack, people, at)
    yield from _leaving_problems(pack, people, at)
    yield from _seconding_problems(pack, people, at)


def _stage_problems(pack: "Pack", people: People, at: Keys) -> Iterator[Problem]:
    stage, edge = people.stage, pack.edges.get(people.planned or "")
    yield from unknown((*at, "stage"), [stage] if stage else (), pack.facts)
    if stage in pack.facts and (edge is None or stage not in edge.facts):
        yield (*at, "stage"), f"{people.planned} doesn't have {stage}"
    fact = pack.facts.get(stage or "")
    known = {*fact.values, *fact.words} if fact else set[str]()
    for word in people.approved:
        if word not in known:
            yield (*at, "approved"), f"{stage} is never {word!r}"
    if stage and not people.approved:
        yield (*at, "approved"), f"which {stage} is one isn't said"


def _ground_problems(pack: "Pack", people: People, at: Keys) -> Iterator[Problem]:
    ground = people.ground
    yield from unknown((*at, "ground"), [ground] if ground else (), pack.facts)
    places = pack.questions.places
    joining = [people.attends, places.member if places else None] if ground else []
    for edge in joining:
        if edge in pack.edges and ground not in pack.edges[edge].facts:
            yield (*at, "ground"), f"{edge} doesn't have {ground}"


def _leaving_problems(pack: "Pack", people: People, at: Keys) -> Iterator[Problem]:
    places = pack.questions.places
    edge = pack.edges.get(places.member) if places else None
    for key in ("left", "decided_by"):
        fact = getattr(people, key)
        yield from unknown((*at, key), [fact] if fact else (), pack.facts)
        joins = edge is not None and edge.contains
        if fact in pack.facts and edge and joins and fact not in edge.facts:
            yield (*at, key), f"{places and places.member} doesn't have {fact}"
    yield from unknown((*at, "deciding"), people.deciding, pack.nodes)
    for word in people.undecided:
        if word not in people.leaving:
            yield (*at, "undecided"), f"{word!r} isn't among leaving"


def _seconding_problems(pack: "Pack", people: People, at: Keys) -> Iterator[Problem]:
    words, at = people.seconding, (*at, "seconding")
    if words is None:
        return
    yield from unknown((*at, "units"), words.units, pack.nodes)
    yield from unknown((*at, "to"), words.to, pack.nodes)
    yield from post_problems(pack, (*at, "posts"), words.posts)
    for tag in words.tags:
        yield from unknown((*at, "tags"), [tag], pack.facts)
        if tag in pack.facts and pack.facts[tag].type != "boolean":
            yield (*at, "tags"), f"{tag} is neither true nor false"
