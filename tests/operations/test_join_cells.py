"""Joining cells: what a plan of it reads, and that members keep their village."""

from pathlib import Path

import pytest
from communes import commune, planned
from harness import NewStore, applied, filled, proposed

from orgraph.errors import InputError
from orgraph.model import OUT, Span
from orgraph.queries import joint_cells, white_villages

INTO = "- {op: join_cells, places: [v1, v2], host: c0}"
NEW = "cell: {id: new, kind: cell, name: New}, under: gc"


@pytest.mark.parametrize(
    "fields",
    [
        "places: [v1, v2]",
        "places: [v1, v2], under: gc",
        "places: [v1, v2], host: c0, under: gc",
        f"places: [v1, v2], host: c0, {NEW}",
        "places: [v1, v2], cell: {kind: cell, name: New}",
        f"places: [v1], {NEW}",
    ],
)
def test_the_joint_cell_is_one(fields: str) -> None:
    """It is either a host, or a new cell under a committee that serves several."""
    with pytest.raises(InputError, match=r"proposal\.yaml:4:"):
        proposed(f"- {{op: join_cells, {fields}}}")


def test_reads_don_t_grow_with_members(tmp_path: Path) -> None:
    """A plan takes as many statements for forty members a cell as for two."""
    found = [planned(tmp_path / f"{n}.db", commune(n), INTO) for n in (2, 40)]
    assert [plan.refused for plan, _ in found] == [False, False]
    assert found[0][1] == found[1][1]


def test_members_keep_their_village(new_store: NewStore) -> None:
    """Who lives where isn't touched, and the cell remembers which places it serves."""
    store = filled(new_store("vietnam"), commune(2, homes=True))
    people = [f"m{cell}-{n}" for cell in range(3) for n in range(2)]
    day = proposed(INTO).effective
    before = list(store.edges(people, ["OF_HOUSEHOLD"], OUT, Span.always()))
    applied(store, INTO)
    assert list(store.edges(people, ["OF_HOUSEHOLD"], OUT, Span.always())) == before
    (joint, _) = joint_cells(store, "xa", day).items
    assert (joint.id, joint.members) == ("c0", 6)
    assert [place.id for place in joint.places] == ["v0", "v1", "v2"]
    states = {item.id: item.state for item in white_villages(store, "xa", day).items}
    assert states["v1"] == states["v2"] == "joint"
