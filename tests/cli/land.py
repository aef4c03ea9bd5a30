"""A small land for the command line's tests: its tables, and what is done to it."""

from pathlib import Path

NODES = """\
id,kind,name,code,since,until,people,households,type
s,state,Land,,2000,,,,
d,district,North,D1,2000,,,,
e,district,South,D2,2000,,,,
m1,municipality,Ash,M1,2000,,1000,,town
m2,municipality,Birch,M2,2000,,2500000,,town
m3,municipality,Cedar,M3,2000,,500,,rural
m4,municipality,Cedar,M4,2000,,?,,rural
b,body,Council,,2000,,,,
c,body,Board,,2000,,,,
p,post,Chair,,2000,,,,
q,post,Clerk,,2000,,,,
x,person,Jane Doe,J1,2000,,,,
y,person,John Roe,J1,2000,,,,
"""
EDGES = """\
kind,source,target,since,until,form
PART_OF,d,s,2000,,
PART_OF,e,s,2000,,
PART_OF,m1,d,2000,,
PART_OF,m2,d,2000,,
PART_OF,m3,e,2000,,
PART_OF,m4,e,2000,,
UNDER,b,c,2000,,
SEAT_IN,p,b,2000,,
SEAT_IN,q,b,2000,,
MEMBER_OF,x,b,2000,,
MEMBER_OF,y,c,2000,,
HOLDS,x,p,2010-05,,
IN_CHARGE_OF,y,b,2012,,
"""
DAY = "2025-01-01"
MERGE = """\
title: Ash and Birch become Elm
effective: 2025-01-01
basis: {issuer: Assembly, number: 7/2024, date: 2024-12-01}
steps:
  - op: merge_units
    sources: [m1, m2]
    into: {kind: municipality, name: Elm, code: M9, facts: {type: town}}
"""
ELM = "municipality-m9-2025-01-01"
RENAME = """\
title: A new name
effective: 2025-01-01
steps: [{op: rename_unit, unit: m3, name: Fir}]
"""
REFUSED = """\
title: Nobody is there
effective: 2025-01-01
steps:
  - {op: close_unit, unit: nowhere}
  - {op: close_unit, unit: d}
"""


def put(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file into a folder and return its path."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def kept(path: Path) -> tuple[bytes, list[str]]:
    """Return the bytes of a store, and the names of the files that lie beside it."""
    return path.read_bytes(), sorted(file.name for file in path.parent.iterdir())


QUESTIONS = {
    "show": ["show", "m1"],
    "find": ["find", "cedar"],
    "tally": ["tally", "s"],
    "chain": ["chain", "x"],
    "path": ["path", "x", "y"],
    "span": ["span", "s"],
    "eligible": ["eligible", "p"],
    "concurrency": ["concurrency", "b"],
    "vacancies": ["vacancies", "--until", "2030-01-01"],
    "uncovered": ["uncovered"],
    "joint-cells": ["joint-cells", "s"],
    "white-villages": ["white-villages"],
    "coverage": ["coverage"],
    "lineage": ["lineage", "m1"],
    "crosswalk": [
        *("crosswalk", "--from", "1999-01-01", "--to", "2020-01-01"),
        *("--kind", "municipality"),
    ],
    "check": ["check"],
    "diff": ["diff", "1999-01-01", "2020-01-01"],
    "history": ["history"],
}
