"""Plans a proposal: checks and edits each step on one draft, then runs the rules."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from ..collector import uncollected
from ..draft import Draft, Reader, Snapshot, View
from ..draft.names import need_names
from ..draft.settled import count_kept
from ..findings import Code, Finding, ordered_findings
from ..language import say
from ..operations import Operation
from ..plan import Plan
from ..proposal import Proposal
from ..proposal.models import noted
from .afterwards import found_afterwards
from .basis import document_names, rest_on
from .following import Waiting
from .foresight import founded, read_ahead
from .refused import RefusedSteps
from .ruling import law_findings, rule_findings, touch
from .undoing import judged_before
from .waivers import named_by, waive

NO_CHANGE = Code(
    code="PLAN01",
    meaning="A plan that changes nothing is refused.",
)

LABEL_TAKEN = Code(
    code="LABEL01",
    meaning="A label of this proposal is given twice, or is the id of a node.",
    hint="Choose another label.",
)


@uncollected
def make_plan(reader: Reader, proposal: Proposal) -> Plan:
    """Plan a proposal on the head of a store; writes nothing.

    All findings of all steps and rules come back; a step with an error isn't edited.
    """
    base = reader.head()
    draft = Draft(Snapshot(reader, proposal.effective))
    refs = [ref for step in proposal.steps for ref in step.refs()]
    refs += [waiver.subject for waiver in proposal.waivers]
    ids, numbers = document_names(draft, proposal.basis)
    need_names(draft, refs, [*ids, *founded(draft, proposal.steps)], numbers)
    read_ahead(draft.base, proposal.steps)
    findings: list[Finding] = []
    unplanned = 0
    failed: set[str] = set()
    refused, waiting = RefusedSteps(), Waiting()
    for number, step in enumerate(proposal.steps, 1):
        given = _names_given(draft, step)
        if failed.intersection(step.refs()):
            findings += _gaps(step, number, draft)
            unplanned += 1
            failed |= given
            waiting.learn(draft, step)
            continue
        found = list(dict.fromkeys(_run(draft, step, number, refused)))
        following = refused.following(draft, step, found)
        refused.learn(draft, step, found, following)
        if any(finding.severity == "error" for finding in found):
            failed |= given
            waiting.learn(draft, step)
        if following:
            unplanned += 1
        findings += [finding for finding in found if finding not in following]
    draft.begin(0)
    if not (findings and all(finding.blocks for finding in findings)):
        rest_on(draft, proposal.basis)
    count_kept(draft)
    changes = draft.changes()
    touched = touch(changes)
    ruled = [*waiting.rest(draft, rule_findings(draft, touched))]
    taken_back = [step.takes_back() for step in proposal.steps]
    if None in taken_back:
        findings += [*ruled, *law_findings(draft, touched)]
        findings += waiting.rest(draft, found_afterwards(draft, touched, ruled))
    else:
        revisions = [number for number in taken_back if number is not None]
        ruled = [*judged_before(draft, touched, ruled, revisions)]
        findings += [*ruled, *found_afterwards(draft, touched, ruled, revisions)]
    if not changes and not any(finding.blocks for finding in findings):
        message = say("The proposal changes nothing.")
        findings.append(NO_CHANGE.at(proposal.title, message))
    named = named_by(draft, proposal.waivers)
    ids_named = {ref: node for ref, node in named.items() if isinstance(node, str)}
    return Plan(
        proposal=noted(proposal.to_plain(), ids_named),
        base=base,
        base_hash=_hash_of(reader, base),
        pack_digest=reader.pack.digest,
        changes=changes,
        findings=ordered_findings(waive(findings, proposal.waivers, named)),
        dependents=_by_edge(draft),
        dependents_by_kind=_by_kind(draft),
        unplanned=unplanned,
        draft=draft,
    )


def _by_edge(draft: Draft) -> dict[str, dict[str, int]]:
    """Return what became of dependents by kind of edge."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (edge, _), words in draft.accounts.items():
        found[edge].update(words)
    return {edge: said for edge in sorted(found) if (said := _said(found[edge]))}


def _by_kind(draft: Draft) -> dict[str, dict[str, dict[str, int]]]:
    """Return what became of dependents by their kind, and that of the edge."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for kind, edge in sorted((kind, edge) for edge, kind in draft.accounts):
        if said := _said(draft.accounts[edge, kind]):
            found.setdefault(kind, {})[edge] = said
    return found


def _said(words: Mapping[str, int]) -> dict[str, int]:
    return {word: n for word, n in sorted(words.items()) if n}


def form_findings(proposal: Proposal) -> tuple[Finding, ...]:
    """Return what is wrong with a proposal as it stands, whatever the store."""
    return ordered_findings(
        finding
        for number, step in enumerate(proposal.steps, 1)
        for finding in _gaps(step, number)
    )


def _gaps(step: Operation, number: int, view: View | None = None) -> Iterator[Finding]:
    for finding in step.gaps(view):
        yield finding.model_copy(update={"step": number})


def base_hash(reader: Reader) -> str:
    """Return the hash of the head, which no other store has; "" of an empty store."""
    return _hash_of(reader, reader.head())


def _hash_of(reader: Reader, number: int) -> str:
    revision = reader.revision(number)
    return revision.hash if revision else ""


def _run(
    draft: Draft, step: Operation, number: int, refused: RefusedSteps
) -> Iterator[Finding]:
    """Check a step and, where nothing is wrong, edit it; or leave no trace of it."""
    draft.begin(number)
    found = [*_label_taken(draft, step), *step.check(draft)]
    found += refused.hidden(draft, step, found)
    found = [finding.model_copy(update={"step": number}) for finding in found]
    found += _gaps(step, number, draft)
    yield from found
    if any(finding.severity == "error" for finding in found):
        return
    mark = draft.mark()
    step.edit(draft)
    if draft.conflicts:
        for finding in draft.conflicts:
            yield finding.model_copy(update={"step": number})
        draft.conflicts.clear()
        draft.rollback(mark)


def _label_taken(draft: Draft, step: Operation) -> Iterator[Finding]:
    """Refuse a label that names something else already."""
    labels = step.labels()
    for label in sorted(set(labels)):
        if label in draft.labels:
            shown = draft.shown(draft.labels[label])
            message = say(
                "The label {label} names {shown} already.", label=label, shown=shown
            )
            yield LABEL_TAKEN.at(label, message)
        elif labels.count(label) > 1:
            yield LABEL_TAKEN.at(
                label, say("The label {label} is given twice.", label=label)
            )
        elif draft.versions(label):
            yield LABEL_TAKEN.at(
                label, say("The label {label} is the id of a node.", label=label)
            )


def _names_given(draft: Draft, step: Operation) -> set[str]:
    """Return the names by which later steps may call what a step founds."""
    names = {label for label in step.labels() if label not in draft.labels}
    for new in step.founds():
        if new.id and not draft.versions(new.id):
            names.add(new.id)
        if new.code:
            names |= {f"code:{new.code}", f"{new.kind}:{new.code}"}
    return names
