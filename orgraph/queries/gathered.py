"""The posts of a region with their units and who fills them for good, read at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from ..draft import Snapshot
from ..draft.holding import Post, full, led_to, placed, posts_on
from ..draft.holding import holders as holders_of
from ..model import OUT
from ..pack import Combination, Held
from ..rules.limiting import posts_of
from .library import Library, shown_name
from .region import region_of


class Gathered:
    """The units of a region, and those of their posts that aren't held beside another.

    `holders` are those of each post, `by_person` the posts of each who holds one there:
    those elsewhere, too, but of the region of a root.
    """

    def __init__(self, view: Snapshot, store: Library, node: str | None) -> None:
        """Read them; what the units cover outside of the region is read, too."""
        self._view, self._pack = view, store.pack
        ends = store.pack.edges[store.pack.chain.seat].ends
        kinds = {kind for targets in ends.values() for kind in targets}
        region = region_of(store, node, kinds, view.day)
        view.need_nodes(region)
        people = store.pack.people
        lead = people.lead if people else None
        self._units = [
            unit
            for unit in sorted(region)
            if view.node(unit) and view.kind(unit) in kinds and view.kind(unit) != lead
        ]
        words = store.pack.combinations
        first = {word.kind for word in words if word.by}
        units = [unit for unit in self._units if view.kind(unit) in first]
        self._leads = led_to(view, units, words)
        ground = {place for places in self._leads.values() for place in places}
        view.need_nodes(ground)
        self.posts: dict[str, Post] = {}
        self._by_unit = self._read({*self._units, *ground})
        self.posts = placed(view, self.posts, words)
        self.holders = holders_of(view, list(self.posts), view.day)
        held: defaultdict[str, set[str]] = defaultdict(set)
        for post, some in self.holders.items():
            for person in some:
                held[person].add(post)
        self.by_person = dict(held)
        # Of a root nearly all is in its region.
        if node is not None and view.parent(node) is not None:
            self._elsewhere()

    def of_kind(self, kind: str) -> list[str]:
        """Return the units of a kind in the region, in order."""
        return [unit for unit in self._units if self._view.kind(unit) == kind]

    def led(self, unit: str, word: Combination) -> list[str]:
        """Return the units to which a combination's edge leads from one, in order."""
        places = self._leads.get((word.by or "", unit), ())
        kind = self._view.kind
        return sorted(place for place in places if kind(place) == word.other.unit)

    def fitting(self, unit: str, held: Held) -> list[str]:
        """Return the posts of a unit that a combination means."""
        return [post for post in self._by_unit.get(unit, ()) if self.fits(post, held)]

    def fits(self, post: str, held: Held) -> bool:
        """Tell whether a combination means a post."""
        return post in self.posts and self.posts[post].fits(held)

    def need(self, nodes: Collection[str]) -> None:
        """Read what is going to be named."""
        self._view.need_nodes(nodes)

    def name(self, node: str, *, names: bool) -> str:
        """Return the name of a node as it may be shown."""
        row = self._view.node(node) or self._view.versions(node)[-1]
        return shown_name(self._pack, row, names=names)

    def _read(self, units: Collection[str]) -> dict[str, list[str]]:
        """Return the posts of units, those of the bodies that lead them included."""
        found = {}
        for unit, posts in posts_of(self._view, sorted(units)).items():
            found[unit] = self._kept(posts)
            kind = self._view.kind(unit)
            for post in found[unit]:
                row = self._view.node(post)
                if row is not None:
                    self.posts[post] = Post(row, unit, kind)
        return found

    def _kept(self, posts: Sequence[str]) -> list[str]:
        is_beside, node = self._pack.questions.posts.is_beside, self._view.node
        return [
            post for post in posts if (row := node(post)) and not is_beside(row.facts)
        ]

    def _elsewhere(self) -> None:
        """Read which posts out of the region those who hold one in it hold as well."""
        view, holds = self._view, self._pack.chain.holds
        view.need_edges(self.by_person, [holds], OUT)
        for person, posts in self.by_person.items():
            rows = full(view, view.live_edges(person, holds, OUT))
            posts.update(row.target for row in rows)
        others = {post for some in self.by_person.values() for post in some}
        others -= self.posts.keys()
        known = posts_on(view, others)
        kept = set(self._kept(sorted(known)))
        self.posts.update((post, known[post]) for post in kept)
        for posts in self.by_person.values():
            posts.intersection_update(self.posts)
