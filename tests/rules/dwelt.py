"""Villages drawn at random, with households, members and cells that cover some."""

from random import Random

CELLS = ("c0", "c1", "c2", "c3")


def drawn(seed: int, *, homes: bool = True) -> str:
    """Return six villages with whoever lives there, as given of a scenario."""
    random = Random(seed)  # noqa: S311 - data, not secrets
    nodes = "nodes:\n  - {id: p, kind: province}\n"
    nodes += "  - {id: pc, kind: provincial_committee}\n"
    nodes += "  - {id: x, kind: commune, parent: p}\n"
    edges = "edges:\n"
    for cell in CELLS:
        joint = random.choice(("", ", joint: true", ", joint: false"))
        nodes += f"  - {{id: {cell}, kind: cell, parent: pc{joint}}}\n"
    households = []
    for village in range(6):
        nodes += f"  - {{id: v{village}, kind: village, parent: x}}\n"
        for cell in random.sample(CELLS, random.choice((0, 1, 1, 2))):
            edges += f"  - {{kind: COVERS, source: {cell}, target: v{village}}}\n"
        for number in range(random.choice((0, 1, 2))):
            households.append(f"h{village}{number}")
            nodes += f"  - {{id: h{village}{number}, kind: household, "
            nodes += f"parent: v{village}}}\n"
    for member in range(random.randrange(12)):
        cell = random.choice(CELLS[1:])
        nodes += (
            f"  - {{id: m{member}, kind: member, official: true, parent: {cell}}}\n"
        )
        if households and (homes or random.random() < 0.8):
            home = random.choice(households)
            edges += f"  - {{kind: OF_HOUSEHOLD, source: m{member}, target: {home}}}\n"
    return nodes + edges
