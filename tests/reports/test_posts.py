"""Posts that begin, end and meet, and lapsed charges, against what is known by hand."""

from datetime import date
from typing import Any

from towns import Step, edge, filled, new, node, planned

from orgraph.model import Row
from orgraph.queries import Sought, eligible
from orgraph.reports import Report, build_report
from orgraph.reports.text import text_of

DAY = "2025-07-01"


def rows() -> list[Row]:
    """Return three committees with a secretary and a deputy each, and what they watch.

    In b the deputy's post is vacant; a has a clerk as well. Each has a cell with the
    members that hold its posts. Commune x is watched by am, y by nobody, z by cm; the
    committees a and b are watched by pm.
    """
    found: list[Row] = [
        node("pc", "provincial_committee"),
        node("d", "direct_committee"),
        edge("UNDER", "d", "pc"),
        node("office", "cell"),
        edge("UNDER", "office", "d"),
        node("pm", "member"),
        edge("MEMBER_OF", "pm", "office"),
    ]
    for name in "abc":
        cell = f"{name}-cell"
        found += [
            node(name, "grassroots_committee"),
            edge("UNDER", name, "d"),
            node(cell, "cell"),
            edge("UNDER", cell, name),
        ]
        for role in ("secretary", "deputy_secretary"):
            post, person = f"{name}-{role}", f"{name}-{role[0]}"
            found += [
                node(post, "post", role=role),
                edge("SEAT_IN", post, name),
                node(person, "member"),
                edge("MEMBER_OF", person, cell),
            ]
            if post != "b-deputy_secretary":
                found.append(edge("HOLDS", person, post))
    found += [node("a-clerk", "post", role="clerk"), edge("SEAT_IN", "a-clerk", "a")]
    found += [node("p", "province")]
    for commune in "xyz":
        found += [node(commune, "commune"), edge("PART_OF", commune, "p")]
    found += [edge("IN_CHARGE_OF", "a-s", "x"), edge("IN_CHARGE_OF", "c-s", "z")]
    found += [edge("IN_CHARGE_OF", "pm", name) for name in "ab"]
    return found


def reported(*steps: Step, extra: list[Row] | None = None) -> Report:
    """Return the report of steps, which nothing blocks."""
    store = filled(*rows(), *(extra or []), pack="vietnam")
    plan = planned(store, DAY, *steps)
    assert not plan.refused, plan.findings
    return build_report(plan, store)


KEPT = {"b-secretary": "ends_with", "c-secretary": "ends_with"}


def merge(**answers: Any) -> Step:  # noqa: ANN401 - as a step has them
    """Return the step that merges the three committees."""
    return {
        "op": "merge_units",
        "sources": ["a", "b", "c"],
        "into": new("grassroots_committee", "m"),
        "answers": {**KEPT, **answers},
    }


def test_posts_that_end_with_their_holders() -> None:
    """Each post that ends is named with its unit as it was, its role and its holder."""
    report = reported(merge())
    assert [post.to_plain() for post in report.posts["ended"]] == [
        {"id": f"{n}-secretary", "unit": n, "role": "secretary", "people": [f"{n}-s"]}
        for n in "bc"
    ]
    assert report.surplus == tuple(
        {"person": f"{n}-s", "post": f"{n}-secretary", "role": "secretary", "unit": n}
        for n in "bc"
    )


def test_deputies_that_come_together() -> None:
    """Three deputies of one committee, where each had one, are listed as such."""
    (alike,) = reported(merge()).alike
    assert alike.to_plain() == {
        "unit": "m",
        "role": "deputy_secretary",
        "posts": [
            {"post": "a-deputy_secretary", "from": "a", "people": ["a-d"]},
            {"post": "b-deputy_secretary", "from": "b", "people": []},
            {"post": "c-deputy_secretary", "from": "c", "people": ["c-d"]},
        ],
    }


def test_who_absorbs_keeps_its_own() -> None:
    """The deputy of the committee that absorbs is one of those who are alike."""
    step = {"op": "absorb_units", "sources": ["b"], "into": "a"}
    answers = {"b-secretary": "ends_with"}
    (alike,) = reported({**step, "answers": answers}).alike
    assert alike.unit == "a"
    assert [(post.id, post.unit) for post in alike.posts] == [
        ("a-deputy_secretary", "a"),
        ("b-deputy_secretary", "b"),
    ]


def test_what_was_together_before_is_no_surplus() -> None:
    """Two deputies that go with their committee, and no others, are as they were."""
    extra: list[Row] = [
        node("a-second", "post", role="deputy_secretary"),
        edge("SEAT_IN", "a-second", "a"),
        node("e", "grassroots_committee"),
        edge("UNDER", "e", "d"),
    ]
    step = {"op": "absorb_units", "sources": ["a"], "into": "e"}
    assert reported(step, extra=extra).alike == ()
    (alike,) = reported(
        {"op": "absorb_units", "sources": ["a", "b"], "into": "e", "answers": KEPT_B},
        extra=extra,
    ).alike
    assert [post.id for post in alike.posts] == [
        "a-deputy_secretary",
        "a-second",
        "b-deputy_secretary",
    ]


KEPT_B = {"b-secretary": "ends_with"}


def test_a_post_that_begins() -> None:
    """A new post is named with its unit and role; nobody holds it yet."""
    post = new("post", "n", role="deputy_secretary")
    report = reported({"op": "found_unit", "new": post, "under": "b"})
    assert [one.to_plain() for one in report.posts["began"]] == [
        {"id": "n", "unit": "b", "role": "deputy_secretary", "people": []}
    ]


def test_a_post_that_begins_beside_others_comes_from_nowhere() -> None:
    """It comes together with none, and where others do, it isn't one of those."""
    begins = {"op": "found_unit", "new": new("post", "n", role="deputy_secretary")}
    assert reported({**begins, "under": "b"}).alike == ()
    absorbs = {"op": "absorb_units", "sources": ["b"], "into": "a", "answers": KEPT_B}
    (alike,) = reported(absorbs, {**begins, "under": "a"}).alike
    assert [(one.id, one.unit) for one in alike.posts] == [
        ("a-deputy_secretary", "a"),
        ("b-deputy_secretary", "b"),
    ]


def test_an_undo_gives_posts_back() -> None:
    """What an undo brings back begins with its unit and its holder as they were."""
    store = filled(*rows(), pack="vietnam")
    store.commit(planned(store, DAY, merge()))
    report = build_report(planned(store, DAY, {"op": "undo", "revision": 2}), store)
    began = report.posts["began"]
    assert [(post.id, post.unit, post.people) for post in began] == [
        ("b-secretary", "b", ("b-s",)),
        ("c-secretary", "c", ("c-s",)),
    ]
    assert (report.alike, report.surplus, report.uncharged) == ((), (), ())


def test_charges_that_follow_are_not_missed() -> None:
    """A new unit that somebody of its sources' is in charge of has somebody."""
    into = new("commune", "n", type="xã")
    step = {"op": "merge_units", "sources": ["x", "y"], "into": into}
    assert reported(step).uncharged == ()
    assert reported(merge()).uncharged == ()


def test_a_new_unit_that_nobody_is_in_charge_of() -> None:
    """Where the charges of its sources end, who was in charge of which is named."""
    into = new("commune", "n", type="xã")
    step = {
        "op": "merge_units",
        "sources": ["x", "y", "z"],
        "into": into,
        "answers": {"a-s@x": "end", "c-s@z": "end"},
    }
    (unit,) = reported(step).uncharged
    assert unit.to_plain() == {
        "unit": "n",
        "kind": "commune",
        "was": [{"unit": "x", "people": ["a-s"]}, {"unit": "z", "people": ["c-s"]}],
    }
    one_left = {**step, "answers": {"a-s@x": "end"}}
    assert reported(one_left).uncharged == ()


def test_a_new_unit_by_way_of_one_that_only_lived_within_the_day() -> None:
    """What a part of a divided unit becomes at once lost who was in charge, too."""
    xa = {"type": "xã"}
    halves = [{"new": new("commune", name, **xa)} for name in "nw"]
    answers = {"a-s": "end"}
    steps: list[Step] = [
        {"op": "split_unit", "source": "x", "targets": halves, "answers": answers},
        {
            "op": "merge_units",
            "sources": ["w", "y"],
            "into": new("commune", "m", **xa),
        },
    ]
    found = {unit.unit: unit.was for unit in reported(*steps).uncharged}
    assert found == dict.fromkeys(("n", "m"), (("x", ("a-s",)),))


def test_a_unit_that_nobody_was_in_charge_of_is_not_missed() -> None:
    """A new unit whose sources had nobody is not one that lost somebody."""
    extra: list[Row] = [node("w", "commune"), edge("PART_OF", "w", "p")]
    into = new("commune", "n", type="xã")
    step = {"op": "merge_units", "sources": ["w", "y"], "into": into}
    assert reported(step, extra=extra).uncharged == ()


def test_a_unit_that_lives_on_without_anybody() -> None:
    """Where the only charge of a living unit goes to another, the unit is named."""
    step = {"op": "transfer_parts", "from": "x", "to": "y", "parts": ["a-s"]}
    (unit,) = reported({**step, "shares": "none"}).uncharged
    assert (unit.unit, unit.was) == ("x", (("x", ("a-s",)),))
    second: list[Row] = [edge("IN_CHARGE_OF", "pm", "x")]
    assert reported({**step, "shares": "none"}, extra=second).uncharged == ()


def test_kinds_that_need_nobody_are_not_missed() -> None:
    """An agency is no unit of which the pack says that somebody should be in charge."""
    extra: list[Row] = [
        *(node(name, "agency") for name in "fg"),
        *(edge("UNDER", name, "p") for name in "fg"),
        edge("IN_CHARGE_OF", "pm", "f"),
    ]
    step = {"op": "transfer_parts", "from": "f", "to": "g", "parts": ["pm"]}
    assert reported({**step, "shares": "none"}, extra=extra).uncharged == ()


def test_the_text() -> None:
    """The text names people by ids, units by names, and says where posts come from."""
    step = {
        "op": "merge_units",
        "sources": ["x", "y"],
        "into": new("commune", "n", type="xã"),
        "answers": {"a-s@x": "end"},
    }
    post = {"op": "found_unit", "new": new("post", "q", role="clerk"), "under": "d"}
    closed = {"op": "close_unit", "unit": "a-clerk"}
    together = "3 × deputy_secretary in M (1 from A, 1 from B and 1 from C)"
    lines = text_of(reported(closed, merge(), step, post)).splitlines()
    start = lines.index("Chains change for 6 members:")
    assert lines[start : lines.index("", start)] == [
        "Chains change for 6 members:",
        "  A → M: 2 members in 1 cell",
        "  B → M: 2 members in 1 cell",
        "  C → M: 2 members in 1 cell",
        "1 post begins:",
        "  q, clerk of D, vacant",
        "1 vacant post ends:",
        "  a-clerk, clerk of A",
        "2 people lose 2 posts:",
        "  b-s held b-secretary, secretary of B",
        "  c-s held c-secretary, secretary of C",
        "Posts of one role that come together, surplus where one is enough:",
        f"  {together}: a-d, vacant and c-d",
        "Nobody is in charge any longer of:",
        "  commune N; before: a-s of X",
    ]


def test_units_of_one_name_are_told_apart_by_their_ids() -> None:
    """Where the new unit bears the name of an old one, the text says which is meant."""
    post = {"op": "found_unit", "new": new("post", "q", role="clerk"), "under": "m"}
    into = new("grassroots_committee", "m") | {"name": "A"}
    commune = new("commune", "n", type="xã") | {"name": "X"}
    merged = {"op": "merge_units", "sources": ["x", "y"], "into": commune}
    ended = {**merged, "answers": {"a-s@x": "end"}}
    lines = text_of(reported({**merge(), "into": into}, post, ended)).splitlines()
    for line in (
        "+ commune X (n) ← X (x), Y",
        "  A (a) → A (m): 2 members in 1 cell",
        "  B → A (m): 2 members in 1 cell",
        "  q, clerk of A (m), vacant",
        "  b-s held b-secretary, secretary of B",
        "  commune X (n); before: a-s of X (x)",
    ):
        assert line in lines


def test_posts_left_vacant_are_named_with_who_comes_next() -> None:
    """A secretary moves on: who held the post, acts in it and is planned is named."""
    extra: list[Row] = [
        edge("PLANNED_FOR", "c-s", "a-secretary", stage="approved"),
        edge("PLANNED_FOR", "b-s", "a-secretary", stage="approved"),
    ]
    report = reported(
        {"op": "relieve", "person": "a-s", "post": "a-secretary"},
        {"op": "appoint", "person": "a-s", "post": "b-deputy_secretary"},
        {"op": "appoint", "person": "a-d", "post": "a-secretary", "form": "acting"},
        {"op": "relieve", "person": "c-d", "post": "c-deputy_secretary"},
        {"op": "appoint", "person": "pm", "post": "c-deputy_secretary"},
        extra=extra,
    )
    assert [post.to_plain() for post in report.vacated] == [
        {
            "id": "a-secretary",
            "unit": "a",
            "role": "secretary",
            "people": ["a-s"],
            "acting": ["a-d"],
            "planned": ["b-s", "c-s"],
            "elsewhere": [],
        }
    ]
    assert (
        "1 post left vacant:\n  a-secretary, secretary of a, held provisionally by "
        "a-d; planned for it: b-s and c-s\n"
    ) in text_of(report)


def test_who_was_seconded_leaves_a_post_vacant_too() -> None:
    """Where nobody else holds it; of who acts in one, nothing is said."""
    extra: list[Row] = [
        edge("HOLDS", "a-s", "b-deputy_secretary", form="reinforcement"),
        edge("HOLDS", "pm", "b-deputy_secretary", form="acting"),
    ]
    gone = {"op": "relieve", "person": "a-s", "post": "b-deputy_secretary"}
    assert reported(gone, extra=extra).vacated == ()
    (post,) = reported(gone, extra=extra[:1]).vacated
    assert (post.id, post.people) == ("b-deputy_secretary", ("a-s",))
    alone = {"op": "relieve", "person": "pm", "post": "b-deputy_secretary"}
    assert reported(alone, extra=extra[1:]).vacated == ()


def test_who_is_planned_and_takes_another_post_is_said_to_do_so() -> None:
    """Of who might come, those whom the same plan sends elsewhere are told apart."""
    extra: list[Row] = [
        edge("PLANNED_FOR", "c-d", "a-secretary", stage="approved"),
        edge("PLANNED_FOR", "b-s", "a-secretary"),
        edge("PLANNED_FOR", "b-d", "a-secretary", stage="proposed"),
    ]
    report = reported(
        {"op": "relieve", "person": "a-s", "post": "a-secretary"},
        {"op": "relieve", "person": "c-s", "post": "c-secretary"},
        {"op": "relieve", "person": "c-d", "post": "c-deputy_secretary"},
        {"op": "appoint", "person": "c-d", "post": "c-secretary"},
        extra=extra,
    )
    vacated = {post.id: post.to_plain() for post in report.vacated}
    assert vacated["a-secretary"]["planned"] == ["b-s", "c-d"], "b-d is proposed"
    assert vacated["a-secretary"]["elsewhere"] == ["c-d"]
    assert (
        "  a-secretary, secretary of a; planned for it: b-s and c-d; c-d of these "
        "takes another post by this plan\n"
    ) in text_of(report)
    (said,) = (f.message for f in report.findings if f.subject == "a-secretary")
    assert "planned for it: b-s, c-d (who takes C-SECRETARY (c-secretary) by" in said


def test_who_acted_and_stays_loses_no_post() -> None:
    """Somebody appointed for good to the post in which they acted isn't surplus."""
    extra: list[Row] = [edge("HOLDS", "pm", "b-deputy_secretary", form="acting")]
    step = {"op": "appoint", "person": "pm", "post": "b-deputy_secretary"}
    report = reported(step, extra=extra)
    assert report.surplus == ()
    assert report.vacated == ()
    (come,) = report.appointed
    assert come == {
        "person": "pm",
        "post": "b-deputy_secretary",
        "role": "deputy_secretary",
        "unit": "b",
        "form": "full",
    }
    said = "pm comes to b-deputy_secretary, deputy_secretary of b (full)\n"
    assert f"1 appointment:\n  {said}" in text_of(report)


def test_who_goes_to_a_post_of_equal_standing_loses_none() -> None:
    """A rotated secretary leaves one post and takes another; a deputy is a loss."""
    report = reported(
        {"op": "relieve", "person": "a-s", "post": "a-secretary"},
        {"op": "relieve", "person": "b-s", "post": "b-secretary"},
        {"op": "appoint", "person": "b-s", "post": "a-secretary"},
        {"op": "appoint", "person": "a-s", "post": "b-deputy_secretary"},
    )
    assert [one.to_plain() for one in report.exchanged] == [
        {
            "person": "b-s",
            "left": {"post": "b-secretary", "role": "secretary", "unit": "b"},
            "taken": {"post": "a-secretary", "role": "secretary", "unit": "a"},
        }
    ]
    assert [one["person"] for one in report.surplus] == ["a-s"]
    assert [one["person"] for one in report.appointed] == ["a-s", "b-s"]
    said = text_of(report)
    assert "1 person loses 1 post:\n  a-s held a-secretary, secretary of a\n" in said
    assert (
        "1 person goes from one post to another:\n  b-s leaves b-secretary, secretary "
        "of b, and takes a-secretary, secretary of a\n1 appointment:\n  a-s comes to "
    ) in said


def test_without_ranks_posts_of_one_standing_are_in_units_of_one_kind() -> None:
    """A committee's secretary who becomes a cell's has lost a post, whatever the facts.

    What is asked about candidates for a post says the same of these posts.
    """
    extra: list[Row] = [
        node("o-s", "post", role="secretary"),
        edge("SEAT_IN", "o-s", "office"),
    ]
    leave = {"op": "relieve", "person": "a-s", "post": "a-secretary"}
    other = {"op": "relieve", "person": "b-s", "post": "b-secretary"}
    for post, exchanged in (("o-s", False), ("b-secretary", True)):
        come = {"op": "appoint", "person": "a-s", "post": post}
        steps = (leave, other, come) if exchanged else (leave, come)
        report = reported(*steps, extra=extra)
        assert [one.person for one in report.exchanged] == ["a-s"] * exchanged
        assert ("a-s" in {one["person"] for one in report.surplus}) != exchanged
        store = filled(*rows(), *extra, pack="vietnam")
        asked = eligible(store, post, date(2025, 7, 1), Sought(below="pc"))
        like = {one.person for one in asked.items if one.because == "equivalent"}
        assert ("a-s" in like) == exchanged
