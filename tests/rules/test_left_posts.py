"""Posts in a group that was left: any order of the steps says the same of them."""

from itertools import permutations

from harness import NewStore, filled, proposed

from orgraph.rules.left_posts import POST_LEFT, LeftPosts

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: d, kind: cell, parent: pc}
  - {id: m, kind: member, parent: c, official: true}
  - {id: n, kind: member, parent: c, official: true}
  - {id: o, kind: member, parent: d, official: true}
  - {id: s, kind: post, role: secretary, parent: c}
  - {id: t, kind: post, role: deputy_secretary, parent: c}
edges:
  - {kind: HOLDS, source: m, target: s}
  - {kind: HOLDS, source: m, target: t, form: acting}
"""
STEPS = (
    "  - {op: transfer_members, members: [m], to: d}\n",
    "  - {op: relieve, person: m, post: s}\n",
    "  - {op: relieve, person: m, post: t}\n",
)


def test_the_order_of_the_steps_says_nothing(new_store: NewStore) -> None:
    """Posts that are left on the day are no matter, and one that isn't left is."""
    store = filled(new_store("vietnam without limits"), GIVEN)
    for number, wanted in ((3, []), (2, ["t"]), (1, ["s", "t"])):
        for steps in permutations(STEPS[:number]):
            plan = store.plan(proposed("".join(steps)))
            assert not plan.refused
            found = [f.subject for f in plan.findings if f.code == POST_LEFT.code]
            assert found == wanted, steps
    assert LeftPosts.name() == "left_posts"


def test_who_comes_back_leaves_nothing(new_store: NewStore) -> None:
    """A member who is sent away and back on one day is said to leave no post."""
    store = filled(new_store("vietnam without limits"), GIVEN)
    back = STEPS[0] + STEPS[0].replace("to: d", "to: c")
    away = store.plan(proposed(back + "  - {op: rename_unit, unit: d, name: New}\n"))
    assert POST_LEFT.code not in {finding.code for finding in away.findings}


def test_posts_of_a_group_that_ends_go_where_who_holds_them_goes(
    new_store: NewStore,
) -> None:
    """Where a cell is divided, a secretary and the post may go to different parts."""
    store = filled(new_store("vietnam without limits"), GIVEN)
    for place, wanted in (("kb", ["s"]), ("ka", [])):
        new = ", ".join(
            f"{{new: {{id: {n}, kind: cell, name: K}}}}" for n in ("ka", "kb")
        )
        to = {"m": "ka", "n": "kb", "s": place, "t": "ka"}
        answers = ", ".join(f"{name}: {{to: {part}}}" for name, part in to.items())
        step = (
            f"{{op: split_unit, source: c, targets: [{new}], answers: {{{answers}}}}}"
        )
        plan = store.plan(proposed(f"  - {step}\n"))
        assert not plan.refused, plan.findings
        found = [f for f in plan.findings if f.code == POST_LEFT.code]
        assert [finding.subject for finding in found] == wanted
        assert all("is in K (kb) now" in finding.message for finding in found)
