"""Pages: a template filled in, with all that it needs inside the one file.

A page asks no network for anything: styles and scripts stand in it, and its security
policy lets nothing else run, so that a name in the data is never more than text.
"""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .wording import MOST_LINES, number

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
CHART_LIBRARY = HERE / "vendor" / "chart.umd.min.js"
MOST_ROWS = 300
"""How many rows of a list are in a page; a report in JSON has them all."""
_MARKDOWN = {
    **{ord(sign): f"\\{sign}" for sign in "\\`*_[]|#~$"},
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("&"): "&amp;",
}


def render_page(
    template: str, context: Mapping[str, Any], *, charts: bool = False
) -> str:
    """Return a page: a template that extends base.html.j2, filled in.

    `charts` puts the library for charts into it, which is larger than most pages.
    """
    from markupsafe import Markup

    scripts = ["page.js"]
    texts = [_asset(TEMPLATES / name) for name in scripts]
    if charts:
        texts += [_asset(CHART_LIBRARY), _asset(TEMPLATES / "charts.js")]
    style = _asset(TEMPLATES / "page.css")
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; "
        f"script-src {' '.join(map(_digest, texts))}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    inlined = {
        "policy": policy,
        "style": Markup(style),  # noqa: S704 - ours, and of no data
        "scripts": [Markup(text) for text in texts],  # noqa: S704 - the same
    }
    page = _pages().get_template(template).render({**inlined, **context})
    return f"{page.rstrip()}\n"


def render_markdown(template: str, context: Mapping[str, Any]) -> str:
    """Return a text in Markdown: a template filled in."""
    return f"{_markdown().get_template(template).render(context).strip()}\n"


@cache
def _pages() -> "Environment":
    return _environment()


@cache
def _markdown() -> "Environment":
    environment = _environment(finalize=in_markdown)
    environment.filters["md"] = in_markdown
    environment.globals["most"] = MOST_LINES
    return environment


def _environment(**settings: Any) -> "Environment":  # noqa: ANN401 - jinja2's own
    """Return what fills templates in; what is filled in is escaped.

    The words are those of the templates, in English, until there are catalogues.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        **settings,
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters["number"] = number
    environment.globals["most"] = MOST_ROWS
    return environment


def in_markdown(value: object) -> object:
    """Escape what is filled into Markdown; a line break would end a row of a table."""
    from markupsafe import Markup

    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    said = " ".join(value.split()).translate(_MARKDOWN)
    return Markup(said)  # noqa: S704 - its signs are escaped


@cache
def _asset(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()


@cache
def _digest(text: str) -> str:
    """Return how a policy names a script or style that may stand in the page."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
