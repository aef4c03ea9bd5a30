"""What is counted is neither lost nor made by a reorganisation."""

from collections.abc import Collection, Iterator, Mapping

from ..draft import View
from ..draft.carried import Own, added_up, adds_up, hidden, own_facts, refined
from ..findings import Code, Finding
from ..language import laid, say
from .base import Law

LOST = Code(
    code="SUM01",
    meaning="An additive fact is lost or made by the plan.",
    hint="Merge, absorb or move; a new figure is a step of its own.",
)
HEADS = Code(
    code="SUM02",
    meaning="People or households are lost or made by the plan.",
)

MOST_NAMED = 5


class Conservation(Law):
    """Additive facts and heads add up to the same before and after a plan."""

    def check(
        self,
        before: View,
        after: View,
        nodes: Collection[str],
        stated: Mapping[str, int],
    ) -> Iterator[Finding]:
        """Compare what the touched nodes carry, less what the steps state."""
        own = own_facts(before, nodes), own_facts(after, nodes)
        old, new = added_up(before, own[0]), added_up(after, own[1])
        for name in before.pack.additive:
            known, unknown = f"fact:{name}", f"unknown:{name}"
            most = old[known] + stated.get(known, 0)
            most -= refined(before, own[0], stated, name)
            expected = _shown(most, old[unknown] + stated.get(unknown, 0))
            found = _shown(new[known], new[unknown])
            units = ", ".join(
                after.shown(node)
                for node in hidden(*own, name)
                if not adds_up(after, own[0][node][0], name)
            )
            if expected != found:
                hint = _cure(before, own, name, units)
                changed = _changed(before, after, own, name)
                message = say(
                    "{name} should be {expected} after the plan and is "
                    "{found}{changed}.",
                    name=say(name),
                    expected=expected,
                    found=found,
                    changed=changed,
                )
                yield LOST.at(name, message, hint=hint)
            elif units:
                hint = _cure(before, own, name, units)
                message = say(
                    "{name} of {units} would no longer count.",
                    name=say(name),
                    units=units,
                )
                yield LOST.at(name, message, hint=hint)
            elif new[known] > most:
                # Behind an unknown figure a known one may vanish, but none comes up.
                changed = _changed(before, after, own, name)
                message = say(
                    "known {name} should be {most} at the most and is {now}{changed}.",
                    name=say(name),
                    most=most,
                    now=new[known],
                    changed=changed,
                )
                yield LOST.at(name, message)
        for kind in sorted(before.pack.heads):
            key = f"count:{kind}"
            if old[key] + stated.get(key, 0) != new[key]:
                message = say(
                    "{kind}: {old} before the plan, {new} after it.",
                    kind=say(kind),
                    old=old[key],
                    new=new[key],
                )
                yield HEADS.at(kind, message)


def _cure(
    before: View, own: tuple[Own, Own], name: str, hidden_ones: str
) -> str | None:
    """Say what to do where a unit's own figure meets finer ones; None elsewhere."""
    if hidden_ones:
        return say(
            "Another now has {name} below {units}. Set {name} of what is below it "
            "(set_facts), in figures that add up to its own.",
            name=say(name),
            units=hidden_ones,
        )
    lost = [
        node
        for node, (_, names) in own[0].items()
        if name in names and node not in own[1] and _is_coarse(before, node, name)
    ]
    if not lost or not any(
        name in row.facts and name not in names for row, names in own[1].values()
    ):
        return None
    units = ", ".join(before.shown(node) for node in sorted(lost)[:MOST_NAMED])
    return say(
        "{units} carried {name} as a whole, and goes to where it is counted below. "
        "Before that, set {name} of the units below (set_facts), in figures that add "
        "up to it, or as unknown.",
        units=units,
        name=say(name),
    )


def _is_coarse(view: View, node: str, name: str) -> bool:
    """Tell whether a finer kind can carry the fact, too."""
    carrying = view.pack.carrying.get(view.kind(node), ())
    return any(fact == name and finer for fact, finer in carrying)


def _changed(before: View, after: View, own: tuple[Own, Own], name: str) -> str:
    """Name the units whose own figure differs, with what it was and becomes."""
    parts = []
    for node in sorted(own[0].keys() | own[1].keys()):
        was, now = (_figure(side, node, name) for side in own)
        if was != now:
            view = after if node in own[1] else before
            shown = view.shown(node)
            parts.append(laid("{unit} {was} → {now}", unit=shown, was=was, now=now))
    more = len(parts) - MOST_NAMED
    named = [
        *parts[:MOST_NAMED],
        *([say("… {more} more", more=more)] if more > 0 else []),
    ]
    return laid(": {named}", named=named) if named else ""


def _figure(own: Own, node: str, name: str) -> int | str:
    """Return what a node itself carries of a fact."""
    if node not in own or name not in own[node][1]:
        return say("nothing")
    value = own[node][0].facts[name]
    return value if isinstance(value, int) else say("unknown")


def _shown(known: int, unknown: int) -> int | str:
    return say("unknown") if unknown else known
