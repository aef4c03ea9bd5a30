"""Says of territory, and of nothing else, that it is at the border, an island, or so.

Which districts have such communes is public; which communes they are is drawn. What no
text tells of any is said to be unknown.
"""

from ..model import FactValue
from .chance import shuffle, stream
from .figures import Profile
from .territory import Territory

UNKNOWN = "mountainous"
"""No public list of communes in the mountains was found, so it is unknown of all."""

_OF_PROVINCE = ("border", "island")


def tagged(territory: Territory, profile: Profile, seed: int) -> Territory:
    """Return a territory with tags on communes and province; what it says stays."""
    above = territory.district_of()
    codes = {row.id: row.code for row in territory.districts}
    facts: dict[str, dict[str, FactValue]] = {
        row.id: {UNKNOWN: None} for row in territory.communes
    }
    own: dict[str, FactValue] = {
        UNKNOWN: None,
        "region": profile.region,
        "capital": False,
    }
    for tag in profile.tags:
        can = [node for node in facts if codes.get(above[node]) in tag.districts]
        shuffle(stream(seed, "tag", tag.fact), can)
        chosen = set(can[: tag.communes])
        for node, said in facts.items():
            said[tag.fact] = node in chosen
        if tag.fact in _OF_PROVINCE:
            own[tag.fact] = bool(tag.districts)
    communes = (
        row._replace(facts=facts[row.id] | dict(row.facts))
        for row in territory.communes
    )
    province = territory.province
    return territory._replace(
        province=province._replace(facts=own | dict(province.facts)),
        communes=tuple(communes),
    )
