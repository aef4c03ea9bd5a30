"""A process that plans and commits again and again on a server's store.

python neo4j_writer.py URL NUMBER PLANS: as writer NUMBER, renames and moves units that
others rename and move too. It prints a line of JSON for each plan: what became of it.
"""

import json
import random
import re
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from towns import planned

from orgraph.errors import RefusedError, StaleError, StoreError
from orgraph.stores import Store, open_store

LOCALITIES, MUNICIPALITIES = 12, 4
WAITING = re.compile("no server answers|connection to the server was lost; try again")
"""What is said where a server is gone and nothing was written."""
IN_DOUBT = re.compile("orgraph history shows whether it is there")


def main(url: str, number: int, plans: int) -> None:
    """Commit what can be committed, and say each revision once it is done."""
    chance = random.Random(number)  # noqa: S311 - the same each time
    with open_store(url) as store:
        for place in range(plans):
            unit = f"l{chance.randrange(LOCALITIES)}"
            name = f"{unit} by {number} as {place}"
            to = f"m{chance.randrange(MUNICIPALITIES)}"
            rename = {"op": "rename_unit", "unit": unit, "name": name}
            move = {"op": "move_unit", "unit": unit, "to": to}
            steps = [rename] if chance.random() < 0.5 else [rename, move]
            said: dict[str, Any] = {"steps": steps, "waited": 0}
            in_doubt = False
            while not {"revision", "refused", "stale"} & said.keys():
                try:
                    there = written(store, name) if in_doubt else {}
                    said |= there or committed(store, steps, f"writer {number}")
                except StoreError as error:
                    said["waited"] += 1
                    in_doubt = in_doubt or bool(IN_DOUBT.search(str(error)))
                    waiting = in_doubt or WAITING.search(str(error))
                    if not waiting or said["waited"] > 1000:
                        raise
                    time.sleep(0.2)
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()


def committed(store: Store, steps: list[dict[str, str]], author: str) -> dict[str, Any]:
    """Plan steps and commit them; return what became of that."""
    plan = planned(store, "2022-01-01", *steps)
    said: dict[str, Any] = {"base": plan.base}
    if plan.refused:
        return {**said, "refused": [finding.code for finding in plan.findings]}
    try:
        return {**said, "revision": store.commit(plan, author).number}
    except (StaleError, RefusedError) as error:
        return {**said, "stale": str(error).splitlines()[0]}


def written(store: Store, name: str) -> dict[str, Any]:
    """Look into the history for the revision that gives a unit this name."""
    for revision in store.revisions(limit=1000):
        steps = revision.proposal.get("steps")
        if isinstance(steps, list) and any(step.get("name") == name for step in steps):
            return {"base": revision.number - 1, "revision": revision.number}
    return {}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
