"""Dissolving a section: the members below are counted where they were."""

from communes import commune
from harness import NewStore, applied, filled, proposed

from orgraph.queries import tally

FORM = """\
- op: form_section
  section: {id: sc, kind: sectional_committee, name: Section}
  under: gc
  cells: [c0, c1]
"""
DISSOLVE = "- {op: dissolve_section, section: sc}"


def test_members_stay_below_the_committee(new_store: NewStore) -> None:
    """All members are below the committee before, with the section, and after it."""
    store = filled(new_store("vietnam"), commune(3))
    day = proposed(DISSOLVE).effective
    counts = [tally(store, "gc", day).to_plain()]
    for step, effective in ((FORM, "2025-01-01"), (DISSOLVE, "2025-02-01")):
        applied(store, step, effective)
        on = proposed(step, effective).effective
        counts.append(tally(store, "gc", on).to_plain())
    assert [count["counts"]["member"] for count in counts] == [12, 12, 12]
