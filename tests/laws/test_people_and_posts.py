"""Random reorganisations of a province with its people keep every law, on every store.

Members with their posts, charges and second cells, households and villages: nobody is
without a cell for a day, nobody is lost, no merger cuts a term short, and the report
says of everyone whose chain changes what plain Python says.
"""

from collections import Counter
from random import Random

import pytest
from chains import changed, grouped, turned
from drawing import answered
from hypothesis import settings
from hypothesis.stateful import rule, run_state_machine_as_test
from machine import DAYS, LONG, PLACE, QUICK, WHEN, Step, When
from reading import all_rows, said_by
from reshaping import RANDOM, Reshapings
from state import State
from towns import edge, node

from orgraph.model import FOREVER, EdgeRow, Row, Span
from orgraph.queries.spells import spells
from orgraph.reports import build_report
from orgraph.reports.affected import affected_people
from orgraph.reports.text import text_of

EARLY, LATER = DAYS[1], DAYS[3]
SOME = settings(QUICK, max_examples=24, stateful_step_count=20)
MANY = settings(LONG, max_examples=100, stateful_step_count=25)


class People(Reshapings):
    """A province with communes and villages, the party above them, and the people."""

    pack_name = "vietnam"
    rows = (
        node("p", "province"),
        node("d1", "district"),
        node("c1", "commune", people=9),
        node("c2", "commune"),
        node("c3", "commune"),
        *(node(f"v{n}", "village") for n in (1, 2, 3)),
        *(node(f"h{n}", "household") for n in (1, 2, 3)),
        node("pc", "provincial_committee"),
        node("dc1", "direct_committee", type="district"),
        node("dc2", "direct_committee", type="commune"),
        *(node(f"g{n}", "grassroots_committee") for n in (1, 2, 3)),
        *(node(f"k{n}", "cell") for n in (1, 2, 3, 4)),
        *(node(f"m{n}", "member") for n in (1, 2, 3, 4, 5)),
        node("y1", "candidate"),
        node("s1", "post", role="secretary"),
        node("s2", "post", role="secretary"),
        node("t1", "post", role="deputy_secretary"),
        node("t2", "post", role="deputy_secretary"),
        node("t3", "post", role="committee_member", until=LATER),
        node("w1", "post", role="deputy_head"),
        edge("PART_OF", "d1", "p"),
        edge("PART_OF", "c1", "d1"),
        edge("PART_OF", "c2", "d1", until=LATER),
        edge("PART_OF", "c2", "p", since=LATER),
        edge("PART_OF", "c3", "p"),
        edge("PART_OF", "v1", "c1"),
        edge("PART_OF", "v2", "c1"),
        edge("PART_OF", "v3", "c2"),
        edge("LIVES_IN", "h1", "v1"),
        edge("LIVES_IN", "h2", "v2"),
        edge("LIVES_IN", "h3", "v2", until=LATER),
        edge("LIVES_IN", "h3", "v3", since=LATER),
        edge("COVERS", "pc", "p"),
        edge("COVERS", "dc1", "d1"),
        edge("UNDER", "dc1", "pc"),
        edge("UNDER", "dc2", "pc"),
        edge("UNDER", "g1", "dc1"),
        edge("UNDER", "g2", "dc1"),
        edge("UNDER", "g3", "dc2", since=EARLY),
        edge("COVERS", "g1", "c1"),
        edge("COVERS", "g2", "c2"),
        edge("COVERS", "dc2", "c3", since=EARLY),
        edge("UNDER", "k1", "g1"),
        edge("UNDER", "k2", "g1"),
        edge("UNDER", "k3", "g2"),
        edge("UNDER", "k4", "dc2"),
        edge("COVERS", "k1", "v1"),
        edge("COVERS", "k1", "v2"),
        edge("COVERS", "k3", "v3"),
        edge("MEMBER_OF", "m1", "k1"),
        edge("MEMBER_OF", "m2", "k1", until=LATER),
        edge("MEMBER_OF", "m2", "k2", since=LATER),
        edge("MEMBER_OF", "m3", "k2"),
        edge("MEMBER_OF", "m4", "k3"),
        edge("MEMBER_OF", "m5", "k4"),
        edge("ATTENDS", "m1", "k2"),
        edge("ATTENDS", "m4", "k1", since=EARLY),
        edge("ATTENDS", "y1", "k3"),
        edge("OF_HOUSEHOLD", "m1", "h1"),
        edge("OF_HOUSEHOLD", "m3", "h2"),
        edge("NATIVE_OF", "m4", "c1"),
        edge("SEAT_IN", "s1", "k1"),
        edge("SEAT_IN", "s2", "g1"),
        edge("SEAT_IN", "t1", "g1"),
        edge("SEAT_IN", "t2", "g2"),
        edge("SEAT_IN", "t3", "k3", until=LATER),
        edge("SEAT_IN", "w1", "v2"),
        edge("HOLDS", "m1", "s1", until=EARLY, form="acting"),
        edge("HOLDS", "m1", "s1", since=EARLY, form="full"),
        edge("HOLDS", "m3", "s2", form="full"),
        edge("HOLDS", "m3", "t1", until=LATER),
        edge("HOLDS", "m4", "t2", form="acting"),
        edge("HOLDS", "m2", "t3", until=EARLY),
        edge("HOLDS", "m5", "w1", since=EARLY),
        edge("IN_CHARGE_OF", "m3", "k1"),
        edge("IN_CHARGE_OF", "m5", "c1"),
        edge("IN_CHARGE_OF", "m5", "c2", until=LATER),
        edge("IN_CHARGE_OF", "m4", "v3"),
        edge("IN_CHARGE_OF", "m1", "h2"),
    )
    founded = (
        ("cell", {}),
        ("village", {}),
        ("grassroots_committee", {}),
        ("post", {"role": "deputy_secretary"}),
        ("post", {"role": "secretary"}),
    )
    merged = ("cell", "grassroots_committee", "village", "commune")
    tiers = ("district", "direct_committee")
    types = ("commune", "district")

    @rule(when=WHEN, which=PLACE, place=PLACE, random=RANDOM)
    def join(self, when: When, which: int, place: int, random: Random) -> None:
        """Merge units that are side by side; second secretaries are answered for."""
        kind = self.merged[which % len(self.merged)]
        sources = self.beside(kind, place, when[0], random)
        new = self.new(kind, {}, place)
        step: Step = {"op": "merge_units", "sources": sources, "into": new}
        if len(sources) > 1:
            self.propose(when, answered(step, self.ended(sources, when[0], random)))

    @rule(when=WHEN, which=PLACE, place=PLACE, random=RANDOM)
    def take_in(self, when: When, which: int, place: int, random: Random) -> None:
        """Let a unit absorb others beside it; second secretaries are answered for."""
        kind = self.merged[which % len(self.merged)]
        into, *sources = self.beside(kind, place, when[0], random)
        step: Step = {"op": "absorb_units", "sources": sources, "into": into}
        if sources:
            self.propose(when, answered(step, self.ended(sources, when[0], random)))

    def beside(self, kind: str, place: int, day: int, random: Random) -> list[str]:
        """Return a unit and one or two others, mostly with the same parent."""
        first = self.pick(place, kind)
        above = self.state.parent(first, day, self.model.contains)
        others = [
            unit
            for unit in sorted(self.state.lives)
            if unit != first
            and self.state.kind(unit) == kind
            and self.state.lives_on(unit, day)
            and (
                self.state.parent(unit, day, self.model.contains) == above
                or random.randrange(8) == 0
            )
        ]
        return [first, *random.sample(others, min(len(others), random.randint(1, 2)))]

    def ended(self, units: list[str], day: int, random: Random) -> dict[str, str]:
        """Answer that some posts of units end with them, mostly the secretaries'."""
        posts = [
            run.source
            for run in self.state.runs()
            if run.kind == "SEAT_IN"
            and run.target in units
            and run.since <= day < run.until
            and (
                self.state.facts(run.source, day).get("role") == "secretary"
                or random.randrange(4) == 0
            )
        ]
        return dict.fromkeys(posts, "ends_with") if random.randrange(3) else {}

    def committed(self, expected: State) -> None:
        """Commit; the report was true, and nobody's term is cut short by it."""
        plan = self.plans[0]
        was = said_by(all_rows(self.first))
        held = {person: spells(self.first, person) for person in self.people()}
        self.reports_are_true(was)
        super().committed(expected)
        ended = {
            change.after.id
            for change in plan.changes
            if len(change.key) == 2 and change.after and change.after.until != FOREVER
        }
        if plan.proposal["steps"][0]["op"] == "undo":
            return
        for person, before in held.items():
            now = {(one.post, one.since): one for one in spells(self.first, person)}
            assert len(now) <= len(before)
            for one in before:
                other = now.get((one.post, one.since))
                same = other is not None and other.until == one.until
                assert same or one.post in ended, f"{one} is now {other}"

    def people(self) -> list[str]:
        """Return all members."""
        lives = self.state.lives
        return [node for node in sorted(lives) if lives[node][0] == "member"]

    def reports_are_true(self, was: list[Row]) -> None:
        """Groups, people and the list are what plain Python says, on every store."""
        plan = self.plans[0]
        everyone = turned(was, changed(was, plan.changes), plan.effective)
        for store, own in zip(self.stores, self.plans, strict=True):
            report = build_report(own, store)
            groups = {
                (g.unit, g.before, g.after): dict(g.counts) for g in report.chains
            }
            assert groups == {place: dict(n) for place, n in grouped(everyone).items()}
            alone = [o.id for o in everyone if o.unit is None and o.kind == "member"]
            assert [person.id for person in report.people] == alone
            listed = [tuple(one) for one in affected_people(own, store)]
            assert sorted(listed, key=str) == sorted(map(tuple, everyone), key=str)
            assert text_of(report)
            summed: Counter[tuple[str, str]] = Counter()
            for edges in report.dependents_by_kind.values():
                for name, words in edges.items():
                    summed.update({(name, word): n for word, n in words.items()})
            said = report.dependents.items()
            assert dict(summed) == {(e, w): n for e, ws in said for w, n in ws.items()}

    def agree(self) -> None:
        """See the machine; and everyone is there, each member in one cell a day."""
        super().agree()
        heads = Counter(kind for kind, *_ in self.state.lives.values())
        found = Counter(row.kind for row in self.rows if not isinstance(row, EdgeRow))
        for kind in ("member", "candidate", "household"):
            assert heads[kind] == found[kind]
        people = self.people()
        for day in DAYS:
            rows = self.first.edges(people, ["MEMBER_OF"], "out", Span.day(day))
            assert sorted(row.source for row in rows) == people


def test_people() -> None:
    """People, their posts and charges keep every law in some stories."""
    run_state_machine_as_test(People, settings=SOME)


@pytest.mark.slow
def test_people_at_length() -> None:
    """People, their posts and charges keep every law in many stories."""
    run_state_machine_as_test(People, settings=MANY)
