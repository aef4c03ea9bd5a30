"""What a schema pack may not ask: of nobody, of two things at once, of no figure."""

from collections.abc import Iterator

from .asked import Asked, Figure, Reduction, Threshold, Where
from .limits import limit_problems
from .models import Pack
from .problems import Keys, Problem, unknown


def asked_problems(pack: Pack) -> Iterator[Problem]:
    """Yield a problem for each thing asked that can't be asked so."""
    held: set[str] = set()
    for key, asked in pack.all_asked.items():
        for place, one in enumerate(asked):
            at: Keys = (key, place)
            yield from _shared(pack, at, one)
            if one.id in held:
                yield (*at, "id"), f"the id {one.id} is given twice"
            held.add(one.id)
    for place, threshold in enumerate(pack.thresholds):
        yield from _threshold(pack, ("thresholds", place), threshold)
    for place, merged in enumerate(pack.merger_types):
        at = ("merger_types", place)
        yield from unknown((*at, "fact"), [merged.fact], pack.facts)
        where: Where = {merged.fact: (*merged.present, *merged.gives)}
        yield from _where(pack, at, merged.kind, where)
    for place, reduction in enumerate(pack.reductions):
        yield from _reduction(pack, ("reductions", place), reduction)
    yield from limit_problems(pack)


def _shared(pack: Pack, at: Keys, asked: Asked) -> Iterator[Problem]:
    yield from unknown((*at, "kind"), [asked.kind], pack.nodes)
    if asked.until <= asked.since:
        yield (*at, "until"), "it ends before it begins"
    # An allowed combination refuses nobody, whatever its severity says.
    refuses = asked.severity == "error" and getattr(asked, "word", "") != "allowed"
    if asked.source is None and refuses:
        what = "what refuses a plan names its source; what is practice may only warn"
        yield (*at, "source"), what


def _reduction(pack: Pack, at: Keys, reduction: Reduction) -> Iterator[Problem]:
    yield from unknown((*at, "below"), [reduction.below], pack.nodes)
    yield from _stands_above(pack, (*at, "below"), reduction.kind, reduction.below)
    if not 0 <= reduction.from_percent <= reduction.to_percent <= 100:  # noqa: PLR2004
        yield (*at, "to_percent"), "wanted is from_percent ≤ to_percent, in 0 to 100"


def _threshold(pack: Pack, at: Keys, threshold: Threshold) -> Iterator[Problem]:
    said = (threshold.fact is not None, bool(threshold.all_of), bool(threshold.any_of))
    if sum(said) != 1:
        yield at, "one of fact, all_of and any_of is wanted"
    if threshold.fact is None and any(
        word is not None
        for word in (threshold.at_least, threshold.percent, threshold.count)
    ):
        yield at, "at_least, percent and count belong to the fact they stand beside"
    for place, figure in enumerate(threshold.figures):
        key = "all_of" if threshold.all_of else "any_of"
        where: Keys = at if threshold.fact is not None else (*at, key, place)
        yield from _figure(pack, where, threshold, figure)
    yield from _where(pack, (*at, "where"), threshold.kind, threshold.where)
    yield from unknown((*at, "above"), threshold.above, pack.nodes)
    for kind, wanted in threshold.above.items():
        yield from _stands_above(pack, (*at, "above", kind), threshold.kind, kind)
        yield from _where(pack, (*at, "above", kind), kind, wanted)
    if bool(threshold.of) != any(f.percent is not None for f in threshold.figures):
        yield (*at, "of"), "percent and of are wanted together"
    if threshold.unless_merged is not None and threshold.by != "formed_too_small":
        what = "only what is asked of units when they are formed can say unless_merged"
        yield (*at, "unless_merged"), what
    known = {other.id: other for other in pack.thresholds}
    yield from unknown((*at, "of"), threshold.of, known)
    for name in threshold.of:
        if name in known and known[name].kind != threshold.kind:
            yield (*at, "of"), f"{name} is asked of a {known[name].kind}"
        if name in known and known[name].of:
            yield (*at, "of"), f"{name} is itself a percent of others"


def _figure(
    pack: Pack, at: Keys, threshold: Threshold, figure: Figure
) -> Iterator[Problem]:
    yield from unknown((*at, "fact"), [figure.fact], pack.facts)
    if figure.fact in pack.facts and pack.facts[figure.fact].type != "integer":
        yield (*at, "fact"), f"{figure.fact} is no number"
    if figure.count is not None:
        yield from unknown((*at, "count"), [figure.count], pack.nodes)
    numbers = (figure.at_least is not None) + (figure.percent is not None)
    if numbers > 1 or (not numbers and not threshold.unconfirmed):
        yield at, "at_least or percent is wanted; only what is unconfirmed has neither"
    if figure.percent is None:
        return
    others = [other for other in pack.thresholds if other.id in threshold.of]
    if others and not any(f.fact == figure.fact for o in others for f in o.figures):
        yield (*at, "percent"), f"none of those in `of` has {figure.fact}"


def _stands_above(pack: Pack, at: Keys, kind: str, other: str) -> Iterator[Problem]:
    if {kind, other} <= pack.nodes.keys() and other not in pack.above(kind):
        yield at, f"a {other} never stands above a {kind}"


def _where(pack: Pack, at: Keys, kind: str, where: Where) -> Iterator[Problem]:
    """Yield facts that the kind doesn't have, and values that the fact can't have."""
    yield from unknown(at, where, pack.facts)
    if kind not in pack.nodes:
        return
    node = pack.nodes[kind]
    for name in sorted(where.keys() & pack.facts.keys()):
        if name not in node.facts:
            yield (*at, name), f"a {kind} doesn't have the fact {name}"
            continue
        fact, wanted = pack.facts[name], where[name]
        values = wanted if isinstance(wanted, tuple) else (wanted,)
        known = node.types if name == "type" else fact.values
        python = {"text": str, "boolean": bool, "integer": int}[fact.type]
        for value in values:
            if type(value) is not python or (known and value not in known):
                yield (*at, name), f"{value!r} is no {name} of a {kind}"
