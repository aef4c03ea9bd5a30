"""Builds the report of a plan from its changes, reading only what they touch."""

from ..collector import uncollected
from ..plan import Plan
from ..queries.library import Library
from .compared import Compared
from .dots import map_of
from .exchanged import exchanges
from .model import Report
from .people import chain_groups, people_of
from .places import place_states
from .posts import (
    alike_posts,
    appointed,
    posts_exchanged,
    posts_of,
    surplus,
    uncharged,
    vacated,
)
from .removed import removed
from .rest import rest_of
from .revisions import revisions
from .sizes import sized, sizes_of
from .totals import affected, need_counts, totals_of
from .units import moved, passages, standing, units_of

WORDS = ("followed", "ended", "united", "kept", "asked")


@uncollected
def build_report(plan: Plan, store: Library) -> Report:
    """Return the report of a plan, on the revision that it was made on.

    Reads a frontier at a time; the number of reads doesn't grow with the plan.

    >>> plan = store.plan(orgraph.read_proposal("proposal.yaml"))
    >>> report = orgraph.build_report(plan, store)
    >>> report.totals["before"]["team"], report.totals["after"]["team"]
    (3, 2)
    """
    compared = Compared(plan, store)
    document = store.pack.basis.document
    papers = [node for node in compared.newborn if compared.new[node].kind == document]
    began = [node for node in compared.newborn if compared.new[node].kind != document]
    elsewhere = moved(compared)
    named = [*compared.ended, *began, *elsewhere, *compared.revised]
    large = sized(compared, elsewhere)
    counts, conservation, roots = totals_of(
        compared, need_counts(compared, named, large)
    )
    exchanged = exchanges(compared)
    units = units_of(compared, named, {*elsewhere, *compared.revised})
    return Report(
        title=plan.title,
        effective=compared.day.isoformat(),
        base=plan.base,
        basis=plan.proposal.get("basis"),
        totals=counts,
        roots=roots,
        began=tuple(began),
        ended=compared.ended,
        moved=tuple(elsewhere),
        revised=compared.revised,
        passing=tuple(sorted(compared.passing)),
        documents=tuple(papers),
        dependents={
            edge: {word: words.get(word, 0) for word in WORDS}
            for edge, words in sorted(plan.dependents.items())
        },
        dependents_by_kind={
            kind: {
                edge: {word: words.get(word, 0) for word in WORDS}
                for edge, words in sorted(edges.items())
            }
            for kind, edges in sorted(plan.dependents_by_kind.items())
        },
        conservation=conservation,
        lineage=passages(compared),
        units=units,
        people=people_of(compared),
        chains=chain_groups(compared),
        surplus=surplus(compared, exchanged),
        exchanged=posts_exchanged(compared, exchanged),
        appointed=appointed(compared),
        alike=alike_posts(compared),
        posts=posts_of(compared),
        vacated=vacated(compared),
        uncharged=uncharged(compared),
        removed=removed(compared),
        revisions=revisions(compared),
        places=place_states(compared, store),
        standing=standing(compared),
        affected=affected(compared),
        sizes=sizes_of(compared, large, {*counts["before"], *counts["after"]}),
        map=map_of(store.pack, units, named),
        rest=rest_of(compared, units),
        findings=plan.findings,
        unplanned=plan.unplanned,
        kinds={node: compared.kind(node) for node in named},
        pack=store.pack,
    )
