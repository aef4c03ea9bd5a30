"""What an export says is imported again as an equal store, whatever the store holds."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from exporting import FORMS, copied, document, every_row
from harness import STAMP, Scenario, errors, pack_named, scenarios, start
from hypothesis import given, settings
from hypothesis import strategies as st
from towns import edge, filled, node

from orgraph.errors import InputError
from orgraph.exporters import Extract
from orgraph.exporters.saying import NOT_XML
from orgraph.importers import load_tables
from orgraph.model import FOREVER, EdgeRow, FactValue, NodeRow
from orgraph.pack import Pack, pack_from_data
from orgraph.proposal import Proposal, read_proposal
from orgraph.queries import lineage, tally
from orgraph.stores import MemoryStore, Store

SCENARIO = Path(__file__).resolve().parents[2] / "scenarios" / "dien_bien_2025"
TABLES = ("nodes", "edges", "organisation_nodes", "organisation_edges")
DAYS = [date(2016, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2030, 1, 1)]
ODD = [
    "",
    "?",
    "\\",
    "\\?",
    "\\\\",
    "unknown",
    "say \"yes\", or'no'",
    "a,b;c\td".replace("\t", " "),
    "=1+1",
    "@x",
    "true",
    "False",
    "null",
    "007",
    "12",
    "-",
    "nodes.csv",
    "Xã Nà Hỳ",
    "đặc khu",
    "🏛 toà nhà",
    "#",
    "fact:code",
    "_x0041_",
    "#N/A",
    "2020-01-01",
]


@pytest.fixture(scope="module")
def reformed() -> MemoryStore:
    """Return Điện Biên with its organisation, its proposal applied."""
    store = MemoryStore(pack_named("vietnam"))
    load_tables(store, [SCENARIO / f"{name}.csv" for name in TABLES])
    plan = store.plan(read_proposal(SCENARIO / "proposal.yaml"))
    store.commit(plan, stamp=STAMP)
    return store


@pytest.mark.parametrize("form", FORMS)
def test_a_province_comes_back(
    reformed: MemoryStore, form: str, tmp_path: Path
) -> None:
    """Ended units, lineage, documents and months alone known: all rows come back."""
    copy = copied(reformed, form, tmp_path)
    rows = every_row(reformed)
    kinds = {row.kind for row in rows.values()}
    assert {"SUCCEEDED_BY", "BASED_ON", "NATIVE_OF", "document", "member"} <= kinds
    assert any("since_precision" in row.facts for row in rows.values())
    assert any(row.until < FOREVER for row in rows.values())
    assert every_row(copy) == rows
    for day in DAYS:
        for unit in ("province-11", "pc-01", "dc-01", "commune-03160"):
            assert tally(copy, unit, day) == tally(reformed, unit, day)
    assert errors(copy, DAYS[-1]) == errors(reformed, DAYS[-1])


def test_equal_stores_give_equal_bytes(reformed: MemoryStore, tmp_path: Path) -> None:
    """A store and its copy, made by one revision instead of two, export alike."""
    copy = copied(reformed, "csv", tmp_path)
    assert (copy.head(), reformed.head()) == (1, 2)
    everything = Extract(reformed, names=True)
    assert document(Extract(copy, names=True)) == document(everything)


WHOLE = [s for s in scenarios() if "apply" in s.data and "faults" not in s.given]
"""The others begin with what no import takes: they hold a fault to be found."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("scenario", WHOLE, ids=lambda scenario: scenario.name)
def test_every_scenario_comes_back(
    scenario: Scenario, form: str, tmp_path: Path
) -> None:
    """Whatever an operation leaves behind is exported and imported as it is."""
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    plan = store.plan(scenario.apply) if scenario.apply else None
    if plan is not None and not plan.refused:
        store.commit(plan, stamp=STAMP)
    if not every_row(store):
        return
    copy = copied(store, form, tmp_path)
    assert every_row(copy) == every_row(store)
    for row in every_row(store).values():
        if isinstance(row, EdgeRow) and row.kind == store.pack.lineage:
            assert became(copy, row.source) == became(store, row.source)


def became(store: Store, unit: str) -> list[tuple[str, str | None, str | None]]:
    """Return what a unit became, through what, and by which part."""
    return [(s.id, s.via, s.part) for s in lineage(store, unit).successors]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("first", [("a", "b"), ("b", "d")])
def test_plans_of_one_day_keep_their_order(
    form: str, first: tuple[str, str], tmp_path: Path
) -> None:
    """Which of two plans of a day came first is kept without the revisions."""
    ids = ("a", "b", "d")
    units = [node("s", "state"), *(node(unit, "municipality") for unit in ids)]
    under = [edge("PART_OF", unit, "s") for unit in ids]
    store = filled(*units, *under)
    for giver, taker in (first, *({("a", "b"), ("b", "d")} - {first})):
        store.commit(store.plan(transfer(giver, taker)), stamp=STAMP)
    copy = copied(store, form, tmp_path)
    assert became(copy, "a") == became(store, "a")
    assert ("d" in {unit for unit, *_ in became(copy, "a")}) == (first == ("a", "b"))


def transfer(giver: str, taker: str) -> Proposal:
    """Return a proposal by which one unit gives another a part."""
    step = {"op": "transfer_parts", "from": giver, "to": taker}
    data = {"title": "A transfer", "effective": "2021-01-01", "steps": [step]}
    return Proposal.model_validate(data)


def odd_pack() -> Pack:
    """Return the neutral pack with facts that are called like columns."""
    data = dict(pack_named("territory").data)
    taken = {name: {"type": "text"} for name in ("id", "code", "since", "source")}
    data["facts"] = {**data["facts"], **taken}
    facts = [*data["nodes"]["body"].get("facts", ()), *taken, "form"]
    data["nodes"] = {**data["nodes"], "body": {**data["nodes"]["body"], "facts": facts}}
    covers = data["edges"]["COVERS"]
    known = [*covers.get("facts", ()), *taken]
    data["edges"] = {**data["edges"], "COVERS": {**covers, "facts": known}}
    return pack_from_data(data)


ODD_PACK = odd_pack()
TEXT = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=9).map(
        lambda text: unicodedata.normalize("NFC", text.strip())
    ),
).filter(lambda text: unicodedata.normalize("NFC", text.strip()) == text)
FACTS = st.dictionaries(
    st.sampled_from(["id", "code", "since", "source", "form"]), st.none() | TEXT
)
CODE = st.none() | TEXT.filter(bool)


def in_a_sheet(text: str | None) -> bool:
    """Tell whether a sheet can hold a text, and an import of it keeps its spaces."""
    return text is None or (" ".join(text.split()) == text and not NOT_XML.search(text))


@settings(deadline=None)
@given(TEXT, CODE, FACTS, FACTS)
def test_odd_texts_come_back(
    name: str,
    code: str | None,
    facts: Mapping[str, FactValue],
    joined: Mapping[str, FactValue],
) -> None:
    """No text is taken for a sign, a number or a column, in either form."""
    store = MemoryStore(ODD_PACK)
    body = node("b", "body")._replace(name=name, code=code, facts=facts)
    about = {k: v for k, v in joined.items() if k != "form"}
    covers = edge("COVERS", "b", "m")._replace(facts=about)
    store.bulk_load([body, node("m", "municipality")], [covers])
    texts = [name, code, *facts.values(), *joined.values()]
    sheets = all(in_a_sheet(text) for text in texts if not isinstance(text, int))
    for form in FORMS if sheets else FORMS[:2]:
        with TemporaryDirectory() as folder:
            assert every_row(copied(store, form, Path(folder))) == every_row(store)


@pytest.mark.parametrize("form", FORMS)
def test_values_of_every_type_come_back(form: str, tmp_path: Path) -> None:
    """Unknown is not absent, zero not false, and the largest number not rounded."""
    store = filled(
        node("b", "body", type=None),
        node("m1", "municipality", people=0, households=None),
        node("m2", "municipality", people=10**15),
        node("x", "person").__class__(
            "x", "body", date(999, 1, 1), FOREVER, "", None, {}
        ),
    )
    assert every_row(copied(store, form, tmp_path)) == every_row(store)


BAD: list[tuple[NodeRow, str]] = [
    (node("b", "body")._replace(name="two\nlines"), "control character"),
    (node("b", "body")._replace(name=" b"), "normal form"),
    (node("b", "body")._replace(name="Hoa\u0300"), "normal form"),
    (node("b", "body")._replace(name="x" * 501), "longer than 500"),
    (node("b", "body")._replace(code=""), "empty text"),
    (node("b", "body", nothing=1), "no fact nothing"),
    (node("b", "body", people="7"), "not integer"),
    (node("b", "body", people=10**15 + 1), "larger than"),
    (node("b", "body", type="x\ud800"), "half a character"),
    (node("b", "body", date(2019, 1, 2), since_precision="month"), "known to the"),
    (node("b", "body", since_precision=None), "known to the"),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("row", "words"), BAD, ids=[words for _, words in BAD])
def test_what_no_file_can_say_is_refused(
    row: NodeRow, words: str, form: str, tmp_path: Path
) -> None:
    """A row that an import would read otherwise is named, and no file is written."""
    store = MemoryStore(pack_named("territory"))
    store._put(row)
    with pytest.raises(InputError, match=words) as told:
        copied(store, form, tmp_path)
    assert str(told.value).startswith("b 2019-01-0")
    assert form == "json" or list(tmp_path.iterdir()) == []
