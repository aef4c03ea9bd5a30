"""The figures that a synthetic organisation is calibrated to, each with its source.

Figures are whole numbers of what is counted. What no public text was found for says
`ASSUMED`: it shapes the data, and nothing is compared with it.
"""

from typing import NamedTuple

ASSUMED = "assumed: no published figure was found"

_QN_2022 = "Quảng Ninh organising committee, public report, about 2022"
_QN_2024 = "Quảng Ninh organising committee, public report, mid-2024"
_DB_2020 = "Điện Biên provincial congress, public report, 2020"
_DB_2024 = "Điện Biên organising committee, public report, about 2024"
_VILLAGES = "provincial resolutions on mergers of villages: 128 households, 547 people"
_CONGRESS = "Quảng Ninh, mid-term public report on admissions, 2024"


class Figure(NamedTuple):
    """A number, and the text that says so."""

    value: int
    source: str


class Tag(NamedTuple):
    """A fact of territory: in which districts, by code, and of how many communes.

    None is all the communes of these districts.
    """

    fact: str
    districts: tuple[str, ...]
    communes: int | None


class Profile(NamedTuple):
    """What a province is like, at full size.

    `guarded_villages` are those in whose cells members of border posts take part,
    `attended_cells` those in which officials, teachers and medical staff do.
    """

    name: str
    members: Figure
    grassroots: Figure
    committees: Figure
    sections: Figure
    cells: Figure
    joint_cells: Figure
    villages: Figure
    households: Figure
    people_per_100_households: Figure
    admitted_per_1000: Figure
    direct: Figure
    commune_cells: Figure
    united_cells: Figure
    guarded_villages: Figure
    attended_cells: Figure
    white_joint_districts: tuple[str, ...]
    region: str
    """Of the province, by Resolution 81/2023/QH15."""
    tags: tuple[Tag, ...]
    village_words: dict[str, str]
    """What a village is called, by the type of its commune; `""` else."""


PROFILES = {
    "quang-ninh": Profile(
        name="quang-ninh",
        members=Figure(104_700, _QN_2022),
        grassroots=Figure(696, _QN_2022),
        committees=Figure(446, ASSUMED),
        sections=Figure(39, _QN_2024),
        cells=Figure(4_971, _QN_2022),
        joint_cells=Figure(15, ASSUMED),
        villages=Figure(1_452, _QN_2022),
        households=Figure(370_000, "households of Quảng Ninh, 0.37 million, rounded"),
        people_per_100_households=Figure(427, _VILLAGES),
        admitted_per_1000=Figure(32, _CONGRESS),
        direct=Figure(20, _QN_2022),
        commune_cells=Figure(5, ASSUMED),
        united_cells=Figure(24, _QN_2024 + ": 48 villages took part in mergers"),
        guarded_villages=Figure(95, _QN_2024),
        attended_cells=Figure(120, ASSUMED),
        white_joint_districts=("198", "199", "202"),
        region="red_river_delta",
        tags=(
            Tag("border", ("194", "198", "201"), 24),
            Tag("island", ("203", "207"), 8),
            Tag("ethnic_minority", ("198", "199", "200", "201", "202"), None),
        ),
        village_words={"xã": "thôn", "": "khu"},
    ),
    "dien-bien": Profile(
        name="dien-bien",
        members=Figure(48_000, _DB_2024),
        grassroots=Figure(617, _DB_2024),
        committees=Figure(236, _DB_2024),
        sections=Figure(0, ASSUMED),
        cells=Figure(2_501, _DB_2020),
        joint_cells=Figure(40, ASSUMED),
        villages=Figure(1_276, _DB_2024),
        households=Figure(1_276 * 128, ASSUMED),  # as many a village as in _VILLAGES
        people_per_100_households=Figure(427, _VILLAGES),
        admitted_per_1000=Figure(32, ASSUMED),
        direct=Figure(14, _DB_2024),
        commune_cells=Figure(5, ASSUMED),
        united_cells=Figure(12, ASSUMED),
        guarded_villages=Figure(60, ASSUMED),
        attended_cells=Figure(200, ASSUMED),
        white_joint_districts=("097", "101", "102", "103"),
        region="northern_mountain",
        tags=(
            Tag("border", ("096", "097", "100", "103"), 29),
            Tag("island", (), 0),
            Tag("ethnic_minority", ("095", "096", "097", "098", "101", "103"), None),
        ),
        village_words={"xã": "bản", "": "tổ dân phố"},
    ),
}
