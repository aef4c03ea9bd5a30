"""Moves people to a post on a draft, and keeps what the step and the rules say of each.

Nothing is judged here: each person is moved by a step as a plan would have it, and the
rules run on the result. So a question and a plan of the same day can't disagree.
"""

from collections.abc import Collection, Sequence

from ..draft import Draft, Snapshot
from ..draft.holding import Post
from ..engine.ruling import rule_findings, touch
from ..findings import Finding
from ..operations.holders import holders, need_holdings
from ..operations.moves import Move
from ..operations.rotate_cadres import RotateCadres
from ..pack import Combination, Pack
from ..rules.careers import Careers
from ..rules.rotating import is_for
from ..rules.terms import Terms
from .candidates import equivalent, held_full


class Trial:
    """Moves all candidates to the post, each as if alone, and keeps what is said.

    What they do is gathered in one draft, so that everything is read at once. What a
    rule says of a person follows from what that person holds and is, so one doesn't
    touch another; but whoever comes puts out who holds the post in another form, and
    for those few the rules run apart.
    """

    def __init__(self, view: Snapshot, post: Post, people: Sequence[str]) -> None:
        """Move them all; `findings` are what is said of each."""
        self.view, self.post = view, post
        self.id = post.row.id
        self.leaves: dict[str, str | None] = dict.fromkeys(people)
        self.keeps: dict[str, tuple[str, ...]] = dict.fromkeys(people, ())
        on_it = holders(view, self.id)
        is_full = view.pack.questions.posts.is_full
        self.incumbents = {row.source for row in on_it if is_full(row.facts)}
        self._out = {row.source for row in on_it}
        self._held = held_full(view, people)
        left = {row.target for rows in self._held.values() for row in rows}
        need_holdings(view, people, left)
        known = (view.node(held) for held in sorted(left))
        self._like = equivalent(view, post, [row for row in known if row is not None])
        coming = [person for person in people if person not in self._out]
        staying = sorted(self.incumbents.intersection(people))
        self.findings = {**self._moved(coming), **self._again(staying)}
        for person in sorted(
            self._out.difference(self.incumbents).intersection(people)
        ):
            self.findings |= self._moved([person])

    def _moved(self, people: Sequence[str]) -> dict[str, list[Finding]]:
        """Return what is said of people who come to the post, the rules run once."""
        draft = Draft(self.view)
        found = {person: self._said(person, draft) for person in people}
        asked = _about_people(self.view.pack)
        for finding in rule_findings(draft, touch(draft.changes()), asked):
            if finding.subject in found and finding.state == "new":
                found[finding.subject].append(finding)
        return found

    def _said(self, person: str, all_: Draft) -> list[Finding]:
        """Return what the step of a person says, whose changes are added to all.

        It is tried apart: else each would look at all whom those before brought there.
        """
        step = self._step(person)
        found = list(dict.fromkeys(step.check(self.view)))
        if any(one.severity == "error" for one in found):
            return found
        draft = Draft(self.view)
        step.edit(draft)
        if draft.conflicts:
            return found + draft.conflicts
        all_.redo(draft.changes())
        return found

    def _step(self, person: str) -> RotateCadres:
        """Return the step that brings a person to the post, from a like one at best."""
        kept = sorted(
            (held.target not in self._like, held.since, held.target)
            for held in self._held[person]
            if held.target != self.id and self.view.node(held.target)
        )
        posts = [target for *_, target in kept]
        self.leaves[person] = posts[0] if posts else None
        self.keeps[person] = tuple(sorted(posts[1:]))
        # Ids of the store need no validation.
        move = Move.model_construct(
            person=person,
            from_=self.leaves[person],
            to=self.id,
            concurrent=len(posts) > 1,
        )
        return RotateCadres.model_construct(
            moves=(move,),
            leaves_vacant=tuple(posts[:1]),
            without_post=tuple(sorted(self._out.difference([person]))),
        )

    def _again(self, people: Collection[str]) -> dict[str, list[Finding]]:
        """Return what the law has against another term of who holds the post."""
        limits = self.view.pack.limits_on(Terms.name(), self.view.day)
        meant = [limit for limit in limits if is_for(limit, self.post)]
        careers = Careers.of(self.view, people)
        return {
            person: [
                finding
                for run in runs
                if run[-1].target == self.id and run[-1].until > self.view.day
                for finding in Terms.another(careers, meant, person, run[-1])
            ]
            for person, runs in careers.by.items()
        }


def _about_people(pack: Pack) -> frozenset[str]:
    """Return the rules that judge people: those whose limits are of persons' kinds.

    Of combinations only those that are forbidden are a person's fault.
    """
    judging = (one for one in pack.limits if pack.nodes[one.kind].role == "person")
    found: set[str] = {one.by for one in judging}
    if any(one.word == "forbidden" for one in pack.combinations):
        found.add(Combination.rule)
    return frozenset(found)
