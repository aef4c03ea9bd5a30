"""A comparison as one page that anybody's browser shows, without a network."""

from ..language import ENGLISH, Language
from .compare_rows import headings, notes, sections
from .comparison import Comparison
from .page import render_page


def comparison_page(comparison: Comparison, language: Language = ENGLISH) -> str:
    """Return a comparison as a page that needs nothing beside it."""
    return render_page(
        "compare.html.j2",
        {
            "large": False,
            "comparison": comparison,
            "names": headings(comparison),
            "notes": notes(comparison),
            "sections": sections(comparison),
            "broken": [
                standard
                for standard in comparison.standards
                if any(
                    stood.broken
                    for one in comparison.alternatives
                    if (stood := one.standards.get(standard.id))
                )
            ],
        },
        language,
    )
