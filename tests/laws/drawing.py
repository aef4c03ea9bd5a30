"""Draws what flows between units: parts, shares that mostly add up, and answers."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from model import Model
from state import Run, State

Step = dict[str, Any]
WORDS = ("all", "none", "unknown", "ask")


class Drawing:
    """Draws for one step on one day; most of what it draws can be done."""

    def __init__(self, model: Model, state: State, day: int, random: Random) -> None:
        """Look at what is so on the day."""
        self.model = model
        self.state = state
        self.day = day
        self.random = random

    def now_and_then(self) -> bool:
        """Tell, seldom, that something odd is wanted."""
        return self.random.randrange(16) == 0

    def own(self, unit: str) -> dict[str, int | None]:
        """Return what a unit itself carries on the day."""
        if not self.state.lives_on(unit, self.day):
            return {}
        keys = self.model.carried(self.state, self.day, [unit])
        facts = self.state.facts(unit, self.day)
        return {
            name: facts[name]
            for name in sorted(self.model.additive)
            if {f"fact:{name}", f"unknown:{name}"} & keys.keys()
        }

    def shares(self, source: str, count: int, *, kept: bool) -> list[Any]:
        """Return what is said of the facts for each of the targets of a unit."""
        own = self.own(source)
        if not own or self.now_and_then():
            word = self.random.choice([None, None, "none", "unknown", "1/2"])
            return [word] * count
        if self.random.randrange(4) == 0:
            return self.fractions(count, kept=kept)
        said: list[Any] = [{} for _ in range(count)]
        names = dict(own)
        if self.random.randrange(4) == 0:
            names.update(dict.fromkeys(sorted(set(self.model.additive) - own.keys())))
        for name, value in names.items():
            for place, share in enumerate(
                self.divided(value, count, kept=kept)
                if name in own
                else [self.random.choice(["none", "all", "unknown"])] * count
            ):
                said[place][name] = share
        return said

    def divided(self, value: int | None, count: int, *, kept: bool) -> list[Any]:
        """Return the shares of one fact that targets get."""
        random = self.random
        if self.now_and_then():
            return [random.choice([*WORDS, 0, 1, 2, "1/3"]) for _ in range(count)]
        way = random.randrange(4)
        if way == 0:
            lucky = random.randrange(count + kept)
            return ["all" if place == lucky else "none" for place in range(count)]
        if way == 1:
            return self.fractions(count, kept=kept)
        if way == 2 or (value is None and not kept):
            known: list[Any] = [
                "none",
                *([1] if value is None or value > count else []),
            ]
            shares = [random.choice(["unknown", *known]) for _ in range(count)]
            return shares if kept or "unknown" in shares else ["unknown", *shares[1:]]
        left = random.randrange(3) if value is None else value
        amounts = []
        for place in range(count):
            last = place == count - 1 and not kept
            amounts.append(left if last else random.randint(0, left))
            left -= amounts[-1]
        return amounts

    def fractions(self, count: int, *, kept: bool) -> list[str]:
        """Return fractions that make the whole, or less of what lives on."""
        weights = [self.random.randint(0, 3) for _ in range(count + kept)]
        weights[-1] += 1
        return [f"{weight}/{sum(weights)}" for weight in weights[:count]]

    def dependents(self, unit: str) -> list[Run]:
        """Return the edges that join others to a unit, but not its own parent."""
        return [
            run
            for run in self.state.runs()
            if run.until > self.day
            and (
                run.target == unit
                or (run.source == unit and run.kind not in self.model.contains)
            )
        ]

    def parts(
        self, source: str, targets: Sequence[str], *, kept: bool
    ) -> tuple[dict[str, list[str]], dict[str, Any]]:
        """Return the parts of a unit that go to each target, and answers for others."""
        given: dict[str, list[str]] = {target: [] for target in targets}
        answers: dict[str, Any] = {}
        others = sorted(
            {
                run.source if run.target == source else run.target
                for run in self.dependents(source)
            }
        )
        if self.now_and_then():
            others.append(self.random.choice(sorted(self.state.lives)))
        for other in others:
            way = self.random.randrange(8)
            if way > 1 or (not kept and way == 0):
                given[self.random.choice(list(targets))].append(other)
            elif not kept:
                name = self.random.choice([other, f"{other}@{source}"])
                answers[name] = self.random.choice(
                    ["end", "parent", {"to": self.random.choice(list(targets))}]
                )
        return given, answers

    def given(
        self, source: str, targets: Sequence[str], *, kept: bool
    ) -> tuple[list[Step], dict[str, Any]]:
        """Return the parts and shares of each target, and answers."""
        parts, answers = self.parts(source, targets, kept=kept)
        shares = self.shares(source, len(targets), kept=kept)
        return [
            {
                **({"parts": parts[target]} if parts[target] else {}),
                **({} if share is None else {"shares": share}),
            }
            for target, share in zip(targets, shares, strict=True)
        ], answers


def answered(step: Step, answers: Mapping[str, Any]) -> Step:
    """Return a step with its answers, if there are any."""
    return {**step, "answers": dict(answers)} if answers else step
