"""Resolves what a step calls a unit: an id, `code:06652`, `commune:06652`, a label."""

from collections.abc import Iterable

from ..findings import Code, Finding
from ..language import first_of, say
from ..model import OUT, Span, fold, id_problem
from .view import View

MOST_FOUND = 1000

UNKNOWN = Code(
    code="UNIT01",
    meaning="No unit has this id, code or label on the effective date.",
)
AMBIGUOUS = Code(
    code="UNIT02",
    meaning="Several units have this code on the effective date.",
    hint="Name the unit by its id.",
)
NOT_LIVING = Code(
    code="UNIT03",
    meaning="The unit has ended, or has not begun, on the effective date.",
)


def split_code(ref: str, view: View) -> tuple[str | None, str] | None:
    """Return (kind or None, code) where a reference is by code."""
    prefix, colon, code = ref.partition(":")
    if not colon or not code:
        return None
    if prefix == "code":
        return None, code
    return (prefix, code) if prefix in view.pack.nodes else None


def need_names(
    view: View,
    refs: Iterable[str],
    ids: Iterable[str] = (),
    codes: Iterable[str] = (),
) -> None:
    """Read at once all that these references can name, and more ids and codes."""
    refs = list(refs)
    named = [by_code[1] for ref in refs if (by_code := split_code(ref, view))]
    asked = [*named, *codes]
    found = view.with_codes(asked) if asked else {}
    coded = (row.id for rows in found.values() for row in rows)
    view.need_nodes([*ids, *coded, *(ref for ref in refs if id_problem(ref) is None)])
    view.bare = tuple(dict.fromkeys(ref for ref in refs if not split_code(ref, view)))
    if named:
        view.uncoded = tuple(code for code in dict.fromkeys(named) if not found[code])


def called(view: View, refs: list[str]) -> list[str]:
    """Return how dependents are named for a reader: a post with its unit.

    A post without a name is called by its role. What answers name otherwise than by an
    id, such as a kind, stays as it is.
    """
    nodes = {ref: ref.partition("@")[0] for ref in refs}
    known = [node for node in nodes.values() if id_problem(node) is None]
    view.need_nodes(known)
    view.need_parents(node for node in known if view.versions(node))
    return [_called(view, ref, node) for ref, node in nodes.items()]


def _called(view: View, ref: str, node: str) -> str:
    row = view.node(node) if id_problem(node) is None else None
    if row is None:
        return ref
    edge = view.parent(node)
    role = edge and row.facts.get(view.pack.edges[edge.kind].unique_by or "")
    if edge is None or not role:
        return ref if view.name(node) == node else f"{view.name(node)} ({ref})"
    name = view.name(node)
    return say(
        "{role} of {target} ({ref})",
        role=role if name == node else name,
        target=view.name(edge.target),
        ref=ref,
    )


def known_as(view: View, ref: str) -> str | None:
    """Return the id of the living unit that the store knows by a name; None if none."""
    if id_problem(ref) is None and view.versions(ref):
        return ref if view.node(ref) else None
    by_code = split_code(ref, view)
    found = _with_code(view, *by_code) if by_code else []
    return found[0] if len(found) == 1 else None


def resolve(view: View, ref: str) -> str | Finding:
    """Return the id of the one living unit that a reference names, or what is wrong.

    An exact id wins, then a label of this proposal, then a code.
    """
    if id_problem(ref) is None and view.versions(ref):
        return _living(view, ref)
    if ref in view.labels:
        return _living(view, view.labels[ref])
    by_code = split_code(ref, view)
    if by_code is None:
        message = say(
            "No unit has the id or label {ref} on {day}.", ref=ref, day=view.day
        )
        hint = _meant_by_code(view, ref) or _meant_by_name(view, ref)
        return UNKNOWN.at(ref, message, hint=hint)
    kind, code = by_code
    found = _with_code(view, kind, code)
    if not found:
        message = say(
            "No {kind} has the code {code} on {day}.",
            kind=say(kind or "unit"),
            code=code,
            day=view.day,
        )
        return UNKNOWN.at(ref, message, hint=_on_other_days(view, kind, code))
    if len(found) > 1:
        names = ", ".join(view.shown(node) for node in found)
        message = say(
            "The code {code} is borne by {number} units: {names}.",
            code=code,
            number=len(found),
            names=names,
        )
        return AMBIGUOUS.at(ref, message)
    return found[0]


def _with_code(view: View, kind: str | None, code: str) -> list[str]:
    rows = view.with_codes([code])[code]
    return sorted(row.id for row in rows if kind is None or row.kind == kind)


def _meant_by_code(view: View, ref: str) -> str:
    """Say how to name the unit of which somebody wrote the bare code."""
    # Of all that is named so at once: a file may have every unit wrong.
    found = sorted({row.id for row in view.with_codes({ref, *view.bare})[ref]})
    if not found:
        return ""
    named = [view.shown(node) for node in found]
    return say("Write code:{ref}, which is the code of {units}.", ref=ref, units=named)


def _meant_by_name(view: View, ref: str) -> str:
    """Say which units have as their name what somebody wrote; nothing of an id."""
    words = fold(ref).split() if id_problem(ref) else []
    rows = view.reader.find(words, Span.day(view.day), MOST_FOUND) if words else []
    ids = sorted({row.id for row in rows})
    view.need_nodes(ids)
    named = [
        node
        for node in ids
        if view.node(node) and fold(view.name(node)) == " ".join(words)
    ]
    if not named:
        return ""
    return say(
        "That is the name of {units}; a unit is named by its id, code or label.",
        units=first_of([view.shown(node) for node in named]),
    )


def _on_other_days(view: View, kind: str | None, code: str) -> str:
    """Say whose code it is on other days, and what to do about it."""
    rows = [
        row
        for row in view.coded(code, *view.uncoded)
        if (kind is None or row.kind == kind) and view.versions(row.id)
    ]
    if not rows:
        return ""
    row = max(rows, key=lambda row: (row.since <= view.day, row.until, row.id))
    begins, ends = view.life(row.id) or (row.since, row.until)
    if begins > view.day:
        what = say(
            "which begins on {begins}; give a later effective date", begins=begins
        )
    elif ends > view.day:
        return say(
            "It is that of {row} on another day; name it by its id.",
            row=view.shown(row.id),
        )
    else:
        what = say("which ended on {ends}", ends=ends)
        after = {edge.target for edge in view.edges(row.id, view.pack.lineage, OUT)}
        named = ", ".join(sorted(after))
        said = (
            say("its successor is {named}", named=named)
            if named
            else say("nothing succeeded it")
        )
        what = say(
            "{what}; {said}; or give an earlier effective date", what=what, said=said
        )
    return say("It is that of {row}, {what}.", row=view.shown(row.id), what=what)


def _living(view: View, node: str) -> str | Finding:
    life = view.life(node)
    if view.node(node) is not None or life is None:
        return node
    begins, ends = life
    rev = view.versions(node)[-1].rev
    if begins > view.day:
        what = say("begins on {begins}, after {day}", begins=begins, day=view.day)
        cure = say("Give a later effective date.")
    elif rev:
        what = say("ended on {ends} (revision {rev})", ends=ends, rev=rev)
        cure = say("Give an earlier effective date.")
    else:
        what, cure = say("ended on {ends} (earlier in this proposal)", ends=ends), None
    after = {row.target for row in view.edges(node, view.pack.lineage, OUT)}
    hint = cure
    if after:
        hint = say("Its successors: {after}.", after=sorted(after))
        hint = say("{first} {second}", first=hint, second=cure) if cure else hint
    message = say("{unit} {what}.", unit=view.shown(node), what=what)
    return NOT_LIVING.at(node, message, hint=hint)
