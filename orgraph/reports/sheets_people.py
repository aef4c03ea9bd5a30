"""The sheets of a report on people, by ids: chains, posts, charges, places."""

from collections.abc import Mapping
from functools import partial

from ..language import say
from .model import Report, Unit
from .model_people import Chain
from .revised_rows import people_revised
from .wording import known_name, name_of
from .workbook import Cell, Table

_UPWARDS = " > "
_AND = ", "


def people_tables(report: Report, by_id: Mapping[str, Unit]) -> list[Table]:
    """Return whose chains change, and what becomes of posts, charges and places."""
    return [
        _revised(report),
        _removed(report, by_id),
        _people(report, by_id),
        _chains(report, by_id),
        _surplus(report, by_id),
        _appointed(report, by_id),
        _posts(report, by_id),
        _vacated(report, by_id),
        _alike(report, by_id),
        _uncharged(report, by_id),
        _places(report),
    ]


def _joined(ids: Chain) -> Cell:
    return _AND.join(ids) or None


def _word(word: str | None) -> Cell:
    """Return a word of the pack or of the report, which is said, or nothing."""
    return say(word) if word else None


def _named(by_id: Mapping[str, Unit], node: str | None) -> Cell:
    return known_name(by_id, node) if node else None


def _upwards(by_id: Mapping[str, Unit], chain: Chain) -> tuple[Cell, Cell]:
    """Return a chain by names and by ids, the nearest first."""
    names = _UPWARDS.join(name_of(by_id, node) for node in chain)
    return names or None, _UPWARDS.join(chain) or None


def _revised(report: Report) -> Table:
    """Return what of people who live on is another, a row for each thing."""
    rows = [
        (
            row.id,
            _label(report, row.kind),
            one.what,
            *(say("unknown") if said is None else said for said in one[1:]),
        )
        for row in people_revised(report)
        for one in row.changes
    ]
    headings = (say("person"), say("kind"), say("what"), say("before"), say("after"))
    return Table(say("People revised"), headings, rows)


_CHAINS = (
    say("chain before"),
    say("chain before, ids"),
    say("chain after"),
    say("chain after, ids"),
)


_POST = (say("post"), say("role"), say("unit"), say("unit's name"))


def _people(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return those whose own unit is another."""
    upwards = partial(_upwards, by_id)
    rows = [
        (one.id, _label(report, one.kind), *upwards(one.before), *upwards(one.after))
        for one in report.people
    ]
    heading = (say("person"), say("kind"), *_CHAINS)
    return Table(say("People affected"), heading, rows)


def _chains(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return all others whose chain changes: how many, below which unit."""
    upwards = partial(_upwards, by_id)
    kinds = sorted({kind for group in report.chains for kind in group.counts})
    rows = [
        (
            group.unit,
            _named(by_id, group.unit),
            _label(report, group.kind) if group.kind else None,
            *(group.counts.get(kind) for kind in kinds),
            *upwards(group.before),
            *upwards(group.after),
        )
        for group in report.chains
    ]
    counts = (say("number: {kind}", kind=_label(report, kind)) for kind in kinds)
    heading = (say("below"), say("name"), say("kind"), *counts, *_CHAINS)
    return Table(say("Chains that change"), heading, rows)


def _removed(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return who is a member no more, on what ground and by whose decision."""
    rows = [
        (
            one.person,
            one.group,
            _named(by_id, one.group),
            _word(one.ground),
            one.by,
            _named(by_id, one.by),
        )
        for one in report.removed
    ]
    heading = (
        say("person"),
        say("group"),
        say("group, name"),
        say("ground"),
        say("decided by"),
        say("decided by, name"),
    )
    return Table(say("Members removed"), heading, rows)


def _surplus(report: Report, by_id: Mapping[str, Unit]) -> Table:
    rows = [
        (
            one["person"],
            one["post"],
            _word(one["role"]),
            one["unit"],
            _named(by_id, one["unit"]),
        )
        for one in report.surplus
    ]
    heading = (say("person"), *_POST)
    return Table(say("Surplus"), heading, rows)


def _appointed(report: Report, by_id: Mapping[str, Unit]) -> Table:
    rows = [
        (
            one["person"],
            one["post"],
            _word(one["role"]),
            one["unit"],
            _named(by_id, one["unit"]),
            _word(one["form"]),
        )
        for one in report.appointed
    ]
    heading = (say("person"), *_POST, say("form"))
    return Table(say("Appointments"), heading, rows)


def _posts(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return the posts that begin and end, with who holds them."""
    rows = [
        (
            say(word),
            post.id,
            _word(post.role),
            post.unit,
            _named(by_id, post.unit),
            _joined(post.people),
        )
        for word, posts in sorted(report.posts.items())
        for post in posts
    ]
    heading = (say("what"), *_POST, say("held by"))
    return Table(say("Posts"), heading, rows)


def _vacated(report: Report, by_id: Mapping[str, Unit]) -> Table:
    rows = [
        (
            post.id,
            _word(post.role),
            post.unit,
            _named(by_id, post.unit),
            _joined(post.people),
            _joined(post.acting),
            _joined(post.planned),
            _joined(post.elsewhere),
        )
        for post in report.vacated
    ]
    who = (
        say("filled by before"),
        say("held provisionally by"),
        say("planned for it"),
        say("of these take another post by this plan"),
    )
    return Table(say("Posts left vacant"), (*_POST, *who), rows)


def _alike(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return the posts of one role that come together in a unit, a row each."""
    rows = [
        (
            place.unit,
            _named(by_id, place.unit),
            _word(place.role),
            len(place.posts),
            post.id,
            post.unit,
            _named(by_id, post.unit),
            _joined(post.people),
        )
        for place in report.alike
        for post in place.posts
    ]
    where = (say("unit"), say("unit's name"), say("role"), say("posts there"))
    which = (say("post"), say("came from"), say("its name"), say("held by"))
    return Table(say("Posts that meet"), (*where, *which), rows)


def _uncharged(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return what nobody is in charge of any longer, a row for each who was."""
    rows = [
        (
            one.unit,
            _named(by_id, one.unit),
            _label(report, one.kind),
            was,
            _named(by_id, was),
            _joined(people),
        )
        for one in report.uncharged
        for was, people in one.was or ((None, ()),)
    ]
    heading = (say("unit"), say("name"), say("kind"))
    was_so = (say("before: unit"), say("its name"), say("in charge of it"))
    return Table(say("Nobody in charge"), (*heading, *was_so), rows)


def _places(report: Report) -> Table:
    """Return how places stand before and after, as the report in JSON has it."""
    rows = [
        (
            one.id,
            one.name,
            _label(report, one.kind),
            _word(one.before),
            _word(one.after),
        )
        for one in report.places
    ]
    heading = (say("place"), say("name"), say("kind"), say("before"), say("after"))
    return Table(say("Places"), heading, rows)


def _label(report: Report, kind: str) -> str:
    return report.pack.nodes[kind].label
