"""Says what differs between two sets of rows: a line for each row or node that changes.

    + commune c3 'New' code=10 people=300    founded on the day; +- and ended on it
    - commune c1                             ended on the day; ++ lives on after all
    ~ commune c4 name: A -> B                has a new version from the day on
    x commune c3                             was never there (a founding taken back)
    + PART_OF v1 -> c3                       joined from the day on
    - PART_OF v1 -> c1                       joined until the day; ++ stays joined

Days other than the effective day and the open end are written: `since …`, `until …`.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from orgraph.model import FOREVER, EdgeRow, Facts, Key, NodeRow, Row

Rows = Mapping[Key, Row]


def shown_changes(before: Rows, after: Rows, day: date) -> Iterator[str]:
    """Say, line by line, everything that differs between two sets of rows."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    for node in sorted({key[0] for key in keys if len(key) == 2}):
        yield from _shown_node(_versions(before, node), _versions(after, node), day)
    for key in sorted(key for key in keys if len(key) != 2):
        yield _shown_edge(before.get(key), after.get(key), day)


def _versions(all_rows: Rows, node: str) -> list[NodeRow]:
    return sorted(
        row for row in all_rows.values() if isinstance(row, NodeRow) and row.id == node
    )


def _shown_node(
    before: list[NodeRow], after: list[NodeRow], day: date
) -> Iterator[str]:
    some = (after or before)[0]
    name = f"{some.kind} {some.id}"
    if not after:
        yield f"x {name}"
    elif not before and len(after) == 1:
        sign = "+-" if some.since == some.until == day else "+"
        until = FOREVER if sign == "+-" else some.until
        yield f"{sign} {name}{_content(some)}{_odd_days(some.since, until, day)}"
    elif after == _ended(before, day):
        yield f"- {name}"
    elif before == _ended(after, day):
        yield f"++ {name}"
    elif before and after == _revised(before, after, day):
        old = next(row for row in before if row.since <= day < row.until)
        new = next(row for row in after if row.since <= day < row.until)
        yield f"~ {name} {_difference(old, new)}"
    else:
        for sign, versions, others in (("- ", before, after), ("+ ", after, before)):
            for row in versions:
                if row not in others:
                    span = f"[{row.since}, {row.until})"
                    yield f"{sign}version of {name} {span}{_content(row)}"


def _ended(versions: list[NodeRow], day: date) -> list[NodeRow]:
    """Return the versions of a node as they are when it ends on the day."""
    if not versions or versions[-1].until != FOREVER:
        return []
    *earlier, last = versions
    if last.since == day and earlier:
        return earlier
    return [*earlier, last._replace(until=day)]


def _revised(before: list[NodeRow], after: list[NodeRow], day: date) -> list[NodeRow]:
    """Return the versions of a node that says something else from the day on."""
    new = next((row for row in after if row.since <= day < row.until), None)
    old = next((row for row in before if row.since <= day < row.until), None)
    if new is None or old is None:
        return []
    versions = [row for row in before if row.since < day and row != old]
    if old.since < day:
        versions.append(old._replace(until=day))
    last = versions[-1] if versions else None
    if last is not None and last[4:7] == new[4:7]:
        versions[-1] = last._replace(until=old.until)
    else:
        versions.append(new._replace(since=day, until=old.until))
    return [*versions, *(row for row in before if row.since > day)]


def _difference(old: NodeRow, new: NodeRow) -> str:
    one, other = (
        {"name": row.name, "code": row.code or "", **dict(sorted(row.facts.items()))}
        for row in (old, new)
    )
    return ", ".join(
        f"{name}: {_value(one.get(name, ''))} -> {_value(other.get(name, ''))}"
        for name in {**one, **other}
        if one.get(name, "") != other.get(name, "")
    )


def _content(row: NodeRow) -> str:
    code = f" code={row.code}" if row.code is not None else ""
    return f" '{row.name}'{code}{_shown_facts(row.facts)}"


def _shown_facts(facts: Facts) -> str:
    return "".join(f" {name}={_value(facts[name])}" for name in sorted(facts))


def _value(value: object) -> str:
    return "?" if value is None else str(value)


def _odd_days(since: date, until: date, day: date) -> str:
    begins = "" if since == day else f" since {since}"
    return begins if until == FOREVER else f"{begins} until {until}"


def _shown_edge(before: Row | None, after: Row | None, day: date) -> str:
    old, new = (r if isinstance(r, EdgeRow) else None for r in (before, after))
    some = new or old
    assert some is not None
    name = f"{some.kind} {some.source} -> {some.target}"
    facts = _shown_facts(some.facts)
    if old is None:
        return f"+ {name}{facts}{_odd_days(some.since, some.until, day)}"
    if new is None:
        return f"- {name}" if old.since == day else f"x {name} since {old.since}"
    if old.facts == new.facts and new.until == day:
        return f"- {name}"
    if old.facts == new.facts and old.until == day:
        return f"++ {name}{_odd_days(day, new.until, day)}"
    return (
        f"~ {name} since {old.since}: until {old.until} -> {new.until}"
        f"{_shown_facts(old.facts)} ->{facts}"
    )
