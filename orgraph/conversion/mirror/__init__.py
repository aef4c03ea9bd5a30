"""Drafts the other side of a territorial step: the bodies that cover what it changes.

It reads the organisation as the store has it on the day. Which bodies follow which
units, and into what, is the pack's word; what nobody said is left as a marked gap.
"""

from .level import Level
from .mirroring import Mirroring

__all__ = ["Level", "Mirroring"]
