"""Who may decide that somebody is a member no more, and on what nobody decides."""

from collections.abc import Iterator

from ..draft import View
from ..draft.names import resolve
from ..findings import Code, Finding
from ..language import say

NOT_A_BODY = Code(
    code="REMOVE03",
    meaning="What is named as having decided isn't a unit that may.",
)
NOT_ABOVE = Code(
    code="REMOVE07",
    meaning="What is named as having decided isn't above the member's group.",
    hint="Name the group, an organisation above it, or what leads one of these.",
)
UNSAID = Code(
    code="REMOVE08",
    meaning="Who decided on a removal isn't said.",
    hint=(
        "Name with by: the member's group, an organisation above it, or what leads one "
        "of these."
    ),
)
NOBODY_DECIDES = Code(
    code="REMOVE09",
    meaning="Somebody is named as having decided on what nobody decides.",
    hint="Leave out by:.",
    severity="info",
)


def check_decided(
    view: View, member: str, ground: str, by: str | None
) -> Iterator[Finding]:
    """Refuse who may not decide, and a decision of nobody; a death is none.

    Names that are wrong are for others to refuse.
    """
    people, body = view.pack.people, _known(view, by)
    person = _known(view, member)
    if is_undecided(view, ground):
        if by is not None:
            message = say(
                "The ground {ground} is nobody's decision: {body} isn't recorded as "
                "having decided.",
                ground=say(ground),
                body=view.shown(body) if body else by,
            )
            yield NOBODY_DECIDES.at(member, message)
    elif by is None:
        message = say(
            "The ground {ground} is a decision, and nobody is named who made it.",
            ground=say(ground),
        )
        yield UNSAID.at(member, message)
    elif body and not _may_decide(view, body):
        message = say(
            "{body} is a {body_kind}, which decides nothing.",
            body=view.shown(body),
            body_kind=say(view.kind(body)),
        )
        yield NOT_A_BODY.at(body, message)
    elif body and person and people and view.kind(person) == people.person:
        yield from _check_above(view, person, body)


def is_undecided(view: View, ground: str) -> bool:
    """Tell whether nobody decides on a ground: it befalls the member."""
    people = view.pack.people
    return people is not None and ground in people.undecided


def _known(view: View, name: str | None) -> str | None:
    found = resolve(view, name) if name else None
    return found if isinstance(found, str) else None


def _may_decide(view: View, body: str) -> bool:
    kind, people = view.kind(body), view.pack.people
    if people is not None and people.deciding:
        return kind in people.deciding
    return view.pack.nodes[kind].role == "unit"


def _check_above(view: View, member: str, body: str) -> Iterator[Finding]:
    """Refuse a body that neither is above the member's group nor leads what is.

    Where no group is recorded nobody can tell.
    """
    people = view.pack.people
    if people is None or not people.deciding:
        return
    view.need_ancestors([member])
    above = set(view.ancestors(member))
    if not above:
        return
    leads = people.lead == view.kind(body) and view.parent(body)
    if above.isdisjoint({body, leads.target if leads else body}):
        message = say(
            "{body} isn't above {member}.",
            body=view.shown(body),
            member=view.shown(member),
        )
        yield NOT_ABOVE.at(body, message)
