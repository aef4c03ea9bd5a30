"""Founding a unit: what can't even be read, and what a step says of itself."""

import pytest
from harness import NewStore, applied, filled, proposed

from orgraph.errors import InputError
from orgraph.operations.found_unit import FoundUnit


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("{kind: district, name: Dale, id: Dale}", "write dale"),
        ("{kind: district, name: Dale, id: 'code:7'}", "names a unit by its code"),
        ("{kind: district, name: Dale, code: 07}", 'write "07"'),
        ("{kind: district}", "name is missing"),
        ("{kind: district, name: Dale, faccts: {}}", "did you mean facts?"),
        ("{kind: district, name: Dale, facts: {people: 1.5}}", "people"),
    ],
)
def test_unreadable(new: str, sentence: str) -> None:
    """A new unit that is written wrong is refused with its place and the cure."""
    with pytest.raises(InputError, match=r"proposal\.yaml:4:\d+: ") as error:
        proposed(f"- {{op: found_unit, new: {new}}}")
    assert sentence in str(error.value)


def test_no_finding_names_a_new_person(new_store: NewStore) -> None:
    """What is refused of a person is said by kind or id: findings go into reports."""
    store = filled(new_store("territory"), "nodes: [{id: s, kind: state}]")
    new = "{kind: person, name: Jane Doe, facts: {nothing: 1}}"
    plan = store.plan(proposed(f"- {{op: found_unit, new: {new}}}"))
    assert {finding.code for finding in plan.findings} >= {"FACT01", "KIND01"}
    assert not any("Jane" in f"{f.subject}{f.message}{f.hint}" for f in plan.findings)


def test_label_on_the_step_or_on_the_new_unit() -> None:
    """A label stands on the step or on the new unit; the step's own wins."""
    new = {"kind": "district", "name": "Dale", "as": "dale"}
    data = {"op": "found_unit", "new": new}
    assert FoundUnit.model_validate(data).labels() == ["dale"]
    assert FoundUnit.model_validate({**data, "as": "here"}).labels() == ["here"]


def test_founding_twice(new_store: NewStore) -> None:
    """The same step in two proposals founds two units, with two ids."""
    store = filled(new_store("territory"), "nodes: [{id: s, kind: state}]")
    step = "- {op: found_unit, new: {kind: district, name: Dale}, under: s}"
    ids = [applied(store, step).changes[0].key[0] for _ in range(2)]
    assert ids == ["district-dale-2025-01-01", "district-dale-2025-01-01-2"]


def test_waived(new_store: NewStore) -> None:
    """A commune below a standard is founded where a waiver names its basis."""
    store = filled(new_store("vietnam"), "nodes: [{id: p, kind: province}]")
    new = "{id: c, kind: commune, name: Xã Đảo, facts: FACTS}".replace(
        "FACTS", "{type: xã, mountainous: false, people: 900, area_m2: 30000000}"
    )
    step = f"- {{op: found_unit, new: {new}, under: p}}"
    assert store.plan(proposed(step)).refused
    waiver = "\nwaivers: [{code: STANDARD01, subject: c, basis: Resolution 35/2023}]"
    plan = applied(store, step + waiver)
    assert [finding.waived for finding in plan.findings] == ["Resolution 35/2023"]
