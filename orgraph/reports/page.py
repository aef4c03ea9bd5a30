"""Pages: a template filled in, with all that it needs inside the one file.

A page asks no network for anything: styles and scripts stand in it, and its security
policy lets nothing else run, so that a name in the data is never more than text.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..language import ENGLISH, Dated, Language, Said
from .wording import number

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

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
    template: str,
    context: Mapping[str, Any],
    language: Language = ENGLISH,
    *,
    charts: bool = False,
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
        "lang": language.code,
        "dir": language.direction,
        "policy": policy,
        "style": Markup(style),  # noqa: S704 - ours, and of no data
        "scripts": [Markup(text) for text in texts],  # noqa: S704 - the same
    }
    page = _pages(language).get_template(template).render({**inlined, **context})
    return f"{page.rstrip()}\n"


def render_markdown(
    template: str, context: Mapping[str, Any], language: Language = ENGLISH
) -> str:
    """Return a text in Markdown: a template filled in."""
    return f"{_markdown(language).get_template(template).render(context).strip()}\n"


@cache
def _pages(language: Language) -> "Environment":
    environment = _environment(language, finalize=partial(_told, language))
    environment.filters["named"] = partial(_named, language)
    return environment


@cache
def _markdown(language: Language) -> "Environment":
    def told(value: object) -> object:
        return in_markdown(_told(language, value))

    environment = _environment(language, finalize=told)
    environment.filters["md"] = told
    return environment


def _environment(language: Language, **settings: Any) -> "Environment":  # noqa: ANN401 - jinja2's own
    """Return what fills templates in; what is filled in is said, and escaped."""
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
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals["gettext"] = partial(_sentence, language)
    environment.globals["ngettext"] = partial(_sentences, language)
    environment.filters["number"] = lambda value: language.say(number(value))
    environment.filters["day"] = lambda day: language.day(date.fromisoformat(day))
    environment.filters["join"] = _joining(language)
    environment.globals["most"] = MOST_ROWS
    return environment


def _joining(language: Language) -> Any:  # noqa: ANN401 - as jinja2 calls it
    """Return jinja2's filter `join`, which says each part before it is text."""
    from jinja2 import pass_eval_context
    from jinja2.filters import do_join

    @pass_eval_context
    def join(context: Any, parts: Any, sign: str = "") -> Any:  # noqa: ANN401 - same
        return do_join(context, [_told(language, part) for part in parts], sign)

    return join


def _told(language: Language, value: object) -> object:
    return language.say(value) if isinstance(value, (Said, Dated)) else value


def _named(language: Language, name: object) -> "Markup":
    """Return a name of the data, which may be written the other way than the page."""
    from markupsafe import Markup, escape

    said = f"<bdi>{escape(_told(language, name))}</bdi>" if name else ""
    return Markup(said)  # noqa: S704 - the name in it is escaped


def _sentence(language: Language, text: str, /, **values: object) -> "Markup":
    """Return a sentence of a template; its values are said, and escaped."""
    return _filled(language, language.catalogue.gettext(text), values)


def _sentences(
    language: Language, one: str, other: str, n: int, /, **values: object
) -> "Markup":
    """Return the sentence of a template for a number."""
    text = language.catalogue.ngettext(one, other, n)
    return _filled(language, text, {"num": n, **values})


def _filled(language: Language, text: str, values: Mapping[str, object]) -> "Markup":
    from markupsafe import Markup

    said = {name: _told(language, value) for name, value in values.items()}
    return Markup(text) % said  # noqa: S704 - a template's own words


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
