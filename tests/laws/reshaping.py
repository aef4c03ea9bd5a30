"""The rules of the machine that let units give to others, wholly and in part."""

from collections.abc import Mapping
from random import Random
from typing import Any

from drawing import Drawing, answered
from hypothesis import strategies as st
from hypothesis.stateful import rule
from machine import PLACE, WHEN, Reorganisations, Step, When

RANDOM = st.randoms(use_true_random=False)


class Reshapings(Reorganisations):
    """Splits, transfers, restorations and what goes from many to many."""

    def drawing(self, when: When, random: Random) -> Drawing:
        """Return what draws for a day."""
        return Drawing(self.model, self.state, when[0], random)

    def given_to(self, kind: str, random: Random) -> tuple[str, Mapping[str, Any]]:
        """Return a target: an existing unit, or a new one, with its id."""
        if random.randrange(3) == 0:
            unit = self.pick(random.randrange(31), kind)
            return unit, {"unit": unit}
        new = self.new(kind, {}, random.randrange(31))
        if random.randrange(4) == 0:
            new["under"] = self.parent_of(kind, random.randrange(31))
        return new["id"], {"new": new}

    @rule(when=WHEN, which=PLACE, place=PLACE, random=RANDOM)
    def split(self, when: When, which: int, place: int, random: Random) -> None:
        """Split a unit among new and old ones; it ends, or lives on."""
        kind = self.merged[which % len(self.merged)]
        source, kept = self.pick(place, kind), random.randrange(3) == 0
        targets = dict(
            self.given_to(kind, random)
            for _ in range(random.randint(1 if kept else 2, 3))
        )
        if source in targets and not self.drawing(when, random).now_and_then():
            del targets[source]
        if len(targets) < 2 - kept:
            return
        given, answers = self.drawing(when, random).given(
            source, list(targets), kept=kept
        )
        step: Step = {"op": "split_unit", "source": source}
        step["targets"] = [
            {**to, **what} for to, what in zip(targets.values(), given, strict=True)
        ]
        if kept:
            step["keep_source"] = True
        self.propose(when, answered(step, answers))

    @rule(when=WHEN, which=PLACE, a=PLACE, b=PLACE, random=RANDOM)
    def transfer(self, when: When, which: int, a: int, b: int, random: Random) -> None:
        """Transfer parts and shares; both units live on."""
        kind = self.merged[which % len(self.merged)]
        source, target = self.pick(a, kind), self.pick(a + 1 + b % 4, kind)
        if source == target and b % 4:
            target = self.pick(a + 1, kind)
        given, answers = self.drawing(when, random).given(source, [target], kept=True)
        ends = {"from": source, "to": target}
        step = {"op": "transfer_parts", **ends, **given[0]}
        self.propose(when, answered(step, answers))

    @rule(when=WHEN, which=PLACE, random=RANDOM)
    def reorganise(self, when: When, which: int, random: Random) -> None:
        """Let several units flow into several others."""
        kind = self.merged[which % len(self.merged)]
        drawing = self.drawing(when, random)
        sources = dict.fromkeys(
            self.pick(random.randrange(31), kind) for _ in range(random.randint(1, 3))
        )
        targets = dict(self.given_to(kind, random) for _ in range(random.randint(1, 3)))
        new = [{**to["new"], "as": unit} for unit, to in targets.items() if "new" in to]
        step: Step = {"op": "reorganise_units", "new": new, "edges": []}
        keep, answers = [], {}
        for source in sources:
            among = [t for t in targets if t != source or drawing.now_and_then()]
            if not among:
                continue
            among = sorted(random.sample(among, random.randint(1, len(among))))
            if random.randrange(2):
                whole = {"from": source, "to": random.choice(among), "whole": True}
                step["edges"].append(whole)
                continue
            kept = source in targets or random.randrange(3) == 0
            keep += [source] if kept else []
            given, own = drawing.given(source, among, kept=kept)
            answers.update(own)
            step["edges"] += [
                {"from": source, "to": to, **what}
                for to, what in zip(among, given, strict=True)
            ]
        for one in new:
            if not any(edge["to"] == one["id"] for edge in step["edges"]):
                source = random.choice(list(sources))
                step["edges"].append({"from": source, "to": one["id"], "whole": True})
            self.place(one, step, when[0])
        if step["edges"]:
            self.propose(when, answered({**step, "keep": keep}, answers))

    def place(self, new: Step, step: Step, day: int) -> None:
        """Say what a new unit comes under, where its sources differ in that."""
        into = [edge["from"] for edge in step["edges"] if edge["to"] == new["id"]]
        parents = {self.state.parent(unit, day, self.model.contains) for unit in into}
        if len(parents) > 1 and "under" not in new:
            new["under"] = min(parent for parent in parents if parent is not None)

    @rule(when=WHEN, place=PLACE, giver=st.none() | PLACE, random=RANDOM)
    def restore(
        self, when: When, place: int, giver: int | None, random: Random
    ) -> None:
        """Restore a unit that has ended, with what another gives back, or nothing."""
        lives = self.state.lives
        ended = [n for n in sorted(lives) if lives[n][2] <= when[0]]
        drawing = self.drawing(when, random)
        names = sorted(lives) if not ended or drawing.now_and_then() else ended
        old = names[place % len(names)]
        kind = lives[old][0]
        unit = {**self.new(kind, {}, place), "restores": old}
        step: Step = {"op": "restore_unit", "unit": unit}
        answers: dict[str, Any] = {}
        if giver is not None:
            step["from"] = self.pick(giver, kind)
            given, answers = drawing.given(step["from"], [unit["id"]], kept=True)
            step.update(given[0])
        if giver is None or random.randrange(3) == 0:
            step["under"] = self.parent_of(kind, random.randrange(31))
        self.propose(when, answered(step, answers))
