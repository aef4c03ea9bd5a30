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


BODIES = ("g0", "g1", "s0")


def led(seed: int) -> str:
    """Return four villages, cells below bodies, and what cells and bodies cover."""
    random = Random(seed)  # noqa: S311 - data, not secrets
    nodes = "nodes:\n  - {id: p, kind: province}\n"
    nodes += "  - {id: pc, kind: provincial_committee}\n"
    nodes += "  - {id: x, kind: commune, parent: p}\n"
    for body in BODIES[:2]:
        nodes += f"  - {{id: {body}, kind: grassroots_committee, parent: pc}}\n"
    nodes += "  - {id: s0, kind: sectional_committee, parent: g0}\n"
    edges = "edges:\n"
    for cell in CELLS:
        nodes += f"  - {{id: {cell}, kind: cell, parent: {random.choice(BODIES)}}}\n"
    for village in range(4):
        nodes += f"  - {{id: v{village}, kind: village, parent: x}}\n"
        nodes += f"  - {{id: h{village}, kind: household, parent: v{village}}}\n"
    for leads in (*CELLS, *BODIES):
        for village in random.sample(range(4), random.choice((0, 0, 0, 1, 1, 2))):
            edges += f"  - {{kind: COVERS, source: {leads}, target: v{village}}}\n"
    if random.random() < 0.2:
        edges += "  - {kind: COVERS, source: g1, target: x}\n"
    for member in range(random.randrange(4, 14)):
        cell = random.choice(CELLS)
        nodes += (
            f"  - {{id: m{member}, kind: member, official: true, parent: {cell}}}\n"
        )
        home = f"h{random.randrange(2)}"
        edges += f"  - {{kind: OF_HOUSEHOLD, source: m{member}, target: {home}}}\n"
    return nodes + edges


def led_step(seed: int) -> str:
    """Return a step that may change what a body of that world leads, or its members."""
    random = Random(seed)  # noqa: S311 - data, not secrets
    cell, body = random.choice(CELLS), random.choice(BODIES)
    village = f"v{random.randrange(4)}"
    section = "{id: s1, kind: sectional_committee, name: S}"
    committee = "{kind: grassroots_committee, name: G}"
    new = "{kind: village, name: V}"
    steps = (
        f"op: attach_organisation, unit: {cell}, to: {body}",
        f"op: transfer_members, members: [m0, m1], to: {cell}",
        f"op: join_cells, places: [{village}], host: {cell}",
        "op: dissolve_section, section: s0",
        f"op: form_section, section: {section}, under: {body}, cells: [{cell}]",
        f"op: merge_units, sources: [{village}, v0], into: {new}",
        f"op: merge_units, sources: [g0, g1], into: {committee}, under: pc",
    )
    return f"{{{random.choice(steps)}}}"
