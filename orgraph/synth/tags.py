"""Says of territory, and of nothing else, that it is at the border, an island, or so.

Which districts have such communes is public; which communes they are is drawn.
"""

from ..model import FactValue
from .chance import shuffle, stream
from .figures import Profile
from .territory import Territory


def tagged(territory: Territory, profile: Profile, seed: int) -> Territory:
    """Return a territory whose communes have the tags; what they say already stays."""
    above = territory.district_of()
    codes = {row.id: row.code for row in territory.districts}
    facts: dict[str, dict[str, FactValue]] = {row.id: {} for row in territory.communes}
    for tag in profile.tags:
        can = [node for node in facts if codes.get(above[node]) in tag.districts]
        shuffle(stream(seed, "tag", tag.fact), can)
        chosen = set(can[: tag.communes])
        for node, own in facts.items():
            own[tag.fact] = node in chosen
    communes = (
        row._replace(facts=facts[row.id] | dict(row.facts))
        for row in territory.communes
    )
    return territory._replace(communes=tuple(communes))
