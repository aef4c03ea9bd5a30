"""What is known of a synthetic province before its rows are drawn."""

from datetime import date
from functools import cached_property

from ..pack import Pack
from .charges import charges
from .figures import Profile
from .guards import Attendance, attendance
from .layout import Layout, lay_out
from .planning import planning
from .posts import Posts
from .sites import Scaled
from .tags import tagged
from .territory import Territory


class Sketch:
    """A province laid out in numbers; of households and members only ranges."""

    def __init__(
        self,
        pack: Pack,
        territory: Territory,
        profile: Profile,
        seed: int,
        scale: float = 1.0,
    ) -> None:
        """Lay it out; what depends on it is found when it is asked for."""
        self.pack = pack
        self.profile = profile
        self.seed = seed
        self.scale = scale
        self.territory = tagged(territory, profile, seed)
        self.scaled = Scaled(profile, seed, round(scale * 1_000_000))
        self.layout: Layout = lay_out(self.territory, self.scaled)
        self.village_days = [
            territory.communes[village.commune].since
            for village in self.layout.villages
        ]
        self.posts = Posts(self.layout, seed, self.village_days)

    @cached_property
    def charges(self) -> dict[int, list[tuple[str, date]]]:
        """What members of committees are in charge of, by number, and since when."""
        return charges(self.layout, self.posts, self.territory)

    @cached_property
    def attendance(self) -> Attendance:
        """The border posts, and who attends another cell."""
        return attendance(self.layout, self.territory, self.scaled)

    @cached_property
    def planning(self) -> dict[int, list[int]]:
        """For which posts members are planned, by number."""
        return planning(self.layout, self.posts)

    def origins(self) -> list[tuple[int, int, int]]:
        """Return (number, half, cell) of the cells that were united."""
        return [
            (cell.united, half, number)
            for number, cell in enumerate(self.layout.cells)
            if cell.united >= 0
            for half in (0, 1)
        ]
