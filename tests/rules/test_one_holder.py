"""One holder a post: plain intersection of spans agrees, for any limit and form."""

from datetime import date, timedelta
from random import Random

from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.pack import load_pack, pack_from_data
from orgraph.rules import Reach
from orgraph.rules.one_holder import HELD_BESIDE, TWO_HOLDERS, OneHolder
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 1, 1)
POST = "nodes:\n  - {id: pc, kind: provincial_committee}\n"
FORMS = ("full", "acting", "reinforcement")


def drawn(seed: int) -> tuple[str, list[tuple[date, date, str]]]:
    """Return a post with holdings drawn at random, as YAML and as plain spans."""
    random = Random(seed)  # noqa: S311 - data, not secrets
    spans = []
    given = POST + "  - {id: o, kind: post, parent: pc}\n"
    edges = "edges:\n"
    for number in range(4):
        since = DAY + timedelta(days=random.randrange(-300, 300))
        until = since + timedelta(days=random.randrange(1, 300))
        form = random.choice(FORMS)
        spans.append((since, until, form))
        given += f"  - {{id: m{number}, kind: member}}\n"
        edges += f"  - {{kind: HOLDS, source: m{number}, target: o, since: {since}, "
        edges += f"until: {until}, form: {form}}}\n"
    return given + edges, spans


def test_agrees_with_plain_days() -> None:
    """Day by day, a post with more holders than it may have is found, full or not."""
    met = set()
    for seed in range(60):
        given, spans = drawn(seed)
        days = [DAY + timedelta(days=n) for n in range(700)]
        forms = [[form for s, u, form in spans if s <= day < u] for day in days]
        most = max(held.count("full") for held in forms)
        beside = max(len(held) for held in forms if set(held) != {"full"})
        for allowed in (1, 2):
            view = Snapshot(filled(MemoryStore(allowing(allowed)), given), DAY)
            found = list(OneHolder().check(view, Reach.within(view, ["o"], [])))
            wanted = [TWO_HOLDERS.code] * (most > allowed)
            wanted += [HELD_BESIDE.code] * (beside > allowed)
            assert [f.code for f in found] == wanted
            met.add((allowed, most > allowed, beside > allowed))
    assert met >= {
        (1, True, True),
        (1, False, True),
        (1, True, False),
        (2, False, True),
    }


def allowing(most: int):  # noqa: ANN201 - a pack
    """Return the pack with another number of holders."""
    data = load_pack("vietnam").data
    limits = [
        {**limit, "at_most": most} if limit["id"] == "one-holder" else limit
        for limit in data["limits"]
    ]
    return pack_from_data({**data, "limits": limits})


def test_masks_the_holders() -> None:
    """Holders are shown by their ids, whatever they are called."""
    given = POST + (
        "  - {id: o, kind: post, parent: pc}\n"
        "  - {id: m1, kind: member, name: Somebody}\n"
        "  - {id: m2, kind: member, name: Anybody}\n"
        "edges:\n"
        "  - {kind: HOLDS, source: m1, target: o}\n"
        "  - {kind: HOLDS, source: m2, target: o}\n"
    )
    view = Snapshot(filled(MemoryStore(pack_named("vietnam")), given), DAY)
    (found,) = OneHolder().check(view, Reach.within(view, ["o"], []))
    assert "body" not in found.message
    assert "m1, m2" in found.message
