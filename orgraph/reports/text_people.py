"""What a report says of people, as text: by ids, or how many where they are many."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from .model import Report, Unit
from .model_people import Chain, Post, VacatedPost
from .wording import count, listed, name_of, print_lines

MOST_NAMED = 5
"""How many people are named on one line."""


def print_people(report: Report, console: Console) -> None:
    """Print whose chains change, and what becomes of posts and charges."""
    by_id = {unit.id: unit for unit in report.units}
    for kind, words in report.standing.items():
        for word, number in sorted(words.items()):
            said = report.pack.nodes[kind].counted(number)
            console.print(f"\nBecame {escape(word)}: {said}.", highlight=False)
    if report.affected:
        verb = "is" if sum(report.affected.values()) == 1 else "are"
        said = f"\n{_heads(report, report.affected)} {verb} below units that end."
        console.print(said, highlight=False)
    _places(report, console)
    _chains(report, by_id, console)
    _posts(report, by_id, console)
    _uncharged(report, by_id, console)


def _chains(report: Report, by_id: Mapping[str, Unit], console: Console) -> None:
    """Print how chains change, and for how many: those that change alike as one."""
    total: Counter[str] = Counter(person.kind for person in report.people)
    below: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    units: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    alone: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for person in report.people:
        alone[_paths(by_id, person.before, person.after)][person.kind] += 1
    for group in report.chains:
        total.update(group.counts)
        paths = _paths(by_id, group.before, group.after)
        if group.kind is None:
            alone[paths].update(group.counts)
        else:
            units[paths][group.kind] += 1
            below[paths].update(group.counts)
    if not total:
        return
    console.print(f"\nChains change for {_heads(report, total)}:", highlight=False)
    lines = []
    for paths in sorted(below.keys() | alone.keys()):
        parts = []
        if paths in alone:
            parts.append(_heads(report, alone[paths]))
        if paths in below:
            within = _heads(report, units[paths])
            parts.append(f"{_heads(report, below[paths])} in {within}")
        lines.append(f"{paths[0]} → {paths[1]}: {'; '.join(parts)}")
    print_lines(lines, console, "  ")


def _places(report: Report, console: Console) -> None:
    """Print how places stand, those first whose state is another."""
    words = report.pack.questions.places
    if words is None or not report.places:
        return
    group = report.pack.nodes[words.group].label
    said = {
        "own": f"own {group}",
        "joint": f"only a joint {group}",
        "without_cell": f"members, and no {group}",
        "without_members": "no members",
        "": "not there",
    }
    lines = []
    for place in sorted(report.places, key=lambda p: p.before == p.after):
        old, new = said[place.before or ""], said[place.after or ""]
        how = f"{old} → {new}" if old != new else f"still {new}"
        lines.append(f"{place.name} ({place.id}): {how}")
    number = report.pack.nodes[words.place].counted(len(lines))
    verb = "stands" if len(lines) == 1 else "stand"
    console.print(f"\nHow {number} {verb}:", highlight=False)
    print_lines(lines, console, "  ")


def _heads(report: Report, counts: Mapping[str, int]) -> str:
    nodes = report.pack.nodes
    return listed(nodes[kind].counted(n) for kind, n in sorted(counts.items()))


def _paths(by_id: Mapping[str, Unit], before: Chain, after: Chain) -> tuple[str, str]:
    """Name two chains as far up as they differ."""
    one, other = list(before), list(after)
    while len(one) > 1 and len(other) > 1 and one[-1] == other[-1]:
        del one[-1], other[-1]
    old, new = (", ".join(name_of(by_id, n) for n in c) for c in (one, other))
    return old or "nothing", new or "nothing"


def _posts(report: Report, by_id: Mapping[str, Unit], console: Console) -> None:
    began = [
        f"{_post(by_id, post)}{_held(post)}" for post in report.posts.get("began", ())
    ]
    vacant = [
        _post(by_id, post) for post in report.posts.get("ended", ()) if not post.people
    ]
    come = [
        f"{one['person']} comes to "
        + _post(by_id, Post(str(one["post"]), one["unit"], one["role"], ()))
        + (f" ({one['form']})" if one["form"] else "")
        for one in report.appointed
    ]
    left = [_left(by_id, post) for post in report.vacated]
    lost = [
        f"{one['person']} held "
        + _post(by_id, Post(str(one["post"]), one["unit"], one["role"], ()))
        for one in report.surplus
    ]
    alike = []
    for place in report.alike:
        origins = Counter(name_of(by_id, post.unit) for post in place.posts)
        came = listed(f"{n} from {unit}" for unit, n in sorted(origins.items()))
        held = _named(
            [one for post in place.posts for one in post.people or ("vacant",)]
        )
        what = f"{len(place.posts)} × {place.role} in {name_of(by_id, place.unit)}"
        alike.append(f"{what} ({came}): {held}")
    for said, lines in (
        (f"{_ends(began, 'post', 'begin')}:", began),
        (f"{_ends(vacant, 'vacant post', 'end')}:", vacant),
        (f"{_losing(report)}:", lost),
        (f"{count(len(come), 'appointment')}:", come),
        (f"{count(len(left), 'post')} left vacant:", left),
        ("Posts of one role that come together, surplus where one is enough:", alike),
    ):
        if lines:
            console.print(said, highlight=False)
            print_lines(lines, console, "  ")


def _ends(posts: list[str], what: str, verb: str) -> str:
    return f"{count(len(posts), what)} {verb}{'s' if len(posts) == 1 else ''}"


def _post(by_id: Mapping[str, Unit], post: Post) -> str:
    if post.unit is None:
        return post.id
    unit = name_of(by_id, post.unit)
    return f"{post.id}, {post.role} of {unit}" if post.role else f"{post.id} of {unit}"


def _left(by_id: Mapping[str, Unit], post: VacatedPost) -> str:
    said = _post(by_id, Post(*post[:4]))
    if post.acting:
        said += f", held provisionally by {_named(post.acting)}"
    return f"{said}; planned for it: {_named(post.planned) or 'nobody'}"


def _held(post: Post) -> str:
    return f", held by {_named(post.people)}" if post.people else ", vacant"


def _named(people: Chain | list[str]) -> str:
    """Name the first of some people, and say how many more there are."""
    if len(people) <= MOST_NAMED:
        return listed(people)
    return f"{', '.join(people[:MOST_NAMED])} and {len(people) - MOST_NAMED} more"


def _uncharged(report: Report, by_id: Mapping[str, Unit], console: Console) -> None:
    lines = []
    for unit in report.uncharged:
        was = [
            f"{_named(people)} of {name_of(by_id, node)}"
            if node != unit.unit
            else _named(people)
            for node, people in unit.was
        ]
        kind = report.pack.nodes[unit.kind].label
        lines.append(f"{kind} {name_of(by_id, unit.unit)}; before: {listed(was)}")
    if lines:
        console.print("Nobody is in charge any longer of:", highlight=False)
        print_lines(lines, console, "  ")


def _losing(report: Report) -> str:
    """Say how many people lose how many posts; they may hold others still."""
    people = {holder["person"] for holder in report.surplus}
    who = "1 person loses" if len(people) == 1 else f"{len(people):,} people lose"
    return f"{who} {count(len(report.surplus), 'post')}"
