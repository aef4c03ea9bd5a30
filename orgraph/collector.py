"""Lets Python's collector of cycles rest while much is made that has none.

A large plan makes hundreds of thousands of rows and changes that all live on. Whenever
there are a quarter more of them the collector looks at every one again, in vain: that
doubles the time of a plan of 17,000 changes.
"""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_frozen: set[str] = set()
"""Holds something once frozen objects were found."""


def uncollected(work: Callable[P, T]) -> Callable[P, T]:
    """Let the collector rest during a call, and go on as it did before.

    What was made meanwhile is then old to it: else it would look at all of that as soon
    as anything else is made. Reference counts free it as ever.
    """

    @wraps(work)
    def resting(*args: P.args, **kwargs: P.kwargs) -> T:
        if not gc.isenabled():
            return work(*args, **kwargs)
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            _grow_old()
            gc.enable()

    return resting


def _grow_old() -> None:
    """Make the oldest generation of all there is, unless a program has frozen some.

    Counting what is frozen takes long where much is: found once, it isn't asked again.
    """
    if not _frozen and not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
    else:
        _frozen.add("some")
