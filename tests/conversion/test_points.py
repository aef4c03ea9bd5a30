"""Where a map shows new units, as their table says it."""

from pathlib import Path

import pytest
from drafting import drafted, put, steps

from orgraph.conversion import load_words, read_units

ROWS = ["1,Ash,9,Elm,whole", "2,Fir,9,Elm,whole"]


@pytest.mark.parametrize(
    "head", ["lon,lat", "longitude,latitude", "Kinh độ,Vĩ độ", "LON,LAT"]
)
def test_degrees_become_facts(tmp_path: Path, head: str) -> None:
    """Degrees go on as they are written, under the names that the pack gives them."""
    units = f"code,name,{head}\n9,Elm,105.838,-21.0380\n"
    if head.isupper():  # a header that no words know says nothing
        (step,) = steps(drafted(tmp_path, ROWS, units=units))
        assert "facts" not in step["into"]
        return
    (step,) = steps(drafted(tmp_path, ROWS, units=units))
    assert step["into"]["facts"] == {"longitude": "105.838", "latitude": "-21.0380"}


def test_a_unit_without_degrees_has_none(tmp_path: Path) -> None:
    """Empty cells say nothing, and nothing is put in their place."""
    units = "code,name,type,lon,lat\n9,Elm,town,,\n"
    (step,) = steps(drafted(tmp_path, ROWS, units=units))
    assert step["into"]["facts"] == {"type": "town"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("105.8,91", "'91' of Elm is no latitude."),
        ("180.1,21", "'180.1' of Elm is no longitude."),
        ("1e2,21", "'1e2' of Elm is no longitude."),
        ("105.8,", "'' of Elm is no latitude."),
        ("105°50',21", '"105°50\'" of Elm is no longitude.'),
        ("105.12345678,21", "'105.12345678' of Elm is no longitude."),
    ],
)
def test_what_is_no_degrees_is_refused(tmp_path: Path, cells: str, said: str) -> None:
    """Half a point, and what is beyond the poles, is named with its place."""
    done = drafted(tmp_path, ROWS, units=f"code,name,lon,lat\n9,Elm,{cells}\n")
    (found,) = done.findings
    assert (found.finding.code, found.finding.message) == ("DRAFT34", said)
    assert found.is_error
    assert found.place.endswith("units.csv:2")


def test_a_basis_stands_beside(tmp_path: Path) -> None:
    """The column of the document is found with those of degrees in the table."""
    text = "code,name,type,decree,lon,lat\n9,Elm,town,N 1,105,21.5\n"
    _, (unit,), has = read_units(put(tmp_path, "u.csv", text), load_words(), "decree")
    assert has
    assert unit[1:] == ("9", "Elm", "town", "N 1", "105", "21.5")
