"""The posts of a region with their units and who fills them for good, read at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from ..draft import Snapshot
from ..draft.holding import Post, full, led_to, placed, posts_on
from ..draft.holding import holders as holders_of
from ..model import OUT, NodeRow
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
        kinds.discard(people.lead if people and people.lead else "")
        self._of_kind: defaultdict[str, list[str]] = defaultdict(list)
        for unit in sorted(region):
            row = view.node(unit)
            if row is not None and row.kind in kinds:
                self._of_kind[row.kind].append(unit)
        units = {unit for some in self._of_kind.values() for unit in some}
        self._joined: dict[tuple[str, str, str], dict[str, list[str]]] = {}
        ground = self._read_joined()
        self._posts: dict[str, Post] = {}
        self._by_unit: dict[str, list[str]] = {}
        self._read(units | ground)
        self.holders = holders_of(view, list(self._posts), view.day)
        held: defaultdict[str, set[str]] = defaultdict(set)
        for post, some in self.holders.items():
            for person in some:
                held[person].add(post)
        self.by_person = dict(held)
        # Of a root nearly all is in its region.
        if node is not None and view.parent(node) is not None:
            self._elsewhere()

    def of_kind(self, kind: str) -> Sequence[str]:
        """Return the units of a kind in the region, in order."""
        return self._of_kind.get(kind, ())

    def joined(self, word: Combination) -> Mapping[str, Sequence[str]]:
        """Return the units that a combination's edge leaves, and where to, in order.

        Where it wants no edge they are all of its kind, and lead nowhere.
        """
        if word.by is None:
            return dict.fromkeys(self.of_kind(word.kind), ())
        return self._joined.get((word.by, word.kind, word.other.unit), {})

    def has_other(self, word: Combination) -> bool:
        """Tell whether the other post of a combination is there, whoever holds it.

        That is in the region, where somebody of it holds a post, or above it.
        """
        held = word.other
        if any(self.fitting(unit, held) for unit in self.of_kind(held.unit)):
            return True
        if any(post.fits(held) for post in self._posts.values()):
            return True
        units = self.of_kind(word.kind)
        self._view.need_ancestors(units)
        above = {upper for unit in units for upper in self._view.ancestors(unit)}
        self._read(above - self._by_unit.keys())
        return any(self.fitting(unit, held) for unit in above)

    def fitting(self, unit: str, held: Held) -> list[str]:
        """Return the posts of a unit that a combination means."""
        return [post for post in self._by_unit.get(unit, ()) if self.fits(post, held)]

    def fits(self, post: str, held: Held) -> bool:
        """Tell whether a combination means a post."""
        return post in self._posts and self._posts[post].fits(held)

    def need(self, nodes: Collection[str]) -> None:
        """Read what is going to be named."""
        self._view.need_nodes(nodes)

    def name(self, node: str, *, names: bool) -> str:
        """Return the name of a node as it may be shown."""
        row = self._view.node(node) or self._view.versions(node)[-1]
        return shown_name(self._pack, row, names=names)

    def _read_joined(self) -> set[str]:
        """Read where the edges of combinations lead; return to which units they do."""
        view, words = self._view, self._pack.combinations
        kinds = sorted({word.kind for word in words if word.by})
        leads = led_to(view, [u for kind in kinds for u in self.of_kind(kind)], words)
        found = {place for places in leads.values() for place in places}
        view.need_nodes(found)
        for (edge, unit), places in leads.items():
            for place in sorted(places):
                way = edge, view.kind(unit), view.kind(place)
                self._joined.setdefault(way, {}).setdefault(unit, []).append(place)
        return found

    def _read(self, units: Collection[str]) -> None:
        """Read the posts of units, those of the bodies that lead them included."""
        view, found = self._view, {}
        for unit, posts in posts_of(view, sorted(units)).items():
            kind, kept = view.kind(unit), []
            for post in posts:
                row = view.node(post)
                if row is not None and not self._is_beside(row):
                    found[post] = Post(row, unit, kind)
                    kept.append(post)
            self._by_unit[unit] = kept
        self._posts |= placed(view, found, self._pack.combinations)

    def _is_beside(self, post: NodeRow) -> bool:
        return self._pack.questions.posts.is_beside(post.facts)

    def _elsewhere(self) -> None:
        """Read which posts out of the region those who hold one in it hold as well."""
        view, holds = self._view, self._pack.chain.holds
        view.need_edges(self.by_person, [holds], OUT)
        for person, posts in self.by_person.items():
            rows = full(view, view.live_edges(person, holds, OUT))
            posts.update(row.target for row in rows)
        others = {post for some in self.by_person.values() for post in some}
        others -= self._posts.keys()
        known = posts_on(view, others)
        found = {id_: at for id_, at in known.items() if not self._is_beside(at.row)}
        self._posts |= placed(view, found, self._pack.combinations)
        for posts in self.by_person.values():
            posts.intersection_update(self._posts)
