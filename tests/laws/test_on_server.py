"""The laws hold on a server as in memory, step by step."""

from typing import ClassVar

import pytest
from graphs_on_server import new_graph, on_server
from harness import STORES
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from machine import QUICK
from test_territory import Territory

# Without shrinking: a story that fails is told as it was drawn, and soon.
BRIEF = settings(
    QUICK, max_examples=3, stateful_step_count=10, phases=(Phase.generate,)
)


class OnServer(Territory):
    """The stories of a territory, told to memory and to the server."""

    makers: ClassVar = {
        "memory": STORES["memory"],
        "neo4j": lambda pack, _: new_graph(pack),
    }


@on_server
@pytest.mark.slow
def test_territory_on_a_server() -> None:
    """The server agrees with memory and the model after every proposal and undo."""
    run_state_machine_as_test(OnServer, settings=BRIEF)
