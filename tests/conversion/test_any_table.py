"""Whatever a table says, it is refused with its faults, or what is drafted applies."""

import tempfile
from pathlib import Path

from drafting import FACTS, drafted, put
from hypothesis import given, settings
from hypothesis import strategies as st

from orgraph.importers import load_tables
from orgraph.pack import load_pack
from orgraph.proposal import read_proposal_text
from orgraph.stores import MemoryStore

PACK = load_pack("territory")
NOTES = [
    "whole",
    "part",
    "part of the area",
    '"part of the area, all of the people"',
    "part of the people",
    "all of the area",
    "unchanged",
    "renamed",
    "the rest",
    "",
    "swallowed",
]
ROWS = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 5), st.sampled_from(NOTES)),
    min_size=1,
    max_size=7,
    unique_by=lambda row: row[:2],
)
FIGURES = st.sampled_from(["100", "?", ""])


@settings(max_examples=150, deadline=None)
@given(
    rows=ROWS,
    kept=st.sets(st.integers(1, 5)),
    figures=FIGURES,
    form=st.sampled_from(["{kind}:{code}", "{kind}-{code}"]),
)
def test_refused_or_applied(
    rows: list[tuple[int, int, str]], kept: set[int], figures: str, form: str
) -> None:
    """A table gives errors and no text, or a proposal that its old units can take.

    New units of `kept` have the code and name of an old one.
    """
    news = {
        n: (str(n), f"Old {n}") if n in kept else (f"N{n}", f"New {n}")
        for n in range(6)
    }
    lines = [f"{old},Old {old},{','.join(news[new])},{note}" for old, new, note in rows]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measures = FACTS._replace(gap="unknown")
        done = drafted(folder, lines, measures=measures, refs=form)
        if done.refused or not done.texts:
            assert done.texts == ()
            assert done.findings
            return
        store = _store(folder, sorted({old for old, _, _ in rows}), figures)
    plan = store.plan(read_proposal_text(done.texts[0].text))
    assert [f.message for f in plan.findings if f.blocks] == []
    store.commit(plan)


def _store(folder: Path, olds: list[int], figures: str) -> MemoryStore:
    """Return a store that has the old units of a table, under one district."""
    store = MemoryStore(PACK)
    nodes = ["id,kind,name,code,since,people,area_m2", "d,district,D,D,2000,,"]
    edges = ["kind,source,target,since"]
    for old in olds:
        own = f"municipality-{old}"
        nodes.append(f"{own},municipality,Old {old},{old},2000,{figures},{figures}")
        edges.append(f"PART_OF,{own},d,2000")
    files = [
        put(folder, "nodes.csv", "\n".join(nodes) + "\n"),
        put(folder, "edges.csv", "\n".join(edges) + "\n"),
    ]
    load_tables(store, files)
    return store
