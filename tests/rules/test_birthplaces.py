"""Where birthplaces lie since they ended, for certain or possibly."""

from datetime import date

from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.rules.birthplaces import Birthplace, Birthplaces
from orgraph.stores.memory import MemoryStore

GIVEN = """\
since: 2000-01-01
nodes:
  - {id: p, kind: province}
  - {id: q, kind: province}
  - {id: d, kind: district, until: 2025-07-01, parent: p}
  - {id: f, kind: district, until: 2025-07-01, parent: p}
  - {id: old, kind: commune, until: 2020-01-01, parent: p}
  - {id: x, kind: commune, until: 2024-01-01, parent: p}
  - {id: y, kind: commune, until: 2024-01-01, parent: p}
  - {id: z, kind: commune, parent: p}
  - {id: w, kind: commune, until: 2025-07-01}
  - {id: moved, kind: commune, parent: q}
  - {id: again, kind: commune, since: 2022-01-01, parent: p}
edges:
"""
ENDED = "  - {kind: PART_OF, source: %s, target: d, until: %s}\n"
WENT = "  - {kind: SUCCEEDED_BY, source: %s, target: %s, since: %s%s}\n"
PARTS = WENT % ("old", "x", "2020-01-01", ", part: part")
PARTS += WENT % ("old", "y", "2020-01-01", ", part: part")
WHOLE = WENT % ("x", "z", "2024-01-01", ", part: whole")


def lies(place: str, edges: str) -> Birthplace:
    """Return where a place lies on a day, with these edges besides."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN + edges)
    kinds = ("village", "commune", "district", "province")
    view = Snapshot(store, date(2025, 7, 1))
    return Birthplaces(view, [place], kinds).of(place)


def test_what_was_divided_is_in_what_all_its_parts_are_in() -> None:
    """Parts that came together again have the place, and one of them may have it."""
    apart = WENT % ("y", "moved", "2024-01-01", ", part: whole")
    found = lies("old", PARTS + WHOLE + apart)
    assert found.sure == {"old"}
    assert found.possible == {"old", "x", "y", "z", "moved", "p", "q"}
    together = WENT % ("y", "z", "2024-01-01", ", part: whole")
    assert lies("old", PARTS + WHOLE + together).sure == {"old", "z", "p"}


def test_of_what_went_as_one_part_the_rest_is_open() -> None:
    """A lone part, or one whose extent isn't recorded, may have the place or not."""
    for said in (", part: part", ""):
        found = lies("x", WENT % ("x", "z", "2024-01-01", said))
        assert found.sure == {"x"}
        assert found.possible == {"x", "z", "p"}


def test_what_was_restored_has_its_place_again() -> None:
    """Whatever a place was merged into has it no longer for certain."""
    rows = WENT % ("x", "z", "2024-01-01", ", part: whole")
    rows += WENT % ("x", "again", "2025-01-01", ", part: restored")
    assert lies("x", rows).sure == {"x", "again", "p"}


def test_a_district_without_lineage_is_known_by_its_last_day() -> None:
    """It was in its province, and what is in it may be any commune that was in it."""
    rows = ENDED % ("w", "2025-07-01") + ENDED % ("moved", "2010-01-01")
    rows += WENT % ("w", "z", "2025-07-01", ", part: whole")
    found = lies("d", rows.replace("target: d,", "target: d, since: 2005-01-01,"))
    assert found.sure == {"d", "p"}
    assert found.heirs == {"d", "w", "z"}
    assert not found.lost


def test_of_what_nothing_is_recorded_nothing_is_known() -> None:
    """A unit without lineage is in what it was in; without even that it is lost."""
    ended = lies("f", ENDED % ("w", "2025-07-01"))
    assert ended.sure == {"f", "p"}
    assert ended.possible == {"f", "p"}
    assert not ended.lost
    assert lies("w", PARTS).lost


def test_lineage_that_goes_round_ends() -> None:
    """Of two units that each gave the other something both are looked at once."""
    rows = WENT % ("x", "y", "2024-01-01", ", part: whole")
    rows += WENT % ("y", "x", "2010-01-01", ", part: part")
    rows += WENT % ("y", "z", "2024-01-01", ", part: whole")
    assert lies("x", rows).sure == {"x", "y", "z", "p"}
