"""Places without members: the rule says what the question says, which counts in SQL."""

from datetime import date
from pathlib import Path

from dwelt import drawn
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.pack import load_pack, pack_from_data
from orgraph.queries import white_villages
from orgraph.rules import Reach
from orgraph.rules.white_places import WHITE, WhitePlaces
from orgraph.stores.sqlite import SqliteStore

DAY = date(2025, 1, 1)
VILLAGES = [f"v{number}" for number in range(6)]


def test_says_what_the_question_says(tmp_path: Path) -> None:
    """Of villages drawn at random those are white that `white-villages` counts so."""
    met = set()
    for seed in range(40):
        path = tmp_path / f"{seed}.db"
        with SqliteStore(path, create=pack_named("vietnam")) as store:
            filled(store, drawn(seed, homes=seed % 2 == 0))
            view = Snapshot(store, DAY)
            found = list(WhitePlaces().check(view, Reach.within(view, VILLAGES, [])))
            assert {finding.code for finding in found} <= {WHITE.code}
            items = white_villages(store, None, DAY).items
        # Where nobody is recorded, member or not, the rule doesn't say so of a place.
        known = [item for item in items if item.members is not None]
        white = {item.id for item in known if item.state == "without_members"}
        assert {finding.subject for finding in found} == white, seed
        met.add(len(white))
    assert len(met) > 2


def test_pack_that_knows_no_homes_has_no_such_rule(tmp_path: Path) -> None:
    """Where the pack doesn't say how people live in places, none is called white."""
    data = load_pack("vietnam").data
    places = {k: v for k, v in data["questions"]["places"].items() if k != "home"}
    questions = {**data["questions"], "places": places}
    pack = pack_from_data({**data, "questions": questions})
    with SqliteStore(tmp_path / "s.db", create=pack) as store:
        view = Snapshot(filled(store, drawn(3)), DAY)
        assert not list(WhitePlaces().check(view, Reach.within(view, VILLAGES, [])))
