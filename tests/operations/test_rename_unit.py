"""Renaming a unit: what can't be read, and names that only look alike."""

from pathlib import Path

import pytest
from harness import NewStore, filled, pack_named, proposed

from orgraph.errors import InputError
from orgraph.stores.sqlite import SqliteStore


def test_nothing_to_rename() -> None:
    """A rename has a name, a code or both."""
    with pytest.raises(InputError, match="needs a name, a code or both"):
        proposed("- {op: rename_unit, unit: s}")


def test_one_name_in_two_forms(new_store: NewStore) -> None:
    """A name that differs only in how its accents are stored is the same name."""
    store = filled(
        new_store("vietnam"), 'nodes: [{id: p, kind: province, name: "Tỉnh"}]'
    )
    step = '- {op: rename_unit, unit: p, name: "Ti\u0309nh "}'
    plan = store.plan(proposed(step))
    assert [finding.code for finding in plan.findings] == ["RENAME01"]


def test_a_bare_code_is_no_name(tmp_path: Path) -> None:
    """Whoever writes a code alone is told how to name its unit; read once for all."""
    counts = []
    for number in (1, 30):
        rows = [
            f"{{id: m{n}, kind: state, name: Ash, code: '0{n}'}}" for n in range(30)
        ]
        pack = pack_named("territory")
        with SqliteStore(tmp_path / f"{number}.db", create=pack) as store:
            filled(store, f"nodes: [{', '.join(rows)}]")
            steps = [
                f"- {{op: rename_unit, unit: '0{n}', name: Elm}}\n"
                for n in range(number)
            ]
            store.statements = []
            found = store.plan(proposed("".join(steps))).findings
            counts.append(len(store.statements))
    assert {finding.code for finding in found} == {"UNIT01"}
    hints = sorted(finding.hint for finding in found)
    assert hints[0] == "Write code:00, which is the code of Ash (m0)."
    assert len(hints) == 30
    assert counts[0] == counts[1]
