"""What a report says, as text, of members who are removed and of people revised."""

from collections.abc import Collection

from ..language import joined, many, say
from ..pack import Pack
from .model import Report
from .model_people import Removed
from .revised_rows import RevisedRow, people_revised
from .wording import Names, Page, label_of, number


def print_removed(report: Report, names: Names, page: Page) -> None:
    """Print who is a member no more, on what ground and by whose decision."""
    people = report.pack.people
    if not report.removed or people is None:
        return
    number = len(report.removed)
    heads = report.pack.nodes[people.person].counted(number)
    page.line()
    page.line(many(number, "{heads} is removed:", "{heads} are removed:", heads=heads))
    undecided = people.undecided
    page.lines([_leaving(names, one, undecided) for one in report.removed], "  ")


def print_revised(report: Report, page: Page) -> None:
    """Print what of people who live on is another."""
    rows = people_revised(report)
    if not rows:
        return
    lines = []
    for row in rows:
        label = report.pack.nodes[row.kind].label
        named = say("{kind} {name}", kind=label, name=row.id)
        parts = changes_said(report.pack, row)
        lines.append(say("~ {unit}: {parts}", unit=named, parts=parts))
    page.line()
    page.line(say("What changes about people:"))
    page.lines(lines, "  ")


def changes_said(pack: Pack, row: RevisedRow) -> str:
    """Say what of a unit or person is another than before."""
    return joined(
        say(
            "{what} {was} → {now}",
            what=label_of(pack, one.what),
            was=number(one.before),
            now=number(one.after),
        )
        for one in row.changes
    )


def _leaving(names: Names, one: Removed, undecided: Collection[str]) -> str:
    said = say(
        "{person} of {unit}: {ground}",
        person=one.person,
        unit=names.of(one.group),
        ground=say(one.ground) if one.ground else say("no ground said"),
    )
    if not one.by:
        nobody = one.ground in undecided
        return say("{removal}, which nobody decides", removal=said) if nobody else said
    by = names.of(one.by)
    return say("{removal}, decided by {unit}", removal=said, unit=by)
