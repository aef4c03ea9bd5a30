"""Posts beyond the legal number: five years after a merger, to the day."""

from datetime import date

import pytest
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.pack import load_pack, pack_from_data
from orgraph.rules import Reach
from orgraph.rules.surplus_deputies import FOR_A_TIME, TOO_MANY, SurplusDeputies
from orgraph.stores.memory import MemoryStore

GIVEN = """\
since: 2010-01-01
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: o, kind: direct_committee, parent: pc, until: 2025-07-01}
  - {id: d, kind: direct_committee, parent: pc, since: 2025-07-01}
  - {id: e, kind: direct_committee, parent: pc}
edges:
  - {kind: SUCCEEDED_BY, source: o, target: d, since: 2025-07-01, part: whole}
"""


def seats(unit: str, number: int) -> str:
    """Return deputies of a unit, as lines among the nodes."""
    return "".join(
        f"  - {{id: {unit}{n}, kind: post, role: deputy_secretary, parent: {unit}, "
        "since: 2025-07-01}\n"
        for n in range(number)
    )


@pytest.mark.parametrize(
    ("day", "merged", "other"),
    [
        (date(2025, 7, 1), FOR_A_TIME, TOO_MANY),
        (date(2030, 6, 30), FOR_A_TIME, TOO_MANY),
        (date(2030, 7, 1), TOO_MANY, TOO_MANY),
    ],
)
def test_five_years_to_the_day(day: date, merged: object, other: object) -> None:
    """A unit that was merged may have more for five years, and another never."""
    data = load_pack("vietnam").data
    limits = [
        {k: v for k, v in limit.items() if k != "unconfirmed"}
        | ({"at_most": 2} if limit["by"] == "surplus_deputies" else {})
        for limit in data["limits"]
    ]
    pack = pack_from_data({**data, "limits": limits})
    for number in (2, 3):
        given = GIVEN.replace(
            "edges:\n", seats("d", number) + seats("e", number) + "edges:\n"
        )
        view = Snapshot(filled(MemoryStore(pack), given), day)
        found = SurplusDeputies().check(view, Reach.within(view, ["d", "e"], []))
        codes = {f.subject: f.code for f in found}
        wanted = {"d": merged.code, "e": other.code} if number > 2 else {}
        assert codes == wanted


def test_is_off_until_the_number_is_confirmed() -> None:
    """The number of the law was not read in a text, so nothing is found."""
    given = GIVEN.replace("edges:\n", seats("e", 9) + "edges:\n")
    store = filled(MemoryStore(pack_named("vietnam")), given)
    view = Snapshot(store, date(2026, 1, 1))
    assert not list(SurplusDeputies().check(view, Reach.within(view, ["e"], [])))
