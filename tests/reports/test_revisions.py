"""What changes about people who live on, in every format, by ids alone."""

import io
import json
from dataclasses import replace
from datetime import date

from openpyxl import load_workbook
from page_reader import Reader
from towns import edge, filled, node, planned

from orgraph.change import Change
from orgraph.reports import Report, build_report, render, rendered

DAY = date(2025, 1, 1)


def changed() -> Report:
    """Return the report of a member made official and renamed, and of homes left.

    m2 has another home, m1 none, and no post; m3 nothing, though a post is relieved.
    """
    rows = [
        node("p", "province"),
        node("c", "commune"),
        node("v", "village"),
        edge("PART_OF", "c", "p"),
        edge("PART_OF", "v", "c"),
        node("h", "household"),
        node("k", "household"),
        edge("LIVES_IN", "h", "v"),
        edge("LIVES_IN", "k", "v"),
        node("gc", "grassroots_committee"),
        node("cell", "cell"),
        edge("UNDER", "cell", "gc"),
        node("m1", "member", official=False, admission_date="2018", gender="female"),
        node("m2", "member", official=True),
        node("m3", "member", official=True),
        *(edge("MEMBER_OF", name, "cell") for name in ("m1", "m2", "m3")),
        *(edge("OF_HOUSEHOLD", name, "h") for name in ("m1", "m2")),
        *(node(name, "post", role="deputy_secretary") for name in ("o1", "o3")),
        *(edge("SEAT_IN", name, "cell") for name in ("o1", "o3")),
        edge("HOLDS", "m1", "o1", form="full"),
        edge("HOLDS", "m3", "o3", form="full"),
    ]
    steps = [
        {
            "op": "set_facts",
            "unit": "m1",
            "facts": {"official": True, "birth_year": 1990, "gender": None},
        },
        {"op": "rename_unit", "unit": "m1", "name": "Jane Roe"},
        {"op": "relieve", "person": "m1", "post": "o1"},
        {"op": "relieve", "person": "m3", "post": "o3"},
    ]
    store = filled(*rows, pack="vietnam")
    plan = planned(store, DAY.isoformat(), *steps)
    assert [one.message for one in plan.findings if one.blocks] == []
    # No step moves a home so far: what comes of undoing an import does.
    more = []
    for name in ("m1", "m2"):
        old = edge("OF_HOUSEHOLD", name, "h")
        more.append(Change(old.key, old, old._replace(until=DAY)))
    new = edge("OF_HOUSEHOLD", "m2", "k", since=DAY)
    changes = (*plan.changes, *more, Change(new.key, None, new))
    return build_report(replace(plan, changes=changes, draft=None), store)


def test_facts_homes_and_posts_are_said() -> None:
    """Each fact has its sides; homes and posts are ids, and a name isn't shown."""
    report = changed()
    found = {one["id"]: one for one in report.to_plain()["revisions"]}
    assert found.keys() == {"m1", "m2"}
    assert found["m1"] == {
        "id": "m1",
        "kind": "member",
        "renamed": True,
        "facts": {
            "official": {"before": False, "after": True},
            "birth_year": {"after": 1990},
            "gender": {"before": "female", "after": None},
        },
        "homes": {"before": ["h"], "after": []},
        "posts": {"before": ["o1"], "after": []},
        "charges": {"before": [], "after": []},
        "attends": {"before": [], "after": []},
    }
    assert found["m2"]["facts"] == {}
    assert found["m2"]["homes"] == {"before": ["h"], "after": ["k"]}


def test_every_format_says_them() -> None:
    """Text, page and Markdown have each change; no name stands anywhere."""
    report = changed()
    told = ("false → true", "female → unknown", "absent → 1990", "h → nothing", "h → k")
    for form in ("text", "html", "markdown"):
        text = render(report, form)
        shown = Reader(text).text if form == "html" else text
        for words in (*told, "o1 → nothing"):
            assert words in shown, (form, words)
        assert "Roe" not in text
        assert "M1" not in text
    assert "Roe" not in json.dumps(report.to_plain())


def test_the_workbook_has_a_row_for_each() -> None:
    """A sheet lists what is another, as it is."""
    data = rendered(changed(), "xlsx")
    assert isinstance(data, bytes)
    sheet = load_workbook(io.BytesIO(data))["People revised"]
    rows = {row[:1] + row[2:5] for row in sheet.iter_rows(values_only=True)}
    assert ("m1", "official", False, True) in rows
    assert ("m1", "gender", "female", "unknown") in rows
    assert ("m1", "birth_year", "absent", "1990") in rows
    assert ("m2", "home", "h", "k") in rows


def test_charges_and_attendance_are_said() -> None:
    """Who is in charge of what else, or attends another cell, is told in every format.

    m3's charge follows its commune into the new one, and is as it was.
    """
    rows = [
        node("p", "province"),
        *(node(name, "commune") for name in ("c", "d")),
        *(edge("PART_OF", name, "p") for name in ("c", "d")),
        *(node(name, "village") for name in ("v", "w")),
        edge("PART_OF", "v", "c"),
        edge("PART_OF", "w", "c"),
        node("pc", "provincial_committee"),
        node("dc", "direct_committee"),
        edge("UNDER", "dc", "pc"),
        *(node(name, "cell") for name in ("cell", "other")),
        *(edge("UNDER", name, "dc") for name in ("cell", "other")),
        *(node(name, "member", official=True) for name in ("m1", "m2", "m3")),
        *(edge("MEMBER_OF", name, "cell") for name in ("m1", "m2", "m3")),
        edge("IN_CHARGE_OF", "m1", "cell"),
        edge("IN_CHARGE_OF", "m3", "c"),
    ]
    new = {"kind": "commune", "name": "New", "code": "n", "facts": {"type": "xã"}}
    steps = [
        {"op": "assign_charge", "person": "m2", "to": ["cell"], "instead": "m1"},
        {"op": "attend_cell", "person": "m3", "cell": "other"},
        {"op": "merge_units", "sources": ["c", "d"], "into": new},
    ]
    plan_store = filled(*rows, pack="vietnam without limits")
    report = build_report(planned(plan_store, DAY.isoformat(), *steps), plan_store)
    found = {one.id: (one.charges, one.attends) for one in report.revisions}
    assert found == {
        "m1": ((("cell",), ()), ((), ())),
        "m2": (((), ("cell",)), ((), ())),
        "m3": (((), ()), ((), ("other",))),
    }
    plain = {one["id"]: one for one in json.loads(render(report, "json"))["revisions"]}
    assert plain["m1"]["charges"] == {"before": ["cell"], "after": []}
    for form in ("text", "markdown", "html"):
        assert "in charge of" in render(report, form), form


def test_what_stays_is_said_beside_what_is_left() -> None:
    """Who loses one charge or post of two, or attends one more cell, has others still.

    Every format says which, after what is another.
    """
    rows = [
        node("dc", "direct_committee"),
        *(node(name, "cell") for name in ("c1", "c2", "c3")),
        *(edge("UNDER", name, "dc") for name in ("c1", "c2", "c3")),
        *(node(name, "member", official=True) for name in ("m1", "m2")),
        *(edge("MEMBER_OF", name, "c1") for name in ("m1", "m2")),
        *(edge("IN_CHARGE_OF", "m1", name) for name in ("c2", "c3")),
        edge("ATTENDS", "m1", "c2"),
        *(node(name, "post", role="deputy_secretary") for name in ("o1", "o2")),
        edge("SEAT_IN", "o1", "c1"),
        edge("SEAT_IN", "o2", "dc"),
        *(edge("HOLDS", "m1", name, form="full") for name in ("o1", "o2")),
    ]
    steps = [
        {"op": "assign_charge", "person": "m2", "to": ["c3"], "instead": "m1"},
        {"op": "attend_cell", "person": "m1", "cell": "c3"},
        {"op": "relieve", "person": "m1", "post": "o2"},
    ]
    store = filled(*rows, pack="vietnam without limits")
    report = build_report(planned(store, DAY.isoformat(), *steps), store)
    plain = {one["id"]: one for one in json.loads(render(report, "json"))["revisions"]}
    assert plain["m1"]["charges"] == {"before": ["c2", "c3"], "after": ["c2"]}
    assert plain["m1"]["attends"] == {"before": ["c2"], "after": ["c2", "c3"]}
    assert plain["m1"]["posts"] == {"before": ["o1", "o2"], "after": ["o1"]}
    assert plain["m2"]["posts"] == {"before": [], "after": []}
    for form in ("text", "html", "markdown"):
        text = render(report, form)
        shown = Reader(text).text if form == "html" else text
        for words in ("c3, c2 → c2", "c2 → c3, c2", "o2, o1 → o1"):
            assert words in shown, (form, words)
    data = rendered(report, "xlsx")
    assert isinstance(data, bytes)
    sheet = load_workbook(io.BytesIO(data))["People revised"]
    rows_shown = {row[:1] + row[2:5] for row in sheet.iter_rows(values_only=True)}
    assert ("m1", "in charge of", "c3, c2", "c2") in rows_shown
