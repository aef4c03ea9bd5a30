"""Transferring: two changes a member, and as many reads for fifty as for two."""

from harness import NewStore, filled, pack_named, proposed, rows

from orgraph.model import EdgeRow
from orgraph.pack import pack_from_data
from orgraph.stores.memory import MemoryStore

CELLS = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: a, kind: cell, parent: pc}
  - {id: b, kind: cell, parent: pc}
"""


def cells(members: int) -> str:
    """Return two cells, one with members, in YAML."""
    return CELLS + "".join(
        f"  - {{id: m{n}, kind: member, parent: a, official: true}}\n"
        for n in range(members)
    )


def test_members_are_where_they_were_sent(new_store: NewStore) -> None:
    """By bare rows, those named are in the one cell and the others in the other."""
    store = filled(new_store("vietnam"), cells(9))
    sent = [f"m{n}" for n in range(0, 9, 2)]
    step = f"  - {{op: transfer_members, members: [{', '.join(sent)}], to: b}}"
    plan = store.plan(proposed(step))
    assert len(plan.changes) == 2 * len(sent)
    came = {
        change.after.source
        for change in plan.changes
        if isinstance(change.after, EdgeRow) and change.before is None
    }
    assert came == set(sent)
    assert len(rows(store)) == 3 + 2 + 2 * 9


def test_reads_do_not_grow_with_the_members() -> None:
    """Fifty members are transferred by as many reads as four."""
    counts = []
    for number in (4, 50):
        store = filled(CountingStore(pack_named("vietnam")), cells(number + 3))
        sent = ", ".join(f"m{n}" for n in range(number))
        store.reads = 0
        store.plan(proposed(f"  - {{op: transfer_members, members: [{sent}], to: b}}"))
        counts.append(store.reads)
    assert counts[0] == counts[1] > 0


def test_a_pack_without_groups_is_told_so() -> None:
    """Where the pack names no places and groups, the step says which word it needs."""
    data = dict(pack_named("territory").data)
    questions = {k: v for k, v in data["questions"].items() if k != "places"}
    pack = pack_from_data({**data, "questions": questions})
    given = "nodes:\n  - {id: b, kind: body}\n  - {id: p, kind: person, parent: b}\n"
    store = filled(MemoryStore(pack), given)
    step = "  - {op: transfer_members, members: [p], to: b}"
    found = store.plan(proposed(step)).findings
    assert {(f.code, f.subject) for f in found} == {
        ("PEOPLE01", "questions.places"),
        ("PEOPLE01", "people"),
    }


class CountingStore(MemoryStore):
    """A store that counts how often it is asked."""

    reads = 0

    def nodes(self, *args, **kwargs):  # noqa: ANN002, ANN003, ANN201
        """Count, and answer."""
        self.reads += 1
        return super().nodes(*args, **kwargs)

    def edges(self, *args, **kwargs):  # noqa: ANN002, ANN003, ANN201
        """Count, and answer."""
        self.reads += 1
        return super().edges(*args, **kwargs)
