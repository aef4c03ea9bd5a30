"""Runs the benchmarks: python -m benchmarks [--quick] [--only ROW] [--json FILE]."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from .ground import SMALLEST, Ground, note
from .nation import NODES, nation
from .rows import ROWS
from .server import server
from .table import Result, print_header, print_row, write_json

SIZES = (50_000, 480_000, 5_000_000)
"""A district, a province, and ten of them."""


def _sizes(text: str) -> tuple[int, ...]:
    try:
        sizes = tuple(sorted({int(part) for part in text.split(",")}))
    except ValueError:
        message = f"{text!r} is not a list of numbers, such as 20000,1000000"
        raise argparse.ArgumentTypeError(message) from None
    if sizes[0] < SMALLEST:
        message = f"a graph has at least {SMALLEST:,} nodes"
        raise argparse.ArgumentTypeError(message)
    return sizes


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="the small graph only, fewer rounds"
    )
    parser.add_argument(
        "--sizes",
        type=_sizes,
        metavar="N,N",
        help="nodes; by default 50000,480000,5000000",
    )
    parser.add_argument(
        "--only", choices=sorted(ROWS), action="append", help="measure this row only"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 where a target is missed"
    )
    parser.add_argument(
        "--country",
        type=int,
        nargs="?",
        const=NODES,
        metavar="NODES",
        help=f"load a whole country instead, by default {NODES:,} nodes (20 GB)",
    )
    parser.add_argument(
        "--neo4j",
        metavar="URL",
        help="a store on a server instead, whose graph is empty, beside bare Cypher",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results")
    return parser


def main() -> int:
    """Measure and print the table; a missed target is told, and fails where asked."""
    asked = _parser().parse_args()
    sizes = asked.sizes or ((SMALLEST,) if asked.quick else SIZES)
    _say_load()
    with tempfile.TemporaryDirectory(prefix="orgraph-benchmarks-") as folder:
        ground = Ground(Path(folder), sizes, quick=asked.quick)
        try:
            if asked.country:
                results = list(_printed(nation(Path(folder), asked.country)))
            elif asked.neo4j:
                results = list(_printed(server(asked.neo4j, Path(folder), sizes[-1])))
            else:
                results = list(_measured(ground, asked.only or list(ROWS)))
        finally:
            ground.close()
    if asked.json:
        write_json(asked.json, results)
    return int(asked.strict and any(result.met is False for result in results))


def _say_load() -> None:
    """Say where other work makes every time too long; ratios suffer less."""
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    if load > processors / 2:
        note(f"the machine is busy (load {load:.1f} on {processors}): times are long")


def _measured(ground: Ground, names: list[str]) -> Iterator[Result]:
    return _printed(result for name in names for result in ROWS[name](ground))


def _printed(results: Iterable[Result]) -> Iterator[Result]:
    print_header()
    for result in results:
        print_row(result)
        yield result


if __name__ == "__main__":
    sys.exit(main())
