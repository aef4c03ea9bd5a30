"""Reports as files: the pages of a merger and of a province, and its workbook."""

from collections.abc import Iterator
from statistics import median

from orgraph.plan import Plan
from orgraph.proposal import read_proposal
from orgraph.reports import build_report, rendered
from orgraph.stores import SqliteStore, Store

from .ground import Ground
from .measure import worked
from .merger import checked_plan
from .table import Result, at_most


def papers(ground: Ground) -> Iterator[Result]:
    """Build the report of a plan, and write it."""
    store = ground.store(ground.small)
    plan = checked_plan(store)
    seconds, size = _written(ground, store, plan, "html")
    what = "page of a merger of three communes"
    yield at_most("papers", what, seconds, 0.3, unit="s", note=size)
    province = ground.province
    proposal = read_proposal(province.reform)
    with SqliteStore(province.path) as here:
        reform = here.plan(proposal)
        for form, named, limit in (("html", "page", 5), ("xlsx", "workbook", 20)):
            seconds, size = _written(ground, here, reform, form)
            what = f"{named} of the reform of {province.name}"
            yield at_most("papers", what, seconds, limit, unit="s", note=size)


def _written(ground: Ground, store: Store, plan: Plan, form: str) -> tuple[float, str]:
    """Return what a report takes of the processor, built and written, and its size."""
    runs = [worked(lambda: _write(store, plan, form)) for _ in range(ground.runs)]
    seconds, text = median(used for used, _ in runs), runs[0][1]
    data = text.encode() if isinstance(text, str) else text
    return seconds, f"{len(data) / 1e6:.1f} MB"


def _write(store: Store, plan: Plan, form: str) -> str | bytes:
    return rendered(build_report(plan, store), form)
