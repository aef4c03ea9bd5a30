"""Standards: what is quoted with a finding, and what is looked at."""

from datetime import date

from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.findings import Finding
from orgraph.language import language
from orgraph.rules import Reach
from orgraph.rules.below_standard import BelowStandard
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: c1, kind: commune, type: xã, mountainous: true, people: 1, area_m2: 50000000}
  - {id: c2, kind: commune, type: xã, mountainous: true, people: 1, area_m2: 1}
"""


def _found(*nodes: str) -> list[Finding]:
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    view = Snapshot(store, date(2025, 1, 1))
    return list(BelowStandard().check(view, Reach.within(view, nodes, [])))


def test_fails_with_the_article() -> None:
    """A finding quotes the document and article, and says what may exempt."""
    (finding,) = _found("c1")
    assert finding.source == pack_named("vietnam").thresholds[0].source
    assert "isolated position" in finding.hint
    assert finding.severity == "error"


def test_passes_what_is_not_reached() -> None:
    """A plan that touches one commune doesn't judge another."""
    assert {finding.subject for finding in _found("c1")} == {"c1"}
    assert len(_found("c1", "c2")) == 3


def test_so_many_people_are_said_as_each_language_counts() -> None:
    """The number stands before its noun, in English as in Vietnamese."""
    (finding,) = _found("c1")
    assert "has 1 people; " in finding.message
    assert "có 1 người; " in language("vi").say(finding.message)
