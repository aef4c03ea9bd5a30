"""Proposals: YAML or JSON in a user's words, read into steps with their places."""

from .models import Basis, Proposal, Waiver, basis_parts, proposal_from_plain
from .read import (
    Placed,
    read_placed,
    read_placed_text,
    read_proposal,
    read_proposal_text,
)

__all__ = [
    "Basis",
    "Placed",
    "Proposal",
    "Waiver",
    "basis_parts",
    "proposal_from_plain",
    "read_placed",
    "read_placed_text",
    "read_proposal",
    "read_proposal_text",
]
