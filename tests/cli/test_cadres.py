"""eligible and concurrency as they are told."""

from pathlib import Path

import pytest
from land import put
from running import Orgraph

NODES = """\
id,kind,name,since,role,rank,service_end
pc,provincial_committee,Đảng bộ tỉnh,2010,,,
dx,direct_committee,Đảng bộ xã Một,2010,,,
dy,direct_committee,Đảng bộ xã Hai,2010,,,
e,enterprise,Mỏ than,2010,,,
g,grassroots_committee,Đảng bộ mỏ,2010,,,
c,cell,Chi bộ,2010,,,
a,post,Bí thư xã Một,2010,secretary,commune,
b,post,Bí thư xã Hai,2010,secretary,commune,
s,post,Bí thư mỏ,2010,secretary,,
h,post,Giám đốc mỏ,2010,head,,
m,member,Jane Doe,2010,,,2050-01-01
n,member,John Roe,2010,,,2030-01-01
"""
EDGES = """\
kind,source,target,since
UNDER,dx,pc,2010
UNDER,dy,pc,2010
UNDER,g,dy,2010
UNDER,c,dx,2010
MEMBER_OF,m,c,2010
MEMBER_OF,n,c,2010
COVERS,g,e,2010
SEAT_IN,a,dx,2010
SEAT_IN,b,dy,2010
SEAT_IN,s,g,2010
SEAT_IN,h,e,2010
HOLDS,m,a,2020-01-01
HOLDS,n,s,2020-01-01
HOLDS,n,h,2020-01-01
PLANNED_FOR,m,b,2024-01-01
"""
ON = ("--on", "2025-06-01")


ALL = "people who hold a post for good, seats beside a post not counted"


@pytest.fixture
def cadres(folder: Path, orgraph: Orgraph) -> Path:
    """Return a store with two committees, a mine and two cadres."""
    files = [put(folder, "n.csv", NODES), put(folder, "e.csv", EDGES)]
    outcome = orgraph("import", *files, "--pack", "vietnam")
    assert outcome.code == 0, outcome.err
    return folder / "orgraph.db"


def test_eligible(cadres: Path, orgraph: Orgraph) -> None:
    """What is asked is named with its source, then each candidate with the reasons."""
    assert cadres.is_file()
    lines = orgraph("eligible", "b", *ON).out.splitlines()
    assert lines[0] == "Bí thư xã Hai (b) in Đảng bộ xã Hai (dy) on 2025-06-01"
    asked = "  asked: rotation-36-months: months, at least 36 "
    assert asked + "(Regulation 65-QĐ/TW (2022), art. 8)" in lines
    assert [" ".join(line.split()) for line in lines[-5:-1]] == [
        "eligible 1",
        "can't be told 0",
        "not eligible 0",
        "holds it now 0",
    ]
    assert lines[-1] == ("eligible: m •••, planned for it, leaves Bí thư xã Một (a)")
    named = orgraph("eligible", "b", "--names", *ON).out
    assert "m Jane Doe" in named


def test_eligible_by_person(cadres: Path, orgraph: Orgraph) -> None:
    """A person who is asked about is told why not, with limit, document and article."""
    assert cadres.is_file()
    out = orgraph("eligible", "b", "n", *ON).out
    assert "not eligible: n •••, leaves Giám đốc mỏ (h), keeps Bí thư mỏ (s)" in out
    early = (
        "    ROTATE05 warning: The service of n lasts another 55 months; a rotation "
    )
    early += "wants at least 120. [rotation-service-left: months, at least 120] "
    assert early + "(Regulation 65-QĐ/TW (2022))" in out.splitlines()
    for wrong, said in (
        (["dx"], "is a direct_committee, and nobody holds one: name a post"),
        (["b", "dx"], "dx is a direct_committee, not a person"),
        (["nothing"], "nothing is called"),
    ):
        outcome = orgraph("eligible", *wrong, *ON)
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err


def test_concurrency(cadres: Path, orgraph: Orgraph) -> None:
    """A share says of what it is, and units in other states are counted beside it."""
    assert cadres.is_file()
    title = "enterprise-secretary-is-manager, allowed: the secretary of an "
    title += "enterprise's committee and its manager "
    title += "(Quảng Ninh organising committee, public report, mid-2024)"
    lines = orgraph("concurrency", "dy", "--roles", "secretary,head", *ON).out
    assert lines.splitlines() == [
        f"several posts on 2025-06-01: 1 of 1 {ALL} (100.0 %)",
        title,
        "  1 of 1 units (grassroots_committee) in which both posts are held (100.0 %)",
        "  1 of 1 holders of secretary (grassroots_committee) (100.0 %)",
        "  1 of 1 holders of head (enterprise) (100.0 %)",
        "  of 1 unit (grassroots_committee) with both posts:",
        "    both by one person              1",
        "    not by one person               0",
        "    one is vacant                   0",
        "  and in no share of units:",
        "    one isn't there                 0",
        "    not meant, joins none           0",
        "  both by one person: Đảng bộ mỏ (g): n ••• holds s and h",
    ]
    assert "n John Roe holds" in orgraph("concurrency", "dy", "--names", *ON).out


def test_units_without_both_posts_are_counted_and_not_listed(
    cadres: Path, orgraph: Orgraph
) -> None:
    """A cell without a secretary can't have a pair: it isn't among those that can."""
    assert cadres.is_file()
    lines = orgraph("concurrency", "dx", *ON).out.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("cell-and-dir"))
    assert lines[start + 4 :] == [
        "  of 0 units (cell) with both posts:",
        "    both by one person              0",
        "    not by one person               0",
        "    one is vacant                   0",
        "  and in no share of units:",
        "    one isn't there                 1",
        "    not meant, joins none           0",
    ]


@pytest.mark.parametrize("roles", ["secretary", "secretary,", ",", "a,b,c", ""])
def test_roles_are_two(cadres: Path, orgraph: Orgraph, roles: str) -> None:
    """--roles takes two posts; others than the pack joins are answered with those."""
    assert cadres.is_file()
    outcome = orgraph("concurrency", "--roles", roles, *ON)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--roles names two posts, as in secretary,head" in outcome.err
    unknown = orgraph("concurrency", "--roles", "head,driver", *ON)
    assert unknown.code == 2
    assert "  secretary,head  enterprise-secretary-is-manager" in unknown.err
