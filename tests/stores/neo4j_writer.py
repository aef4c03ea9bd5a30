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
            while not {"revision", "refused", "stale"} & said.keys():
                try:
                    said |= committed(store, steps, f"writer {number}")
                except StoreError as error:
                    said["waited"] += 1
                    if not WAITING.search(str(error)) or said["waited"] > 1000:
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


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
